/** The doctor in Chromium: dropped, chosen and pasted; what leaves the browser; every language; without script. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { serve } from '@hono/node-server'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { axeViolations, launchBrowser, overflowing, screens, withPage } from '../../../test/browser.ts'
import { freshDatabase } from '../../../test/database.ts'
import { aKey, aLicense, aMember } from '../../../test/licenses.ts'
import { anAccount, openPortal, type Portal, signedIn } from '../../../test/portal.ts'
import { buildAssets } from '../../../tools/vendor-assets.ts'
import { activeSigner, type LicenseFacts, licenseClaims, makeLicenseFile, makeSignedKey } from '../../keys/index.ts'
import { locales } from '../../platform/i18n.ts'
import { uuidv7 } from '../../platform/ids.ts'
import { urls } from '../../urls.ts'

let browser: Browser
let portal: Portal
let server: ReturnType<typeof serve>
let origin: string
const files: Record<string, string> = {}

before(async () => {
  await buildAssets()
  browser = await launchBrowser()
  portal = await openPortal(
    { after() {} },
    { KEY_ENCRYPTION_KEY: randomBytes(32).toString('base64') },
    await freshDatabase(),
  )
  server = serve({ fetch: portal.app.fetch, hostname: '127.0.0.1', port: 0 })
  await new Promise((resolve) => server.once('listening', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await makeFiles()
})

after(async () => {
  await browser?.close()
  server?.close()
  await portal?.services.close()
})

async function makeFiles() {
  const { db, config } = portal
  const signer = await activeSigner(db, config)
  const claims = (given: Partial<LicenseFacts> = {}) =>
    licenseClaims({
      issuer: config.vendor.issuer,
      key_id: uuidv7(),
      issued_at: new Date('2026-01-01T00:00:00Z'),
      serial: 'M0123456789',
      product: { code: 'ATLAS-PRO', name: 'Atlas <b>Pro</b> {ends}', version: '7.1' },
      kind: 'product',
      quantity: 1_000_000,
      meter: 'device',
      registered_to: '<img src=x onerror=alert(1)>',
      customer_number: null,
      host: { type: 'mac', id: '00:1a:2b:3c:4d:5e' },
      starts_on: null,
      ends_on: null,
      maintenance_until: null,
      features: {},
      warn_days: 0,
      grace_days: 0,
      replaces: [],
      temporary: false,
      ...given,
    })
  const withdrawn = claims()
  const member = await aMember(db)
  const { id } = await aLicense(db, member)
  const key = await aKey(db, id, { revoked_at: new Date('2026-02-01T00:00:00Z'), revoked_reason: 'compromised' })
  await db.updateTable('license_keys').set({ kid: signer.kid }).where('id', '=', key).execute()
  files.good = await makeLicenseFile(signer, claims())
  files.key = await makeSignedKey(signer, claims())
  files.expired = await makeLicenseFile(signer, claims({ ends_on: '2026-02-28' as never }))
  files.revoked = await makeLicenseFile(signer, { ...withdrawn, jti: key })
  const { payload } = JSON.parse(files.good)
  const cheated = Buffer.from(payload, 'base64url').toString().replace('1000000', '9000000')
  files.altered = files.good.replace(payload, Buffer.from(cheated).toString('base64url'))
  const other = await freshDatabase()
  const foreign = await activeSigner(other.db, config)
  files.foreign = await makeLicenseFile(foreign, claims())
  await other.close()
  files.garbage = randomBytes(750_000).toString('base64')
}

type Sent = { method: string; url: string; body: string | null }

/** Opens the page and notes every request from then on. */
async function open(options: BrowserContextOptions, use: (page: Page, sent: Sent[]) => Promise<void>) {
  await withPage(browser, origin + urls.doctor.to(), { locale: 'en-GB', ...options }, async (page) => {
    page.setDefaultTimeout(10_000)
    const sent: Sent[] = []
    page.on('request', (request) =>
      sent.push({ method: request.method(), url: request.url(), body: request.postData() }),
    )
    await use(page, sent)
  })
}

