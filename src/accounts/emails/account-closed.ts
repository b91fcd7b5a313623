import type { MailContent } from '../../platform/mail/index.ts'
import type { MailTexts } from './mail-texts.ts'

/** The last mail to somebody who closed the account. */
export function accountClosedMail(props: MailTexts & { sign_up_url: string }): MailContent {
  const { t, name, vendor_name: vendor, sign_up_url } = props
  return {
    subject: t('security.mail.closed.subject', { vendor }),
    heading: t('security.mail.closed.heading'),
    paragraphs: [
      t('accounts.mail.hello', { name }),
      t('security.mail.closed.text', { vendor }),
      t('security.mail.closed.again'),
    ],
    action: { label: t('accounts.create.title'), url: sign_up_url },
    closing: t('security.mail.closed.closing'),
  }
}
