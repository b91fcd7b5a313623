/** The main job step by step, in any language and with any hands. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { formatFor } from '../../src/platform/i18n.ts'
import { urls } from '../../src/urls.ts'
import type { serialsOf } from './demo-portal.ts'
import { button, field, isAt, link, list, type Traveller } from './traveller.ts'

export const password = 'nine green bicycles sing'
export const host = { first: '00:1A:2B:3C:4D:5E', second: '00:1A:2B:3C:4D:5F' }

type Look = (traveller: Traveller, step: string) => Promise<void>
type Bought = ReturnType<typeof serialsOf>
export type Person = { given_name: string; family_name: string; email: string; company: string }

/** Login page → Create account → User Agreement → confirmation e-mail → Home. */
export async function createsAccount(traveller: Traveller, person: Person, look: Look): Promise<void> {
  const { t } = traveller
  await reachesAgreement(traveller, person, look)
  await accepts(traveller)
  await isAt(traveller, t('accounts.created.title'))
  await look(traveller, 'account-created')
  await confirms(traveller, person.email, look)
}

/** Login page → Create account → User Agreement. Whoever leaves out what is required is told. */
export async function reachesAgreement(traveller: Traveller, person: Person, look: Look): Promise<void> {
  const { page, hands, t, url, locale } = traveller
  await page.goto(`${url}${urls.accounts.signIn.to()}`)
  await look(traveller, 'login')
  await hands.press(link(page, t('accounts.sign_in.create')))
  await isAt(traveller, t('accounts.create.title'))
  await hands.press(button(page, t('accounts.create.submit')))
  await page
    .getByRole('alert')
    .getByRole('link', { name: new RegExp(`^${t('accounts.given_name')}\\s*:`) })
    .waitFor()
  await look(traveller, 'create-account')
  await hands.type(field(page, t('accounts.given_name')), person.given_name)
  await hands.type(field(page, t('accounts.family_name')), person.family_name)
  await hands.type(field(page, t('accounts.email')), person.email)
  await hands.type(page.getByLabel(t('accounts.password')).and(page.locator('input')), password)
  await hands.type(field(page, t('accounts.company')), person.company)
  await hands.choose(list(page, t('accounts.country')), formatFor(locale, 'UTC').country('PT'))
  await hands.press(button(page, t('accounts.create.submit')))
  await isAt(traveller, t('accounts.agreement.title'))
  await look(traveller, 'agreement')
}

/** Reads to the end; where no script watches the reading, ticks the box instead. */
export async function accepts({ page, hands, t }: Traveller): Promise<void> {
  const accept = button(page, t('accounts.agreement.accept'))
  const box = page.getByRole('checkbox', { name: t('ui.agreement_read') })
  if (await box.isVisible()) await hands.tick(box)
  else await hands.readToEnd(page.getByRole('region', { name: t('accounts.agreement.title') }), accept)
  await hands.press(accept)
}

/** Opens the link in the mail, in the mailbox of the demo. */
async function confirms(traveller: Traveller, email: string, look: Look): Promise<void> {
  const { page, hands, t, url } = traveller
  await opensMail(traveller, email, t('accounts.mail.confirm.action'))
  const proof = page.getByLabel(t('accounts.password')).and(page.locator('input'))
  await isAt(traveller, t('accounts.confirm.title'))
  await look(traveller, 'confirm')
  if ((await proof.count()) > 0) {
    await hands.type(proof, password)
    await hands.press(button(page, t('accounts.confirm.submit')))
  } else await hands.press(button(page, t('accounts.confirm.submit_signed_in')))
  await page.waitForURL(`${url}${urls.home.to()}`)
}

/** Opens the newest mail to an address in the mailbox of the demo and follows the link in it. */
export async function opensMail({ page, hands, t, url }: Traveller, to: string, action: string): Promise<void> {
  await page.goto(`${url}${urls.dev.mailbox.to({ to })}`)
  await hands.press(page.getByRole('table').getByRole('link').first())
  const opened = page.frameLocator(`iframe[title="${t('mail.mailbox.html')}"]`).getByRole('link', { name: action })
  const href = (await opened.getAttribute('href')) ?? 'nowhere'
  assert.ok(href.startsWith(url), `the mail leads to ${href}`)
  await page.goto(href)
}

export async function signsIn(traveller: Traveller, email: string, secret = password): Promise<void> {
  const { page, hands, t } = traveller
  await hands.type(field(page, t('accounts.user_name')), email)
  await hands.type(page.getByLabel(t('accounts.password')).and(page.locator('input')), secret)
  await hands.press(button(page, t('accounts.sign_in.submit')))
}

