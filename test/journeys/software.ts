/** What somebody does who wants software, and what an operator does before, found by role and label only. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { urls } from '../../src/urls.ts'
import { button, isAt, link, list, type Traveller } from './traveller.ts'

type Look = (traveller: Traveller, step: string) => Promise<void>

/** From Home to a file on the own disk, whose checksum is the one on the page. */
export async function getsSoftware(traveller: Traveller, look: Look): Promise<void> {
  const { page, hands, t, url } = traveller
  await page.goto(`${url}${urls.home.to()}`)
  await hands.press(page.getByRole('main').getByRole('link', { name: t('home.software.text') }))
  await isAt(traveller, t('downloads.title'))
  await look(traveller, 'software')
  await hands.press(link(page, 'Atlas Pro'))
  await isAt(traveller, 'Atlas Pro')
  await look(traveller, 'product')
  await hands.press(button(page, t('downloads.notify.start')))
  await page.getByText(t('downloads.notify.started', { product: 'Atlas Pro' })).waitFor()
  await hands.press(link(page, t('downloads.get_version', { version: '9.1' })))
  await isAt(traveller, t('downloads.release.title', { product: 'Atlas Pro', version: '9.1' }))
  await look(traveller, 'terms')
  await acceptsTerms(traveller)
  await look(traveller, 'release')
  await hands.choose(list(page, t('downloads.platform')), t('downloads.platform.linux-x64'))
  await hands.press(button(page, t('downloads.show')))
  await page.waitForURL(/platform=linux-x64/)
  assert.equal(await page.getByRole('link', { name: /windows-x64\.zip$/ }).count(), 0)
  await saves(traveller, 'atlas-pro-9.1-linux-x64.zip')
}

/** With script, by reading to the end; without, by saying so. */
async function acceptsTerms({ page, hands, t }: Traveller): Promise<void> {
  const accept = button(page, t('downloads.terms.accept'))
  const read = page.getByRole('checkbox', { name: t('ui.agreement_read') })
  if (await read.isVisible()) await hands.tick(read)
  else await hands.readToEnd(page.getByRole('region', { name: t('downloads.terms.title') }), accept)
  await hands.press(accept)
  await page.getByRole('heading', { level: 2, name: t('downloads.verify.title') }).waitFor()
}

async function saves({ page, hands }: Traveller, name: string): Promise<void> {
  const shown = (await page.getByRole('row', { name: new RegExp(name.replaceAll('.', '\\.')) }).textContent()) ?? ''
  const saving = page.waitForEvent('download')
  await hands.press(page.getByRole('main').getByRole('link', { name, exact: true }))
  const saved = await saving
  assert.equal(saved.suggestedFilename(), name)
  const bytes = await readFile((await saved.path())!)
  assert.ok(shown.includes(createHash('sha256').update(bytes).digest('hex')), shown)
}

/** Every link of the page, followed without a cookie, whole and from the middle. */
export async function followsLinks({ page }: Traveller): Promise<void> {
  const links = await page
    .locator('main a[href*="/downloads/"]')
    .evaluateAll((all) => all.map((each) => (each as HTMLAnchorElement).href))
  assert.ok(links.length >= 2, `${links.length} links`)
  for (const address of links) {
    const whole = Buffer.from(await (await fetch(address)).arrayBuffer())
    const part = await fetch(address, { headers: { range: 'bytes=10-' } })
    assert.equal(part.status, 206)
    assert.ok(Buffer.from(await part.arrayBuffer()).equals(whole.subarray(10)))
  }
}

/** What was downloaded stands in the history; what may not be says why. */
export async function looksBack(
  traveller: Traveller,
  look: Look,
  refused = { product: 'ATLAS-PRO', version: '8.2' },
): Promise<void> {
  const { page, t, url } = traveller
  await page.goto(`${url}${urls.software.history.to()}`)
  await isAt(traveller, t('downloads.history.title'))
  await page.getByText(t('downloads.history.complete')).first().waitFor()
  await look(traveller, 'history')
  await page.goto(`${url}${urls.software.release.to(refused)}`)
  await page.getByText(t('downloads.not_yours'), { exact: true }).waitFor()
  assert.equal(await page.locator('main a[href*="/downloads/"]').count(), 0)
  await look(traveller, 'refused')
}

/** An operator makes a release, uploads a file of several parts with progress, and publishes it. */
export async function publishes(traveller: Traveller, look: Look): Promise<void> {
  const { page, t, url } = traveller
  await page.goto(`${url}${urls.admin.releases.to()}`)
  await isAt(traveller, t('releases.title'))
  await look(traveller, 'releases')
  await page.goto(`${url}${urls.admin.newRelease.to()}`)
  await look(traveller, 'new-release')
  await list(page, t('downloads.product')).selectOption({ label: 'Fern Viewer (FERN-VIEWER)' })
  await page.getByRole('textbox', { name: t('downloads.version') }).fill('2.5')
  await button(page, t('releases.new.submit')).click()
  await isAt(traveller, t('downloads.release.title', { product: 'Fern Viewer', version: '2.5' }))
  await list(page, t('downloads.platform')).selectOption({ label: t('downloads.platform.any') })
  const large = {
    name: 'fern-viewer-2.5.iso',
    mimeType: 'application/octet-stream',
    buffer: Buffer.alloc(20_000_000, 'fern'),
  }
  await page.locator('main input[type=file]').setInputFiles(large)
  await button(page, t('releases.upload.submit')).click()
  const publish = button(page, t('releases.publish.submit', { count: 1 }))
  await publish.waitFor()
  await look(traveller, 'staged')
  await publish.click()
  await page.getByText(t('releases.publish.done')).waitFor()
  await look(traveller, 'published')
  await page.goto(`${url}${urls.admin.softwareTerms.to()}`)
  await look(traveller, 'terms-admin')
  await page.goto(`${url}${urls.admin.downloads.to()}`)
  await page.getByText('atlas-pro-9.1-windows-x64.zip').first().waitFor()
  await look(traveller, 'downloads-admin')
}
