/** Getting software in Chromium: by mouse, by keyboard, without script, on a phone, in three languages. */
import { after, before, suite, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { urls } from '../../src/urls.ts'
import { launchBrowser, screens } from '../browser.ts'
import { keyport } from '../process.ts'
import { aDemoPortal, serialsOf } from './demo-portal.ts'
import { keyboard } from './hands.ts'
import { createsAccount, signsIn } from './purchase.ts'
import { followsLinks, getsSoftware, looksBack, publishes } from './software.ts'
import { aTraveller, fits, isAccessible, noComplaints, type Traveller } from './traveller.ts'

const timeout = 240_000
const password = 'ferry-lantern-42'
const signs = ['F', 'P', 'H']

suite('the journey to software', { concurrency: 2, timeout: 400_000 }, () => {
  const ends: (() => unknown)[] = []
  let browser: Browser
  let portal: Awaited<ReturnType<typeof aDemoPortal>>

  before(async () => {
    portal = await aDemoPortal({ after: (end: () => unknown) => void ends.unshift(end) }, signs)
    browser = await launchBrowser()
  })
  after(async () => {
    await browser?.close()
    for (const end of ends) await end()
  })

  async function enters(traveller: Traveller, email: string) {
    await traveller.page.goto(`${portal.url}${urls.accounts.signIn.to()}`)
    await signsIn(traveller, email, password)
    await traveller.page.waitForURL((address) => address.pathname !== urls.accounts.signIn.to())
  }

  /** Somebody new, who speaks the language and has registered Atlas Pro. */
  async function arrives(traveller: Traveller, sign: string) {
    const email = `${sign.toLowerCase()}@software.example`
    await createsAccount(
      traveller,
      { given_name: 'Inês', family_name: 'Reis', email, company: `Software ${sign}` },
      async () => {},
    )
    const registered = await keyport(
      ['licenses', 'register', '--as', email, serialsOf(sign).file],
      portal.env,
      portal.env.DATA_DIR,
    )
    if (registered.exit !== 0) throw new Error(registered.stdout + registered.stderr)
  }

  async function travels(
    traveller: Traveller,
    look: (traveller: Traveller) => Promise<void>,
    refused?: { product: string; version: string },
  ) {
    await getsSoftware(traveller, look)
    await followsLinks(traveller)
    await looksBack(traveller, look, refused)
    noComplaints(traveller)
  }

  test('by mouse, in English, by a downloader', { timeout }, async () => {
    const traveller = await aTraveller(browser, portal.url, { as: 'en', viewport: screens.wide })
    await enters(traveller, 'ingrid@halden.example')
    await travels(traveller, isAccessible, { product: 'BEACON-MONITOR', version: '4.8' })
  })
  test('by keyboard alone, in French', { timeout }, async () => {
    const traveller = await aTraveller(browser, portal.url, { as: 'fr', viewport: screens.wide, hands: keyboard })
    await arrives(traveller, 'F')
    await travels(traveller, fits)
  })
  test('without script, in Portuguese', { timeout }, async () => {
    const options = { as: 'pt-BR', viewport: screens.wide, javaScriptEnabled: false } as const
    const traveller = await aTraveller(browser, portal.url, options)
    await arrives(traveller, 'P')
    await travels(traveller, fits)
  })
  test('on a phone, in French', { timeout }, async () => {
    const traveller = await aTraveller(browser, portal.url, { as: 'fr', viewport: screens.phone, hasTouch: true })
    await arrives(traveller, 'H')
    await travels(traveller, fits)
  })
  test('what an operator publishes', { timeout }, async () => {
    const traveller = await aTraveller(browser, portal.url, { as: 'en', viewport: screens.wide })
    await enters(traveller, 'operator@keyport.example')
    await publishes(traveller, isAccessible)
    noComplaints(traveller)
  })
})
