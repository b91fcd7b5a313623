import type { MailContent } from '../../platform/mail/index.ts'
import type { MailTexts } from './mail-texts.ts'

/** Asks the owner of an address to confirm it. */
export function confirmEmailMail(props: MailTexts & { email: string; confirm_url: string }): MailContent {
  const { t, name, vendor_name, email, confirm_url } = props
  return {
    subject: t('accounts.mail.confirm.subject', { vendor: vendor_name }),
    heading: t('accounts.mail.confirm.heading'),
    paragraphs: [t('accounts.mail.hello', { name }), t('accounts.mail.confirm.text', { email, vendor: vendor_name })],
    action: { label: t('accounts.mail.confirm.action'), url: confirm_url },
    closing: t('accounts.mail.confirm.closing'),
  }
}
