import { z } from 'zod'
import { assignContacts, contactSchema } from '../../licenses/index.ts'
import { FieldRow, RadioField, TextField } from '../../ui/form.tsx'
import { type BulkAction, textIn } from '../action.ts'
import { outcomesOf, revisionsOf } from './outcomes-of.ts'

const inputSchema = z.object({ mode: z.enum(['replace', 'add']), contacts: z.array(contactSchema) })
/** As many as a form asks for. */
const places = [0, 1, 2] as const
const parts = ['name', 'email', 'phone'] as const

/** Names technical contacts: instead of those there are, or beside them. */
export const contacts: BulkAction = {
  name: 'contacts',
  title: 'bulk.contacts.title',
  lead: 'bulk.contacts.lead',
  icon: 'users',
  // A contact gets one mail for each batch.
  batch: 5_000,

  async fields({ t }) {
    return (
      <>
        <RadioField
          name="mode"
          label={t('bulk.contacts.mode')}
          value="add"
          options={[
            { value: 'add', text: t('bulk.contacts.add') },
            { value: 'replace', text: t('bulk.contacts.replace') },
          ]}
        />
        {places.map((n) => (
          <FieldRow>
            <TextField
              name={`name.${n}`}
              label={t('bulk.contacts.name', { n: n + 1 })}
              maxlength={200}
              required={n === 0}
            />
            <TextField
              name={`email.${n}`}
              label={t('bulk.contacts.email', { n: n + 1 })}
              type="email"
              maxlength={254}
              required={n === 0}
            />
            <TextField name={`phone.${n}`} label={t('bulk.contacts.phone', { n: n + 1 })} type="tel" maxlength={40} />
          </FieldRow>
        ))}
      </>
    )
  },

  async read({ t }, values) {
    const errors: Record<string, string> = {}
    const found = places.flatMap((n) => {
      const typed = Object.fromEntries(parts.map((part) => [part, textIn(values, `${part}.${n}`)]))
      if (n > 0 && Object.values(typed).every((text) => text === '')) return []
      const read = contactSchema.safeParse(typed)
      if (read.success) return [read.data]
      for (const { path } of read.error.issues) {
        const part = String(path[0])
        errors[`${part}.${n}`] =
          part === 'email' && typed.email ? t('form.email') : typed[part] ? t('form.invalid') : t('form.required')
      }
      return []
    })
    if (Object.keys(errors).length > 0) return { ok: false, errors }
    const mode = textIn(values, 'mode') === 'replace' ? 'replace' : 'add'
    return { ok: true, input: { mode, contacts: found } }
  },

  async summary({ t }, input) {
    const { mode, contacts } = inputSchema.parse(input)
    const named = contacts.map(({ name, email, phone }) => [name, email, phone].filter(Boolean).join(', '))
    return [{ label: t(`bulk.contacts.${mode}`), value: named.join(' · ') }]
  },

  async run(trx, actor, input, rows, { dry_run, issuing }) {
    const license_ids = rows.map(({ license_id }) => license_id)
    const given = { ...inputSchema.parse(input), license_ids, revisions: revisionsOf(rows), dry_run }
    return outcomesOf(rows, await assignContacts(trx, actor, given, issuing.config))
  },
}
