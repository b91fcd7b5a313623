import type { T } from '../../platform/i18n.ts'
import type { MailContent } from '../../platform/mail/index.ts'

export type RecoveryNews = 'asked' | 'reminded' | 'stopped' | 'withdrawn' | 'completed'

type Props = {
  t: T
  name: string
  organization: string
  /** Who asks, with the user name. */
  who: string
  who_email: string
  due: string
  vendor_name: string
  url: string
}

/** What becomes of a request to administrate an organization. */
export function recoveryMail(news: RecoveryNews, props: Props): MailContent {
  const { t, name, organization, who, who_email: email, due, vendor_name: vendor, url } = props
  const facts = { organization, who: `${who} (${email})`, due, vendor }
  return {
    subject: t(`succession.mail.${news}.subject`, facts),
    heading: t(`succession.mail.${news}.subject`, facts),
    paragraphs: [t('sharing.mail.hello', { name }), t(`succession.mail.${news}.text`, facts)],
    action: { label: t('succession.mail.action'), url },
  }
}
