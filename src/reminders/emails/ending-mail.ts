import type { Day } from '../../platform/actor.ts'
import { type Format, formatFor, type Locale, type T, textsFor } from '../../platform/i18n.ts'
import type { MailContent } from '../../platform/mail/index.ts'
import type { EndLine, EndList } from '../lines.ts'

type Props = {
  locale: Locale
  organization: string
  name: string
  today: Day
  end: EndList | undefined
  maintenance: EndList | undefined
  /** The catalog, and where to choose what one is told: for members only. */
  url?: string
  preferences_url?: string
  unsubscribe_url: string
}

/** What ends soon, for those who can act on it and for technical contacts. */
export function endingMail(props: Props): MailContent {
  const { locale, organization, name, end, maintenance, url, preferences_url, unsubscribe_url } = props
  const t = textsFor(locale)
  const format = formatFor(locale, 'UTC')
  const counts = { licenses: end?.total ?? 0, maintenances: maintenance?.total ?? 0, organization }
  const why = preferences_url
    ? t('reminders.mail.why_member', { url: preferences_url })
    : t('reminders.mail.why_contact', { organization })
  return {
    subject: t('reminders.mail.subject', counts),
    heading: t('reminders.mail.heading', counts),
    paragraphs: [
      t('reminders.mail.hello', { name }),
      ...(end ? [t('reminders.mail.end', { count: end.total, organization })] : []),
      ...(maintenance ? [t('reminders.mail.maintenance', { count: maintenance.total, organization })] : []),
      t(url ? 'reminders.mail.what_to_do' : 'reminders.mail.ask', { organization }),
    ],
    details: [end, maintenance].flatMap((list) => (list ? detailsOf(t, format, list, props.today) : [])),
    ...(url ? { action: { label: t('reminders.mail.action'), url } } : {}),
    closing: why,
    unsubscribe: { label: t('reminders.mail.unsubscribe'), url: unsubscribe_url },
  }
}

function detailsOf(t: T, format: Format, { lines, total }: EndList, today: Day): [string, string][] {
  const told = lines.reduce((sum, { count }) => sum + count, 0)
  const shown = lines.map((line) => detailOf(t, format, line, today))
  return total > told
    ? [...shown, [t('reminders.mail.more'), t('reminders.mail.more_count', { count: total - told })]]
    : shown
}

function detailOf(t: T, format: Format, { what, day, product, count, serial }: EndLine, today: Day): [string, string] {
  const date = `${format.day(day)} (${format.relativeDay(day, today)})`
  const which = count === 1 ? `${product} · ${serial}` : t('reminders.mail.several', { count, product })
  return [t(`reminders.mail.${what}_on`, { date }), which]
}
