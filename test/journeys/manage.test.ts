/** Managing licenses in Chromium: by mouse, by keyboard, without script, on a phone, in three languages. */
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { urls } from '../../src/urls.ts'
import { launchBrowser, screens } from '../browser.ts'
import { keyport } from '../process.ts'
import { aDemoPortal, serialsOf } from './demo-portal.ts'
import { keyboard } from './hands.ts'
import { changesMany, definesField, deploys, looksBack, movesAddress, notes, searches } from './manage.ts'
import { createsAccount, signsIn } from './purchase.ts'
import { aTraveller, fits, isAccessible, isAt, noComplaints, type Traveller } from './traveller.ts'
import { publishesCampaign, upgradable, upgradableRows, upgrades } from './upgrade.ts'

const timeout = 240_000
const manager = { email: 'magnus@halden.example', password: 'ferry-lantern-42' }
const signs = ['E', 'F', 'P', 'H']
const computerOf = (sign: string) => `00:1a:2b:3c:4d:0${signs.indexOf(sign)}`

suite('the journey of a license manager', { concurrency: 2, timeout: 400_000 }, () => {
  const ends: (() => unknown)[] = []
  let browser: Browser
  let portal: Awaited<ReturnType<typeof aDemoPortal>>

  before(async () => {
    const scope = { after: (end: () => unknown) => void ends.unshift(end) }
    portal = await aDemoPortal(scope, signs, upgradableRows(signs))
    await publishesCampaign(portal)
    browser = await launchBrowser()
  })
  after(async () => {
    await browser?.close()
    for (const end of ends) await end()
  })

  async function registers(email: string, sign: string) {
    const { file, host, code, signed, none } = serialsOf(sign)
    const argv = ['licenses', 'register', '--as', email, file, host, code, signed, none]
    const registered = await keyport(
      [...argv, upgradable(sign).host, '--host', `mac:${computerOf(sign)}`],
      portal.env,
      portal.env.DATA_DIR,
    )
    assert.equal(registered.exit, 0, registered.stdout + registered.stderr)
  }

  /** In English the manager of the demo; in other languages somebody new, who speaks them. */
  async function arrives(traveller: Traveller, sign: string): Promise<string> {
    const { page, locale } = traveller
    if (locale !== 'en') {
      const email = `${sign.toLowerCase()}@manager.example`
      const person = { given_name: 'Inês', family_name: 'Reis', email, company: `Manager ${sign}` }
      await createsAccount(traveller, person, async () => {})
      return email
    }
    await page.goto(`${portal.url}${urls.accounts.signIn.to()}`)
    await signsIn(traveller, manager.email, manager.password)
    await page.waitForURL(`${portal.url}${urls.home.to()}`)
    return manager.email
  }

  async function manages(traveller: Traveller, sign: string, look: (traveller: Traveller) => Promise<void>) {
    const [bought, name] = [serialsOf(sign), `Rack${sign}`]
    await registers(await arrives(traveller, sign), sign)
    await definesField(traveller, bought, name, look)
    await searches(traveller, bought, name, look)
    await notes(traveller, bought, name, look)
    await movesAddress(traveller, bought, look)
    await deploys(traveller, bought, look)
    await changesMany(traveller, bought, name, look)
    await looksBack(traveller, bought, name)
    await upgrades(traveller, sign, computerOf(sign), look)
    noComplaints(traveller)
  }

  test('by mouse, in English', { timeout }, async () => {
    const traveller = await aTraveller(browser, portal.url, { as: 'en', viewport: screens.wide })
    await manages(traveller, 'E', isAccessible)
  })
  test('by keyboard alone, in French', { timeout }, async () => {
    const traveller = await aTraveller(browser, portal.url, { as: 'fr', viewport: screens.wide, hands: keyboard })
    await manages(traveller, 'F', fits)
  })
  test('without script, in Portuguese', { timeout }, async () => {
    const options = { as: 'pt-BR', viewport: screens.wide, javaScriptEnabled: false } as const
    await manages(await aTraveller(browser, portal.url, options), 'P', fits)
  })
  test('on a phone, in French', { timeout }, async () => {
    const traveller = await aTraveller(browser, portal.url, { as: 'fr', viewport: screens.phone, hasTouch: true })
    await manages(traveller, 'H', fits)
  })

  test('the keys that were withdrawn are on the public list, and the histories are whole', async () => {
    const answer = await fetch(`${portal.url}${urls.keys.revocations.to()}`)
    const { payload } = JSON.parse(await answer.text())
    const { revoked } = JSON.parse(Buffer.from(payload, 'base64url').toString())
    assert.ok(revoked.filter(({ reason }: { reason: string }) => reason === 'rehosted').length >= signs.length)
    const verified = await keyport(['audit', 'verify'], portal.env, portal.env.DATA_DIR)
    assert.equal(verified.exit, 0, verified.stdout + verified.stderr)
  })

  test('a move over the allowance works at once and is granted by an operator', { timeout }, async () => {
    const traveller = await aTraveller(browser, portal.url, { as: 'en', viewport: screens.wide })
    const { page, t } = traveller
    await page.goto(`${portal.url}${urls.deployments.rehost.to({ serial: 'M9000000028' })}`)
    await signsIn(traveller, manager.email, manager.password)
    await isAt(traveller, t('deployments.rehost.title'))
    await page.locator('main input[name=host_id]').fill('5d3bd9bb-2f5f-4c83-9d5e-6f1f5f3c0a11')
    await page.getByRole('textbox', { name: t('deployments.rehost.reason') }).fill('The mainboard broke')
    await page.getByRole('checkbox', { name: t('deployments.rehost.removed') }).check()
    await page.getByRole('button', { name: t('deployments.rehost.submit_over'), exact: true }).click()
    await page.getByText(t('deployments.done.request'), { exact: true }).first().waitFor()

    const operator = await aTraveller(browser, portal.url, { as: 'en', viewport: screens.wide })
    await operator.page.goto(`${portal.url}${urls.admin.requests.to()}`)
    await signsIn(operator, 'operator@keyport.example', manager.password)
    await operator.page.getByRole('main').getByRole('table').getByRole('link').first().click()
    await operator.page.getByRole('button', { name: t('requests.decide.accept'), exact: true }).waitFor()
    await isAccessible(operator)
    await operator.page.getByRole('button', { name: t('requests.decide.accept'), exact: true }).click()
    await operator.page.getByText(t('requests.state.accepted')).first().waitFor()
    noComplaints(operator)

    await page.goto(`${portal.url}${urls.licenses.show.to({ serial: 'M9000000028' })}`)
    await page.getByText('5d3bd9bb-2f5f-4c83-9d5e-6f1f5f3c0a11').first().waitFor()
    noComplaints(traveller)
  })
})
