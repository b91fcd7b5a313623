/** Draws the gallery in Chromium: no axe violation, nothing wider than the screen, no breach of the content policy. */
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { after, before, test } from 'node:test'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { buildAssets } from '../tools/vendor-assets.ts'
import { axeViolations, launchBrowser, overflowing, screens, withPage } from './browser.ts'
import { pages } from './ui-gallery.tsx'
import { startGallery } from './ui-gallery-server.tsx'

const shots = 'data/screenshots/ui'
let browser: Browser
let gallery: Awaited<ReturnType<typeof startGallery>>

before(async () => {
  await buildAssets()
  mkdirSync(shots, { recursive: true })
  browser = await launchBrowser()
  gallery = await startGallery()
})

after(async () => {
  await browser?.close()
  gallery?.close()
})

const open = (path: string, options: BrowserContextOptions, use: (page: Page) => Promise<void>) =>
  withPage(browser, `${gallery.origin}/${path}`, options, use)

for (const name of Object.keys(pages)) {
  for (const [size, viewport] of Object.entries(screens)) {
    test(`${name} is accessible, fits and obeys the content policy, light and dark: ${size}`, async () => {
      await open(name, { viewport }, async (page) => {
        for (const colorScheme of ['light', 'dark'] as const) {
          // The page asks for "auto": the system's choice alone decides, without script.
          await page.emulateMedia({ colorScheme })
          await page.screenshot({ path: `${shots}/${name}-${size}-${colorScheme}.png`, fullPage: true })
          assert.deepEqual(await axeViolations(page), [])
        }
        assert.deepEqual(await overflowing(page), [])
      })
    })
  }

  test(`${name} fits 320 px in French, and right to left`, async () => {
    await open(`${name}?locale=fr`, { viewport: { width: 320, height: 800 } }, async (page) => {
      await page.screenshot({ path: `${shots}/${name}-fr-320.png`, fullPage: true })
      assert.deepEqual(await overflowing(page), [])
      await page.goto(`${gallery.origin}/${name}?dir=rtl`)
      assert.deepEqual(await overflowing(page), [])
      await page.setViewportSize(screens.wide)
      await page.screenshot({ path: `${shots}/${name}-rtl.png`, fullPage: true })
      assert.deepEqual(await overflowing(page), [])
    })
  })
}

test('a chosen appearance wins over the system', async () => {
  const ground = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  await open('table?theme=light', { colorScheme: 'dark' }, async (page) => {
    assert.equal(await ground(page), 'rgb(246, 247, 249)')
  })
  await open('table?theme=dark', { colorScheme: 'light' }, async (page) => {
    assert.equal(await ground(page), 'rgb(13, 18, 26)')
  })
})

test('menus open and close by keyboard, and the open ones are accessible', async () => {
  await open('table', { viewport: screens.wide }, async (page) => {
    await page.locator('summary', { hasText: 'English' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Português (Brasil)' }).waitFor()
    await page.screenshot({ path: `${shots}/menu-language.png` })
    await page.keyboard.press('Escape')
    assert.equal(await page.getByRole('button', { name: 'Português (Brasil)' }).isVisible(), false)
    await page.getByText('Zoë Ångström-Nakamura').click()
    await page.screenshot({ path: `${shots}/menu-account.png` })
    assert.deepEqual(await axeViolations(page), [])
    await page.locator('summary[aria-label="Actions for M0123456789"]').click()
    assert.equal(await page.getByRole('button', { name: 'Sign out' }).isVisible(), false)
    await page.screenshot({ path: `${shots}/menu-row.png` })
  })
})

test('on a phone the navigation opens over the page and closes by Escape', async () => {
  await open('table', { viewport: screens.phone, hasTouch: true }, async (page) => {
    const link = page.getByRole('link', { name: 'Version Upgrade' })
    assert.equal(await link.isVisible(), false)
    await page.getByRole('button', { name: 'Menu' }).tap()
    await link.waitFor()
    await page.screenshot({ path: `${shots}/menu-phone.png` })
    assert.deepEqual(await axeViolations(page), [])
    await page.keyboard.press('Escape')
    assert.equal(await link.isVisible(), false)
  })
})

test('an error summary has the focus and leads to its fields', async () => {
  await open('wizard', { viewport: screens.wide }, async (page) => {
    assert.equal(await page.evaluate(() => document.activeElement?.className), 'kp-errors')
    await page.getByRole('link', { name: /^Host ID:/ }).click()
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'field-host')
    assert.equal(await page.title(), 'Error: Registration · Keyport')
  })
})

test('a step without errors has the focus on its title', async () => {
  await open('confirmation', { viewport: screens.wide }, async (page) => {
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'License Key Confirmation')
  })
})

test('a form pressed twice is sent once', async () => {
  await open('login', { viewport: screens.wide }, async (page) => {
    await page.getByRole('button', { name: 'Login' }).dblclick()
    await page.waitForTimeout(500)
    assert.equal(gallery.posts['/login'], 1)
  })
})

