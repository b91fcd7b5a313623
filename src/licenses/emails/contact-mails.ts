import type { Member } from '../../platform/actor.ts'
import type { Trx } from '../../platform/db/index.ts'
import { isLocale, textsFor } from '../../platform/i18n.ts'
import type { OutgoingMail } from '../../platform/mail/index.ts'
import { urls } from '../../urls.ts'
import type { ContactMailConfig } from '../assign-contacts.ts'
import type { Contact } from '../contacts.ts'

type Named = { contact: Contact; license_id: string }
type About = { serial: string; product: string }

/** A mail lists so many licenses; the portal lists them all. */
const listed = 50

/**
 * One mail to each person newly named, about all the licenses at once, in the language of their account or else of
 * whoever named them, who needs none.
 */
export async function mailsToContacts(
  trx: Trx,
  actor: Member,
  named: Named[],
  config: ContactMailConfig,
): Promise<OutgoingMail[]> {
  const told = named.filter(({ contact }) => contact.email !== actor.email?.toLowerCase())
  if (told.length === 0) return []
  const byEmail = Map.groupBy(told, ({ contact }) => contact.email)
  const about = await licensesOf(
    trx,
    [...byEmail.values()].flatMap((each) => each.slice(0, listed)),
  )
  const locales = await localesOf(trx, [...byEmail.keys()])
  const organization = await nameOf(trx, actor.organization_id)
  return [...byEmail].map(([email, each]) => {
    const { name } = each[0]!.contact
    const licenses = each.slice(0, listed).map(({ license_id }) => about.get(license_id)!)
    const locale = locales.get(email) ?? actor.locale
    const facts = { name, by: actor.name, organization, count: each.length, licenses, config }
    return { template: 'license.contact', to: { email, name }, locale, content: contactMail(textsFor(locale), facts) }
  })
}

type Facts = {
  name: string
  by: string
  organization: string
  count: number
  licenses: About[]
  config: ContactMailConfig
}

function contactMail(t: ReturnType<typeof textsFor>, facts: Facts): OutgoingMail['content'] {
  const { name, by, organization, count, licenses, config } = facts
  const more = count - licenses.length
  const only = count === 1 ? licenses[0] : undefined
  return {
    subject: t('licenses.mail.contact.subject', { count, organization }),
    heading: t('licenses.mail.contact.heading'),
    paragraphs: [
      t('licenses.mail.contact.hello', { name }),
      t('licenses.mail.contact.text', { by, organization, count }),
      ...(more > 0 ? [t('licenses.mail.contact.more', { count: more })] : []),
    ],
    details: licenses.map(({ serial, product }) => [product, serial]),
    action: {
      label: t('licenses.mail.contact.action'),
      url: config.base_url + (only ? urls.licenses.show.to({ serial: only.serial }) : urls.licenses.catalog.to()),
    },
    closing: t('licenses.mail.contact.closing', { email: config.support_email }),
  }
}

async function licensesOf(trx: Trx, named: Named[]): Promise<Map<string, About>> {
  const rows = await trx
    .selectFrom('licenses as l')
    .innerJoin('product_versions as v', 'v.id', 'l.product_version_id')
    .innerJoin('products as p', 'p.id', 'v.product_id')
    .select(['l.id', 'l.serial', 'p.name', 'v.version'])
    .where('l.id', 'in', [...new Set(named.map(({ license_id }) => license_id))])
    .execute()
  return new Map(rows.map(({ id, serial, name, version }) => [id, { serial, product: `${name} ${version}` }]))
}

async function localesOf(trx: Trx, emails: string[]) {
  const users = await trx.selectFrom('auth.user').select(['email', 'locale']).where('email', 'in', emails).execute()
  return new Map(users.flatMap(({ email, locale }) => (isLocale(locale) ? [[email, locale] as const] : [])))
}

async function nameOf(trx: Trx, organization_id: string): Promise<string> {
  const query = trx.selectFrom('organizations').select('name').where('id', '=', organization_id)
  return (await query.executeTakeFirstOrThrow()).name
}
