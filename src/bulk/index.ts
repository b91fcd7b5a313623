/**
 * Bulk actions: one change for many licenses, from the catalog or from a list, tried first and then done by a job.
 *
 * Invariants: whatever is done is done by the command that the single license's page uses, with its checks; each row
 * is done at most once, whoever stops or doubles the work; nothing is done that was not tried before; a serial number
 * that is not the organization's own is not found, whether it exists or not.
 * Owns: bulk_actions, bulk_action_rows.
 */
export { getBulk } from './queries.ts'
export { startBulkFromList } from './start-bulk.ts'
export { bulkJob, checkBulk, purgeBulks, runBulk } from './submit-bulk.ts'
export { bulkWeb } from './web.tsx'
export { workOnBulk } from './work-on-bulk.ts'
