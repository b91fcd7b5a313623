import { type Locale, localeNames, locales, type T } from '../../platform/i18n.ts'
import { FieldRow, SelectField, TextField } from '../../ui/form.tsx'
import { timeZoneNames } from '../schemas.ts'

/** Name and phone: the same fields when an account is created and when it is edited. */
export function PersonFields({ t }: { t: T }) {
  return (
    <>
      <FieldRow>
        <TextField
          name="given_name"
          label={t('accounts.given_name')}
          autocomplete="given-name"
          maxlength={100}
          required
        />
        <TextField
          name="family_name"
          label={t('accounts.family_name')}
          autocomplete="family-name"
          maxlength={100}
          required
        />
      </FieldRow>
      <TextField name="phone" type="tel" label={t('accounts.phone')} autocomplete="tel" maxlength={40} width="medium" />
    </>
  )
}

/** Language and time zone. The browser's own time zone is proposed where a script may run. */
export function SettingFields({ t, locale, time_zone }: { t: T; locale: Locale; time_zone: string }) {
  return (
    <FieldRow>
      <SelectField
        name="locale"
        label={t('accounts.language')}
        value={locale}
        options={locales.map((value) => ({ value, text: localeNames[value] }))}
        required
      />
      <SelectField
        name="time_zone"
        label={t('accounts.time_zone')}
        value={time_zone}
        options={timeZoneNames.map((value) => ({ value, text: value.replaceAll('_', ' ') }))}
        required
      />
    </FieldRow>
  )
}