/** One serial number typed, the others pasted; two cannot be registered, and each shows its way out. */
export async function entersSerials(traveller: Traveller, bought: Bought, look: Look): Promise<void> {
  const { page, hands, t, url } = traveller
  await page.goto(`${url}${urls.home.to()}`)
  await look(traveller, 'home')
  await hands.press(page.getByRole('main').getByRole('link', { name: t('home.new_purchase') }))
  await isAt(traveller, t('registration.title'))
  await look(traveller, 'new-purchase')
  await adds(traveller, bought.file)
  await isAt(traveller, t('registration.step.serials'))
  const { host, code, signed, pool, printed, none, asking, maintenance, alone, cancelled } = bought
  const unknown = bought.code.replace('M', 'N')
  await adds(traveller, `${host}, ${code}; ${signed}\n${pool}\t${printed}\n${none} ${asking} ${maintenance}`)
  await adds(traveller, `${alone} ${cancelled} ${unknown}`)
  await rowOf(page, cancelled).getByText(t('registration.outcome.order_cancelled')).waitFor()
  await rowOf(page, unknown).getByText(t('registration.outcome.not_found'), { exact: true }).waitFor()
  await rowOf(page, printed).getByText(t('registration.outcome.printed'), { exact: true }).waitFor()
  await rowOf(page, none).getByText(t('registration.outcome.support_only'), { exact: true }).waitFor()
  await hands.press(link(page, t('registration.next')))
  await page.getByText(t('registration.serials.refused', { count: 3 })).waitFor()
  await look(traveller, 'serial-numbers')
  await hands.press(rowOf(page, alone).getByRole('button', { name: t('registration.outcome.alone.separate') }))
  await page.getByText(t('registration.serials.separated', { serial: alone })).waitFor()
  await hands.press(button(page, t('registration.serials.remove_of', { serial: unknown })))
  await rowOf(page, unknown).waitFor({ state: 'detached' })
  await hands.press(button(page, t('registration.serials.remove_refused')))
  await rowOf(page, cancelled).waitFor({ state: 'detached' })
  await hands.press(link(page, t('registration.next')))
  await isAt(traveller, t('registration.step.details'))
}

export async function adds({ page, hands, t }: Traveller, serials: string): Promise<void> {
  await hands.type(field(page, t('registration.serials.field')), serials)
  await hands.press(button(page, t('registration.serials.add')))
  for (const serial of serials.split(/[\s,;]+/)) await rowOf(page, serial).waitFor()
}

/** The row of a serial number, in a table or in its rows on a phone. */
export function rowOf(page: Page, serial: string) {
  return page.getByRole('row').filter({ hasText: serial })
}

/** Two hosts share a quantity, a product asks questions, the address is new, the contact proposed. */
export async function entersDetails(traveller: Traveller, look: Look): Promise<void> {
  const { page, hands, t, locale } = traveller
  await look(traveller, 'registration')
  await hands.tick(page.getByRole('radio', { name: t('registration.details.address_new') }))
  await hands.type(field(page, t('customers.address.company')), 'Journey & Sons')
  await hands.type(field(page, t('customers.address.street')), '7 Long Road')
  await hands.type(field(page, t('customers.address.postal_code')), '4000-123')
  await hands.type(field(page, t('customers.address.city')), 'Porto')
  await hands.choose(list(page, t('customers.address.country')), formatFor(locale, 'UTC').country('PT'))
  const id = t('registration.hosts.id')
  await hands.type(field(page, id), host.first)
  await hands.type(field(page, t('registration.hosts.quantity')), '2')
  await hands.press(button(page, t('registration.hosts.add')))
  await field(page, id).nth(1).waitFor()
  await hands.type(field(page, id).nth(1), host.second)
  await answersQuestions(traveller)
  await nextStep(traveller)
  await isAt(traveller, t('registration.step.verify'))
}

const questions = {
  en: ['Site name', 'Environment'],
  fr: ['Nom du site', 'Environnement'],
  'pt-BR': ['Nome do site', 'Ambiente'],
} as const

async function answersQuestions({ page, hands, locale }: Traveller): Promise<void> {
  const [site, environment] = questions[locale as keyof typeof questions]
  await hands.type(field(page, site), 'Head office')
  await hands.choose(list(page, environment), 'production')
}

/** Edit leads back to a part, and that part comes back here. */
export async function verifiesAndEdits(traveller: Traveller, look: Look): Promise<void> {
  const { page, hands, t } = traveller
  await page.getByText(host.second).first().waitFor()
  await look(traveller, 'verification')
  const edit = (section: string) => link(page, t('ui.edit_section', { section }))
  await hands.press(edit(t('registration.step.details')))
  await isAt(traveller, t('registration.step.details'))
  const company = field(page, t('registration.details.registered_to'))
  await hands.type(company, 'Journey & Sons Lda.')
  await nextStep(traveller)
  await isAt(traveller, t('registration.step.verify'))
  await page.getByText('Journey & Sons Lda.').waitFor()
}

/** Complete Registration → License Key Confirmation. */
export async function completes(traveller: Traveller, look: Look): Promise<void> {
  const { page, hands, t } = traveller
  await hands.press(button(page, t('registration.verify.complete')))
  await isAt(traveller, t('registration.step.confirmation'))
  await look(traveller, 'confirmation')
}

/** Follows a link that downloads. */
export async function downloads(
  { page, hands }: Traveller,
  name: string | RegExp,
): Promise<{ name: string; bytes: Buffer }> {
  const waiting = page.waitForEvent('download')
  await hands.press(page.getByRole('link', { name }).first())
  const download = await waiting
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) }
}

/** Next on the Registration step; the first button of that form is for Enter alone, and out of sight. */
export async function nextStep({ page, hands, t }: Traveller): Promise<void> {
  await hands.press(button(page, t('registration.next')).and(page.locator('.btn')))
}
