import type { FormState } from '../../platform/http/form.ts'
import type { T } from '../../platform/i18n.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Actions, Form, TextField } from '../../ui/form.tsx'
import { urls } from '../../urls.ts'
import type { PasskeyLine } from '../queries.ts'
import { PasskeyBox } from './passkey-box.tsx'
import { OwnPasswordField } from './password-gate-page.tsx'

/** A new passkey for this account. `possible`: browsers bind passkeys to a name, never to a network address. */
export function NewPasskeyPage({
  t,
  form,
  email,
  possible,
}: {
  t: T
  form: FormState
  email: string
  possible: boolean
}) {
  return (
    <Card>
      <PasskeyBox t={t} ceremony={possible ? 'create' : undefined} options={urls.accounts.passkeyOptions.to()}>
        <Form t={t} form={form} action={urls.accounts.passkeys.to()} unmarked>
          <input type="hidden" name="response" />
          <NameField t={t} />
          <OwnPasswordField t={t} email={email} />
          <Actions>
            <Button look="primary">{t('security.passkeys.add.submit')}</Button>
            <LinkButton href={urls.accounts.security.to()}>{t('security.cancel')}</LinkButton>
          </Actions>
        </Form>
      </PasskeyBox>
    </Card>
  )
}

/** One passkey: another name, or away with it. */
export function EditPasskeyPage({ t, form, passkey }: { t: T; form: FormState; passkey: PasskeyLine }) {
  return (
    <>
      <Card title={t('security.passkeys.rename')}>
        <Form t={t} form={form} action={urls.accounts.renamePasskey.to()} unmarked>
          <input type="hidden" name="passkey_id" value={passkey.id} />
          <NameField t={t} />
          <Actions>
            <Button look="primary">{t('security.passkeys.rename')}</Button>
            <LinkButton href={urls.accounts.security.to()}>{t('security.cancel')}</LinkButton>
          </Actions>
        </Form>
      </Card>
      <Card title={t('security.passkeys.remove')}>
        <p>{t('security.passkeys.remove.what')}</p>
        <form method="post" action={urls.accounts.removePasskey.to()}>
          <Button look="danger" name="passkey_id" value={passkey.id}>
            {t('security.passkeys.remove')}
          </Button>
        </form>
      </Card>
    </>
  )
}

function NameField({ t }: { t: T }) {
  const name = t('security.passkeys.name')
  return (
    <TextField
      name="name"
      label={name}
      hint={t('security.passkeys.name_hint')}
      maxlength={80}
      autocomplete="off"
      required
    />
  )
}

/** Beside the password on the login page. */
export function PasskeySignIn({ t, next }: { t: T; next: string | undefined }) {
  return (
    <PasskeyBox t={t} ceremony="get" options={urls.accounts.passkeySignInOptions.to()}>
      <Form t={t} form={{ values: {}, errors: {} }} action={urls.accounts.passkeySignIn.to()} unmarked>
        <input type="hidden" name="response" />
        {next && <input type="hidden" name="next" value={next} />}
        <input type="hidden" name="remember" value="on" disabled />
        <Button wide icon="fingerprint">
          {t('security.passkeys.sign_in')}
        </Button>
      </Form>
    </PasskeyBox>
  )
}
