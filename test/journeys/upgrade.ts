/** Version Upgrade from the ID in the e-mail to new license keys, found by role and label only. */
import assert from 'node:assert/strict'
import { urls } from '../../src/urls.ts'
import { keyport } from '../process.ts'
import { downloads, rowOf } from './purchase.ts'
import { button, field, isAt, link, type Traveller } from './traveller.ts'

type Look = (traveller: Traveller, step: string) => Promise<void>
type Portal = { env: Parameters<typeof keyport>[1] }

/** What a traveller bought of a version that an upgrade is offered for; each under a customer number of its own. */
export const upgradable = (sign: string) => ({ host: `U${sign}00000001`, unowned: `U${sign}00000002` })

export function upgradableRows(signs: string[]) {
  return signs.flatMap((sign) => {
    const { host, unowned } = upgradable(sign)
    return [host, unowned].map((serial_number, n) => ({
      ...{
        order_number: `UPGRADE-${sign}`,
        line: n + 1,
        customer_number: `CU${sign}`,
        customer_name: `Upgrade ${sign}`,
      },
      ...{ product_code: 'ATLAS-SERVER', version: '9.0', serial_number, quantity: 4, maintenance_until: '2027-12-31' },
      ...{ contact_name: 'Ines Reis', contact_email: `orders-${sign.toLowerCase()}@upgrade.example` },
    }))
  })
}

/** As the vendor's catalog team does it. */
export async function publishesCampaign({ env }: Portal): Promise<void> {
  const path = 'ATLAS-SERVER 9.0 > ATLAS-SERVER 9.1'
  const created = await keyport(['campaigns', 'create', '--name', 'Atlas Server 9.1', '--path', path], env)
  assert.equal(created.exit, 0, created.stdout + created.stderr)
  const id = /[0-9a-f-]{36}/.exec(created.stdout)![0]
  const published = await keyport(['campaigns', 'publish', id], env)
  assert.equal(published.exit, 0, published.stdout + published.stderr)
}

/** The ID as whoever ordered reads it in the mailbox. */
async function readsId({ page, url }: Traveller, sign: string): Promise<string> {
  const to = `orders-${sign.toLowerCase()}@upgrade.example`
  await page.goto(`${url}${urls.dev.mailbox.to({ to })}`)
  // The oldest: what was registered since is told in later ones.
  await page.getByRole('main').getByRole('link').last().click()
  const text = await page.locator('main pre').textContent()
  const id = /([2-9A-HJ-KM-NP-TV-Z]{4}-){4}[2-9A-HJ-KM-NP-TV-Z]{4}/.exec(text ?? '')
  assert.ok(id, `no ID in ${text}`)
  return id[0]
}

/** Part of an own license and all of one that nobody owned become licenses of the new version. */
export async function upgrades(traveller: Traveller, sign: string, computer: string, look: Look): Promise<void> {
  const { page, hands, t, url } = traveller
  const { host, unowned } = upgradable(sign)
  const id = await readsId(traveller, sign)
  await page.goto(`${url}${urls.home.to()}`)
  await page.goto(`${url}${urls.upgrades.start.to()}`)
  await isAt(traveller, t('upgrades.title'))
  await look(traveller, 'upgrade')
  await hands.type(field(page, t('upgrades.id')), '2345-6789-ABCD-EFGH-JKMN')
  await hands.press(button(page, t('upgrades.view')))
  await page.getByText(t('upgrades.refused.unknown')).first().waitFor()
  await page.goto(`${url}${urls.upgrades.start.to()}`)
  await hands.type(field(page, t('upgrades.id')), id)
  await hands.press(button(page, t('upgrades.view')))
  await isAt(traveller, t('upgrades.step.products'))
  await look(traveller, 'upgrade-products')
  const name = t('upgrades.products.upgrade_of', { product: 'Atlas Server', version: '9.1' })
  await hands.press(button(page, name))

  await isAt(traveller, t('upgrades.step.selection'))
  await look(traveller, 'upgrade-selection')
  for (const serial of [host, unowned]) {
    await hands.tick(page.getByRole('checkbox', { name: t('ui.select_row', { name: serial }), exact: true }))
  }
  const quantity = field(page, t('upgrades.selection.quantity_of', { serial: host }))
  await hands.type(quantity, '9')
  await hands.press(button(page, t('upgrades.selection.next')).and(page.locator('.btn')))
  await page
    .getByText(t('upgrades.selection.quantity_wrong', { max: '4' }))
    .first()
    .waitFor()
  await look(traveller, 'upgrade-selection-refused')
  await hands.type(quantity, '1')
  await hands.press(button(page, t('upgrades.selection.next')).and(page.locator('.btn')))

  // The unowned license has no host yet: the wizard asks for one.
  await isAt(traveller, t('registration.step.details'))
  await look(traveller, 'upgrade-details')
  await hands.type(page.locator('main input[name$=".0.id"]').first(), computer)
  await hands.press(button(page, t('registration.next')).and(page.locator('.btn')))
  await isAt(traveller, t('upgrades.step.verify'))
  await look(traveller, 'upgrade-verification')
  await hands.press(button(page, t('registration.verify.complete')))
  await isAt(traveller, t('registration.step.confirmation'))
  await look(traveller, 'upgrade-confirmation')
  await rowOf(page, host).waitFor()
  const { bytes } = await downloads(traveller, /\.slf$/)
  assert.match(Buffer.from(JSON.parse(bytes.toString()).payload, 'base64url').toString(), /"version":"9\.1"/)

  await page.goto(`${url}${urls.upgrades.ofLicense.to({ serial: host })}`)
  await isAt(traveller, t('upgrades.license.title'))
  await look(traveller, 'upgrade-of-license')
  await page.getByText(t('upgrades.license.done.title')).first().waitFor()
  await hands.press(button(page, t('upgrades.license.end')))
  await page.getByText(t('upgrades.license.ended')).waitFor()
  await look(traveller, 'license-after-upgrade')
  await page.goto(`${url}${urls.upgrades.help.to()}`)
  await isAt(traveller, t('upgrades.mine.title'))
  await look(traveller, 'upgrade-help')
  const more = t('upgrades.mine.open_of', { name: `Atlas Server 9.1, CU${sign}` })
  await hands.press(link(page, more))
  await isAt(traveller, t('upgrades.step.products'))
  const what = t('upgrades.products.see')
  await hands.press(link(page, t('upgrades.products.see_of', { what, product: 'Atlas Server', version: '9.1' })))
  await isAt(traveller, t('upgrades.upgraded.title'))
  await rowOf(page, unowned).waitFor()
  await look(traveller, 'upgraded-licenses')
}
