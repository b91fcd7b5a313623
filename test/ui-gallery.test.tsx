/** Draws the gallery in Chromium: no axe violation, nothing wider than the screen, no breach of the content policy. */
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import AxeBuilder from '@axe-core/playwright'
import { type ServerType, serve } from '@hono/node-server'
import { Hono } from 'hono'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { assetsWeb } from '../src/platform/http/assets.ts'
import { isLocale } from '../src/platform/i18n.ts'
import type { Theme } from '../src/ui/layout.tsx'
import { buildAssets } from '../tools/vendor-assets.ts'
import { launchBrowser } from './browser.ts'
import { pages } from './ui-gallery.tsx'

const policy = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
const shots = 'data/screenshots/ui'
let browser: Browser
let server: ServerType
let origin = ''

before(async () => {
  await buildAssets()
  mkdirSync(shots, { recursive: true })
  browser = await launchBrowser()
  const app = new Hono().route('/', assetsWeb).get('/:page', (c) => {
    const Drawn = pages[c.req.param('page') as keyof typeof pages]
    if (!Drawn) return c.notFound()
    const locale = c.req.query('locale')
    const look = {
      theme: (c.req.query('theme') ?? 'auto') as Theme,
      locale: isLocale(locale) ? locale : undefined,
      dir: c.req.query('dir') === 'rtl' ? 'rtl' : 'ltr',
    } as const
    c.header('content-security-policy', policy)
    return c.html(<Drawn look={look} />)
  })
  server = await new Promise((resolve) => {
    const started = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(started))
  })
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

after(async () => {
  await browser?.close()
  server?.close()
})

/** Opens a page and collects what the browser refused or failed at. */
async function open(path: string, options: BrowserContextOptions, use: (page: Page) => Promise<void>) {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(String(error)))
  try {
    await page.goto(`${origin}/${path}`, { waitUntil: 'load' })
    await page.evaluate(() => document.fonts.ready)
    await use(page)
  } finally {
    await context.close()
  }
  assert.deepEqual(complaints, [])
}

/** Elements that reach past the screen's edge and are not scrolled inside a box of their own. */
function overflowing(page: Page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth
    if (document.documentElement.scrollWidth <= width) return []
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > width + 1)
      .map((element) => `${element.tagName}.${element.className}`)
  })
}

async function violations(page: Page) {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`),
  )
}

const sizes = { wide: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } }

for (const name of Object.keys(pages)) {
  for (const [size, viewport] of Object.entries(sizes)) {
    for (const theme of ['light', 'dark'] as const) {
      test(`${name} is accessible, fits and obeys the content policy: ${size}, ${theme}`, async () => {
        // The page asks for "auto": the system's choice alone decides, without script.
        await open(name, { viewport, colorScheme: theme }, async (page) => {
          await page.screenshot({ path: `${shots}/${name}-${size}-${theme}.png`, fullPage: true })
          assert.deepEqual(await violations(page), [])
          assert.deepEqual(await overflowing(page), [])
        })
      })
    }
  }
}
