import { test } from 'node:test'
import { locales, textsFor } from '../../platform/i18n.ts'
import { accountExistsMail } from './account-exists.ts'
import { confirmEmailMail } from './confirm-email.ts'
import { passwordChangedMail } from './password-changed.ts'
import { resetPasswordMail } from './reset-password.ts'
import { securityNoticeMail, securityNotices } from './security-notice.ts'

for (const locale of locales) {
  test(`e-mails about accounts, ${locale}`, (t) => {
    const texts = { t: textsFor(locale), name: 'Ann Müller', vendor_name: 'Keyport' }
    const email = 'ann@acme.example'
    const url = (path: string) => `https://licensing.example.com${path}`
    const forgot_url = url('/account/password/forgot')
    t.assert.snapshot({
      confirm: confirmEmailMail({ ...texts, email, confirm_url: url('/account/confirm?token=x') }),
      exists: accountExistsMail({ ...texts, email, sign_in_url: url('/login'), forgot_url }),
      reset: resetPasswordMail({ ...texts, reset_url: url('/account/password/reset?token=x') }),
      changed: passwordChangedMail({ ...texts, forgot_url }),
      ...Object.fromEntries(
        securityNotices.map((notice) => [
          notice,
          securityNoticeMail({ ...texts, notice, left: 1, passkey: 'laptop', security_url: url('/account/security') }),
        ]),
      ),
    })
  })
}
