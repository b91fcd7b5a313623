import { z } from 'zod'
import { type FieldDefinition, listFields, readFieldValue, setFieldValues } from '../../fields/index.ts'
import { AppError } from '../../platform/errors.ts'
import type { Locale } from '../../platform/i18n.ts'
import { LinkButton } from '../../ui/button.tsx'
import { FieldRow, Fieldset, type Option, SelectField, TextField } from '../../ui/form.tsx'
import { EmptyState } from '../../ui/table.tsx'
import { urls } from '../../urls.ts'
import { type Asking, type BulkAction, type Outcome, type Row, textIn } from '../action.ts'
import { outcomesOf, revisionsOf } from './outcomes-of.ts'

/** For each field that changes: one value for all (null clears it), or the column of the list that has each one's. */
const inputSchema = z.object({
  locale: z.custom<Locale>(),
  fields: z.array(
    z.union([
      z.object({ id: z.string(), value: z.string().nullable() }),
      z.object({ id: z.string(), column: z.number().int() }),
    ]),
  ),
})
type Input = z.infer<typeof inputSchema>

/** Sets or clears user-defined fields. */
export const setFields: BulkAction = {
  name: 'fields',
  title: 'bulk.fields.title',
  lead: 'bulk.fields.lead',
  icon: 'edit',
  batch: 500,

  async fields(asking) {
    const { t, columns } = asking
    const fields = await listFields(asking.db, asking.actor)
    if (fields.length === 0) {
      const action = <LinkButton href={urls.fields.list.to()}>{t('bulk.fields.define')}</LinkButton>
      return <EmptyState title={t('bulk.fields.none')} icon="edit" action={action} />
    }
    const ways: Option[] = [
      { value: 'set', text: t('bulk.fields.set') },
      { value: 'clear', text: t('bulk.fields.clear') },
      ...columns.map((column, n) => ({ value: `column.${n}`, text: t('bulk.fields.column', { column }) })),
    ]
    return fields.map((field) => <FieldChoice {...{ asking, field, ways }} />)
  },

  async read(asking, values) {
    const { t, locale } = asking
    const errors: Record<string, string> = {}
    const fields: Input['fields'] = []
    for (const field of await listFields(asking.db, asking.actor)) {
      const typed = textIn(values, `value.${field.id}`)
      // Whoever typed a value means it, also where the choice above it was overlooked.
      const way = textIn(values, `how.${field.id}`) || (typed && 'set')
      const column = Number(/^column\.(\d{1,3})$/.exec(way)?.[1] ?? -1)
      if (column >= 0 && column < asking.columns.length) fields.push({ id: field.id, column })
      if (way === 'clear') fields.push({ id: field.id, value: null })
      if (way !== 'set') continue
      const read = readTyped(field, typed, locale)
      if (!read.ok) errors[`value.${field.id}`] = t('bulk.outcome.value_wrong', { detail: field.name })
      else if (read.value === null) errors[`value.${field.id}`] = t('form.required')
      else fields.push({ id: field.id, value: read.value })
    }
    if (Object.keys(errors).length > 0) return { ok: false, errors }
    if (fields.length === 0) return { ok: false, errors: { form: t('bulk.fields.choose') } }
    return { ok: true, input: { locale, fields } }
  },

  async summary({ t, db, actor, columns }, input) {
    const names = new Map((await listFields(db, actor)).map(({ id, name }) => [id, name]))
    return inputSchema.parse(input).fields.map((field) => ({
      label: names.get(field.id) ?? t('bulk.fields.deleted'),
      value:
        'column' in field
          ? t('bulk.fields.column', { column: columns[field.column] ?? '' })
          : (field.value ?? t('bulk.fields.clear')),
    }))
  },

  async run(trx, actor, input, rows, { dry_run }) {
    const fields = await listFields(trx, actor)
    const chosen = inputSchema.parse(input)
    const outcomes: Outcome[] = []
    const good: Row[] = []
    const own: Record<string, Values> = {}
    for (const row of rows) {
      const read = valuesOf(row, chosen, fields)
      if ('outcome' in read) outcomes.push({ position: row.position, ...read })
      else {
        good.push(row)
        own[row.license_id] = read.values
      }
    }
    const license_ids = good.map(({ license_id }) => license_id)
    const given = { license_ids, values: {}, own, revisions: revisionsOf(good), dry_run }
    const result = await setFieldValues(trx, actor, given)
    // Nothing is given that holds for all, so nothing can be wrong with it.
    if (!result.ok) throw new AppError('invalid')
    return [...outcomes, ...outcomesOf(good, result)]
  },
}

/** A column that is called like a field is proposed for it. */
function FieldChoice({ asking, field, ways }: { asking: Asking; field: FieldDefinition; ways: Option[] }) {
  const { t, columns } = asking
  const named = columns.findIndex((column) => column.toLowerCase() === field.name.toLowerCase())
  const choices = field.type === 'choice' ? field.choices : undefined
  const hint = field.type === 'choice' ? field.choices.join(' · ') : t(`bulk.fields.type.${field.type}`)
  return (
    <Fieldset legend={field.name}>
      <FieldRow>
        <SelectField
          name={`how.${field.id}`}
          label={t('bulk.fields.how')}
          empty={t('bulk.fields.keep')}
          options={ways}
          value={named >= 0 ? `column.${named}` : ''}
        />
        <TextField
          name={`value.${field.id}`}
          label={t('bulk.fields.value')}
          hint={hint}
          maxlength={1000}
          options={choices}
        />
      </FieldRow>
    </Fieldset>
  )
}

type Values = Record<string, string | null>

/** The values for one row, or why there are none: a cell does not fit, or a required field would be empty. */
function valuesOf(
  { cells }: Row,
  { fields, locale }: Input,
  known: FieldDefinition[],
): { values: Values } | Pick<Outcome, 'outcome' | 'detail'> {
  const values: Values = {}
  for (const field of fields) {
    const definition = known.find(({ id }) => id === field.id)
    // A field that was deleted meanwhile is the command's to refuse.
    const read = definition && 'column' in field ? readTyped(definition, cells[field.column] ?? '', locale) : null
    if (read && !read.ok) return { outcome: 'value_wrong', detail: definition!.name }
    const value = read ? read.value : 'value' in field ? field.value : null
    if (value === null && definition?.flags.includes('required'))
      return { outcome: 'value_missing', detail: definition.name }
    values[field.id] = value
  }
  return { values }
}

/** What spreadsheets and people write for yes and no, in the languages of the portal. */
const words = { true: /^(?:true|yes|y|oui|o|sim|s|1|x)$/i, false: /^(?:false|no|n|non|não|nao|0)$/i }

function readTyped(field: FieldDefinition, typed: string, locale: Locale) {
  const text = typed.trim()
  const word = field.type === 'yes_no' && (['true', 'false'] as const).find((value) => words[value].test(text))
  return readFieldValue(field, word || text, locale)
}
