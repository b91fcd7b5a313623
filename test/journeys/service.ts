/** What somebody does who needs the vendor, and what an operator does for them; found by role and label only. */
import assert from 'node:assert/strict'
import type { Locator } from 'playwright-core'
import { urls } from '../../src/urls.ts'
import { button, field, isAt, link, list, type Traveller } from './traveller.ts'

type Look = (traveller: Traveller) => Promise<void>

/** A box with several lines, whatever stands behind its label. */
const area = ({ page }: Traveller, label: string): Locator => page.getByRole('main').getByLabel(label).first()

/** Customer Service lists what can be asked for; a license is chosen on the way to its form. */
export async function looksAround(traveller: Traveller, serial: string, look: Look): Promise<void> {
  const { page, hands, t } = traveller
  await page.goto(`${traveller.url}${urls.requests.list.to()}`)
  await isAt(traveller, t('ui.nav.service'))
  await look(traveller)
  await hands.press(page.getByRole('link', { name: t('service.type.address') }))
  await isAt(traveller, t('service.choose.title'))
  await hands.press(link(page, t('service.choose.select_this', { serial })))
  await isAt(traveller, t('licenses.address.request'))
}

/** The steps of the user guide, "Transferring license ownership"; at the first try the other user name is forgotten. */
export async function asksForTransfer(traveller: Traveller, serial: string, to: string, look: Look): Promise<string> {
  const { page, hands, t, url } = traveller
  await page.goto(`${url}${urls.licenses.show.to({ serial })}`)
  await hands.press(page.getByRole('main').getByRole('link', { name: t('licenses.option.ownership'), exact: true }))
  await isAt(traveller, t('licenses.option.ownership'))
  await hands.press(link(page, t('service.ownership.request')))
  await isAt(traveller, t('service.ownership.request'))
  await hands.press(link(page, t('service.ownership.form')))
  await isAt(traveller, t('service.form.title'))
  await hands.choose(list(page, t('service.form.type')), t('service.type.contract_change'))
  await hands.type(area(traveller, t('service.form.description')), 'The workshop was sold.')
  await hands.press(button(page, t('service.form.submit')))
  await page.getByRole('alert').first().waitFor()
  await look(traveller)
  assert.equal(await area(traveller, t('service.form.description')).inputValue(), 'The workshop was sold.')
  await hands.type(field(page, t('service.form.to')), to)
  await hands.press(button(page, t('service.form.submit')))
  await page.waitForURL(/\/requests\/SR-/)
  await page.getByText(to).first().waitFor()
  await look(traveller)
  return new URL(page.url()).pathname.split('/').at(-1)!
}

/** A message with a file, which comes back as it was. */
export async function writes(traveller: Traveller, look: Look): Promise<void> {
  const { page, hands, t } = traveller
  await hands.type(area(traveller, t('requests.messages.body')), 'Here is the contract.')
  const contract = { name: 'contract.txt', mimeType: 'text/plain', buffer: Buffer.from('We sold it.') }
  await page.getByLabel(t('requests.files.label')).setInputFiles(contract)
  await hands.press(button(page, t('requests.messages.send')))
  await page.getByText(t('requests.messages.sent')).waitFor()
  const coming = page.waitForEvent('download')
  await hands.press(page.getByRole('link', { name: 'contract.txt' }))
  const stream = await (await coming).createReadStream()
  assert.equal(Buffer.concat(await stream.toArray()).toString(), 'We sold it.')
  await look(traveller)
}

/** From the queue: looks after it, asks something by a canned answer. */
export async function operatorAnswers(operator: Traveller, number: string, look: Look): Promise<void> {
  const { page, hands, t, url } = operator
  await page.goto(`${url}${urls.admin.answers.to()}`)
  await hands.type(field(page, t('requests.answers.name')), 'Which contract')
  await hands.type(area(operator, t('requests.answers.text', { language: 'English' })), 'Hello {name}, which contract?')
  await look(operator)
  await hands.press(button(page, t('requests.answers.save')))
  await page.getByText(t('requests.answers.saved', { name: 'Which contract' })).waitFor()
  await page.goto(`${url}${urls.admin.requests.to()}`)
  await look(operator)
  await hands.press(link(page, number))
  await hands.press(button(page, t('requests.take.submit')))
  await page.getByText(t('requests.take.done', { number })).waitFor()
  await hands.choose(list(page, t('requests.answers.choose')), 'Which contract')
  await hands.press(button(page, t('requests.answers.use')))
  await page.waitForFunction(() => /^Hello .+, which contract\?$/.test(document.querySelector('textarea')!.value))
  await look(operator)
  await hands.press(button(page, t('requests.answer.send')))
  await page.getByText(t('requests.answer.sent')).waitFor()
}

/** Verifies and processes it in one step. */
export async function operatorProcesses(operator: Traveller, number: string, look: Look): Promise<void> {
  const { page, hands, t, url } = operator
  await page.goto(`${url}${urls.admin.request.to({ request: number })}`)
  await look(operator)
  await hands.press(button(page, t('requests.decide.process')))
  await page.getByText(t('requests.state.processed')).first().waitFor()
}

/** The vendor asked something: it is answered, and later the request is processed. */
export async function readsAnswer(traveller: Traveller, number: string): Promise<void> {
  const { page, t, url } = traveller
  await page.goto(`${url}${urls.requests.list.to()}`)
  await page.getByText(t('requests.waiting')).first().waitFor()
  await page.goto(`${url}${urls.requests.show.to({ request: number })}`)
  await page.getByText('which contract?').waitFor()
}

export async function seesProcessed(traveller: Traveller, number: string, look: Look): Promise<void> {
  const { page, t, url } = traveller
  await page.goto(`${url}${urls.requests.show.to({ request: number })}`)
  await page.getByText(t('requests.state.processed')).first().waitFor()
  await page.getByText(t('requests.next.ended')).waitFor()
  await look(traveller)
}
