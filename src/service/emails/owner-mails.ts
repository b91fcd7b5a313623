import type { T } from '../../platform/i18n.ts'
import type { MailContent } from '../../platform/mail/index.ts'

export type OwnerMailStep = 'given' | 'received'

type Props = { t: T; name: string; organization: string; count: number; url: string; vendor_name: string }

/** The mail about licenses that changed hands by a contract change; the other side is not named. */
export function ownerMail(step: OwnerMailStep, props: Props): MailContent {
  const { t, name, organization, count, url, vendor_name } = props
  return {
    subject: t(`service.mail.${step}.subject`, { count }),
    heading: t(`service.mail.${step}.heading`),
    paragraphs: [
      t('requests.mail.hello', { name }),
      t(`service.mail.${step}.text`, { count, organization, vendor: vendor_name }),
    ],
    action: { label: t('service.mail.action'), url },
  }
}
