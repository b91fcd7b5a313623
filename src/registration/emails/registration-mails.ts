import type { T } from '../../platform/i18n.ts'
import type { MailContent } from '../../platform/mail/index.ts'
import type { Purpose } from '../wizard.ts'

/** What every mail about registered licenses says, in its reader's language. */
export type MailFacts = {
  t: T
  /** Which mails say that the licenses were upgraded. */
  purpose: Purpose
  company: string
  organization: string
  keys_in_email: boolean
  support_email: string
  /** The confirmation page, for members of the organization. */
  url: string
  /** All licenses; `licenses` may be only the first of them. */
  count: number
  licenses: { serial: string; product: string; keys: string[] }[]
}

/** A mail lists so many licenses; the portal lists them all. */
const listed = 50

/** Tells whoever registered that it is done. */
export function buyerMail(facts: MailFacts, name: string): MailContent {
  const { t, purpose, company, organization, count } = facts
  return {
    subject: t(`registration.mail.${purpose}.buyer.subject`, { count }),
    heading: t(`registration.mail.${purpose}.buyer.heading`, { count }),
    paragraphs: [
      t('registration.mail.hello', { name }),
      t(`registration.mail.${purpose}.buyer.text`, { count, organization, company }),
      ...notes(facts),
    ],
    details: list(facts),
    action: { label: t('registration.mail.action'), url: facts.url },
  }
}

/** Tells a technical contact what the buyer registered. */
export function contactMail(facts: MailFacts, contact_name: string, name: string): MailContent {
  const { t, purpose, company, count } = facts
  return {
    subject: t('registration.mail.contact.subject', { count, company }),
    heading: t('registration.mail.contact.heading'),
    paragraphs: [
      t('registration.mail.hello', { name: contact_name }),
      t(`registration.mail.${purpose}.contact.text`, { name, count, company }),
      ...notes(facts),
    ],
    details: list(facts),
    action: { label: t('registration.mail.action'), url: facts.url },
  }
}

/** Tells whoever ordered, so that a registration by somebody else does not stay unseen. */
export function orderContactMail(facts: MailFacts, contact_name: string | null, order: string): MailContent {
  const { t, purpose, organization, count, support_email } = facts
  return {
    subject: t(`registration.mail.${purpose}.order.subject`, { count, order }),
    heading: t(`registration.mail.${purpose}.order.heading`),
    paragraphs: [
      ...(contact_name ? [t('registration.mail.hello', { name: contact_name })] : []),
      t(`registration.mail.${purpose}.order.text`, { count, organization }),
      ...notes(facts),
    ],
    details: list(facts),
    closing: t('registration.mail.order.closing', { email: support_email }),
  }
}

/** What a member sends to others from the confirmation. */
export function forwardMail(facts: MailFacts, name: string): MailContent {
  const { t, company, organization, count, keys_in_email } = facts
  return {
    subject: t('registration.mail.forward.subject', { name, company }),
    heading: t(keys_in_email ? 'registration.mail.forward.heading' : 'registration.mail.forward.heading_no_keys', {
      name,
    }),
    paragraphs: [t('registration.mail.forward.text', { count, company, organization }), ...notes(facts)],
    details: list(facts),
    action: { label: t('registration.mail.action'), url: facts.url },
  }
}

function notes({ t, keys_in_email, count }: MailFacts): string[] {
  const more = count - listed
  return [
    t(keys_in_email ? 'registration.mail.files_in_portal' : 'registration.mail.keys_in_portal'),
    ...(more > 0 ? [t('registration.mail.more', { count: more })] : []),
  ]
}

function list({ licenses }: MailFacts): [label: string, value: string][] {
  return licenses.slice(0, listed).map(({ serial, product, keys }) => [product, [serial, ...keys].join(' · ')])
}
