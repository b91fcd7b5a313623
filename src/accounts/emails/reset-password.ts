import type { MailContent } from '../../platform/mail/index.ts'
import type { MailTexts } from './mail-texts.ts'

/** Carries the link that sets a new password. */
export function resetPasswordMail(props: MailTexts & { reset_url: string }): MailContent {
  const { t, name, vendor_name, reset_url } = props
  return {
    subject: t('accounts.mail.reset.subject', { vendor: vendor_name }),
    heading: t('accounts.mail.reset.heading'),
    paragraphs: [t('accounts.mail.hello', { name }), t('accounts.mail.reset.text', { vendor: vendor_name })],
    action: { label: t('accounts.mail.reset.action'), url: reset_url },
    closing: t('accounts.mail.reset.closing'),
  }
}
