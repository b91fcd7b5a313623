/** What a manager does with registered licenses, found by role and label only. */
import assert from 'node:assert/strict'
import { urls } from '../../src/urls.ts'
import type { serialsOf } from './demo-portal.ts'
import { downloads, rowOf } from './purchase.ts'
import { button, field, isAt, link, list, type Traveller } from './traveller.ts'

type Bought = ReturnType<typeof serialsOf>
type Look = (traveller: Traveller, step: string) => Promise<void>

async function opens(traveller: Traveller, serial: string): Promise<void> {
  await traveller.page.goto(`${traveller.url}${urls.licenses.show.to({ serial })}`)
  await isAt(traveller, traveller.t('licenses.details.title'))
}

/** Chooses one of the License Key Options. */
async function options(traveller: Traveller, serial: string, option: string): Promise<void> {
  await opens(traveller, serial)
  const { page, hands } = traveller
  const opened = page.waitForURL((address) => !address.pathname.endsWith(serial))
  await hands.press(page.getByRole('main').getByRole('link', { name: option, exact: true }).first())
  await opened
}

/** A field of one's own, filled in for a license and found again by its value. */
export async function definesField(traveller: Traveller, bought: Bought, name: string, look: Look): Promise<void> {
  const { page, hands, t, url } = traveller
  await page.goto(`${url}${urls.accounts.show.to()}`)
  await look(traveller, 'account')
  await hands.press(link(page, t('ui.tab.fields')))
  await isAt(traveller, t('fields.list.title'))
  await hands.type(field(page, t('fields.form.name')), name)
  await hands.choose(list(page, t('fields.form.type')), t('fields.type.text'))
  await hands.press(button(page, t('fields.add.submit')))
  await page.getByText(t('fields.added', { name })).waitFor()
  await look(traveller, 'fields')

  await options(traveller, bought.file, t('licenses.option.fields'))
  await look(traveller, 'license-fields')
  await hands.type(field(page, name), `${name} 4711 é`)
  // The demo's company has a field that must be filled in.
  const required = page.locator('main input[required]').first()
  if (await required.isVisible()) await hands.type(required, 'Inês Reis')
  await hands.press(page.locator('main form').getByRole('button', { name: t('fields.edit.save'), exact: true }))
  await isAt(traveller, t('licenses.details.title'))
  await page.getByText(`${name} 4711 é`).first().waitFor()
}

/** Search, filter chips, columns and a saved search. */
export async function searches(traveller: Traveller, bought: Bought, name: string, look: Look): Promise<void> {
  const { page, hands, t, url } = traveller
  await page.goto(`${url}${urls.licenses.catalog.to()}`)
  await isAt(traveller, t('licenses.catalog.title'))
  await look(traveller, 'catalog')
  const box = page.getByRole('main').getByRole('searchbox', { name: t('licenses.catalog.search') })
  await hands.type(box, `${name} 4711`)
  await hands.press(page.getByRole('main').getByRole('button', { name: t('licenses.catalog.submit'), exact: true }))
  await page.getByText(t('licenses.catalog.count', { count: 1 }), { exact: true }).waitFor()
  await rowOf(page, bought.file).waitFor()

  await hands.press(link(page, t('catalog.searches.save')))
  await hands.type(field(page, t('catalog.searches.name')), `Search ${name}`)
  await hands.press(button(page, t('catalog.searches.submit')))
  await page.getByText(t('catalog.searches.saved', { name: `Search ${name}` })).waitFor()

  await page.goto(`${url}${urls.licenses.columns.to()}`)
  await look(traveller, 'columns')
  await hands.tick(page.getByRole('checkbox', { name: t('licenses.details.quantity'), exact: true }))
  await hands.press(button(page, t('catalog.columns.save')).first())
  await page.getByText(t('catalog.columns.saved')).waitFor()
  await look(traveller, 'catalog-columns')
}

export async function notes(traveller: Traveller, bought: Bought, name: string, look: Look): Promise<void> {
  const { page, hands, t } = traveller
  await options(traveller, bought.file, t('licenses.option.tags'))
  await hands.type(page.getByLabel(t('catalog.tags.add'), { exact: true }), `tag-${name}`)
  await hands.press(button(page, t('catalog.searches.submit')))
  await page.getByText(t('catalog.tags.saved', { serial: bought.file })).waitFor()

  await options(traveller, bought.file, t('licenses.option.comment'))
  await hands.type(field(page, t('licenses.comments.body')), `<b>${name}</b> & 日本 😀`)
  await hands.press(button(page, t('licenses.comments.submit')))
  await page.getByText(`<b>${name}</b> & 日本 😀`).first().waitFor()

  await options(traveller, bought.file, t('licenses.option.contacts'))
  await look(traveller, 'contacts')
  const names = page.getByRole('textbox', { name: t('licenses.contacts.name'), exact: true })
  const empty = (await names.count()) - 1
  await hands.type(names.nth(empty), 'Ada Contact')
  const emails = page.getByRole('textbox', { name: t('licenses.contacts.email'), exact: true })
  await hands.type(emails.nth(empty), `ada-${name}@journey.example`)
  await hands.press(button(page, t('licenses.contacts.submit')))
  await page.getByText(t('licenses.contacts.saved')).waitFor()
  await look(traveller, 'details')
}

