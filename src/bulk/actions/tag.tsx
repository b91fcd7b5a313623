import { z } from 'zod'
import { tagLicenses, tagsSchema } from '../../licenses/index.ts'
import { TextField } from '../../ui/form.tsx'
import { type BulkAction, textIn } from '../action.ts'
import { outcomesOf } from './outcomes-of.ts'

const inputSchema = z.object({ add: z.array(z.string()), remove: z.array(z.string()) })

/** Adds and removes tags. */
export const tag: BulkAction = {
  name: 'tags',
  title: 'bulk.tags.title',
  lead: 'bulk.tags.lead',
  icon: 'ticket',
  batch: 500,

  async fields({ t }) {
    return (
      <>
        <TextField name="add" label={t('bulk.tags.add')} hint={t('bulk.tags.hint')} maxlength={1000} />
        <TextField name="remove" label={t('bulk.tags.remove')} maxlength={1000} />
      </>
    )
  },

  async read({ t }, values) {
    const [add, remove] = ['add', 'remove'].map((name) => tagsSchema.safeParse(textIn(values, name)))
    const errors: Record<string, string> = {}
    if (!add!.success) errors.add = t('bulk.tags.wrong')
    if (!remove!.success) errors.remove = t('bulk.tags.wrong')
    if (add!.success && remove!.success && add!.data.length + remove!.data.length === 0) errors.add = t('form.required')
    if (Object.keys(errors).length > 0) return { ok: false, errors }
    return { ok: true, input: { add: add!.data, remove: remove!.data } }
  },

  async summary({ t }, input) {
    const { add, remove } = inputSchema.parse(input)
    return [
      { label: t('bulk.tags.add'), value: add.join(', ') },
      { label: t('bulk.tags.remove'), value: remove.join(', ') },
    ]
  },

  /** A license that changed meanwhile is tagged nevertheless: nothing that others entered is lost. */
  async run(trx, actor, input, rows, { dry_run }) {
    const license_ids = rows.map(({ license_id }) => license_id)
    const result = await tagLicenses(trx, actor, { ...inputSchema.parse(input), license_ids, dry_run })
    if (!result.ok) return rows.map(({ position }) => ({ position, outcome: 'too_many_tags' }))
    return outcomesOf(rows, result)
  },
}
