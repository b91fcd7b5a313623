import { countryOptions } from '../../platform/countries.ts'
import type { Format, Locale, T } from '../../platform/i18n.ts'
import { FieldRow, SelectField, TextField } from '../../ui/form.tsx'

type Props = {
  t: T
  format: Format
  locale: Locale
  /** Stands before the fields' names. */
  prefix?: string
  /** Marks what an address cannot be without; left out where the whole address may stay empty. */
  required?: boolean
}

/** The fields of an install-at address; `addressSchema` reads them. */
export function AddressFields({ t, format, locale, prefix = '', required }: Props) {
  return (
    <>
      <TextField
        name={`${prefix}company`}
        label={t('customers.address.company')}
        autocomplete="organization"
        maxlength={200}
        required={required}
      />
      <TextField
        name={`${prefix}street`}
        label={t('customers.address.street')}
        autocomplete="address-line1"
        maxlength={200}
        required={required}
      />
      <TextField
        name={`${prefix}street2`}
        label={t('customers.address.street2')}
        autocomplete="address-line2"
        maxlength={200}
      />
      <FieldRow>
        <TextField
          name={`${prefix}postal_code`}
          label={t('customers.address.postal_code')}
          autocomplete="postal-code"
          maxlength={20}
          width="short"
        />
        <TextField
          name={`${prefix}city`}
          label={t('customers.address.city')}
          autocomplete="address-level2"
          maxlength={100}
          required={required}
        />
      </FieldRow>
      <FieldRow>
        <TextField
          name={`${prefix}region`}
          label={t('customers.address.region')}
          autocomplete="address-level1"
          maxlength={100}
        />
        <SelectField
          name={`${prefix}country`}
          label={t('customers.address.country')}
          options={countryOptions(locale, format)}
          autocomplete="country"
          required={required}
        />
      </FieldRow>
    </>
  )
}
