import type { Config } from '../platform/config.ts'
import type { Trx } from '../platform/db/index.ts'
import { isLocale, type Locale } from '../platform/i18n.ts'
import type { OutgoingMail } from '../platform/mail/index.ts'
import { listOptOuts, listReaders, nameOfOrganization } from './audience.ts'
import { endingMail } from './emails/ending-mail.ts'
import { type Contact, listContacts, type Noted } from './lines.ts'
import { wantsEmail } from './preferences.ts'
import { contactDays, type EndKind, endKinds, topicOf } from './rules.ts'
import { unsubscribeAddress } from './unsubscribe-link.ts'

/**
 * Mails to technical contacts about what ends soon, a batch at a time: each about the licenses that name the contact.
 * Managers and administrators have a mail about everything already.
 */
export async function* mailsToContacts(trx: Trx, config: Config, noted: Noted): AsyncGenerator<OutgoingMail[]> {
  const organization = await nameOfOrganization(trx, noted.organization_id)
  const told = (await listReaders(trx, noted.organization_id)).map(({ email }) => email)
  for await (const contacts of listContacts(trx, noted, contactDays, told)) {
    const wants = await wishesOf(trx, contacts)
    yield contacts.flatMap((contact) => {
      const kinds = endKinds.filter((kind) => contact[kind].total > 0 && wants(contact, kind))
      return kinds.length > 0 ? [mailTo(contact, kinds, organization, config, noted)] : []
    })
  }
}

/** A contact with a login decides there; others have the link in their mail. */
async function wishesOf(trx: Trx, contacts: Contact[]) {
  const users = contacts.flatMap(({ user_id }) => user_id ?? [])
  const wanted = {
    end: await wantsEmail(trx, users, topicOf.end),
    maintenance: await wantsEmail(trx, users, topicOf.maintenance),
  }
  const declined = await listOptOuts(
    trx,
    contacts.map(({ email }) => email),
  )
  return ({ user_id, email }: Contact, kind: EndKind) =>
    user_id ? wanted[kind].has(user_id) : !declined.has(`${email} ${topicOf[kind]}`)
}

function mailTo(contact: Contact, kinds: EndKind[], organization: string, config: Config, noted: Noted): OutgoingMail {
  const { email, name, user_id } = contact
  const locale: Locale = isLocale(contact.locale) ? contact.locale : 'en'
  const unwanted = kinds.map((kind) => topicOf[kind])
  const who = user_id ? { user_id } : { email }
  const content = endingMail({
    ...{ locale, organization, today: noted.today },
    name: name ?? email,
    end: kinds.includes('end') ? contact.end : undefined,
    maintenance: kinds.includes('maintenance') ? contact.maintenance : undefined,
    unsubscribe_url: unsubscribeAddress(config, who, unwanted, noted.sent_at),
  })
  return { template: 'ending-contact', to: { email, ...(name ? { name } : {}) }, locale, content }
}
