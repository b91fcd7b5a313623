import type { MailContent } from '../../platform/mail/index.ts'
import type { MailTexts } from './mail-texts.ts'

type Both = MailTexts & { old_email: string; new_email: string }

/** Asks the owner of the old or of the new address to confirm the change. */
export function confirmEmailChangeMail(
  props: Both & { side: 'old' | 'new'; confirm_url: string; security_url: string },
): MailContent {
  const { t, name, vendor_name: vendor, old_email, new_email, side, confirm_url, security_url } = props
  return {
    subject: t('security.mail.email.confirm.subject', { vendor }),
    heading: t('security.mail.email.confirm.heading'),
    paragraphs: [
      t('accounts.mail.hello', { name }),
      t('security.mail.email.confirm.text', { vendor, old_email, new_email }),
      t('security.mail.email.confirm.both'),
    ],
    action: { label: t(`security.mail.email.confirm.action_${side}`), url: confirm_url },
    closing:
      side === 'old'
        ? t('security.mail.email.confirm.closing_old', { url: security_url })
        : t('security.mail.email.confirm.closing_new'),
  }
}

/** Tells an owner that somebody wanted their address for another account; the page never says so. */
export function emailTakenMail(props: MailTexts & { email: string; sign_in_url: string }): MailContent {
  const { t, name, vendor_name: vendor, email, sign_in_url } = props
  return {
    subject: t('accounts.mail.exists.subject', { vendor }),
    heading: t('accounts.mail.exists.heading'),
    paragraphs: [t('accounts.mail.hello', { name }), t('security.mail.email.taken.text', { email, vendor })],
    action: { label: t('accounts.mail.exists.action'), url: sign_in_url },
    closing: t('accounts.mail.exists.closing'),
  }
}

/** To both addresses, once it is done. */
export function emailChangedMail(props: Both & { security_url: string }): MailContent {
  const { t, name, vendor_name: vendor, old_email, new_email, security_url } = props
  return {
    subject: t('security.mail.email.changed.subject', { vendor }),
    heading: t('security.mail.email.changed.heading'),
    paragraphs: [
      t('accounts.mail.hello', { name }),
      t('security.mail.email.changed.text', { vendor, old_email, new_email }),
    ],
    action: { label: t('security.mail.action'), url: security_url },
    closing: t('security.mail.email.changed.closing'),
  }
}
