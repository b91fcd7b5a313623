import type { FormState } from '../../platform/http/form.ts'
import type { Locale, T } from '../../platform/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { CheckboxField, FieldRow, Fieldset, SelectField, TextField } from '../../ui/form.tsx'
import { asksHost, rowsIn } from '../details-form.ts'
import { hostFindText, hostTypeName } from '../host-texts.ts'
import type { ProductFacts } from '../license-facts.ts'
import { type ProductField, productFields } from '../product-fields.ts'
import { mostHosts } from '../schemas.ts'

type Props = { t: T; locale: Locale; form: FormState; product: ProductFacts }

/** What registration asks for a product: hosts that share the quantity, and the product's own questions. */
export function ProductFields(props: Props) {
  const { product, locale } = props
  return (
    <>
      {asksHost(product) && <HostFields {...props} />}
      {productFields(product.fields_schema, locale).map((field) => (
        <OwnField t={props.t} name={`fields.${product.product_id}.${field.name}`} field={field} />
      ))}
    </>
  )
}

function HostFields({ t, form, product }: Props) {
  const prefix = `hosts.${product.product_id}`
  const rows = rowsIn(form.values, prefix)
  return (
    <Fieldset legend={t('registration.hosts.legend')} hint={t('registration.hosts.hint')}>
      {Array.from({ length: rows }, (_, n) => (
        <HostRow t={t} product={product} prefix={`${prefix}.${n}`} />
      ))}
      <FindHelp t={t} types={product.host_types} />
      {rows < mostHosts && (
        <Button small icon="plus" name="more" value={`${prefix}.${rows}.id`}>
          {t('registration.hosts.add')}
        </Button>
      )}
    </Fieldset>
  )
}

function HostRow({ t, product, prefix }: { t: T; product: ProductFacts; prefix: string }) {
  const types = product.host_types.map((type) => ({ value: type, text: hostTypeName(t, type) }))
  const only = types.length === 1 ? types[0] : undefined
  return (
    <FieldRow>
      {only ? (
        <input type="hidden" name={`${prefix}.type`} value={only.value} />
      ) : (
        <SelectField
          name={`${prefix}.type`}
          label={t('registration.hosts.type')}
          options={types}
          value={types[0]?.value}
          width="medium"
          required
        />
      )}
      <TextField
        name={`${prefix}.id`}
        label={only?.text ?? t('registration.hosts.id')}
        code
        autocomplete="off"
        maxlength={200}
      />
      <TextField
        name={`${prefix}.quantity`}
        label={t('registration.hosts.quantity')}
        inputmode="numeric"
        autocomplete="off"
        width="short"
      />
    </FieldRow>
  )
}

/** How to find the host ID of each kind, behind one line. */
export function FindHelp({ t, types }: { t: T; types: string[] }) {
  const known = types.flatMap((type) => {
    const find = hostFindText(t, type)
    return find ? [{ name: hostTypeName(t, type), find }] : []
  })
  if (known.length === 0) return null
  return (
    <details class="kp-disclosure">
      <summary>{t('registration.hosts.find')}</summary>
      <ul>
        {known.map(({ name, find }) => (
          <li>
            <strong>{name}</strong>: <span translate="no">{find}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}

function OwnField({ t, name, field }: { t: T; name: string; field: ProductField }) {
  const { label, hint, required } = field
  const common = { name, label, hint, required }
  switch (field.type) {
    case 'yes_no':
      return <CheckboxField {...common} required={false} />
    case 'choice':
      return (
        <SelectField
          {...common}
          options={field.choices.map((value) => ({ value, text: value }))}
          empty={t('ui.choose_one')}
        />
      )
    case 'number':
      return <TextField {...common} inputmode="decimal" width="short" />
    default:
      return <TextField {...common} type={field.type} />
  }
}
