import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Day, Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { findMatches, type Matches } from './find-matches.ts'
import { endsBetween, type LicenseKind, type LicenseStatus, type Meter } from './rules.ts'
import { type CatalogQuery, type CatalogSort, catalogSorts, type Order, orderOf, sortableBy } from './schemas.ts'
import { visibleLicenses } from './visible-licenses.ts'

export const pageSize = 50
/** Up to here licenses are counted for every page; counting a million would cost more than the page. */
export const countedAtMost = 1_000

export type CatalogRow = {
  id: string
  serial: string
  product_name: string
  product_code: string
  version: string
  kind: LicenseKind
  quantity: number
  meter: Meter
  status: LicenseStatus
  starts_on: Day | null
  ends_on: Day | null
  grace_days: number
  superseded_on: Day | null
  revoked_on: Day | null
  registered_on: Day | null
  customer_number: string
  customer_name: string
  order_number: string | null
}

export type CatalogPage = {
  rows: CatalogRow[]
  total: { count: number; exact: boolean }
  order: Order
  /** The orders that the page may be asked for in. */
  sortable: readonly CatalogSort[]
  /** The cursor of the next page, or undefined on the last. */
  next: string | undefined
}

/** One page of the licenses that the actor may see, in the order and with the filters of the query. */
export async function listCatalog(db: Db, actor: Member, query: CatalogQuery): Promise<CatalogPage> {
  const conditions = await conditionsOf(db, actor, query)
  const total = conditions
    ? await countLicenses(db, actor, conditions, query.count === 'all')
    : { count: 0, exact: true }
  const many = total.count > countedAtMost || !total.exact
  const sortable = sortableBy(query, many)
  const order = orderOf(query, sortable)
  const after = readCursor(query.after, order)
  const places =
    conditions && total.count > 0
      ? await listPlaces(db, actor, { order, after, conditions, many, size: pageSize + 1 })
      : []
  const shown = places.slice(0, pageSize)
  const rows = await listRows(
    db,
    actor,
    shown.map(({ id }) => id),
  )
  const last = places.length > pageSize ? shown.at(-1) : undefined
  return { rows, total, order, sortable, next: last && writeCursor(order, last) }
}

/** The first licenses of what a query finds, without counting or paging. */
export async function listFirst(db: Db, actor: Member, query: CatalogQuery, size: number): Promise<CatalogRow[]> {
  const conditions = await conditionsOf(db, actor, query)
  if (!conditions) return []
  const asked = { order: orderOf(query, sortableBy(query, true)), after: undefined, conditions, many: true, size }
  const places = await listPlaces(db, actor, asked)
  return listRows(
    db,
    actor,
    places.map(({ id }) => id),
  )
}

/** How many licenses a query finds, counted up to `countedAtMost`. */
export async function countCatalog(db: Db, actor: Member, query: CatalogQuery): Promise<CatalogPage['total']> {
  const conditions = await conditionsOf(db, actor, query)
  return conditions ? countLicenses(db, actor, conditions, false) : { count: 0, exact: true }
}

type Condition = RawBuilder<unknown>

/** What the rows of `l` must fulfil; undefined when nothing can. */
async function conditionsOf(db: Db, actor: Member, query: CatalogQuery): Promise<Condition[] | undefined> {
  const conditions: Condition[] = []
  if (query.q) {
    const named = query.q.length > 8000 ? [] : namedBy(await findMatches(db, actor, query.q))
    if (named.length === 0) return undefined
    conditions.push(sql`(${sql.join(named, sql` or `)})`)
  }
  if (query.product) {
    const versions = await listVersionIds(db, query.product)
    if (versions.length === 0) return undefined
    conditions.push(sql`l.product_version_id = any(${versions}::uuid[])`)
  }
  if (query.kind) conditions.push(sql`l.kind = ${query.kind}`)
  if (query.status) conditions.push(...(await withStatus(db, actor, query.status)))
  return conditions
}

