import type { FormState } from '../../platform/http/form.ts'
import type { Locale, T } from '../../platform/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Actions, Form } from '../../ui/form.tsx'
import { urls } from '../../urls.ts'
import { PersonFields, SettingFields } from './person-fields.tsx'

type Props = { t: T; email: string; locale: Locale; time_zone: string; form: FormState }

/** My Account – Edit My Account. */
export function AccountPage({ t, email, locale, time_zone, form }: Props) {
  return (
    <>
      <Card title={t('accounts.show.profile')}>
        <p>{t('accounts.show.email_note', { email })}</p>
        <Form t={t} form={form} action={urls.accounts.show.to()}>
          <PersonFields t={t} />
          <SettingFields t={t} locale={locale} time_zone={time_zone} />
          <Actions>
            <Button look="primary">{t('accounts.show.save')}</Button>
          </Actions>
        </Form>
      </Card>
    </>
  )
}
