import type { Format, T } from '../../platform/i18n.ts'
import type { MailContent } from '../../platform/mail/index.ts'

export type Registration = { who: string | null; at: Date; count: number; company: string }

type Props = {
  t: T
  format: Format
  name: string
  organization: string
  registrations: Registration[]
  url: string
  preferences_url: string
  unsubscribe_url: string
}

/** A mail lists so many registrations; the catalog shows all licenses. */
const listed = 15

/** What colleagues registered. */
export function registrationsMail(props: Props): MailContent {
  const { t, format, name, organization, registrations } = props
  const count = registrations.reduce((sum, each) => sum + each.count, 0)
  return {
    subject: t('reminders.registrations.subject', { count, organization }),
    heading: t('reminders.registrations.heading'),
    paragraphs: [t('reminders.mail.hello', { name }), t('reminders.registrations.text', { count, organization })],
    details: registrations
      .slice(0, listed)
      .map((each) => [
        `${format.moment(each.at)} · ${each.who ?? '–'}`,
        t('reminders.registrations.line', { count: each.count, company: each.company }),
      ]),
    action: { label: t('reminders.mail.action'), url: props.url },
    closing: t('reminders.mail.why_member', { url: props.preferences_url }),
    unsubscribe: { label: t('reminders.mail.unsubscribe'), url: props.unsubscribe_url },
  }
}