function namedBy(found: Matches): Condition[] {
  const named: Condition[] = []
  if (found.serial_prefix) named.push(sql`l.serial_lookalike like ${`${found.serial_prefix}%`}`)
  if (found.product_version_ids.length > 0) {
    named.push(sql`l.product_version_id = any(${found.product_version_ids}::uuid[])`)
  }
  if (found.customer_ids.length > 0) named.push(sql`l.customer_id = any(${found.customer_ids}::uuid[])`)
  if (found.license_ids.length > 0) named.push(sql`l.id = any(${found.license_ids}::uuid[])`)
  if (found.order_line_ids.length > 0) named.push(sql`l.order_line_id = any(${found.order_line_ids}::uuid[])`)
  if (found.order_ids.length > 0) {
    named.push(sql`l.order_line_id = any(array(
      select id from order_lines where order_id = any(${found.order_ids}::uuid[])))`)
  }
  return named
}

async function listVersionIds(db: Db, product_code: string): Promise<string[]> {
  const versions = await db
    .selectFrom('product_versions as v')
    .innerJoin('products as p', 'p.id', 'v.product_id')
    .select('v.id')
    .where('p.code', '=', product_code)
    .execute()
  return versions.map(({ id }) => id)
}

/**
 * A status that follows from one column is that column, where an index can use it. Others are computed, and what they
 * imply about columns is said too. The planner takes an equality with a computed value for rare (1 in 200), a boolean
 * one for a toss: only the latter keeps it from collecting and sorting every expired license of a large account.
 */
async function withStatus(db: Db, actor: Member, status: LicenseStatus): Promise<Condition[]> {
  const { today } = actor
  if (status === 'revoked') return [sql`l.revoked_at is not null`]
  if (status === 'superseded') return [sql`l.superseded_at is not null and l.revoked_at is null`]
  const conditions: Condition[] = [sql`coalesce(${statusOf(today)} = ${status}, false)`]
  const ends = endsBetween(status, today, status === 'grace' ? await longestGrace(db, actor) : 0)
  if (ends) conditions.push(sql`${endOf} between ${ends.from}::date and ${ends.to}::date`)
  if (status === 'planned') conditions.push(sql`l.starts_on > ${today}::date`)
  return conditions
}

async function longestGrace(db: Db, actor: Member): Promise<number> {
  const longest = await db
    .selectFrom(visibleLicenses(db, actor).as('l'))
    .select('l.grace_days')
    .where('l.grace_days', '>', 0)
    .orderBy('l.grace_days', 'desc')
    .limit(1)
    .executeTakeFirst()
  return longest?.grace_days ?? 0
}

/** The status of a license `l` on the reader's day. */
export function statusOf(today: Day): RawBuilder<LicenseStatus> {
  return sql<LicenseStatus>`license_status(l.registered_at, l.starts_on, l.ends_on, l.grace_days,
    l.superseded_at, l.revoked_at, ${today}::date)`
}

/** Licenses without an end come after all others. */
const endOf = sql`coalesce(l.ends_on, 'infinity'::date)`

async function countLicenses(db: Db, actor: Member, conditions: Condition[], all: boolean) {
  const most = all ? sql`null` : sql`${countedAtMost + 1}::int`
  const counted = await sql<{ count: number }>`
    select count(*) as count from (
      select from ${visibleLicenses(db, actor)} l ${where(conditions)} limit ${most}) found`.execute(db)
  const { count } = counted.rows[0]!
  return all || count <= countedAtMost ? { count, exact: true } : { count: countedAtMost, exact: false }
}

function where(conditions: Condition[]): Condition {
  return conditions.length === 0 ? sql`` : sql`where ${sql.join(conditions, sql` and `)}`
}

/** A license and the value that the page is sorted by: where a page begins or ends. */
type Place = { id: string; value: string }
type Asked = { order: Order; after: Place | undefined; conditions: Condition[]; many: boolean; size: number }

