import type { Day } from '../../platform/actor.ts'
import type { Format, T } from '../../platform/i18n.ts'
import type { MailContent } from '../../platform/mail/index.ts'

type Props = {
  t: T
  format: Format
  name: string
  product: string
  version: string
  released_on: Day
  url: string
  preferences_url: string
  unsubscribe_url: string
}

/** A product that the reader subscribed to has a new release. */
export function releaseMail({ t, format, name, product, version, released_on, ...links }: Props): MailContent {
  return {
    subject: t('downloads.mail.subject', { product, version }),
    heading: t('downloads.mail.subject', { product, version }),
    paragraphs: [t('reminders.mail.hello', { name }), t('downloads.mail.text', { product, version })],
    details: [[t('downloads.released_on'), format.day(released_on)]],
    action: { label: t('downloads.mail.action'), url: links.url },
    closing: t('downloads.mail.why', { product, url: links.preferences_url }),
    unsubscribe: { label: t('reminders.mail.unsubscribe'), url: links.unsubscribe_url },
  }
}
