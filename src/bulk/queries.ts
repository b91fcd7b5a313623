import { type Selectable, sql } from 'kysely'
import type { Member } from '../platform/actor.ts'
import type { DB, Db, Trx } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { isUuid } from '../platform/ids.ts'
import type { OutcomeCode, Row } from './action.ts'

export type State = 'new' | 'checking' | 'checked' | 'running' | 'done' | 'cancelled'
export type Bulk = Omit<Selectable<DB['bulk_actions']>, 'state'> & { state: State }

type Scope = Pick<Member, 'organization_id'>

/** @throws AppError `not_found`, for another organization's exactly as for one that does not exist. */
export async function getBulk(db: Db, actor: Scope, bulk_id: string): Promise<Bulk> {
  if (!isUuid(bulk_id)) throw new AppError('not_found')
  const query = db.selectFrom('bulk_actions').selectAll().where('id', '=', bulk_id)
  const bulk = await query.where('organization_id', '=', actor.organization_id).executeTakeFirst()
  if (!bulk) throw new AppError('not_found')
  return bulk as Bulk
}

/** As `getBulk`, its row locked until the transaction ends: of two that work on it, one waits for the other. */
export async function lockBulk(trx: Trx, actor: Scope, bulk_id: string): Promise<Bulk> {
  if (!isUuid(bulk_id)) throw new AppError('not_found')
  const query = trx.selectFrom('bulk_actions').selectAll().where('id', '=', bulk_id)
  const locked = query.where('organization_id', '=', actor.organization_id).forNoKeyUpdate()
  const bulk = await locked.executeTakeFirst()
  if (!bulk) throw new AppError('not_found')
  return bulk as Bulk
}

export type ListedBulk = Pick<Bulk, 'id' | 'action' | 'state' | 'total' | 'accepted' | 'refused' | 'created_at'> & {
  user_name: string
}

/** The organization's bulk actions, the latest first. */
export async function listBulks(db: Db, actor: Scope, limit: number, before?: string): Promise<ListedBulk[]> {
  let query = db
    .selectFrom('bulk_actions as b')
    .innerJoin('auth.user as u', 'u.id', 'b.user_id')
    .select([
      'b.id',
      'b.action',
      'b.state',
      'b.total',
      'b.accepted',
      'b.refused',
      'b.created_at',
      'u.name as user_name',
    ])
    .where('b.organization_id', '=', actor.organization_id)
  // Ids are made in the order of time.
  if (before !== undefined && isUuid(before)) query = query.where('b.id', '<', before)
  const rows = await query.orderBy('b.id', 'desc').limit(limit).execute()
  return rows as ListedBulk[]
}

/** How many rows have each outcome; those not tried yet under `null`. */
export async function countOutcomes(db: Db, bulk_id: string): Promise<Map<OutcomeCode | null, number>> {
  const { rows } = await sql<{ outcome: OutcomeCode | null; count: number }>`
    select outcome, count(*) as count from bulk_action_rows where bulk_action_id = ${bulk_id}
    group by outcome order by outcome`.execute(db)
  return new Map(rows.map(({ outcome, count }) => [outcome, count]))
}

export type ReportRow = {
  position: number
  serial: string
  product: string | null
  cells: string[]
  outcome: OutcomeCode | null
  detail: string | null
}

/** A page of the rows, in the order of the list. `outcome` shows only those, `found` which licenses they are. */
export async function listBulkRows(
  db: Db,
  bulk: Pick<Bulk, 'id'>,
  page: { after: number; limit: number; outcome?: OutcomeCode },
): Promise<ReportRow[]> {
  const only = page.outcome ? sql`and r.outcome = ${page.outcome}` : sql``
  const { rows } = await sql<ReportRow>`
    select r.position, r.serial, p.name || ' ' || v.version as product, r.cells, r.outcome, r.detail
    from bulk_action_rows r left join licenses l on l.id = r.license_id
    left join product_versions v on v.id = l.product_version_id left join products p on p.id = v.product_id
    where r.bulk_action_id = ${bulk.id} and r.position > ${page.after} ${only}
    order by r.position limit ${page.limit}`.execute(db)
  return rows
}

/** The next rows of a batch: in a dry run those not tried, else those whose dry run was good. */
export async function nextRows(trx: Trx, bulk_id: string, dry_run: boolean, limit: number): Promise<Row[]> {
  const waiting = dry_run ? sql`outcome is null` : sql`outcome = 'ok'`
  const { rows } = await sql<Row>`
    select position, serial, license_id, revision, cells from bulk_action_rows
    where bulk_action_id = ${bulk_id} and ${waiting} order by position limit ${limit}`.execute(trx)
  return rows
}