/** Where the next page's licenses are. */
async function listPlaces(db: Db, actor: Member, asked: Asked): Promise<Place[]> {
  const { by } = asked.order
  const grouped = by === 'product' || by === 'customer' ? groups[by] : undefined
  const jump = grouped && (asked.many || asked.conditions.length === 0)
  const { rows } = await (jump ? byGroup(db, actor, asked, grouped) : inOrder(db, actor, asked)).execute(db)
  return rows
}

const sorts: Record<CatalogSort, { value: Condition; type: Condition; joins: Condition }> = {
  newest: { value: sql`coalesce(l.registered_at, l.created_at)`, type: sql`timestamptz`, joins: sql`` },
  serial: { value: sql`l.serial`, type: sql`text`, joins: sql`` },
  end: { value: endOf, type: sql`date`, joins: sql`` },
  product: {
    value: sql`(lower(p.name) || ' ' || v.released_on || ' ' || v.id) collate "C"`,
    type: sql`text`,
    joins: sql`join product_versions v on v.id = l.product_version_id join products p on p.id = v.product_id`,
  },
  customer: {
    value: sql`(lower(c.name) || ' ' || c.number) collate "C"`,
    type: sql`text`,
    joins: sql`join customers c on c.id = l.customer_id`,
  },
}

/** Reads an index from the cursor on, or sorts the few licenses that the conditions leave: the planner's choice. */
function inOrder(
  db: Db,
  actor: Member,
  { order: { by, direction }, after, conditions, size }: Asked,
): RawBuilder<Place> {
  const { value, type, joins } = sorts[by]
  const [beyond, order] = ways[direction]
  const all = after
    ? [...conditions, sql`(${value}, l.id) ${beyond} (${after.value}::${type}, ${after.id}::uuid)`]
    : conditions
  return sql<Place>`
    select l.id, ${value}::text as value from ${visibleLicenses(db, actor)} l ${joins} ${where(all)}
    order by ${value} ${order}, l.id ${order} limit ${size}`
}

const ways = { up: [sql`>`, sql`asc`], down: [sql`<`, sql`desc`] } as const

type Group = { column: Condition; value: Condition; from: Condition }

const groups: Record<'product' | 'customer', Group> = {
  product: {
    column: sql.ref('product_version_id'),
    value: sorts.product.value,
    from: sql`product_versions v on v.id = present.id join products p on p.id = v.product_id`,
  },
  customer: {
    column: sql.ref('customer_id'),
    value: sorts.customer.value,
    from: sql`customers c on c.id = present.id`,
  },
}

/**
 * Sorts many licenses by what stands in another table, without sorting them: finds the products (or customers) that
 * occur by jumping through the index from one to the next, puts those in order, and reads each one's licenses.
 */
function byGroup(db: Db, actor: Member, { order: { direction }, after, conditions, size }: Asked, group: Group) {
  const { column, value, from } = group
  const visible = visibleLicenses(db, actor)
  const [beyond, order] = ways[direction]
  const begin = after ? sql`where ${value} ${beyond}= ${after.value}` : sql``
  const rest = after ? [sql`(g.value <> ${after.value} or l.id ${beyond} ${after.id}::uuid)`] : []
  return sql<Place>`
    with recursive ${presentIn(visible, column)},
    ordered as (select present.id, ${value} as value from present join ${from} ${begin})
    select page.id, g.value from (select id, value from ordered order by value ${order}) g cross join lateral (
      select l.id from ${visible} l ${where([sql`l.${column} = g.id`, ...rest, ...conditions])}
      order by l.id ${order} limit ${size}) page
    order by g.value ${order}, page.id ${order} limit ${size}`
}

