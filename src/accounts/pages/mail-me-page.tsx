import type { FormState } from '../../platform/http/form.ts'
import type { T } from '../../platform/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Actions, Form, TextField } from '../../ui/form.tsx'
import { urls } from '../../urls.ts'

type Props = { t: T; form: FormState; action: string; submit: string }

/** An e-mail address to which a link is to be sent: for a new password, or for the confirmation. */
export function MailMePage({ t, form, action, submit }: Props) {
  return (
    <>
      <Form t={t} form={form} action={action} unmarked>
        <TextField name="email" type="email" label={t('accounts.user_name')} autocomplete="username" required />
        <Actions>
          <Button look="primary">{submit}</Button>
        </Actions>
      </Form>
      <p>
        <a href={urls.accounts.signIn.to()}>{t('accounts.forgot.back')}</a>
      </p>
    </>
  )
}

/** For somebody who is signed in and whose address waits: one button. */
export function WaitingPage({ t, form }: { t: T; form: FormState }) {
  return (
    <>
      <Form t={t} form={form} action={urls.accounts.resend.to()} unmarked>
        <Actions>
          <Button look="primary">{t('accounts.resend.submit')}</Button>
        </Actions>
      </Form>
      <form method="post" action={urls.accounts.signOut.to()}>
        <Button look="link">{t('ui.sign_out')}</Button>
      </form>
    </>
  )
}
