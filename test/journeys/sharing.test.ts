/** Sharing, transfers, delegation and recovery in Chromium: by mouse, by keyboard, without script, on a phone. */
import { after, before, suite, test } from 'node:test'
import type { Browser } from 'playwright-core'
import type { Locale } from '../../src/platform/i18n.ts'
import { urls } from '../../src/urls.ts'
import { launchBrowser, screens } from '../browser.ts'
import { aDataDir, aServer } from '../process.ts'
import { keyboard } from './hands.ts'
import { signsIn } from './purchase.ts'
import { aTraveller, button, field, fits, isAccessible, isAt, link, noComplaints, type Traveller } from './traveller.ts'

const timeout = 180_000
const password = 'ferry-lantern-42'
const people = {
  manager: 'magnus@halden.example',
  administrator: 'ase@halden.example',
  friend: 'zoe@vermeil.example',
  partner: 'pia@fjord.example',
}
/** A license of the demo's company that stands on two hosts. */
const serial = 'M9000000028'

suite('the journey of shared licenses', { timeout: 400_000 }, () => {
  const ends: (() => unknown)[] = []
  let browser: Browser
  let url: string

  before(async () => {
    const scope = { after: (end: () => unknown) => void ends.unshift(end) }
    const env = { DATA_DIR: aDataDir(scope), LOG_LEVEL: 'warn', TRUST_PROXY: 'on' }
    const { port } = await aServer(scope, env, ['serve', '--demo'])
    url = `http://localhost:${port}`
    browser = await launchBrowser()
  })
  after(async () => {
    await browser?.close()
    for (const end of ends) await end()
  })

  type How = Omit<Parameters<typeof aTraveller>[2], 'as'>

  /** The language chosen before signing in becomes the account's. */
  async function arrives(email: string, as: Locale, how: How): Promise<Traveller> {
    const traveller = await aTraveller(browser, url, { as, viewport: screens.wide, ...how })
    const { page } = traveller
    await page.request.post(url + urls.preferences.locale.to(), {
      form: { locale: as, back: '/login' },
      headers: { origin: url },
    })
    await page.goto(url + urls.accounts.signIn.to())
    await signsIn(traveller, email, password)
    await page.waitForURL(url + urls.home.to())
    return traveller
  }

  async function opens({ page, t }: Traveller, address: string, title: Parameters<Traveller['t']>[0]): Promise<void> {
    await page.goto(url + address)
    await isAt({ page }, t(title as 'sharing.title'))
  }

  test('by mouse, in English: a manager shares customer numbers, offers a license, and ends a share', {
    timeout,
  }, async () => {
    const traveller = await arrives(people.manager, 'en', {})
    const { page, hands, t } = traveller
    await opens(traveller, urls.licenses.show.to({ serial }), 'licenses.details.title')
    await hands.press(link(page, t('licenses.option.share')))
    await isAt(traveller, t('sharing.title'))
    await isAccessible(traveller)
    await hands.type(field(page, t('sharing.user_name')), people.friend)
    await hands.press(button(page, t('sharing.continue')))
    await isAt(traveller, t('sharing.form.title'))
    await isAccessible(traveller)
    await hands.tick(page.getByRole('radio', { name: t('sharing.form.customers') }))
    await hands.tick(page.locator('main input[type=checkbox][name=customers]').first())
    await hands.tick(page.getByRole('radio', { name: t('sharing.level.download') }))
    await hands.press(button(page, t('sharing.finish')))
    await page.getByText(t('sharing.done', { email: people.friend })).waitFor()

    await hands.press(link(page, t('sharing.delete_of', { email: people.friend })).first())
    await isAt(traveller, t('sharing.remove.title'))
    await isAccessible(traveller)
    await hands.press(button(page, t('sharing.remove.submit')))
    await page.getByText(t('sharing.removed', { email: people.friend })).waitFor()

    await opens(traveller, urls.transfers.ownership.to({ serial }), 'licenses.option.ownership')
    await isAccessible(traveller)
    await hands.press(link(page, t('transfers.offer.title')))
    await isAt(traveller, t('transfers.offer.title'))
    await hands.type(field(page, t('sharing.user_name')), people.friend)
    await isAccessible(traveller)
    await hands.press(button(page, t('transfers.offer.submit')))
    await page.getByText(t('transfers.offer.done', { email: people.friend })).waitFor()
    await isAccessible(traveller)
    noComplaints(traveller)
  })

  test('by keyboard, in French: a friend sees what is shared, and takes what is offered', { timeout }, async () => {
    const traveller = await arrives(people.friend, 'fr', { hands: keyboard })
    const { page, hands, t } = traveller
    await opens(traveller, urls.sharing.withMe.to(), 'sharing.with_me.title')
    await isAccessible(traveller)
    await hands.press(
      page.getByRole('link', { name: t('sharing.with_me.see_of', { organization: 'Halden Maritime AS' }) }),
    )
    await isAt(traveller, t('sharing.results.title'))
    await isAccessible(traveller)
    await opens(traveller, urls.transfers.list.to(), 'transfers.title')
    await isAccessible(traveller)
    await hands.press(page.getByRole('main').getByRole('link', { name: serial }))
    await isAt(traveller, t('transfers.one'))
    await isAccessible(traveller)
    await hands.press(button(page, t('transfers.accept')))
    await page.getByText(t('transfers.done.accept')).waitFor()
    await opens(traveller, urls.licenses.show.to({ serial }), 'licenses.details.title')
    noComplaints(traveller)
  })

  test('without script, in Portuguese: a partner acts for a customer, and hands keys over', { timeout }, async () => {
    const traveller = await arrives(people.partner, 'pt-BR', { javaScriptEnabled: false })
    const { page, hands, t } = traveller
    await opens(traveller, urls.partner.customers.to(), 'partner.title')
    await fits(traveller)
    await hands.press(button(page, t('partner.act_of', { customer: 'Halden Maritime AS' })))
    await isAt(traveller, t('licenses.catalog.title'))
    await page.getByText(t('partner.acting_for', { customer: 'Halden Maritime AS' })).waitFor()
    await fits(traveller)
    await hands.press(button(page, t('partner.stop')))
    await isAt(traveller, t('partner.title'))
    await hands.press(link(page, t('partner.hand_over_of', { customer: 'Halden Maritime AS' })))
    await isAt(traveller, t('delegation.hand_over'))
    await fits(traveller)
    await hands.press(button(page, t('delegation.hand_over')))
    await isAt(traveller, t('partner.title'))
    await hands.press(link(page, t('partner.invite')))
    await hands.type(field(page, t('partner.invite.user_name')), 'buyer@somewhere.example')
    await fits(traveller)
    await hands.press(button(page, t('partner.invite.submit')))
    await page.getByText(t('partner.invite.done', { email: 'buyer@somewhere.example' })).waitFor()
    await fits(traveller)
    noComplaints(traveller)

    // What looks at pages is a script itself.
    const looking = await arrives(people.partner, 'pt-BR', {})
    for (const [address, title] of [
      [urls.partner.customers.to(), 'partner.title'],
      [urls.partner.invite.to(), 'partner.invite'],
    ] as const) {
      await opens(looking, address, title)
      await isAccessible(looking)
    }
    await looking.hands.press(looking.page.getByRole('link', { name: t('partner.title'), exact: true }))
    await looking.hands.press(button(looking.page, t('partner.act_of', { customer: 'Halden Maritime AS' })))
    await isAt(looking, t('licenses.catalog.title'))
    await isAccessible(looking)
    noComplaints(looking)
  })

  test('on a phone, in French: an administrator ends a delegation, and names a domain', { timeout }, async () => {
    const traveller = await arrives(people.administrator, 'fr', { viewport: screens.phone, hasTouch: true })
    const { page, hands, t } = traveller
    await opens(traveller, urls.delegation.create.to(), 'delegation.new')
    await isAccessible(traveller)
    await opens(traveller, urls.delegation.list.to(), 'delegation.title')
    await isAccessible(traveller)
    await hands.press(link(page, t('delegation.end_of', { email: people.partner })))
    await isAt(traveller, t('delegation.end.title'))
    await isAccessible(traveller)
    await hands.press(button(page, t('delegation.end')))
    await page.getByText(t('delegation.ended', { who: people.partner })).waitFor()

    await opens(traveller, urls.succession.show.to(), 'succession.title')
    await hands.type(field(page, t('succession.domain')), 'halden.example')
    await hands.press(button(page, t('succession.domain.add')))
    await page.getByText(t('succession.domain.added', { domain: 'halden.example' })).waitFor()
    await isAccessible(traveller)
    await opens(traveller, urls.transfers.list.to(), 'transfers.title')
    await isAccessible(traveller)
    noComplaints(traveller)
  })
})
