/** Customer Service in Chromium: by mouse, by keyboard, without script, on a phone, in three languages. */
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { createAdaptorServer } from '@hono/node-server'
import type { Browser } from 'playwright-core'
import { createOperator } from '../../src/accounts/index.ts'
import { systemActor } from '../../src/platform/actor.ts'
import type { Locale } from '../../src/platform/i18n.ts'
import { requestKinds } from '../../src/request-kinds.ts'
import { decideRequest } from '../../src/requests/index.ts'
import { urls } from '../../src/urls.ts'
import { buildAssets } from '../../tools/vendor-assets.ts'
import { launchBrowser, screens } from '../browser.ts'
import { freshDatabase } from '../database.ts'
import { aLicense, memberOf } from '../licenses.ts'
import { anAccount, openPortal, type Portal, password } from '../portal.ts'
import { anOperator } from '../requests.ts'
import { keyboard } from './hands.ts'
import { signsIn } from './purchase.ts'
import {
  asksForTransfer,
  looksAround,
  operatorAnswers,
  operatorProcesses,
  readsAnswer,
  seesProcessed,
  writes,
} from './service.ts'
import { aTraveller, fits, isAccessible, noComplaints, type Traveller } from './traveller.ts'

const timeout = 120_000

suite('the journey of somebody who needs the vendor', { concurrency: 2, timeout: 240_000 }, () => {
  const ends: (() => unknown)[] = []
  let browser: Browser
  let portal: Portal
  let server: Server
  let url: string

  before(async () => {
    await buildAssets()
    const scope = { after: (end: () => unknown) => void ends.push(end) }
    const folder = await mkdtemp(join(tmpdir(), 'service-journey-'))
    ends.push(() => rm(folder, { recursive: true, force: true }))
    portal = await openPortal(scope, { STORAGE_DIR: folder }, await freshDatabase(scope))
    await anAccount(portal, 'buyer@other.example', { company: 'Other' })
    server = createAdaptorServer({ fetch: portal.app.fetch }) as Server
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    url = `http://localhost:${(server.address() as AddressInfo).port}`
    browser = await launchBrowser()
  })
  after(async () => {
    await browser?.close()
    server?.closeAllConnections()
    server?.close()
    for (const end of ends) await end()
  })

  /** Somebody with a license of their own, signed in. */
  async function arrives(traveller: Traveller, sign: string, locale: Locale): Promise<string> {
    const email = `${sign.toLowerCase()}@service.example`
    const account = await anAccount(portal, email, { company: `Service ${sign}`, locale })
    const { serial } = await aLicense(portal.db, memberOf(account), { serial: `M${sign}45678901` })
    await traveller.page.goto(`${url}${urls.accounts.signIn.to()}`)
    await signsIn(traveller, email, password)
    await traveller.page.waitForURL(`${url}${urls.home.to()}`)
    return serial
  }

  async function mailTo(email: string, template: string): Promise<string> {
    const mail = await portal.db
      .selectFrom('mails')
      .select('text')
      .where('to_address', '=', email)
      .where('template', '=', template)
      .executeTakeFirstOrThrow()
    return mail.text
  }

  /** All of it; the operator decides by the same command as the page. */
  async function asks(traveller: Traveller, sign: string, locale: Locale, look: (one: Traveller) => Promise<void>) {
    const serial = await arrives(traveller, sign, locale)
    await looksAround(traveller, serial, look)
    const number = await asksForTransfer(traveller, serial, 'buyer@other.example', look)
    await writes(traveller, look)
    const decision = { number, decision: 'accept' as const, reason: null }
    const decided = await decideRequest(portal.services, await anOperator(portal.db), decision, requestKinds)
    assert.deepEqual(decided, { ok: true })
    await seesProcessed(traveller, number, look)
    noComplaints(traveller)
  }

  test('by mouse, in English, with an operator on the other side', { timeout }, async () => {
    const traveller = await aTraveller(browser, url, { as: 'en', viewport: screens.wide })
    const serial = await arrives(traveller, 'E', 'en')
    await looksAround(traveller, serial, isAccessible)
    const number = await asksForTransfer(traveller, serial, 'buyer@other.example', isAccessible)
    const robin = { email: 'robin@vendor.example', name: 'Robin Okafor', role: 'support' as const, password }
    await createOperator(portal.db, systemActor('test'), robin)
    const operator = await aTraveller(browser, url, { as: 'en', viewport: screens.wide })
    await operator.page.goto(`${url}${urls.accounts.signIn.to()}`)
    await signsIn(operator, robin.email, password)
    await operator.page.waitForURL(`${url}${urls.admin.home.to()}`)
    await operatorAnswers(operator, number, isAccessible)
    assert.match(await mailTo('e@service.example', 'request.message'), /which contract\?/)
    await readsAnswer(traveller, number)
    await writes(traveller, isAccessible)
    assert.match(await mailTo(robin.email, 'request.message'), /Here is the contract\./)
    await operatorProcesses(operator, number, isAccessible)
    assert.match(await mailTo('e@service.example', 'request.accepted'), /verified/)
    await seesProcessed(traveller, number, isAccessible)
    noComplaints(traveller)
    noComplaints(operator)
  })
  test('by keyboard alone, in French', { timeout }, async () => {
    const options = { as: 'fr', viewport: screens.wide, hands: keyboard } as const
    await asks(await aTraveller(browser, url, options), 'F', 'fr', fits)
  })
  test('without script, in Portuguese', { timeout }, async () => {
    const options = { as: 'pt-BR', viewport: screens.wide, javaScriptEnabled: false } as const
    await asks(await aTraveller(browser, url, options), 'P', 'pt-BR', fits)
  })
  test('on a phone, in French', { timeout }, async () => {
    const options = { as: 'fr', viewport: screens.phone, hasTouch: true } as const
    await asks(await aTraveller(browser, url, options), 'H', 'fr', fits)
  })
})
