import type { MailContent } from '../../platform/mail/index.ts'
import type { MailTexts } from './mail-texts.ts'

/** Tells an owner that somebody wanted to create a second account with the address; the page never says so. */
export function accountExistsMail(
  props: MailTexts & { email: string; sign_in_url: string; forgot_url: string },
): MailContent {
  const { t, name, vendor_name, email, sign_in_url, forgot_url } = props
  return {
    subject: t('accounts.mail.exists.subject', { vendor: vendor_name }),
    heading: t('accounts.mail.exists.heading'),
    paragraphs: [
      t('accounts.mail.hello', { name }),
      t('accounts.mail.exists.text', { email, vendor: vendor_name }),
      t('accounts.mail.exists.forgot', { url: forgot_url }),
    ],
    action: { label: t('accounts.mail.exists.action'), url: sign_in_url },
    closing: t('accounts.mail.exists.closing'),
  }
}