test('a password can be shown and hidden', async () => {
  await open('login', { viewport: screens.wide }, async (page) => {
    const field = page.getByLabel('Password', { exact: true })
    await field.fill('tr0ub4dor')
    await page.getByRole('button', { name: 'Show password' }).click()
    assert.equal(await field.getAttribute('type'), 'text')
    await page.getByRole('button', { name: 'Show password', pressed: true }).click()
    assert.equal(await field.getAttribute('type'), 'password')
  })
})

test('a serial number is copied at a press', async () => {
  await open('confirmation', { permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
    await page.getByRole('button', { name: 'Copy serial number' }).first().click()
    await page.getByRole('button', { name: 'Copied' }).waitFor()
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'K7QX-M2PD-9WTR-4HNC')
  })
})

test('an agreement unlocks at the end of its text', async () => {
  await open('agreement', { viewport: screens.wide }, async (page) => {
    const accept = page.getByRole('button', { name: 'Accept' })
    assert.equal(await accept.isDisabled(), true)
    await page.getByRole('region', { name: 'User Agreement' }).focus()
    await page.keyboard.press('End')
    await page.waitForFunction(() => !document.querySelector<HTMLButtonElement>('[value=accept]')?.disabled)
    assert.equal(await page.getByRole('button', { name: 'Decline' }).isDisabled(), false)
  })
})

test('without script an agreement asks for a tick and nothing else is missing', async () => {
  for (const name of Object.keys(pages)) {
    await open(name, { viewport: screens.wide, javaScriptEnabled: false }, async (page) => {
      await page.screenshot({ path: `${shots}/${name}-no-script.png`, fullPage: true })
      assert.equal(await page.getByRole('button', { name: /^Copy|^Show password/ }).count(), 0)
    })
  }
  await open('agreement', { javaScriptEnabled: false }, async (page) => {
    await page.getByLabel('I have read the text to its end.').check()
    assert.equal(await page.getByRole('button', { name: 'Accept' }).isEnabled(), true)
  })
})

test('selected rows are counted, and one box selects all', async () => {
  await open('table', { viewport: screens.wide }, async (page) => {
    await page.getByText('1 selected').waitFor()
    await page.getByLabel('Select all on this page').check()
    await page.getByText('5 selected').waitFor()
    await page.getByLabel('Select K7QX-M2PD-9WTR-4HNC').uncheck()
    await page.getByText('4 selected').waitFor()
  })
})

test('"Load more" adds the next rows below and moves on', async () => {
  await open('table', { viewport: screens.wide }, async (page) => {
    await page.getByRole('link', { name: 'Load more' }).click()
    await page.getByText('KMOR-E000-0000-0001').waitFor()
    assert.equal(await page.locator('#rows > tr').count(), 6)
    assert.equal(await page.getByRole('link', { name: 'Load more' }).count(), 0)
  })
})

test('a search follows the typing and its question stays in the address', async () => {
  await open('table', { viewport: screens.wide }, async (page) => {
    await page.getByLabel('Find', { exact: true }).pressSequentially('Schl')
    await page.getByText('M0123456789').waitFor({ state: 'detached' })
    assert.equal(await page.locator('#rows > tr').count(), 1)
    assert.match(page.url(), /q=Schl/)
    assert.equal(await page.evaluate(() => (document.activeElement as HTMLInputElement).value), 'Schl')
  })
})

test('the confirmation prints without the frame', async () => {
  await open('confirmation', { viewport: screens.wide, colorScheme: 'dark' }, async (page) => {
    await page.emulateMedia({ media: 'print' })
    await page.screenshot({ path: `${shots}/confirmation-print.png`, fullPage: true })
    assert.equal(await page.getByRole('navigation', { name: 'Main' }).isVisible(), false)
    assert.equal(await page.getByText('K7QX-M2PD-9WTR-4HNC').isVisible(), true)
  })
})

test('progress fetches itself anew', async () => {
  await open('confirmation', { viewport: screens.wide }, async (page) => {
    await page.waitForResponse(
      (response) => response.url().endsWith('/confirmation') && response.request().resourceType() === 'fetch',
    )
    await page.waitForTimeout(100)
    assert.equal(await page.locator('progress').count(), 1)
  })
})

test('a first visit costs at most 100 kB over the wire, later pages 15 kB', async () => {
  const context = await browser.newContext({ viewport: screens.wide })
  const page = await context.newPage()
  const client = await context.newCDPSession(page)
  await client.send('Network.enable')
  let bytes = 0
  client.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
  })
  await page.goto(`${gallery.origin}/table`, { waitUntil: 'networkidle' })
  const first = bytes
  await page.goto(`${gallery.origin}/confirmation?theme=light`, { waitUntil: 'load' })
  const later = bytes - first
  console.log(`first visit ${first} bytes, later page ${later} bytes`)
  await context.close()
  assert.ok(first <= 100_000, `first visit: ${first} bytes`)
  assert.ok(later <= 15_000, `later page: ${later} bytes`)
})
