import { reissueKeys } from '../../deployments/index.ts'
import type { BulkAction } from '../action.ts'
import { eachRow } from './each-row.ts'

/** Makes license files and signed keys anew with what holds today. */
export const reissue: BulkAction = {
  name: 'reissue',
  title: 'bulk.reissue.title',
  lead: 'bulk.reissue.lead',
  icon: 'refresh',
  batch: 50,
  tells_administrators: true,

  async fields({ t }) {
    return <p>{t('bulk.reissue.text')}</p>
  },

  async read() {
    return { ok: true, input: {} }
  },

  async summary() {
    return []
  },

  run(trx, actor, _input, rows, { issuing }) {
    return eachRow(trx, rows, ({ serial, revision }) =>
      reissueKeys(trx, actor, { serial, revision, quiet: true }, issuing),
    )
  },
}
