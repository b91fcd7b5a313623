import type { MailContent } from '../../platform/mail/index.ts'
import type { MailTexts } from './mail-texts.ts'

export const securityNotices = [
  'second_factor_on',
  'second_factor_off',
  'second_factor_reset',
  'backup_codes_renewed',
  'backup_code_used',
  'passkey_added',
  'passkey_removed',
] as const
export type SecurityNotice = (typeof securityNotices)[number]

type Props = MailTexts & { notice: SecurityNotice; left?: number; passkey?: string; security_url: string }

/** Something about signing in changed, or a backup code was used. */
export function securityNoticeMail(props: Props): MailContent {
  const { t, name, vendor_name: vendor, notice, left = 0, passkey = '', security_url } = props
  const heading = t(`security.mail.${notice}.heading`)
  return {
    subject: t('security.mail.subject', { heading, vendor }),
    heading,
    paragraphs: [
      t('accounts.mail.hello', { name }),
      t(`security.mail.${notice}.text`, { vendor, left, passkey }),
      t('security.mail.closing'),
    ],
    action: { label: t('security.mail.action'), url: security_url },
  }
}
