import type { FormState } from '../../platform/http/form.ts'
import type { Locale, T } from '../../platform/i18n.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Actions, Form, SelectField, TextField } from '../../ui/form.tsx'
import { EmptyState } from '../../ui/table.tsx'
import { urls } from '../../urls.ts'
import type { FieldDefinition } from '../queries.ts'
import { longestValue, typedValue } from '../rules.ts'
import { type StaleChange, StaleNote } from './stale-note.tsx'

type Props = {
  t: T
  locale: Locale
  serial: string
  fields: FieldDefinition[]
  /** Stored values by field id. */
  values: ReadonlyMap<string, string>
  form: FormState
  was: string
  changes: StaleChange[]
}

/** Edit User-Defined Fields For This License: one form field for each. */
export function LicenseFieldsPage(props: Props) {
  const { t, serial, fields, form, was, changes } = props
  if (fields.length === 0) return <NoField t={t} />
  return (
    <Card foot={<a href={urls.fields.list.to()}>{t('fields.of_license.manage')}</a>}>
      <StaleNote t={t} changes={changes} />
      <Form t={t} form={form} action={urls.fields.ofLicense.to({ serial })}>
        <input type="hidden" name="was" value={was} />
        {fields.map((field) => (
          <ValueField {...props} field={field} />
        ))}
        <Actions>
          <Button look="primary">{t('fields.of_license.save')}</Button>
          <LinkButton look="link" href={urls.licenses.show.to({ serial })}>
            {t('fields.of_license.back')}
          </LinkButton>
        </Actions>
      </Form>
    </Card>
  )
}

function NoField({ t }: { t: T }) {
  return (
    <Card>
      <EmptyState
        icon="pencil"
        title={t('fields.of_license.none.title')}
        text={t('fields.of_license.none.text')}
        action={
          <LinkButton look="primary" icon="plus" href={urls.fields.list.to()}>
            {t('fields.add.title')}
          </LinkButton>
        }
      />
    </Card>
  )
}

/** The name of a value's form field. */
export function inputName(field_id: string): string {
  return `field.${field_id}`
}

function ValueField({ t, locale, field, values }: Props & { field: FieldDefinition }) {
  const { id, name: label, type, choices, flags } = field
  const common = { name: inputName(id), label, required: flags.includes('required') }
  switch (type) {
    case 'text':
      return <TextField {...common} maxlength={longestValue} autocomplete="off" />
    case 'number': {
      const hint = t('fields.value.number_hint', { example: typedValue('number', '1234.5', locale) })
      return <TextField {...common} hint={hint} inputmode="decimal" autocomplete="off" width="medium" />
    }
    case 'date':
      return <TextField {...common} type="date" autocomplete="off" width="medium" />
    case 'choice':
      return <SelectField {...common} options={optionsOf(t, choices, values.get(id))} empty={t('fields.value.empty')} />
    case 'yes_no': {
      const options = [
        { value: 'true', text: t('fields.value.yes') },
        { value: 'false', text: t('fields.value.no') },
      ]
      return <SelectField {...common} options={options} empty={t('fields.value.empty')} width="medium" />
    }
  }
}

/** A stored value that was taken off the list may stay. */
function optionsOf(t: T, choices: string[], stored: string | undefined) {
  const options = choices.map((choice) => ({ value: choice, text: choice }))
  if (!stored || choices.includes(stored)) return options
  return [...options, { value: stored, text: t('fields.value.no_choice', { value: stored }) }]
}
