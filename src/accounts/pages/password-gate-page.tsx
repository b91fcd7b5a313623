import type { FormState } from '../../platform/http/form.ts'
import type { T } from '../../platform/i18n.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Actions, Form, PasswordField } from '../../ui/form.tsx'
import { urls } from '../../urls.ts'

type Props = { t: T; form: FormState; email: string; action: string; submit: string; look?: 'danger' }

/** A step that needs the owner's password and nothing else. */
export function PasswordGatePage({ t, form, email, action, submit, look }: Props) {
  return (
    <Card>
      <Form t={t} form={form} action={action} unmarked>
        <OwnPasswordField t={t} email={email} />
        <Actions>
          <Button look={look ?? 'primary'}>{submit}</Button>
          <LinkButton href={urls.accounts.security.to()}>{t('security.cancel')}</LinkButton>
        </Actions>
      </Form>
    </Card>
  )
}

/** The password of who is signed in, once more; the user name beside it is for password managers. */
export function OwnPasswordField({ t, email }: { t: T; email: string }) {
  return (
    <>
      <input type="email" name="user_name" value={email} autocomplete="username" readonly hidden />
      <PasswordField
        name="current_password"
        label={t('security.your_password')}
        hint={t('security.your_password_hint')}
        autocomplete="current-password"
        required
      />
    </>
  )
}