/** Search Addresses → Show Addresses → Select → confirm. */
export async function movesAddress(traveller: Traveller, bought: Bought, look: Look): Promise<void> {
  const { page, hands, t } = traveller
  await options(traveller, bought.code, t('licenses.option.address'))
  await hands.type(field(page, t('customers.address.city')), 'Porto')
  await hands.press(button(page, t('licenses.address.show')))
  await page.waitForURL(/city=Porto/)
  await look(traveller, 'addresses')
  await hands.press(page.getByRole('link', { name: /7 Long Road/ }).first())
  await button(page, t('licenses.address.move')).waitFor()
  await look(traveller, 'address')
  await hands.press(button(page, t('licenses.address.move')))
  await page.getByText(t('licenses.address.moved', { serial: bought.code })).waitFor()
}

/** To another host, in two parts, and with a file made anew. */
export async function deploys(traveller: Traveller, bought: Bought, look: Look): Promise<void> {
  const { page, hands, t } = traveller
  await options(traveller, bought.host, t('licenses.option.rehost'))
  await isAt(traveller, t('deployments.rehost.title'))
  await look(traveller, 'rehost')
  const only = page.getByRole('radio').first()
  if (!(await only.isChecked())) await hands.tick(only)
  await hands.type(page.locator('main input[name=host_id]'), 'not a MAC')
  await hands.tick(page.getByRole('checkbox', { name: t('deployments.rehost.removed') }))
  await hands.press(button(page, t('deployments.rehost.submit')))
  await page.getByRole('alert').first().waitFor()
  await look(traveller, 'rehost-refused')
  await page.locator('main input[name=host_id]').clear()
  await hands.type(page.locator('main input[name=host_id]'), '00-1A-2B-3C-4D-99')
  await hands.press(button(page, t('deployments.rehost.submit')))
  await page.getByText(t('deployments.done.rehost'), { exact: true }).first().waitFor()
  await look(traveller, 'rehosted')

  await options(traveller, bought.code, t('licenses.option.split'))
  await hands.type(page.locator('main input[name=quantity]'), '15')
  await hands.press(button(page, t('deployments.split.submit')))
  await page.getByText(t('deployments.done.split'), { exact: true }).first().waitFor()
  await look(traveller, 'split')

  await options(traveller, bought.file, t('licenses.option.reissue'))
  await hands.press(button(page, t('deployments.reissue.submit')))
  await page.getByText(t('deployments.done.reissue'), { exact: true }).first().waitFor()
}

/** One change for two licenses: tried first, then done. */
export async function changesMany(traveller: Traveller, bought: Bought, name: string, look: Look): Promise<void> {
  const { page, hands, t, url } = traveller
  await page.goto(`${url}${urls.licenses.catalog.to()}`)
  for (const serial of [bought.signed, bought.none]) {
    await hands.tick(page.getByRole('checkbox', { name: t('ui.select_row', { name: serial }) }))
  }
  await hands.press(button(page, t('catalog.bulk.selected')))
  await page.getByRole('link', { name: t('bulk.tags.title') }).waitFor()
  await look(traveller, 'bulk')
  await hands.press(page.getByRole('link', { name: t('bulk.tags.title') }))
  await hands.type(field(page, t('bulk.tags.add')), `many-${name}`)
  await hands.press(button(page, t('bulk.check')))
  await hands.press(button(page, t('bulk.run', { count: 2 })))
  const done = page.getByText(t('bulk.done', { count: 2 })).first()
  // Without script the page is asked for again.
  for (let tries = 0; tries < 40 && !(await done.isVisible()); tries++) {
    await page.waitForTimeout(500)
    if (!(await done.isVisible())) await page.reload()
  }
  await done.waitFor()
  await look(traveller, 'bulk-done')
}

/** The history of what was done, the certificate, and the whole catalog as a file. */
export async function looksBack(traveller: Traveller, bought: Bought, name: string): Promise<void> {
  const { page, t, url } = traveller
  await opens(traveller, bought.file)
  for (const action of ['commented', 'contacts_assigned', 'tagged'] as const) {
    await page
      .getByText(t(`licenses.event.license.${action}`))
      .first()
      .waitFor()
  }
  const certificate = await downloads(traveller, t('licenses.option.certificate'))
  assert.equal(certificate.bytes.subarray(0, 5).toString(), '%PDF-')
  await page.goto(`${url}${urls.licenses.catalog.to({ q: `many-${name}` })}`)
  const answer = await page.request.get(`${url}${urls.licenses.export.to({ format: 'csv' }, { q: `many-${name}` })}`)
  const csv = await answer.text()
  assert.ok(csv.includes(bought.signed) && csv.includes(bought.none) && !csv.includes(bought.file))
}