const results = (page: Page) => page.getByRole('region', { name: 'Result' })
const choose = (page: Page, ...chosen: { name: string; content: string }[]) =>
  page
    .getByLabel('Drop license files here')
    .setInputFiles(chosen.map(({ name, content }) => ({ name, mimeType: '', buffer: Buffer.from(content) })))
const paste = async (page: Page, text: string) => {
  await page.getByLabel('Or paste').fill(text)
  await page.getByRole('button', { name: 'Check' }).click()
}

const titles: [file: string, title: string][] = [
  ['good', 'This license is valid'],
  ['key', 'This license is valid'],
  ['altered', 'This license was changed after it was signed'],
  ['expired', 'This license ended on February 28, 2026'],
  ['revoked', 'This license was withdrawn on February 1, 2026'],
  ['foreign', 'This license is not signed by Keyport'],
  ['garbage', 'There is no license in this'],
]

test('each file is explained, chosen or pasted, and nothing of it leaves the browser', async () => {
  await open({ viewport: screens.wide }, async (page, sent) => {
    for (const [file, title] of titles) {
      await choose(page, { name: `${file}.slf`, content: files[file]! })
      await results(page).getByText(title, { exact: true }).waitFor()
      await results(page)
        .getByRole('heading', { name: `${file}.slf` })
        .waitFor()
      await paste(page, files[file]!)
      await results(page).getByRole('heading', { name: 'Pasted text' }).waitFor()
      await results(page).getByText(title, { exact: true }).waitFor()
    }
    assert.ok(sent.length > 0)
    const lists = [urls.keys.jwks.to(), urls.keys.revocations.to()].map((path) => origin + path)
    for (const { method, url, body } of sent) {
      assert.ok(lists.includes(url) || url.startsWith(`${origin}/assets/`), url)
      assert.deepEqual([method, body], ['GET', null])
    }
  })
})

test('a dropped file is checked, wherever on the page it falls', async () => {
  await open({}, async (page) => {
    for (const selector of ['.kp-drop', 'footer']) {
      await page.evaluate(
        ([selector, content]) => {
          const dataTransfer = new DataTransfer()
          dataTransfer.items.add(new File([content!], 'dropped.slf'))
          document
            .querySelector(selector!)!
            .dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
        },
        [selector, files.good!],
      )
      await results(page).getByRole('heading', { name: 'dropped.slf' }).waitFor()
      await results(page).getByText('This license is valid').waitFor()
    }
    assert.equal(new URL(page.url()).pathname, urls.doctor.to())
  })
})

test('facts are text, in the reader’s words, and one wrong host is told apart', async () => {
  await open({ viewport: screens.phone }, async (page) => {
    await page.getByLabel('Host ID').fill('00-1A-2B-3C-4D-5F')
    await choose(page, { name: '<i>x</i>.slf', content: files.good! }, { name: 'old.slf', content: files.expired! })
    await results(page).getByText('This license is for another computer').waitFor()
    await results(page).getByText('This license ended on February 28, 2026').waitFor()
    const shown = (await results(page).textContent()) ?? ''
    assert.match(shown, /Atlas <b>Pro<\/b> \{ends\} 7\.1 \(ATLAS-PRO\)/)
    assert.match(shown, /1,000,000 devices/)
    assert.match(shown, /MAC address 00:1a:2b:3c:4d:5e\. You typed: 00-1A-2B-3C-4D-5F\./)
    assert.match(shown, /<img src=x onerror=alert\(1\)>/)
    assert.equal(await results(page).locator('img, b, i').count(), 0)
    assert.equal(await results(page).getByRole('link').first().getAttribute('href'), '/licenses/M0123456789')
    assert.deepEqual(await overflowing(page), [])
    await page.getByLabel('Host ID').fill('001a2b3c4d5e')
    await page.getByRole('button', { name: 'Check' }).click()
    await results(page).getByText('This license is valid').waitFor()
  })
})

