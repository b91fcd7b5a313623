import type { Day } from '../../platform/actor.ts'
import { formatFor, type Locale, textsFor } from '../../platform/i18n.ts'
import type { MailContent } from '../../platform/mail/index.ts'
import type { RecipientKind } from '../campaign-recipients.ts'

/** One way that is open: from what to what, for how much; without counts for readers who may not know them. */
export type MailLine = { from: string; to: string; licenses?: number; quantity?: number }

type Props = {
  locale: Locale
  vendor: string
  name: string
  recipient: RecipientKind
  customer: { number: string; name: string }
  /** The Upgrade Notification ID as people see it. */
  notification: string
  lines: MailLine[]
  /** Licenses that only lack maintenance. */
  lapsed: number
  needs_maintenance: boolean
  overlap_days: number
  /** The last day on which the ID is valid. */
  until: Day
  url: string
  unsubscribe_url: string
}

/** A mail lists so many paths; the page shows them all. */
const mostLines = 15

/** What a customer can upgrade to, until when, and the ID that opens it. */
export function upgradeMail(props: Props): MailContent {
  const { locale, vendor, name, lines, recipient, url, unsubscribe_url } = props
  const t = textsFor(locale)
  const targets = [...new Set(lines.map(({ to }) => to))]
  const what = { product: targets[0] ?? '', more: targets.length - 1 }
  return {
    subject: t('campaigns.mail.subject', what),
    heading: t('campaigns.mail.heading', what),
    paragraphs: [
      t('campaigns.mail.hello', { name }),
      t('campaigns.mail.text', { vendor, customer: props.customer.name }),
      ...maintenance(props),
      t('campaigns.mail.overlap', { days: props.overlap_days }),
    ],
    details: factsOf(props),
    action: { label: t('campaigns.mail.action'), url },
    closing: t(`campaigns.mail.why.${recipient}`, { customer: props.customer.name }),
    unsubscribe: { label: t('campaigns.mail.unsubscribe'), url: unsubscribe_url },
  }
}

function maintenance({ locale, needs_maintenance, lapsed }: Props): string[] {
  const t = textsFor(locale)
  if (!needs_maintenance) return []
  return [lapsed > 0 ? t('campaigns.mail.lapsed', { count: lapsed }) : t('campaigns.mail.maintenance')]
}

function factsOf({ locale, notification, customer, lines, until }: Props): [string, string][] {
  const t = textsFor(locale)
  const format = formatFor(locale, 'UTC')
  const shown = lines.slice(0, mostLines).map((line): [string, string] => {
    const { from, to, licenses = 0, quantity = 0 } = line
    if (line.licenses === undefined) return [from, t('campaigns.mail.to', { to })]
    return [from, t('campaigns.mail.to_count', { to, count: licenses, quantity: format.number(quantity) })]
  })
  const more = lines.length - shown.length
  return [
    [t('campaigns.mail.id'), notification],
    [t('campaigns.mail.until'), format.day(until)],
    [t('campaigns.mail.customer'), `${customer.name} · ${customer.number}`],
    ...shown,
    ...(more > 0
      ? [[t('campaigns.mail.more'), t('campaigns.mail.more_count', { count: more })] as [string, string]]
      : []),
  ]
}
