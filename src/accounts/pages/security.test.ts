/** Second factors in Chromium: an authenticator app, and passkeys of a device that says yes. */
import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { serve } from '@hono/node-server'
import type { Browser, Page } from 'playwright-core'
import { codeNow, secretIn } from '../../../test/authenticator.ts'
import { axeViolations, launchBrowser, overflowing, screens, withPage } from '../../../test/browser.ts'
import { freshDatabase } from '../../../test/database.ts'
import { anAccount, openPortal, type Portal, password } from '../../../test/portal.ts'
import { buildAssets } from '../../../tools/vendor-assets.ts'

let browser: Browser
let portal: Portal
let server: ReturnType<typeof serve>
let origin: string

before(async () => {
  await buildAssets()
  browser = await launchBrowser()
  server = serve({ fetch: (request) => portal.app.fetch(request), hostname: '127.0.0.1', port: 0 })
  await new Promise((resolve) => server.once('listening', resolve))
  // A passkey is bound to a name: not to 127.0.0.1.
  origin = `http://localhost:${(server.address() as AddressInfo).port}`
  portal = await openPortal({ after() {} }, { BASE_URL: origin }, await freshDatabase())
})

after(async () => {
  await browser?.close()
  server?.close()
  await portal?.services.close()
})

type Device = { hasUserVerification?: boolean }

/** Plugs a device into the browser. @returns a function that says whether its owner is recognised from now on. */
async function plugIn(page: Page, { hasUserVerification = true }: Device = {}) {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification,
      isUserVerified: hasUserVerification,
      automaticPresenceSimulation: true,
    },
  })
  return (isUserVerified: boolean) => devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified })
}

async function isGood(page: Page) {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    assert.deepEqual(await axeViolations(page), [], page.url())
  }
  assert.deepEqual(await overflowing(page), [], page.url())
}

/** Like `withPage`, where the browser may complain of refused forms and of nothing else. */
async function withRefusals(url: string, use: (page: Page) => Promise<void>) {
  let done = false
  const run = withPage(browser, url, { locale: 'en-GB' }, async (page) => {
    await use(page)
    done = true
  })
  await run.catch((error: unknown) => {
    const complaints = error instanceof assert.AssertionError && done ? (error.actual as string[]) : []
    if (!complaints.length || !complaints.every((text) => text.includes('status of 422'))) throw error
  })
}

async function logIn(page: Page, email: string) {
  await page.getByLabel('User name').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
}

async function addPasskey(page: Page, name: string) {
  await page.getByRole('link', { name: 'Add a passkey' }).click()
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('Your password').fill(password)
  await page.getByRole('button', { name: 'Continue on this device' }).click()
}

const signIns = async (user_id: string) =>
  portal.db
    .selectFrom('events')
    .select('details')
    .where('action', '=', 'account.signed_in')
    .where('actor_user_id', '=', user_id)
    .orderBy('id')
    .execute()

for (const [size, viewport] of Object.entries(screens)) {
  test(`a passkey is added, signs in, is renamed and removed: ${size}`, async () => {
    const email = `ann.${size}@acme.example`
    const { user_id } = await anAccount(portal, email)
    await withPage(browser, `${origin}/login?next=/account/security`, { viewport, locale: 'en-GB' }, async (page) => {
      await plugIn(page)
      await logIn(page, email)
      await page.getByRole('heading', { name: 'Sign-in and security' }).waitFor()
      await isGood(page)
      await page.getByRole('link', { name: 'Add a passkey' }).click()
      await isGood(page)
      await page.goBack()
      await addPasskey(page, 'work <laptop>')
      await page.getByText('The passkey is added.').waitFor()
      await page.getByText('work <laptop>').waitFor()
      await isGood(page)

      await page.context().clearCookies()
      await page.goto(`${origin}/login?next=/account/security/sessions`)
      await page.getByRole('button', { name: 'Log in with a passkey' }).click()
      await page.waitForURL(`${origin}/account/security/sessions`)
      await page.getByText('Passkey', { exact: true }).first().waitFor()
      await isGood(page)
      const [session] = (await page.context().cookies()).filter(({ name }) => name === 'keyport_session')
      assert.equal(session?.expires, -1, 'ends with the browser')
      assert.deepEqual((await signIns(user_id)).at(-1)?.details, { second_factor: 'passkey' })

      await page.goto(`${origin}/account/security`)
      await page.getByRole('link', { name: 'Manage passkey work <laptop>' }).click()
      await isGood(page)
      await page.getByLabel('Name').fill('home')
      await page.getByRole('button', { name: 'Rename' }).click()
      await page.getByRole('link', { name: 'Manage passkey home' }).click()
      await page.getByRole('button', { name: 'Remove passkey' }).click()
      await page.getByText('The passkey is removed.').waitFor()
      await page.context().clearCookies()
      await page.goto(`${origin}/login`)
    })
    const mails = await portal.db.selectFrom('mails').select('subject').where('to_address', '=', email).execute()
    const subjects = ['A passkey was added (Keyport)', 'A passkey was removed (Keyport)']
    assert.deepEqual(mails.map(({ subject }) => subject).sort(), subjects)
  })
}

