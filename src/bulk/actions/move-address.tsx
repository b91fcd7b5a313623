import { z } from 'zod'
import { addressLine, findAddress, listAddresses } from '../../customers/index.ts'
import { moveAddress } from '../../licenses/index.ts'
import { RadioField } from '../../ui/form.tsx'
import { EmptyState } from '../../ui/table.tsx'
import { type BulkAction, textIn } from '../action.ts'
import { outcomesOf, revisionsOf } from './outcomes-of.ts'

const inputSchema = z.object({ address_id: z.string() })

/** Moves licenses to another install-at address. */
export const address: BulkAction = {
  name: 'address',
  title: 'bulk.address.title',
  lead: 'bulk.address.lead',
  icon: 'building',
  batch: 500,
  search: 'bulk.address.search',

  async fields({ db, actor, t, format, searched }) {
    const { addresses } = await listAddresses(db, actor, { text: searched })
    if (addresses.length === 0) return <EmptyState title={t('bulk.address.none')} icon="building" />
    const options = addresses.map((one) => ({ value: one.id, text: addressLine(one, format) }))
    return <RadioField name="address_id" label={t('bulk.address.choose')} options={options} required />
  },

  async read({ db, actor, t }, values) {
    const address_id = textIn(values, 'address_id')
    if (await findAddress(db, actor, address_id)) return { ok: true, input: { address_id } }
    return { ok: false, errors: { address_id: t('form.choose') } }
  },

  async summary({ db, actor, t, format }, input) {
    const found = await findAddress(db, actor, inputSchema.parse(input).address_id)
    return [{ label: t('bulk.address.choose'), value: found && addressLine(found, format) }]
  },

  async run(trx, actor, input, rows, { dry_run }) {
    const license_ids = rows.map(({ license_id }) => license_id)
    const { address_id } = inputSchema.parse(input)
    const result = await moveAddress(trx, actor, { license_ids, address_id, revisions: revisionsOf(rows), dry_run })
    return outcomesOf(rows, result)
  },
}
