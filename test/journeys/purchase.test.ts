/** The main job in Chromium: by mouse, by keyboard, without script, on a phone, in three languages. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { launchBrowser, screens } from '../browser.ts'
import { aDemoPortal, serialsOf } from './demo-portal.ts'
import { keyboard } from './hands.ts'
import { completes, createsAccount, entersDetails, entersSerials, verifiesAndEdits } from './purchase.ts'
import { aTraveller, fits, isAccessible, noComplaints, type Traveller } from './traveller.ts'

suite('the journey of a purchase', () => {
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

  test('by mouse, in English', async () => {
    const traveller = await aTraveller(browser, portal.url, { as: 'en', viewport: screens.wide })
    await travels(traveller, 'E', isAccessible)
    noComplaints(traveller)
  })
  test('by keyboard alone, in French', async () => {
    const traveller = await aTraveller(browser, portal.url, { as: 'fr', viewport: screens.wide, hands: keyboard })
    await travels(traveller, 'F', fits)
    noComplaints(traveller)
  })
  test('without script, in Portuguese', async () => {
    const traveller = await aTraveller(browser, portal.url, {
      as: 'pt-BR',
      viewport: screens.wide,
      javaScriptEnabled: false,
    })
    await travels(traveller, 'P', fits)
    noComplaints(traveller)
  })
  test('on a phone', async () => {
    const traveller = await aTraveller(browser, portal.url, { as: 'en', viewport: screens.phone, hasTouch: true })
    await travels(traveller, 'H', fits)
    noComplaints(traveller)
  })
})
