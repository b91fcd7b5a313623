import { z } from 'zod'
import type { NewLicenseKey } from '../../keys/index.ts'
import type { Member } from '../../platform/actor.ts'
import type { Config } from '../../platform/config.ts'
import { type Locale, textsFor } from '../../platform/i18n.ts'
import type { OutgoingMail } from '../../platform/mail/index.ts'
import { urls } from '../../urls.ts'
import type { Plan, PlannedLicense } from '../plan-registration.ts'
import type { Draft } from '../queries.ts'
import { buyerMail, contactMail, type MailFacts, orderContactMail } from './registration-mails.ts'

type Registered = {
  actor: Member
  draft: Draft
  plan: Plan
  keys: NewLicenseKey[]
  registration_id: string
  config: Pick<Config, 'base_url' | 'vendor' | 'support_email'>
}

/**
 * Tells the buyer, the technical contacts and whoever ordered the licenses; each address gets one mail, about the
 * licenses that concern it. Keys are in it only if the organization allows that.
 */
export function mailsAboutRegistration(registered: Registered): OutgoingMail[] {
  const { actor, draft, plan } = registered
  const told = new Set<string>()
  const mails: OutgoingMail[] = []
  const tell = (email: string | null, make: (email: string) => OutgoingMail) => {
    const address = email?.trim().toLowerCase()
    if (!address || told.has(address)) return
    told.add(address)
    mails.push(make(address))
  }

  const all = factsFor(registered, actor.locale, plan.licenses)
  tell(actor.email, (email) =>
    mailTo('registration.buyer', email, actor.name, actor.locale, buyerMail(all, actor.name)),
  )
  for (const { email, name } of draft.details.contacts) {
    tell(email, (email) =>
      mailTo('registration.contact', email, name, actor.locale, contactMail(all, name, actor.name)),
    )
  }
  for (const licenses of byOrderContact(plan.licenses)) {
    const { contact_email, contact_name, customer_locale, order_number } = licenses[0]!.license
    tell(contact_email, (email) => {
      const content = orderContactMail(
        factsFor(registered, customer_locale, licenses),
        contact_name,
        order_number ?? '',
      )
      return mailTo('registration.order_contact', email, contact_name, customer_locale, content)
    })
  }
  return mails
}

/** Orders come from elsewhere: an address that no mail can be sent to must not stand in the way. */
function byOrderContact(licenses: PlannedLicense[]): Iterable<PlannedLicense[]> {
  const ordered = licenses.filter(({ license }) => z.email().safeParse(license.contact_email?.trim()).success)
  return Map.groupBy(ordered, ({ license }) => license.contact_email!.trim().toLowerCase()).values()
}

function factsFor(registered: Registered, locale: Locale, licenses: PlannedLicense[]): MailFacts {
  const { draft, keys, registration_id, config } = registered
  const texts = draft.keys_in_email ? Map.groupBy(keys, (key) => key.license_id) : new Map<string, NewLicenseKey[]>()
  return {
    t: textsFor(locale),
    purpose: draft.purpose,
    company: draft.details.registered_to!,
    organization: draft.organization_name,
    keys_in_email: draft.keys_in_email,
    support_email: config.support_email,
    url: config.base_url + urls.registration.confirmation.to({ registration: registration_id }),
    count: licenses.length,
    licenses: licenses.map(({ license }) => ({
      serial: license.serial,
      product: `${license.product.name} ${license.product.version}`,
      keys: (texts.get(license.license_id) ?? []).flatMap((key) => key.key_text ?? key.file_name ?? []),
    })),
  }
}

function mailTo(
  template: string,
  email: string,
  name: string | null,
  locale: Locale,
  content: OutgoingMail['content'],
): OutgoingMail {
  return { template, to: { email, ...(name ? { name } : {}) }, locale, content }
}
