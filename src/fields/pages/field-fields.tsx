import type { T } from '../../platform/i18n.ts'
import { CheckboxesField, SelectField, TextArea, TextField } from '../../ui/form.tsx'
import { type FieldType, fieldTypes } from '../rules.ts'
import { flags } from '../schemas.ts'

/** What is asked about a field; of one that exists, its type stays. */
export function FieldFields({ t, type }: { t: T; type?: FieldType }) {
  return (
    <>
      <TextField name="name" label={t('fields.form.name')} maxlength={80} autocomplete="off" width="medium" required />
      {type ? (
        <TextField
          name="type"
          label={t('fields.form.type')}
          hint={t('fields.form.type.fixed')}
          value={t(`fields.type.${type}`)}
          width="medium"
          disabled
        />
      ) : (
        <SelectField
          name="type"
          label={t('fields.form.type')}
          hint={t('fields.form.type.hint')}
          options={fieldTypes.map((value) => ({ value, text: t(`fields.type.${value}`) }))}
          width="medium"
          required
        />
      )}
      {type === undefined && (
        <div class="kp-of-choice">
          <TextArea name="choices" label={t('fields.form.choices')} hint={t('fields.form.choices.hint')} rows={3} />
        </div>
      )}
      {type === 'choice' && (
        <TextArea
          name="choices"
          label={t('fields.form.choices')}
          hint={t('fields.form.choices.edit_hint')}
          rows={6}
          required
        />
      )}
      <CheckboxesField
        name="flags"
        label={t('fields.form.flags')}
        options={flags.map((value) => ({
          value,
          text: t(`fields.flag.${value}`),
          hint: t(`fields.flag.${value}.hint`),
        }))}
      />
    </>
  )
}
