import type { FormState } from '../../platform/http/form.ts'
import type { Locale, T } from '../../platform/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Actions, Fieldset, Form, type Option, PasswordField, SelectField, TextField } from '../../ui/form.tsx'
import { urls } from '../../urls.ts'
import { passwordLength } from '../schemas.ts'
import { PersonFields, SettingFields } from './person-fields.tsx'

/** Who signs up by the link of an invitation: at the invited address, and into an organization that is there. */
export type Invited = { token: string; email: string; organization: string }
type Props = { t: T; form: FormState; locale: Locale; countries: Option[]; invited?: Invited }

/** Create account: the secured business account information. */
export function CreateAccountPage({ t, form, locale, countries, invited }: Props) {
  return (
    <>
      <Form t={t} form={form} action={urls.accounts.create.to({ invitation: invited?.token })}>
        <Fieldset legend={t('accounts.create.you')}>
          <PersonFields t={t} />
        </Fieldset>
        <Fieldset legend={t('accounts.create.login')}>
          <TextField
            name="email"
            type="email"
            label={t('accounts.email')}
            value={invited?.email}
            readonly={invited !== undefined}
            autocomplete="email"
            maxlength={254}
            required
          />
          <PasswordField
            name="password"
            label={t('accounts.password')}
            hint={t('accounts.password.hint', passwordLength)}
            autocomplete="new-password"
            required
          />
        </Fieldset>
        {!invited && <OrganizationFields t={t} countries={countries} />}
        <Fieldset legend={t('accounts.create.settings')}>
          <SettingFields t={t} locale={locale} time_zone="UTC" />
        </Fieldset>
        <Actions>
          <Button look="primary">{t('accounts.create.submit')}</Button>
        </Actions>
      </Form>
      <p>
        <a href={urls.accounts.signIn.to()}>{t('accounts.create.have_account')}</a>
      </p>
    </>
  )
}

function OrganizationFields({ t, countries }: { t: T; countries: Option[] }) {
  return (
    <Fieldset legend={t('accounts.create.organization')}>
      <TextField
        name="company"
        label={t('accounts.company')}
        hint={t('accounts.company_hint')}
        autocomplete="organization"
        maxlength={200}
        required
      />
      <SelectField name="country" label={t('accounts.country')} options={countries} autocomplete="country" required />
    </Fieldset>
  )
}
