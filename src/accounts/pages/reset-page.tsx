import type { FormState } from '../../platform/http/form.ts'
import type { T } from '../../platform/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Actions, Form, PasswordField } from '../../ui/form.tsx'
import { urls } from '../../urls.ts'
import { passwordLength } from '../schemas.ts'

/** A new password for the owner of a mailed link. */
export function ResetPage({ t, form, token }: { t: T; form: FormState; token: string }) {
  return (
    <Form t={t} form={form} action={urls.accounts.reset.to()} unmarked>
      <input type="hidden" name="token" value={token} />
      <PasswordField
        name="password"
        label={t('accounts.new_password')}
        hint={t('accounts.password.hint', passwordLength)}
        autocomplete="new-password"
        required
      />
      <Actions>
        <Button look="primary">{t('accounts.reset.submit')}</Button>
      </Actions>
    </Form>
  )
}
