import type { FormState } from '../../platform/http/form.ts'
import type { Format, T } from '../../platform/i18n.ts'
import { StatusBadge } from '../../ui/badge.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Actions, Form, PasswordField } from '../../ui/form.tsx'
import { DataTable } from '../../ui/table.tsx'
import { Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { PasskeyLine, Security } from '../queries.ts'
import { passwordLength } from '../schemas.ts'

type Props = Security & { t: T; format: Format; form: FormState; email: string }

/** My Account – Sign-in and security. */
export function SecurityPage({ t, format, form, email, app, passkeys }: Props) {
  return (
    <>
      <PasswordCard t={t} form={form} email={email} />
      <AppCard t={t} format={format} app={app} />
      <PasskeysCard t={t} format={format} passkeys={passkeys} />
      <Card title={t('accounts.sessions.title')}>
        <p>{t('accounts.sessions.lead')}</p>
        <LinkButton href={urls.accounts.sessions.to()}>{t('security.sessions.open')}</LinkButton>
      </Card>
    </>
  )
}

function PasswordCard({ t, form, email }: { t: T; form: FormState; email: string }) {
  return (
    <Card title={t('accounts.show.password')}>
      <Form t={t} form={form} action={urls.accounts.password.to()} unmarked>
        <input type="email" name="email" value={email} autocomplete="username" readonly hidden />
        <PasswordField
          name="current_password"
          label={t('accounts.current_password')}
          autocomplete="current-password"
          required
        />
        <PasswordField
          name="password"
          label={t('accounts.new_password')}
          hint={t('accounts.password.hint', passwordLength)}
          autocomplete="new-password"
          required
        />
        <Actions>
          <Button look="primary">{t('accounts.show.password_submit')}</Button>
        </Actions>
      </Form>
    </Card>
  )
}

function AppCard({ t, format, app }: { t: T; format: Format; app: Security['app'] }) {
  const badge = app ? (
    <StatusBadge tone="success" text={t('security.app.on')} />
  ) : (
    <StatusBadge tone="neutral" text={t('security.app.off')} />
  )
  return (
    <Card title={t('security.app.title')} action={badge}>
      <p>{t('security.app.what')}</p>
      {app ? (
        <>
          <p>{t('security.app.on_since', { date: format.moment(app.since), left: app.backup_codes_left })}</p>
          <Actions>
            <LinkButton href={urls.accounts.renewBackupCodes.to()}>{t('security.backup.new')}</LinkButton>
            <LinkButton href={urls.accounts.removeAuthenticator.to()}>{t('security.app.remove')}</LinkButton>
          </Actions>
        </>
      ) : (
        <LinkButton look="primary" href={urls.accounts.authenticator.to()}>
          {t('security.app.set_up')}
        </LinkButton>
      )}
    </Card>
  )
}

function PasskeysCard({ t, format, passkeys }: { t: T; format: Format; passkeys: PasskeyLine[] }) {
  const columns = [
    {
      key: 'name',
      head: t('security.passkeys.name'),
      main: true,
      cell: (row: PasskeyLine) => <Text>{row.name ?? t('security.passkeys.unnamed')}</Text>,
    },
    {
      key: 'added',
      head: t('security.passkeys.added'),
      cell: (row: PasskeyLine) => (row.added_at ? format.moment(row.added_at) : '–'),
    },
    {
      key: 'used',
      head: t('security.passkeys.used'),
      cell: (row: PasskeyLine) => (row.used_at ? format.moment(row.used_at) : t('security.passkeys.never')),
    },
    {
      key: 'manage',
      head: t('security.passkeys.manage'),
      quietHead: true,
      cell: (row: PasskeyLine) => (
        <LinkButton
          small
          href={urls.accounts.renamePasskey.to({ passkey_id: row.id })}
          label={t('security.passkeys.manage_of', { name: row.name ?? '' })}
        >
          {t('security.passkeys.manage')}
        </LinkButton>
      ),
    },
  ]
  return (
    <Card title={t('security.passkeys.title')}>
      <p>{t('security.passkeys.what')}</p>
      {passkeys.length > 0 && (
        <DataTable
          t={t}
          caption={t('security.passkeys.title')}
          columns={columns}
          rows={passkeys}
          empty={{ title: t('ui.none') }}
        />
      )}
      <Actions>
        <LinkButton href={urls.accounts.passkeys.to()} icon="plus">
          {t('security.passkeys.add')}
        </LinkButton>
      </Actions>
    </Card>
  )
}