/** The values of an indexed column that occur: a jump from each to the next, however many licenses lie between. */
function presentIn(visible: ReturnType<typeof visibleLicenses>, column: Condition): Condition {
  return sql`present (id) as (
      (select l.${column} from ${visible} l order by l.${column} limit 1)
      union all
      select (select l.${column} from ${visible} l where l.${column} > present.id order by l.${column} limit 1)
      from present where present.id is not null
    )`
}

/** What the lists show of these licenses, in the order of the ids. */
export async function listRows(db: Db, actor: Member, ids: readonly string[]): Promise<CatalogRow[]> {
  if (ids.length === 0) return []
  return db
    .selectFrom(visibleLicenses(db, actor).as('l'))
    .innerJoin('product_versions as v', 'v.id', 'l.product_version_id')
    .innerJoin('products as p', 'p.id', 'v.product_id')
    .innerJoin('customers as c', 'c.id', 'l.customer_id')
    .leftJoin('order_lines as n', 'n.id', 'l.order_line_id')
    .leftJoin('orders as o', 'o.id', 'n.order_id')
    .select(['l.id', 'l.serial', 'l.kind', 'l.quantity', 'l.meter', 'l.starts_on', 'l.ends_on', 'l.grace_days'])
    .select(['v.version', 'p.name as product_name', 'p.code as product_code'])
    .select(['c.number as customer_number', 'c.name as customer_name', 'o.number as order_number'])
    .select([
      statusOf(actor.today).as('status'),
      dayOfColumn('l.registered_at', actor).as('registered_on'),
      dayOfColumn('l.superseded_at', actor).as('superseded_on'),
      dayOfColumn('l.revoked_at', actor).as('revoked_on'),
    ])
    .where('l.id', '=', sql<string>`any(${ids}::uuid[])`)
    .orderBy(sql`array_position(${ids}::uuid[], l.id)`)
    .$castTo<CatalogRow>()
    .execute()
}

/** The calendar day of a moment in the reader's time zone. */
export function dayOfColumn(column: string, actor: Member): RawBuilder<Day | null> {
  return sql<Day | null>`(${sql.ref(column)} at time zone ${actor.time_zone})::date`
}

/** The products that occur among the actor's licenses, for the filter; jumps through the index like a sort by product. */
export async function listProductsInCatalog(db: Db, actor: Member): Promise<{ code: string; name: string }[]> {
  const visible = visibleLicenses(db, actor)
  const { rows } = await sql<{ code: string; name: string }>`
    with recursive ${presentIn(visible, groups.product.column)}
    select distinct p.code, p.name from present join ${groups.product.from} order by p.name, p.code`.execute(db)
  return rows
}

const clock = String.raw`([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?`
const moments = new RegExp(String.raw`^\d{4}-\d\d-\d\d ${clock}\+00$`)

/** What PostgreSQL can read back as the type of each sort: a forged cursor must not become a failing statement. */
const values: Record<CatalogSort, (value: string) => boolean> = {
  newest: (value) => moments.test(value) && isDay(value.slice(0, 10)),
  end: (value) => value === 'infinity' || isDay(value),
  serial: isText,
  product: isText,
  customer: isText,
}

function isDay(value: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN
  return value >= '0001' && !Number.isNaN(time) && new Date(time).toISOString().startsWith(value)
}

function isText(value: string): boolean {
  return !value.includes('\0')
}

const cursorSchema = z.tuple([z.enum(catalogSorts), z.enum(['up', 'down']), z.string(), z.guid()])

function writeCursor({ by, direction }: Order, { value, id }: Place): string {
  return Buffer.from(JSON.stringify([by, direction, value, id])).toString('base64url')
}

/** A cursor of another order, or none at all, begins at the first page. */
function readCursor(text: string | undefined, order: Order): Place | undefined {
  try {
    const [by, direction, value, id] = cursorSchema.parse(JSON.parse(Buffer.from(text ?? '', 'base64url').toString()))
    return by === order.by && direction === order.direction && values[by](value) ? { value, id } : undefined
  } catch {
    return undefined
  }
}