test('kept signed in, a session by passkey lasts a week', async () => {
  await anAccount(portal, 'kept@acme.example')
  await withPage(browser, `${origin}/login?next=/account/security`, { locale: 'en-GB' }, async (page) => {
    await plugIn(page)
    await logIn(page, 'kept@acme.example')
    await addPasskey(page, 'phone')
    await page.getByText('The passkey is added.').waitFor()
    await page.context().clearCookies()
    await page.goto(`${origin}/login?next=/account`)
    await page.getByLabel('Keep me signed in').check()
    await page.getByRole('button', { name: 'Log in with a passkey' }).click()
    await page.waitForURL(`${origin}/account`)
    const [session] = (await page.context().cookies()).filter(({ name }) => name === 'keyport_session')
    assert.ok(session!.expires > Date.now() / 1000 + 6 * 86_400)
  })
})

for (const [size, viewport] of Object.entries(screens)) {
  test(`an authenticator app is set up and asked for: ${size}`, async () => {
    const email = `app.${size}@acme.example`
    const { user_id } = await anAccount(portal, email)
    await withPage(browser, `${origin}/login?next=/account/security`, { viewport, locale: 'en-GB' }, async (page) => {
      await logIn(page, email)
      await page.getByRole('link', { name: 'Set up an authenticator app' }).click()
      await isGood(page)
      await page.getByLabel('Your password').fill(password)
      await page.keyboard.press('Enter')
      await page.getByRole('img', { name: 'QR code' }).waitFor()
      await isGood(page)
      const secret = secretIn(await page.content())
      await page.getByRole('textbox', { name: 'Code' }).fill(codeNow(secret, -1))
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: 'Backup codes' }).waitFor()
      await isGood(page)
      await page.getByRole('button', { name: 'I have saved them' }).click()
      await page.getByText('10 backup codes are left').waitFor()
      await isGood(page)
      await page.context().clearCookies()
      await page.goto(`${origin}/login?next=/account`)
      await logIn(page, email)
      await page.getByRole('heading', { name: 'Enter your code' }).waitFor()
      await isGood(page)
      await page.getByRole('textbox', { name: 'Code' }).fill(codeNow(secret))
      await page.keyboard.press('Enter')
      await page.waitForURL(`${origin}/account`)
      await isGood(page)
      await page.getByRole('link', { name: 'Close account' }).click()
      await isGood(page)
    })
    assert.deepEqual((await signIns(user_id)).at(-1)?.details, { second_factor: 'code' })
  })
}

test('a passkey whose device did not recognise its owner signs nobody in', async () => {
  const { user_id } = await anAccount(portal, 'shy@acme.example')
  await withRefusals(`${origin}/login?next=/account/security`, async (page) => {
    const recognise = await plugIn(page)
    await logIn(page, 'shy@acme.example')
    await addPasskey(page, 'key')
    await page.getByText('The passkey is added.').waitFor()
    await page.context().clearCookies()
    await recognise(false)
    await page.goto(`${origin}/login`)
    await page.getByRole('button', { name: 'Log in with a passkey' }).click()
    await page.getByText('No passkey was made or used').waitFor()
    // A page of a stranger's making would not ask the device to recognise anybody; the server still does.
    const answered = await page.evaluate(async () => {
      const options = await (await fetch('/login/passkey/options', { method: 'POST' })).json()
      const asked = PublicKeyCredential.parseRequestOptionsFromJSON({ ...options, userVerification: 'discouraged' })
      const credential = await navigator.credentials.get({ publicKey: asked })
      const body = new URLSearchParams({ response: JSON.stringify(credential) })
      return (await fetch('/login/passkey', { method: 'POST', body })).status
    })
    assert.equal(answered, 422)
  })
  assert.equal((await signIns(user_id)).length, 1)
})

test('a signed challenge opens one session, not a second', async () => {
  const { user_id } = await anAccount(portal, 'once@acme.example')
  await withRefusals(`${origin}/login?next=/account/security`, async (page) => {
    await plugIn(page)
    await logIn(page, 'once@acme.example')
    await addPasskey(page, 'key')
    await page.getByText('The passkey is added.').waitFor()
    const answered = await page.evaluate(async () => {
      const options = await (await fetch('/login/passkey/options', { method: 'POST' })).json()
      const asked = PublicKeyCredential.parseRequestOptionsFromJSON(options)
      const credential = await navigator.credentials.get({ publicKey: asked })
      const body = new URLSearchParams({ response: JSON.stringify(credential) })
      const send = async () => (await fetch('/login/passkey', { method: 'POST', body, redirect: 'manual' })).type
      return [await send(), await send()]
    })
    assert.deepEqual(answered, ['opaqueredirect', 'basic'])
  })
  assert.equal((await signIns(user_id)).length, 2, 'by password, then by passkey')
})

test('without script the pages say that passkeys need it', async () => {
  await anAccount(portal, 'plain@acme.example')
  const options = { javaScriptEnabled: false, locale: 'en-GB' }
  await withPage(browser, `${origin}/login?next=/account/security/passkeys`, options, async (page) => {
    await page.getByText('Passkeys need script').waitFor()
    assert.equal(await page.getByRole('button', { name: 'Log in with a passkey' }).isVisible(), false)
    await logIn(page, 'plain@acme.example')
    await page.waitForURL(/\/account\/security\/passkeys$/)
    await page.getByText('Passkeys need script').waitFor()
  })
})

test('a wrong password adds no passkey', async () => {
  await anAccount(portal, 'wrong@acme.example')
  await withRefusals(`${origin}/login?next=/account/security/passkeys`, async (page) => {
    await plugIn(page)
    await logIn(page, 'wrong@acme.example')
    await page.getByLabel('Name').fill('key')
    await page.getByLabel('Your password').fill('a wrong one')
    await page.getByRole('button', { name: 'Continue on this device' }).click()
    await page.getByText('This is not your current password').first().waitFor()
    assert.equal(await page.getByLabel('Name').inputValue(), 'key')
  })
})
