import type { MailContent } from '../../platform/mail/index.ts'
import type { MailTexts } from './mail-texts.ts'

/** Tells the owner that the password was changed, so that a stranger's change does not stay unseen. */
export function passwordChangedMail(props: MailTexts & { forgot_url: string }): MailContent {
  const { t, name, vendor_name, forgot_url } = props
  return {
    subject: t('accounts.mail.changed.subject', { vendor: vendor_name }),
    heading: t('accounts.mail.changed.heading'),
    paragraphs: [t('accounts.mail.hello', { name }), t('accounts.mail.changed.text', { vendor: vendor_name })],
    action: { label: t('accounts.mail.changed.action'), url: forgot_url },
    closing: t('accounts.mail.changed.closing'),
  }
}
