import { type RawBuilder, sql } from 'kysely'
import type { Day, Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { mostSerials } from './schemas.ts'

/** Licenses of one order, or of a customer without an order, that nobody has registered yet. */
export type Purchase = {
  /** Id of the order; of the customer when there is none. */
  id: string
  order_number: string | null
  ordered_on: Day | null
  purchase_order: string | null
  customer_number: string
  customer_name: string
  products: string[]
  waiting: number
}

/** Licenses looked at for one page; an account may have millions waiting. */
const lookedAt = 1_000
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Whether a license `l` can be registered. */
const isWaiting = sql`l.registered_at is null and l.revoked_at is null and l.superseded_at is null
  and l.owner_id is null and not exists (
    select from order_lines n join orders o on o.id = n.order_id
    where n.id = l.order_line_id and o.cancelled_at is not null)`

/** The newest licenses that wait for the customer numbers of an organization, `id` and `purchase_id` of each. */
function newestWaiting(actor: Member, condition: RawBuilder<unknown>, most: number): RawBuilder<unknown> {
  return sql`
    select w.id, w.serial, w.customer_id, n.order_id, coalesce(n.order_id, w.customer_id) as purchase_id
    from customer_associations a
    cross join lateral (
      select l.id, l.serial, l.customer_id, l.order_line_id from licenses l
      where l.customer_id = a.customer_id and ${isWaiting} and ${condition}
      order by l.id desc limit ${most}::int) w
    left join order_lines n on n.id = w.order_line_id
    where a.organization_id = ${actor.organization_id}::uuid
    order by w.id desc limit ${most}::int`
}

/** The licenses of one purchase that wait. */
function waitingIn(purchase_id: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select l.* from order_lines n join licenses l on l.order_line_id = n.id
    where n.order_id = ${purchase_id} and ${isWaiting}
    union all
    select l.* from licenses l where l.customer_id = ${purchase_id} and l.order_line_id is null and ${isWaiting}`
}

/**
 * Purchases of the organization's customer numbers that wait to be registered, the newest first, `size` a page.
 * `before` is the cursor that the page before gave as `next`.
 */
export async function listPurchases(
  db: Db,
  actor: Member,
  { before, size }: { before?: string | undefined; size: number },
): Promise<{ rows: Purchase[]; next: string | undefined }> {
  const cursor = before && uuid.test(before) ? before : undefined
  const beyond = cursor ? sql`l.id < ${cursor}::uuid` : sql`true`
  const { rows } = await sql<Purchase & { newest: string; seen: number; oldest_seen: string }>`
    with waiting as materialized (${newestWaiting(actor, beyond, lookedAt)}),
    purchases as (
      select purchase_id as id, order_id, customer_id, max(id::text) as newest from waiting w
      where ${cursor ? isFirstShownAfter(cursor) : sql`true`}
      group by purchase_id, order_id, customer_id order by newest desc limit ${size + 1}::int)
    select p.id, p.newest, seen.*, o.number as order_number, o.ordered_on, o.purchase_order,
      c.number as customer_number, c.name as customer_name, whole.products, whole.waiting
    from purchases p join customers c on c.id = p.customer_id left join orders o on o.id = p.order_id
    cross join (select count(*) as seen, min(id::text) as oldest_seen from waiting) seen
    cross join lateral (
      select count(*) as waiting, array_agg(distinct r.name || ' ' || v.version) as products
      from (${waitingIn(sql`p.id`)}) l
      join product_versions v on v.id = l.product_version_id join products r on r.id = v.product_id) whole
    order by p.newest desc`.execute(db)
  const shown = rows.slice(0, size).map(({ newest, seen, oldest_seen, ...purchase }) => purchase)
  const last = rows[size - 1]
  if (rows.length > size) return { rows: shown, next: last!.newest }
  const [first] = rows
  return { rows: shown, next: first && first.seen === lookedAt ? first.oldest_seen : undefined }
}

/** A purchase that began on an earlier page was shown there with all its licenses. */
function isFirstShownAfter(cursor: string): RawBuilder<unknown> {
  return sql`not exists (select from (${waitingIn(sql`w.purchase_id`)}) l where l.id >= ${cursor}::uuid)`
}

/** How many licenses of the organization's customer numbers wait to be registered, counted up to `most`. */
export async function countWaiting(db: Db, actor: Member, most: number) {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (${newestWaiting(actor, sql`true`, most + 1)}) w`.execute(db)
  const { count } = rows[0]!
  return { count: Math.min(count, most), exact: count <= most }
}

/** Serial numbers that wait in one purchase of the organization's customer numbers, or in all; a basket full at most. */
export async function listWaitingSerials(db: Db, actor: Member, purchase_id: string | 'all'): Promise<string[]> {
  if (purchase_id === 'all') {
    const { rows } = await sql<{ serial: string }>`
      select serial from (${newestWaiting(actor, sql`true`, mostSerials)}) w order by id`.execute(db)
    return rows.map(({ serial }) => serial)
  }
  if (!uuid.test(purchase_id)) return []
  const { rows } = await sql<{ serial: string }>`
    select l.serial from (${waitingIn(sql`${purchase_id}::uuid`)}) l
    join customer_associations a on a.customer_id = l.customer_id and a.organization_id = ${actor.organization_id}::uuid
    order by l.id limit ${mostSerials}::int`.execute(db)
  return rows.map(({ serial }) => serial)
}