test('a file that mail damaged is repaired, and can be saved', async () => {
  await open({}, async (page) => {
    await paste(page, `Dear customer,\n\n${files.good!.replaceAll('"', '“')}\n\nRegards`)
    await results(page).getByText('The file arrived damaged').waitFor()
    assert.equal(await results(page).getByRole('listitem').count(), 2)
    const download = page.waitForEvent('download')
    await results(page).getByRole('link', { name: 'Save the repaired file' }).click()
    const saved = await (await download).createReadStream()
    const chunks: Buffer[] = []
    for await (const chunk of saved) chunks.push(chunk)
    assert.equal(Buffer.concat(chunks).toString(), files.good!.trim())
  })
})

test('without network, or in a browser that knows no Ed25519, it says so', async () => {
  await open({}, async (page) => {
    await page.evaluate(() => {
      globalThis.fetch = () => Promise.reject(new TypeError('Failed to fetch'))
    })
    await paste(page, files.good!)
    await results(page).getByText('The public keys of Keyport could not be fetched').waitFor()
    await page.evaluate(() => {
      crypto.subtle.importKey = () => Promise.reject(new DOMException('Unrecognized name.', 'NotSupportedError'))
    })
    await page.evaluate(() => {
      globalThis.fetch = () =>
        Promise.resolve(new Response('{"keys":[{"kty":"OKP","crv":"Ed25519","kid":"a","x":"AA"}]}'))
    })
    await page.getByRole('button', { name: 'Check' }).click()
    await results(page).getByText('This browser cannot check signatures').waitFor()
  })
})

test('it is used by keyboard alone, accessible in light and dark, and fits, in every language', async () => {
  for (const locale of locales) {
    for (const [size, viewport] of Object.entries(screens)) {
      await withPage(browser, origin + urls.doctor.to(), { viewport, locale }, async (page) => {
        await page.locator('textarea').focus()
        await page.keyboard.insertText(files.expired!)
        await page.keyboard.press('Tab')
        await page.keyboard.press('Tab')
        await page.keyboard.press('Enter')
        await page.locator('[data-results] dl').waitFor()
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme })
          assert.deepEqual(await axeViolations(page), [], `${locale} ${size}`)
          await page.screenshot({
            path: `data/screenshots/doctor-${locale}-${size}-${colorScheme}.png`,
            fullPage: true,
          })
        }
        assert.deepEqual(await overflowing(page), [], `${locale} ${size}`)
        assert.doesNotMatch((await page.locator('[data-results]').textContent()) ?? '', /\{\w+\}(?! 7\.1)/)
      })
    }
  }
})

test('without script the page says how to check a file instead', async () => {
  await open({ javaScriptEnabled: false }, async (page) => {
    // Texts and roles are not looked for inside noscript, so these are found by what they are.
    const note = page.locator('noscript .kp-alert')
    assert.equal(await note.isVisible(), true)
    assert.match((await note.textContent()) ?? '', /keyport verify/)
    assert.equal(await page.locator('textarea').isVisible(), false)
    await note.locator('a').click()
    await page.getByText('openssl pkeyutl').waitFor()
  })
})

test('no field has a name, and the page may fetch nothing but the two lists', async () => {
  await anAccount(portal, 'ann@acme.example')
  const visitor = await signedIn(portal, 'ann@acme.example')
  const { status, html, headers } = await visitor.get(urls.doctor.to())
  assert.equal(status, 200)
  const form = /<form class="kp-form[\s\S]*?<\/form>/.exec(html)![0]
  assert.doesNotMatch(form, /\sname=/)
  assert.match(headers.get('content-security-policy')!, /default-src 'self'/)
  const connect = /connect-src ([^;,]*)/.exec(headers.get('content-security-policy')!)![1]
  assert.equal(connect, `http://localhost${urls.keys.jwks.to()} http://localhost${urls.keys.revocations.to()}`)
})
