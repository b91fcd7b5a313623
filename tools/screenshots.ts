/**
 * Takes the pictures of README.md anew, from a demo portal: `node --import ./tools/tsx.ts tools/screenshots.ts`.
 * With a folder as argument it takes every page of the purchase there instead, light and dark, wide and on a phone,
 * in English and French, to be looked at.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { projectRoot } from '../src/platform/root.ts'
import { urls } from '../src/urls.ts'
import { launchBrowser, screens } from '../test/browser.ts'
import { aDemoPortal, serialsOf } from '../test/journeys/demo-portal.ts'
import { completes, createsAccount, entersDetails, entersSerials, verifiesAndEdits } from '../test/journeys/purchase.ts'
import { aTraveller, type Traveller } from '../test/journeys/traveller.ts'

type Shot = { traveller: Traveller; step: string }

/** Small enough to be looked at beside each other, and to be kept in the repository. */
const small = { width: 1100, height: 600 }
const [folder] = process.argv.slice(2)
const ends: (() => unknown)[] = []
const portal = await aDemoPortal({ after: (end) => void ends.unshift(end) }, ['E', 'F', 'H'])
const browser = await launchBrowser()
try {
  if (folder) await takeAll(folder)
  else await takeForReadme(join(projectRoot, 'docs', 'screenshots'))
} finally {
  await browser.close()
  for (const end of ends) await end()
}

async function takeForReadme(into: string): Promise<void> {
  mkdirSync(into, { recursive: true })
  const names = ['serial-numbers', 'verification', 'confirmation', 'home-after', 'license']
  await travel('E', { as: 'en', viewport: small, colorScheme: 'light' }, async ({ traveller: { page }, step }) => {
    if (!names.includes(step)) return
    // What happens to serial numbers stands below the form.
    if (step === 'serial-numbers') await page.mouse.wheel(0, 1150)
    await page.waitForTimeout(200)
    await page.screenshot({ path: join(into, `${step.replace('-after', '')}.png`) })
  })
  const phone = { as: 'en', viewport: screens.phone, hasTouch: true, colorScheme: 'dark' } as const
  await travel('H', phone, async ({ traveller: { page }, step }) => {
    if (step === 'confirmation') await page.screenshot({ path: join(into, 'phone-dark.png') })
  })
}

async function takeAll(into: string): Promise<void> {
  mkdirSync(into, { recursive: true })
  let n = 0
  const take = async ({ traveller, step }: Shot, size: string) => {
    const number = String(++n).padStart(3, '0')
    for (const colorScheme of ['light', 'dark'] as const) {
      await traveller.page.emulateMedia({ colorScheme })
      const name = `${number}-${step}-${traveller.locale}-${size}-${colorScheme}.png`
      await traveller.page.screenshot({ path: join(into, name), fullPage: true })
    }
  }
  await travel('E', { as: 'en', viewport: screens.wide }, (shot) => take(shot, 'wide'))
  await travel('F', { as: 'fr', viewport: screens.wide }, (shot) => take(shot, 'wide'))
  await travel('H', { as: 'fr', viewport: screens.phone, hasTouch: true }, (shot) => take(shot, 'phone'))
}

async function travel(sign: string, options: Parameters<typeof aTraveller>[2], take: (shot: Shot) => Promise<void>) {
  const traveller = await aTraveller(browser, portal.url, options)
  const look = (of: Traveller, step: string) => take({ traveller: of, step })
  const person = {
    given_name: 'Inês',
    family_name: 'Reis',
    email: `${sign}@journey.example`,
    company: 'Journey & Sons',
  }
  const bought = serialsOf(sign)
  await createsAccount(traveller, person, look)
  await entersSerials(traveller, bought, look)
  await entersDetails(traveller, look)
  await verifiesAndEdits(traveller, look)
  await completes(traveller, look)
  const { licenses, help, accounts, dev } = urls
  const pages = {
    'home-after': urls.home.to(),
    catalog: licenses.catalog.to(),
    license: licenses.show.to({ serial: bought.host }),
    account: accounts.show.to(),
    sessions: accounts.sessions.to(),
    help: help.index.to(),
    topic: help.topic.to({ topic: 'host-ids' }),
    mailbox: dev.mailbox.to(),
    missing: '/nowhere',
  }
  for (const [step, path] of Object.entries(pages)) {
    await traveller.page.goto(`${portal.url}${path}`)
    await look(traveller, step)
  }
  await traveller.page.goto(`${portal.url}${dev.mailbox.to()}`)
  await traveller.page.getByRole('table').getByRole('link').first().click()
  await look(traveller, 'mail')
  await traveller.context.close()
}
