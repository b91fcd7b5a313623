import type { FormState } from '../../platform/http/form.ts'
import type { T } from '../../platform/i18n.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Actions, CheckboxField, Form, PasswordField, TextField } from '../../ui/form.tsx'
import { urls } from '../../urls.ts'
import { PasskeySignIn } from './passkey-pages.tsx'

type Props = { t: T; form: FormState; next: string | undefined }

/** Login To Your Account. */
export function SignInPage({ t, form, next }: Props) {
  return (
    <>
      <Form t={t} form={form} action={urls.accounts.signIn.to()} unmarked>
        {next && <input type="hidden" name="next" value={next} />}
        <TextField name="email" type="email" label={t('accounts.user_name')} autocomplete="username" required />
        <PasswordField name="password" label={t('accounts.password')} autocomplete="current-password" required />
        <CheckboxField
          name="remember"
          label={t('accounts.sign_in.remember')}
          hint={t('accounts.sign_in.remember_hint')}
        />
        <Actions>
          <Button look="primary" wide>
            {t('accounts.sign_in.submit')}
          </Button>
        </Actions>
      </Form>
      <PasskeySignIn t={t} next={next} />
      <p>
        <a href={urls.accounts.forgot.to()}>{t('accounts.sign_in.forgot')}</a>
      </p>
      <hr />
      <p>{t('accounts.sign_in.new_here')}</p>
      <LinkButton href={urls.accounts.create.to()} wide>
        {t('accounts.sign_in.create')}
      </LinkButton>
    </>
  )
}
