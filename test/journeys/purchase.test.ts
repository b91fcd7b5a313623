/** The main job in Chromium: by mouse, by keyboard, without script, on a phone, in three languages. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import type { Browser } from 'playwright-core'
import type { DemoFile } from '../../src/demo/index.ts'
import { urls } from '../../src/urls.ts'
import { launchBrowser, screens } from '../browser.ts'
import { takesKeysAway } from './afterwards.ts'
import { aDemoPortal, manySerials, serialsOf } from './demo-portal.ts'
import { keyboard, mouse } from './hands.ts'
import {
  adds,
  completes,
  createsAccount,
  entersDetails,
  entersSerials,
  nextStep,
  reachesAgreement,
  rowOf,
  signsIn,
  verifiesAndEdits,
} from './purchase.ts'
import { aTraveller, button, field, fits, isAccessible, isAt, link, noComplaints, type Traveller } from './traveller.ts'

/** Of a journey: on a machine that does much else, browsers are slow. */
const timeout = 240_000

suite('the journey of a purchase', { concurrency: 3, timeout: 400_000 }, () => {
  const ends: (() => unknown)[] = []
  let browser: Browser
  let portal: Awaited<ReturnType<typeof aDemoPortal>>

  before(async () => {
    const scope = { after: (end: () => unknown) => void ends.unshift(end) }
    portal = await aDemoPortal(scope, ['E', 'F', 'P', 'H'])
    browser = await launchBrowser()
  })
  after(async () => {
    await browser?.close()
    for (const end of ends) await end()
  })

  async function travels(traveller: Traveller, sign: string, look: (traveller: Traveller) => Promise<void>) {
    const person = {
      given_name: 'Inês',
      family_name: 'Reis',
      email: `${sign}@journey.example`,
      company: `Journey ${sign}`,
    }
    await createsAccount(traveller, person, look)
    await entersSerials(traveller, serialsOf(sign), look)
    await entersDetails(traveller, look)
    await verifiesAndEdits(traveller, look)
    await completes(traveller, look)
  }

  test('by mouse, in English', { timeout }, async () => {
    const traveller = await aTraveller(browser, portal.url, { as: 'en', viewport: screens.wide })
    await travels(traveller, 'E', isAccessible)
    noComplaints(traveller)
  })
  test('by keyboard alone, in French', { timeout }, async () => {
    const traveller = await aTraveller(browser, portal.url, { as: 'fr', viewport: screens.wide, hands: keyboard })
    await travels(traveller, 'F', fits)
    noComplaints(traveller)
  })
  test('without script, in Portuguese', { timeout }, async () => {
    const traveller = await aTraveller(browser, portal.url, {
      as: 'pt-BR',
      viewport: screens.wide,
      javaScriptEnabled: false,
    })
    await travels(traveller, 'P', fits)
    noComplaints(traveller)
  })
  test('on a phone; its keys are copied, downloaded, verified elsewhere and found again', { timeout }, async () => {
    const traveller = await aTraveller(browser, portal.url, { as: 'fr', viewport: screens.phone, hasTouch: true })
    await travels(traveller, 'H', fits)
    await takesKeysAway(traveller, serialsOf('H'))
    await isAccessible(traveller)
    noComplaints(traveller)
  })

  test('whoever declines the User Agreement leaves nothing behind', async () => {
    const traveller = await aTraveller(browser, portal.url, { as: 'en', viewport: screens.wide })
    const { page, t } = traveller
    const person = { given_name: 'No', family_name: 'Thanks', email: 'no@journey.example', company: 'Nobody' }
    await reachesAgreement(traveller, person, async () => {})
    await page.getByRole('region', { name: t('accounts.agreement.title') }).hover()
    await page.mouse.wheel(0, 100_000)
    await button(page, t('accounts.agreement.decline')).click()
    await page.getByText(t('accounts.sign_in.declined')).waitFor()
    await signsIn(traveller, person.email)
    await page.getByText(t('accounts.sign_in.refused')).first().waitFor()
    await page.goto(`${portal.url}${urls.dev.mailbox.to({ to: person.email })}`)
    await page.getByText(t('mail.mailbox.empty'), { exact: true }).waitFor()
    noComplaints(traveller)
  })

  /** A manager of the demo's first company, signed in. */
  async function aManager(): Promise<Traveller> {
    const { users } = JSON.parse(readFileSync(join(portal.env.DATA_DIR, 'demo.json'), 'utf8')) as DemoFile
    const { email, password } = users.find(({ role }) => role === 'manager')!
    const traveller = await aTraveller(browser, portal.url, { as: 'en', viewport: screens.wide })
    await traveller.page.goto(`${portal.url}${urls.registration.start.to()}`)
    await signsIn(traveller, email, password)
    await isAt(traveller, traveller.t('registration.title'))
    return traveller
  }

  async function reachesVerification(traveller: Traveller, serial: string): Promise<void> {
    const { page, t } = traveller
    await page.goto(`${portal.url}${urls.registration.start.to()}`)
    await adds(traveller, serial)
    await link(page, t('registration.next')).click()
    await isAt(traveller, t('registration.step.details'))
    await nextStep(traveller)
    await isAt(traveller, t('registration.step.verify'))
  }

  test('two tabs, two presses and the Back button make one registration', async () => {
    const traveller = await aManager()
    const { page, t, context } = traveller
    const complete = t('registration.verify.complete')
    await reachesVerification(traveller, serialsOf('E').spare[0]!)
    const other = await context.newPage()
    await other.goto(page.url())
    await Promise.all([button(page, complete).dblclick(), button(other, complete).click()])
    await Promise.all([page, other].map((tab) => isAt({ page: tab }, t('registration.step.confirmation'))))
    const confirmation = page.url()
    assert.equal(other.url(), confirmation)
    await page.goBack()
    if (await button(page, complete).isVisible()) await button(page, complete).click()
    await isAt(traveller, t('registration.step.confirmation'))
    assert.equal(page.url(), confirmation)
    noComplaints(traveller)
  })

  test('a basket is resumed in another browser; what is registered already says where it is', async () => {
    const [here, there] = [await aManager(), await aManager()]
    const { t } = here
    const [, mine] = serialsOf('E').spare
    await adds(here, `${mine} M9000000001 M9000000061`)
    await rowOf(here.page, 'M9000000001')
      .getByText(t('registration.outcome.registered_by_you'), { exact: true })
      .waitFor()
    await here.context.close()
    await there.page.goto(`${portal.url}${urls.home.to()}`)
    await there.page.getByRole('link', { name: new RegExp(`^Resume: ${mine}`) }).click()
    await isAt(there, t('registration.step.serials'))
    await rowOf(there.page, mine!).waitFor()
    await link(there.page, t('registration.outcome.registered_by_you.open')).click()
    await isAt(there, t('licenses.details.title'))
    noComplaints(there)
  })

  test('a session that ends in the wizard comes back to the same step', async () => {
    const traveller = await aManager()
    const { page, t, context } = traveller
    await adds(traveller, serialsOf('E').spare[2]!)
    await link(page, t('registration.next')).click()
    await isAt(traveller, t('registration.step.details'))
    const step = page.url()
    const email = 'magnus@halden.example'
    await context.clearCookies()
    await page.reload()
    await signsIn(traveller, email, 'ferry-lantern-42')
    await isAt(traveller, t('registration.step.details'))
    assert.equal(page.url(), step)

    await context.clearCookies()
    await nextStep(traveller)
    await isAt(traveller, t('errors.session_ended.title'))
    const opened = context.waitForEvent('page')
    await link(page, t('errors.session_ended.sign_in')).click()
    const other = { ...traveller, page: await opened, hands: mouse(await opened) }
    await signsIn(other, email, 'ferry-lantern-42')
    await other.page.getByRole('heading', { level: 1 }).waitFor()
    await page.reload()
    await isAt(traveller, t('registration.step.verify'))
    noComplaints(traveller)
  })

  test('a large basket is registered in the background, with its progress shown', async () => {
    const traveller = await aManager()
    const { page, t } = traveller
    await field(page, t('registration.serials.field')).fill(manySerials.join('\n'))
    await button(page, t('registration.serials.add')).click()
    await page.getByText(t('registration.serials.added', { added: manySerials.length })).waitFor()
    await link(page, t('registration.next')).click()
    await nextStep(traveller)
    const progress = page.waitForRequest(/\/progress$/)
    await button(page, t('registration.verify.complete')).click()
    await progress
    await page.waitForURL(/\/registrations\//, { timeout: 60_000 })
    await isAt(traveller, t('registration.step.confirmation'))
    await page.getByText(t('registration.confirmation.lead', { count: 320, company: 'Halden Maritime AS' })).waitFor()
    await link(page, t('ui.load_more')).click()
    await rowOf(page, manySerials[150]!).waitFor()
    noComplaints(traveller)
  })
})
