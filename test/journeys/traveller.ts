/** Somebody in front of a browser, and what the browser complains about meanwhile. */
import assert from 'node:assert/strict'
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { type Locale, type T, textsFor } from '../../src/platform/i18n.ts'
import { axeViolations, contrastViolations, overflowing } from '../browser.ts'
import { type Hands, mouse } from './hands.ts'

export type Traveller = {
  url: string
  context: BrowserContext
  page: Page
  hands: Hands
  t: T
  locale: Locale
  complaints: string[]
}

type Options = BrowserContextOptions & { as: Locale; hands?: (page: Page) => Hands }

/** Opens a browser of one's own: nothing is shared with the others. */
export async function aTraveller(browser: Browser, url: string, options: Options): Promise<Traveller> {
  const { as: locale, hands = mouse, ...more } = options
  const context = await browser.newContext({ reducedMotion: 'reduce', acceptDownloads: true, locale, ...more })
  context.setDefaultTimeout(30_000)
  const complaints: string[] = []
  const page = await context.newPage()
  context.on('page', (other) => watch(other, complaints))
  watch(page, complaints)
  return { url, context, page, hands: hands(page), t: textsFor(locale), locale, complaints }
}

/** Refused forms and closed doors answer 4xx on purpose: the browser writes these into its console, too. */
function watch(page: Page, complaints: string[]): void {
  page.on('console', (message) => {
    const text = message.text()
    if (message.type() === 'error' && !/status of (401|403|404|410|422)\b/.test(text)) complaints.push(text)
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
}

/** Script failures, missing files, breaches of the content policy: there were none. */
export function noComplaints({ complaints }: Traveller): void {
  assert.deepEqual(complaints, [])
}

/** Nothing reaches past the edge of the screen. */
export async function fits({ page }: Traveller): Promise<void> {
  assert.deepEqual(await overflowing(page), [], page.url())
}

/** Accessible in light and dark, and nothing scrolls sideways. */
export async function isAccessible(traveller: Traveller): Promise<void> {
  const { page } = traveller
  await fits(traveller)
  await page.emulateMedia({ colorScheme: 'light' })
  assert.deepEqual(await axeViolations(page), [], page.url())
  await page.emulateMedia({ colorScheme: 'dark' })
  assert.deepEqual(await contrastViolations(page), [], `${page.url()} in dark`)
}

export const field = (page: Page, name: string): Locator => page.getByRole('textbox', { name, exact: true })
export const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true })
export const link = (page: Page, name: string): Locator => page.getByRole('link', { name, exact: true })
export const list = (page: Page, name: string): Locator => page.getByRole('combobox', { name, exact: true })

/** The page's title came up: the step before is done. */
export async function isAt({ page }: Pick<Traveller, 'page'>, title: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor()
}
