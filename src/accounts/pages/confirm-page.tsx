import type { FormState } from '../../platform/http/form.ts'
import type { T } from '../../platform/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Actions, Form, PasswordField } from '../../ui/form.tsx'
import { urls } from '../../urls.ts'

type Props = { t: T; form: FormState; token: string; email: string; signed_in: boolean }

/**
 * Confirming takes a press of the button, because mail scanners open every link; and the password, because whoever
 * was signed up by a stranger must not confirm the stranger's account.
 */
export function ConfirmPage({ t, form, token, email, signed_in }: Props) {
  return (
    <>
      <Form t={t} form={form} action={urls.accounts.confirm.to()} unmarked>
        <input type="hidden" name="token" value={token} />
        {!signed_in && (
          <>
            <input type="email" name="email" value={email} autocomplete="username" readonly hidden />
            <PasswordField
              name="password"
              label={t('accounts.password')}
              hint={t('accounts.confirm.password_hint')}
              autocomplete="current-password"
              required
            />
          </>
        )}
        <Actions>
          <Button look="primary">
            {t(signed_in ? 'accounts.confirm.submit_signed_in' : 'accounts.confirm.submit')}
          </Button>
        </Actions>
      </Form>
      {!signed_in && (
        <p>
          {t('accounts.confirm.not_yours')} <a href={urls.accounts.forgot.to()}>{t('accounts.forgot.title')}</a>
        </p>
      )}
    </>
  )
}
