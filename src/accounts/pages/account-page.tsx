import type { FormState } from '../../platform/http/form.ts'
import type { Locale, T } from '../../platform/i18n.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Actions, Form, PasswordField } from '../../ui/form.tsx'
import { urls } from '../../urls.ts'
import { passwordLength } from '../schemas.ts'
import { PersonFields, SettingFields } from './person-fields.tsx'

type Props = { t: T; email: string; locale: Locale; time_zone: string; profile: FormState; password: FormState }

/** My Account – Edit My Account. */
export function AccountPage({ t, email, locale, time_zone, profile, password }: Props) {
  return (
    <>
      <Card title={t('accounts.show.profile')}>
        <p>{t('accounts.show.email_note', { email })}</p>
        <Form t={t} form={profile} action={urls.accounts.show.to()}>
          <PersonFields t={t} />
          <SettingFields t={t} locale={locale} time_zone={time_zone} />
          <Actions>
            <Button look="primary">{t('accounts.show.save')}</Button>
          </Actions>
        </Form>
      </Card>
      <Card title={t('accounts.show.password')}>
        <Form t={t} form={password} action={urls.accounts.password.to()} unmarked>
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
      <Card title={t('accounts.sessions.title')}>
        <p>{t('accounts.sessions.lead')}</p>
        <LinkButton href={urls.accounts.sessions.to()}>{t('accounts.sessions.title')}</LinkButton>
      </Card>
    </>
  )
}
