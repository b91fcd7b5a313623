/** The way from the login page to My Account in Chromium: by label and role, every page accessible and fitting. */
import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { serve } from '@hono/node-server'
import type { Browser, Page } from 'playwright-core'
import { axeViolations, launchBrowser, overflowing, screens, withPage } from '../../../test/browser.ts'
import { freshDatabase } from '../../../test/database.ts'
import { openPortal, type Portal } from '../../../test/portal.ts'
import { buildAssets } from '../../../tools/vendor-assets.ts'

let browser: Browser
let portal: Portal
let server: ReturnType<typeof serve>
let origin: string

before(async () => {
  await buildAssets()
  browser = await launchBrowser()
  portal = await openPortal({ after() {} }, {}, await freshDatabase())
  // Home is another module's; here it only has to be where one arrives.
  portal.app.get('/', (c) => c.text('Home'))
  server = serve({ fetch: portal.app.fetch, hostname: '127.0.0.1', port: 0 })
  await new Promise((resolve) => server.once('listening', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

after(async () => {
  await browser?.close()
  server?.close()
  await portal?.services.close()
})

async function isGood(page: Page) {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    assert.deepEqual(await axeViolations(page), [], page.url())
  }
  assert.deepEqual(await overflowing(page), [], page.url())
}

async function fillIn(page: Page, email: string) {
  await page.getByLabel('First name').fill('Ann')
  await page.getByLabel('Last name').fill('Müller')
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password', { exact: false }).first().fill('correct horse battery')
  await page.getByLabel('Company').fill('Acme')
  await page.getByLabel('Country').selectOption('FR')
}

async function confirmationLink(email: string): Promise<string> {
  const mails = portal.db.selectFrom('mails').select('text').where('to_address', '=', email)
  const { text } = await mails.executeTakeFirstOrThrow()
  return origin + /\/account\/confirm\?token=\S+/.exec(text)![0]
}

for (const [size, viewport] of Object.entries(screens)) {
  test(`create account, accept, confirm, My Account, sign out: ${size}`, async () => {
    const email = `ann.${size}@acme.example`
    const options = { viewport, locale: 'en-GB', timezoneId: 'Europe/Paris' }
    await withPage(browser, `${origin}/login`, options, async (page) => {
      await isGood(page)
      await page.getByRole('link', { name: 'Create account' }).click()
      await isGood(page)
      assert.equal(await page.getByLabel('Time zone').inputValue(), 'Europe/Paris', 'the device’s own')
      await fillIn(page, email)
      await page.getByRole('button', { name: 'Continue to the User Agreement' }).click()
      const accept = page.getByRole('button', { name: 'Accept' })
      await accept.waitFor()
      await isGood(page)
      assert.equal(await accept.isDisabled(), true)
      assert.equal(await page.getByRole('button', { name: 'Decline' }).isDisabled(), true)
      await page.getByRole('region', { name: 'User Agreement' }).focus()
      await page.keyboard.press('End')
      await accept.click()
      await page.getByRole('heading', { name: 'Your account has been created' }).waitFor()
      await isGood(page)

      await page.goto(await confirmationLink(email))
      await isGood(page)
      await page.getByLabel('Password').first().fill('correct horse battery')
      await page.getByRole('button', { name: 'Confirm and log in' }).click()
      await page.waitForURL(`${origin}/`)
      await page.goto(`${origin}/account`)
      await isGood(page)
      await page.goto(`${origin}/account/security/sessions`)
      await isGood(page)
    })
  })
}

test('without script the agreement asks for a tick in its place', async () => {
  await withPage(browser, `${origin}/account/new`, { javaScriptEnabled: false }, async (page) => {
    await fillIn(page, 'ann.noscript@acme.example')
    await page.getByRole('button', { name: 'Continue to the User Agreement' }).click()
    await page.getByLabel('I have read the text to its end').check()
    await page.getByRole('button', { name: 'Accept' }).click()
    await page.getByRole('heading', { name: 'Your account has been created' }).waitFor()
  })
})
