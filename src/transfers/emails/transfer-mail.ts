import type { T } from '../../platform/i18n.ts'
import type { MailContent } from '../../platform/mail/index.ts'

export type TransferNews = 'offered' | 'accepted' | 'declined' | 'withdrawn' | 'undone'

type Props = {
  t: T
  name: string
  by: string
  from: string
  to: string
  vendor_name: string
  licenses: number
  serial: string | null
  /** Until when an offer waits, or an accepted one is undone. */
  until: string
  url: string
}

/** What became of a transfer of ownership. */
export function transferMail(news: TransferNews, props: Props): MailContent {
  const { t, name, by, from, to, vendor_name: vendor, licenses, serial, until, url } = props
  const what = serial ? t('transfers.what.serial', { serial }) : t('transfers.what.licenses', { count: licenses })
  const facts = { by, from, to, vendor, what, until }
  return {
    subject: t(`transfers.mail.${news}.subject`, facts),
    heading: t(`transfers.mail.${news}.subject`, facts),
    paragraphs: [t('sharing.mail.hello', { name }), t(`transfers.mail.${news}.text`, facts)],
    action: { label: t('transfers.mail.action'), url },
  }
}
