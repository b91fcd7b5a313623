import type { FormState } from '../../platform/http/form.ts'
import type { Format, Locale, T } from '../../platform/i18n.ts'
import { StatusBadge } from '../../ui/badge.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DescriptionList } from '../../ui/description-list.tsx'
import { Actions, Form, TextField } from '../../ui/form.tsx'
import { urls } from '../../urls.ts'
import { OwnPasswordField } from './password-gate-page.tsx'
import { PersonFields, SettingFields } from './person-fields.tsx'

/** A new e-mail address that waits for its two links. */
type Change = { new_email: string; expires_at: Date; old_confirmed_at: Date | null; new_confirmed_at: Date | null }
type Props = {
  t: T
  format: Format
  email: string
  locale: Locale
  time_zone: string
  profile: FormState
  email_form: FormState
  change: Change | undefined
}

/** My Account – Edit My Account. */
export function AccountPage({ t, format, email, locale, time_zone, profile, email_form, change }: Props) {
  return (
    <>
      <Card title={t('accounts.show.profile')}>
        <Form t={t} form={profile} action={urls.accounts.show.to()}>
          <PersonFields t={t} />
          <SettingFields t={t} locale={locale} time_zone={time_zone} />
          <Actions>
            <Button look="primary">{t('accounts.show.save')}</Button>
          </Actions>
        </Form>
      </Card>
      <Card title={t('security.email.title')}>
        <p>{t('security.email.now', { email })}</p>
        {change ? (
          <ChangeUnderWay t={t} format={format} email={email} change={change} />
        ) : (
          <Form t={t} form={email_form} action={urls.accounts.changeEmail.to()} unmarked>
            <TextField
              name="new_email"
              type="email"
              label={t('security.email.new')}
              hint={t('security.email.new_hint')}
              autocomplete="email"
              maxlength={254}
              required
            />
            <OwnPasswordField t={t} email={email} />
            <Actions>
              <Button look="primary">{t('security.email.submit')}</Button>
            </Actions>
          </Form>
        )}
      </Card>
      <Card title={t('security.data.title')}>
        <p>{t('security.data.what')}</p>
        <form method="post" action={urls.accounts.data.to()}>
          <Button icon="download">{t('security.data.submit')}</Button>
        </form>
      </Card>
      <Card title={t('security.close.title')}>
        <p>{t('security.close.what')}</p>
        <LinkButton href={urls.accounts.close.to()}>{t('security.close.title')}</LinkButton>
      </Card>
    </>
  )
}

function ChangeUnderWay({ t, format, email, change }: { t: T; format: Format; email: string; change: Change }) {
  const { new_email } = change
  const state = (confirmed_at: Date | null) =>
    confirmed_at ? (
      <StatusBadge tone="success" text={t('security.email.confirmed')} />
    ) : (
      <StatusBadge tone="neutral" text={t('security.email.not_yet')} />
    )
  return (
    <>
      <p>{t('security.email.waiting', { email: new_email, until: format.moment(change.expires_at) })}</p>
      <DescriptionList
        items={[
          { label: t('security.email.old_side', { email }), value: state(change.old_confirmed_at) },
          { label: t('security.email.new_side', { email: new_email }), value: state(change.new_confirmed_at) },
        ]}
      />
      <form method="post" action={urls.accounts.cancelEmail.to()}>
        <Actions>
          <Button>{t('security.email.cancel')}</Button>
        </Actions>
      </form>
    </>
  )
}
