/**
 * Chromium for tests, from npm alone: the browser comes compressed inside `@sparticuz/chromium` with the
 * libraries and fonts it needs, so no system package is asked for. `KEYPORT_CHROMIUM` names another binary.
 */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { AxeBuilder } from '@axe-core/playwright'
import { inflate } from '@sparticuz/chromium'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

const root = fileURLToPath(new URL('..', import.meta.url))
const archives = join(root, 'node_modules', '@sparticuz', 'chromium', 'bin')
const cache = join(root, 'node_modules', '.cache', 'keyport-chromium-153')

/** The packaged file names only directories of a cloud function; `prefix="relative"` finds ours wherever it lies. */
const fontsConf = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`

const args = [
  '--no-sandbox',
  '--no-zygote',
  '--no-first-run',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-domain-reliability',
  '--no-default-browser-check',
  '--no-pings',
  '--font-render-hinting=none',
]

/** Starts a headless Chromium; the caller closes it. The first call of a machine unpacks it (about 5 s). */
export async function launchBrowser(): Promise<Browser> {
  const override = process.env.KEYPORT_CHROMIUM
  if (override) return chromium.launch({ executablePath: override, args })
  const home = await unpackedChromium()
  return chromium.launch({
    executablePath: join(home, 'chromium'),
    args,
    env: {
      ...process.env,
      LD_LIBRARY_PATH: join(home, 'al2023', 'lib'),
      FONTCONFIG_PATH: join(home, 'fonts'),
      HOME: home,
    },
  })
}

/**
 * Unpacks beside the final place and renames, so that test files running at once never see half a browser. In a
 * process of its own: the package unpacks to TMPDIR, which in this one belongs to all tests.
 */
async function unpackedChromium(): Promise<string> {
  if (existsSync(cache)) return cache
  mkdirSync(dirname(cache), { recursive: true })
  const staging = mkdtempSync(`${cache}-`)
  await promisify(execFile)(process.execPath, [fileURLToPath(import.meta.url)], {
    env: { ...process.env, TMPDIR: staging },
  })
  try {
    renameSync(staging, cache)
  } catch (error) {
    rmSync(staging, { recursive: true, force: true })
    if (!existsSync(cache)) throw error
  }
  return cache
}

/** The two sizes that every page is looked at in. */
export const screens = { wide: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } } as const

/**
 * Opens a page for one use and closes it again.
 * @throws AssertionError when the browser complained: a script failed, a file was missing, the content policy was hurt.
 */
export async function withPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions,
  use: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(String(error)))
  try {
    await page.goto(url, { waitUntil: 'load' })
    await page.evaluate(() => document.fonts.ready.then(() => undefined))
    await use(page)
  } finally {
    await context.close()
  }
  assert.deepEqual(complaints, [])
}

/** What axe finds against WCAG 2.2 AA and its best practices; empty when all is well. */
export async function axeViolations(page: Page): Promise<string[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  return violationsOf(new AxeBuilder({ page }).withTags(tags))
}

/** The same for what a change of colours can break. */
export function contrastViolations(page: Page): Promise<string[]> {
  return violationsOf(new AxeBuilder({ page }).withRules(['color-contrast', 'link-in-text-block']))
}

/** Our frames are of our own origin: the legacy mode sees into them, and opens no page of its own. */
async function violationsOf(axe: AxeBuilder): Promise<string[]> {
  const { violations } = await axe.setLegacyMode(true).analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`),
  )
}

/** Elements that reach past the screen's edge; empty when nothing scrolls sideways. */
export function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth
    if (document.documentElement.scrollWidth <= width) return []
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > width + 1)
      .map((element) => `${element.tagName}.${element.className}`)
  })
}

if (import.meta.main) {
  const staging = process.env.TMPDIR ?? ''
  await Promise.all(['chromium.br', 'al2023.tar.br', 'fonts.tar.br'].map((name) => inflate(join(archives, name))))
  writeFileSync(join(staging, 'fonts', 'fonts.conf'), fontsConf)
}
