import { test } from 'node:test'
import { locales, textsFor } from '../../platform/i18n.ts'
import { accountClosedMail } from './account-closed.ts'
import { accountExistsMail } from './account-exists.ts'
import { confirmEmailMail } from './confirm-email.ts'
import { confirmEmailChangeMail, emailChangedMail, emailTakenMail } from './email-change.ts'
import { passwordChangedMail } from './password-changed.ts'
import { resetPasswordMail } from './reset-password.ts'
import { securityNoticeMail, securityNotices } from './security-notice.ts'

for (const locale of locales) {
  test(`e-mails about accounts, ${locale}`, (t) => {
    const texts = { t: textsFor(locale), name: 'Ann Müller', vendor_name: 'Keyport' }
    const email = 'ann@acme.example'
    const url = (path: string) => `https://licensing.example.com${path}`
    const confirm_url = url('/account/email/confirm?token=x')
    const security_url = url('/account/security')
    const change = { old_email: email, new_email: 'ann.new@acme.example', confirm_url, security_url }
    const forgot_url = url('/account/password/forgot')
    t.assert.snapshot({
      confirm: confirmEmailMail({ ...texts, email, confirm_url: url('/account/confirm?token=x') }),
      exists: accountExistsMail({ ...texts, email, sign_in_url: url('/login'), forgot_url }),
      reset: resetPasswordMail({ ...texts, reset_url: url('/account/password/reset?token=x') }),
      email_old: confirmEmailChangeMail({ ...texts, ...change, side: 'old' }),
      email_new: confirmEmailChangeMail({ ...texts, ...change, side: 'new' }),
      email_taken: emailTakenMail({ ...texts, email, sign_in_url: url('/login') }),
      email_changed: emailChangedMail({ ...texts, ...change }),
      closed: accountClosedMail({ ...texts, sign_up_url: url('/account/new') }),
      changed: passwordChangedMail({ ...texts, forgot_url }),
      ...Object.fromEntries(
        securityNotices.map((notice) => [
          notice,
          securityNoticeMail({ ...texts, notice, left: 1, passkey: 'laptop', security_url }),
        ]),
      ),
    })
  })
}
