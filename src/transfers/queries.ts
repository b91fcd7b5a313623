import { sql } from 'kysely'
import { z } from 'zod'
import type { Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import type { Standing, TransferState } from './rules.ts'

export type Transfer = {
  id: string
  state: TransferState
  from_id: string
  to_id: string | null
  from_name: string
  /** Told to the offering side only once the other one accepted. */
  to_name: string | null
  to_email: string
  with_comments: boolean
  with_fields: boolean
  message: string
  offered_at: Date
  offered_by: string | null
  expires_at: Date
  decided_at: Date | null
  decided_by: string | null
  undo_until: Date | null
  undone_at: Date | null
  undone_by: string | null
  license_count: number
  /** The only license, where there is one. */
  serial: string | null
}

/** Transfers that the actor's organization offers or is offered, the latest first. */
export async function listTransfers(db: Db, { organization_id }: Member): Promise<Transfer[]> {
  const { rows } = await sql<Transfer>`${transfers}
    where t.from_id = ${organization_id} or t.to_id = ${organization_id}
    order by t.offered_at desc, t.id desc limit 200`.execute(db)
  return rows
}

/** @throws AppError `not_found` unless the actor's organization is a side of it. */
export async function getTransfer(
  db: Db,
  { organization_id }: Pick<Member, 'organization_id'>,
  id: string,
): Promise<Transfer> {
  if (!z.guid().safeParse(id).success) throw new AppError('not_found')
  const { rows } = await sql<Transfer>`${transfers}
    where t.id = ${id} and (t.from_id = ${organization_id} or t.to_id = ${organization_id})`.execute(db)
  if (!rows[0]) throw new AppError('not_found')
  return rows[0]
}

const transfers = sql`
  select t.id, t.state, t.from_id, t.to_id, f.name as from_name,
    case when t.state in ('accepted', 'undone') then o.name end as to_name, t.to_email, t.with_comments, t.with_fields,
    t.message, t.offered_at, u.name as offered_by, t.expires_at, t.decided_at, d.name as decided_by, t.undo_until,
    t.undone_at, n.name as undone_by,
    (select count(*)::int from ownership_transfer_licenses x where x.transfer_id = t.id) as license_count,
    (select min(l.serial) from ownership_transfer_licenses x join licenses l on l.id = coalesce(x.moved_id, x.license_id)
      where x.transfer_id = t.id having count(*) = 1) as serial
  from ownership_transfers t join organizations f on f.id = t.from_id left join organizations o on o.id = t.to_id
  left join auth."user" u on u.id = t.offered_by left join auth."user" d on d.id = t.decided_by
  left join auth."user" n on n.id = t.undone_by`

export type TransferLine = Standing & {
  license_id: string
  moved_id: string | null
  /** The part that goes; null for all of it. */
  part: number | null
  revision: number
  product: string
  meter: string
  /** Keys in force, which stay so. */
  keys: number
  owner_id: string | null
}

/** The licenses of a transfer as they stand. */
export async function listLines(db: Db, transfer_id: string): Promise<TransferLine[]> {
  const { rows } = await sql<TransferLine>`
    select x.license_id, x.moved_id, x.quantity as part, ${standing}
    from ownership_transfer_licenses x join licenses l on l.id = coalesce(x.moved_id, x.license_id)
    join product_versions v on v.id = l.product_version_id join products p on p.id = v.product_id
    where x.transfer_id = ${transfer_id} order by l.serial`.execute(db)
  return rows.map((row) => ({ ...row, ...relatedAmong(rows, row) }))
}

type Line = Omit<TransferLine, 'part' | 'moved_id'>

/** Licenses as they stand, found by their ids. */
export async function listStandings(db: Db, license_ids: readonly string[]): Promise<Line[]> {
  const { rows } = await sql<Line & { relatives: string[] }>`
    select l.id as license_id, ${standing} from licenses l
    join product_versions v on v.id = l.product_version_id join products p on p.id = v.product_id
    where l.id = any(${license_ids}::uuid[]) order by l.serial`.execute(db)
  return rows.map((row) => ({ ...row, ...relatedAmong(rows, row) }))
}

const standing = sql`
  l.serial, l.quantity, l.revision, l.meter, l.owner_id, p.name || ' ' || v.version as product,
  l.registered_at is not null as registered, l.revoked_at is not null as revoked,
  l.superseded_at is not null as superseded, l.upgraded_quantity > 0 as upgrading,
  exists (select from service_requests r where r.license_id = l.id and r.state = 'open')
    or exists (select from license_keys k where k.license_id = l.id and k.temporary and k.superseded_at is null
      and k.revoked_at is null) as request_open,
  array(select o.id from licenses o where o.owner_id = l.owner_id and o.revoked_at is null
    and (o.covers_license_id = l.id or o.id = l.covers_license_id)) as relatives,
  (select count(*)::int from license_keys k where k.license_id = l.id and k.superseded_at is null
    and k.revoked_at is null) as keys`

/** What covers a license, or is covered by it, goes along or neither does. */
function relatedAmong(all: { license_id: string }[], row: object) {
  const { relatives } = row as { relatives: string[] }
  const known = new Set(all.map(({ license_id }) => license_id))
  return { related: relatives.some((id) => !known.has(id)) }
}

/** How many offers wait for an answer of the actor's organization. */
export async function countOffers(db: Db, { organization_id, now }: Member): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from ownership_transfers
    where to_id = ${organization_id} and state = 'offered' and expires_at > ${now}`.execute(db)
  return rows[0]!.count
}

/** The open offer that a license stands in, if any. */
export async function findOpenOffer(db: Db, license_id: string, now: Date): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`select t.id from ownership_transfer_licenses x
    join ownership_transfers t on t.id = x.transfer_id
    where x.license_id = ${license_id} and t.state = 'offered' and t.expires_at > ${now} limit 1`.execute(db)
  return rows[0]?.id
}
