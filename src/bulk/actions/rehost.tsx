import { HOST_TYPES } from '@keyport/license'
import { z } from 'zod'
import { type Deployment, getDeployment, rehostLicense } from '../../deployments/index.ts'
import type { Member } from '../../platform/actor.ts'
import type { Trx } from '../../platform/db/index.ts'
import { hostTypeName, type Issuing, readHostId } from '../../registration/index.ts'
import { SelectField, TextArea } from '../../ui/form.tsx'
import { type Asking, type BulkAction, type Row, textIn } from '../action.ts'
import { eachRow } from './each-row.ts'

const inputSchema = z.object({
  column: z.number().int(),
  /** Null: told from the ID and what the product takes. */
  type: z.string().nullable(),
  old_column: z.number().int().nullable(),
  reason: z.string().nullable(),
})
type Input = z.infer<typeof inputSchema>

/** How people head the columns of their lists. */
const headings = {
  new: /new|nouve|nov[oa]|neu|host|hôte|ordinateur|computador/i,
  old: /old|ancien|antig|alt|current|actuel|atual/i,
}

/** Moves licenses, each to the host that the list names for it. */
export const rehost: BulkAction = {
  name: 'rehost',
  title: 'bulk.rehost.title',
  lead: 'bulk.rehost.lead',
  icon: 'server',
  batch: 50,
  needs_columns: true,
  tells_administrators: true,

  async fields({ t, columns }) {
    const options = columns.map((text, n) => ({ value: String(n), text: text || `${n + 1}` }))
    const old = columns.findIndex((column) => headings.old.test(column))
    const proposed = columns.findIndex((column, n) => n !== old && headings.new.test(column))
    const types = HOST_TYPES.map((value) => ({ value, text: hostTypeName(t, value) }))
    const first = proposed >= 0 ? String(proposed) : undefined
    return (
      <>
        <SelectField name="column" label={t('bulk.rehost.column')} options={options} value={first} required />
        <SelectField name="type" label={t('bulk.rehost.type')} options={types} empty={t('bulk.rehost.type.any')} />
        <SelectField
          name="old_column"
          label={t('bulk.rehost.old_column')}
          hint={t('bulk.rehost.old_column.hint')}
          options={options}
          empty={t('bulk.rehost.old_column.none')}
          value={old >= 0 ? String(old) : undefined}
        />
        <TextArea name="reason" label={t('bulk.rehost.reason')} hint={t('bulk.rehost.reason.hint')} maxlength={2000} />
      </>
    )
  },

  async read({ t, columns }, values) {
    const column = columnIn(textIn(values, 'column'), columns)
    if (column === null) return { ok: false, errors: { column: t('form.choose') } }
    const input: Input = {
      column,
      type: HOST_TYPES.find((type) => type === textIn(values, 'type')) ?? null,
      old_column: columnIn(textIn(values, 'old_column'), columns),
      reason: textIn(values, 'reason').slice(0, 2000).toWellFormed() || null,
    }
    return { ok: true, input }
  },

  async summary({ t, columns }, input) {
    const { column, type, old_column, reason } = inputSchema.parse(input)
    return [
      { label: t('bulk.rehost.column'), value: columns[column] },
      { label: t('bulk.rehost.type'), value: type ? hostTypeName(t, type) : t('bulk.rehost.type.any') },
      { label: t('bulk.rehost.old_column'), value: old_column === null ? null : columns[old_column] },
      { label: t('bulk.rehost.reason'), value: reason },
    ]
  },

  run(trx, actor, input, rows, { issuing }) {
    const chosen = inputSchema.parse(input)
    return eachRow(trx, rows, (row) => moveOne(trx, actor, row, chosen, issuing))
  },
}

function columnIn(text: string, columns: Asking['columns']): number | null {
  return /^\d{1,3}$/.test(text) && Number(text) < columns.length ? Number(text) : null
}

async function moveOne(trx: Trx, actor: Member, row: Row, input: Input, issuing: Issuing) {
  const id = row.cells[input.column] ?? ''
  if (id === '') return refused('host_missing')
  const license = await getDeployment(trx, actor, row.serial)
  const bound = license.keys.filter(({ host }) => host)
  const old = input.old_column === null ? '' : (row.cells[input.old_column] ?? '')
  const keys = old === '' ? bound : bound.filter(({ host }) => readHostId(host!.type, old) === host!.id)
  if (keys.length > 1) return refused('several_hosts')
  if (keys.length === 0 && old !== '' && bound.length > 0) return refused('old_host_unknown')
  const type = input.type ?? typeOf(license, keys[0]?.host?.type, id)
  if (type === undefined && keys.length > 0) return refused('host_invalid', id)
  const { serial, revision } = row
  const host = { type: type ?? '', id }
  const key = keys[0]?.id ?? ''
  const moved = await rehostLicense(
    trx,
    actor,
    { serial, revision, key, host, quantity: null, reason: input.reason, quiet: true },
    issuing,
  )
  return moved.ok ? moved : refused(moved.refusal, id)
}

const refused = (refusal: string, detail?: string) => ({ ok: false as const, refusal, detail })

/** The kind that the old host has, if the ID can be of that; else the first that the product takes. */
function typeOf({ product }: Deployment, present: string | undefined, id: string): string | undefined {
  const fitting = product.host_types.filter((type) => readHostId(type, id) !== undefined)
  return fitting.find((type) => type === present) ?? fitting[0]
}
