/** What a catalog's question means: conditions on licenses. */
import { type RawBuilder, sql } from 'kysely'
import type { Day, Member } from '../platform/actor.ts'
import { type Db, prepared } from '../platform/db/index.ts'
import { type Reach, reachOf } from './catalog-reach.ts'
import { beginsWith, escapeLike, findMatches, type Matches } from './find-matches.ts'
import { endsBetween, foldText, type LicenseStatus } from './rules.ts'
import type { CatalogQuery } from './schemas.ts'
import { granters, isGranted, type Scope, type Source, seesTags, sources } from './visible-licenses.ts'

export type Condition = RawBuilder<unknown>

export type Asked = {
  /** Who asks, and what is known of it. */
  scope: Scope
  /** What the rows of `l` must fulfil. */
  conditions: Condition[]
  /** The only licenses that can, where they are few: looked up one by one instead of searched for. */
  among: string[] | undefined
  /** The arms of the visible licenses that can hold some. */
  sources: readonly Source[]
  /** Some of very many that fulfil one of the conditions: likely enough to tell that there are many. */
  sample: string[] | undefined
  /** Others let the reader use so many licenses that those are read customer number by customer number. */
  fanned: boolean
  /** The text names more licenses by what they hold one by one than a search collects; see `namedAtMost`. */
  capped: boolean
}

/**
 * What a query asks of licenses; undefined when none can fulfil it. Part of every list of the catalog: what is
 * exported or changed in bulk must be what the page showed.
 */
export async function askedBy(db: Db, actor: Member, query: CatalogQuery, reach?: Reach): Promise<Asked | undefined> {
  const { granted, added } = reach ?? (await reachOf(db, actor))
  const scope = { ...actor, alone: granted === 'none' }
  const found = query.q ? await findMatches(db, scope, query.q) : undefined
  const parts = [
    found ? narrowedBy(found) : nothing,
    await ofVersions(db, query),
    await ofCustomer(db, query),
    await ofField(db, actor, query),
    await ofTag(db, actor, query),
    await withStatus(db, actor, query),
    ofColumns(actor, query),
  ]
  const conditions = parts.flatMap((part) => part.conditions ?? [])
  const among = parts
    .flatMap((part) => (part.among ? [part.among] : []))
    .reduce<string[] | undefined>(common, undefined)
  if (parts.some((part) => part.none) || among?.length === 0) return undefined
  const sample = parts.find((part) => part.sample)?.sample
  const all = query.source ? [query.source] : sources
  // Most have only their own: their questions are asked of fewer sources.
  const asked = all.filter((source) => (isGranted(source) ? granted !== 'none' : source === 'own' || added))
  if (asked.length === 0) return undefined
  const fanned = !among && granted === 'many'
  return { scope, conditions, among, sample, sources: asked, fanned, capped: found?.capped ?? false }
}

/**
 * Begins a statement about what a question asks. One without conditions is planned once; with them, the best plan
 * depends on how many licenses fulfil them, which only the values tell.
 */
export function preparedIfPlain({ conditions, among }: Asked): Condition {
  return conditions.length === 0 && !among ? prepared : sql``
}

/** What one part of a question leaves: conditions, a few licenses, or none at all. */
type Narrowed = { conditions?: Condition[]; among?: string[]; sample?: string[]; none?: boolean }
const nothing: Narrowed = {}
const none: Narrowed = { none: true }

function common(some: string[] | undefined, others: string[]): string[] {
  if (!some) return others
  const known = new Set(others)
  return some.filter((id) => known.has(id))
}

function narrowedBy(found: Matches): Narrowed {
  const named = namedBy(found)
  if (named.length === 0) return none
  const alone = named.length === 1 && found.license_ids.length > 0
  return alone ? { among: found.license_ids } : { conditions: [sql`(${sql.join(named, sql` or `)})`] }
}

/** Up to so many licenses with a tag or a value are looked up one by one; more are met soon enough in any order. */
const fewAtMost = 3_000

/** Narrows to licenses that another table `v` lists: a few by their ids, many by a look at each license met. */
async function toListed(db: Db, table: Condition, listed: Condition): Promise<Narrowed> {
  const { rows } = await sql<{ license_id: string }>`
    select license_id from ${table} v where ${listed} limit ${fewAtMost + 1}`.execute(db)
  if (rows.length === 0) return none
  const ids = rows.map(({ license_id }) => license_id)
  if (ids.length <= fewAtMost) return { among: ids }
  const isListed = sql`(select true from ${table} v where ${listed} and v.license_id = l.id)`
  return { conditions: [isListed], sample: ids.slice(0, 1_200) }
}

/** Conditions joined for a `where`, or nothing. */
export function where(conditions: Condition[]): Condition {
  return conditions.length === 0 ? sql`` : sql`where ${sql.join(conditions, sql` and `)}`
}

function namedBy(found: Matches): Condition[] {
  const named: Condition[] = []
  const anyOf = (column: Condition, ids: string[]) => {
    if (ids.length > 0) named.push(sql`${column} = any(${ids}::uuid[])`)
  }
  if (found.serial_prefix) named.push(beginsWith(found.serial_prefix))
  anyOf(sql`l.product_version_id`, found.product_version_ids)
  anyOf(sql`l.customer_id`, found.customer_ids)
  anyOf(sql`l.id`, found.license_ids)
  anyOf(sql`l.order_line_id`, found.order_line_ids)
  anyOf(sql`l.address_id`, found.address_ids)
  anyOf(sql`md5(l.contacts::text)::uuid`, found.contacts_ids)
  if (found.order_ids.length > 0) {
    named.push(sql`l.order_line_id = any(array(
      select id from order_lines where order_id = any(${found.order_ids}::uuid[])))`)
  }
  return named
}

async function ofVersions(db: Db, { product, version }: CatalogQuery): Promise<Narrowed> {
  if (!product && !version) return nothing
  const versions = await db
    .selectFrom('product_versions as v')
    .innerJoin('products as p', 'p.id', 'v.product_id')
    .select('v.id')
    .$if(product !== undefined, (q) => q.where('p.code', '=', product!))
    .$if(version !== undefined, (q) => q.where('v.version', '=', version!))
    .execute()
  if (versions.length === 0) return none
  return { conditions: [sql`l.product_version_id = any(${versions.map(({ id }) => id)}::uuid[])`] }
}

async function ofCustomer(db: Db, { customer }: CatalogQuery): Promise<Narrowed> {
  if (!customer) return nothing
  const spellings = [customer, customer.toUpperCase()]
  const customers = await db.selectFrom('customers').select('id').where('number', 'in', spellings).execute()
  if (customers.length === 0) return none
  return { conditions: [sql`l.customer_id = any(${customers.map(({ id }) => id)}::uuid[])`] }
}

/** A field that is no longer there narrows nothing. Texts may go on after what is asked; accents and case are alike. */
async function ofField(db: Db, actor: Member, { field, value }: CatalogQuery): Promise<Narrowed> {
  if (!field || !value) return nothing
  const found = await db
    .selectFrom('user_defined_fields')
    .select('type')
    .where('id', '=', field)
    .where('organization_id', '=', actor.organization_id)
    .where('deleted_at', 'is', null)
    .$if(actor.via !== undefined, (query) => query.where('shared', '=', true))
    .executeTakeFirst()
  if (!found) return nothing
  return toListed(
    db,
    sql.table('license_field_values'),
    sql`v.field_id = ${field}::uuid and ${hasValue(found.type, value)}`,
  )
}

async function ofTag(db: Db, actor: Member, { tag }: CatalogQuery): Promise<Narrowed> {
  if (!tag) return nothing
  const listed = sql`v.organization_id = ${actor.organization_id} and v.tag = ${tag} and ${seesTags(actor, 'v')}`
  return toListed(db, sql.table('license_tags'), listed)
}

function hasValue(type: string, value: string): Condition {
  switch (type) {
    case 'text':
      return sql`v.sort_value like ${`${escapeLike([...foldText(value)].slice(0, 200).join(''))}%`}`
    case 'choice':
      return sql`v.sort_value = ${[...foldText(value)].slice(0, 200).join('')} and v.value = ${value}`
    case 'yes_no':
      return sql`v.sort_value = ${value === 'true' ? '1' : '0'}`
    case 'date':
      return sql`v.sort_value = ${value}`
    default:
      return sql`v.value = ${value.replace(',', '.')}`
  }
}

function ofColumns(actor: Member, query: CatalogQuery): Narrowed {
  const { kind, owner, ends_from, ends_to, registered_from, registered_to } = query
  const conditions: Condition[] = []
  if (owner) conditions.push(sql`l.owner_id = ${owner}::uuid`)
  if (kind) conditions.push(sql`l.kind = ${kind}`)
  if (ends_from) conditions.push(sql`${endOf} >= ${ends_from}::date`)
  if (ends_to) conditions.push(sql`${endOf} <= ${ends_to}::date`)
  if (ends_from && !ends_to) conditions.push(sql`${endOf} < 'infinity'::date`)
  const midnight = (day: Day, plus = 0) =>
    sql`((${day}::date + ${plus}::int)::timestamp at time zone ${actor.time_zone})`
  if (registered_from) conditions.push(sql`${newestOf} >= ${midnight(registered_from)}`)
  if (registered_to) conditions.push(sql`${newestOf} < ${midnight(registered_to, 1)}`)
  if (registered_from || registered_to) conditions.push(sql`l.registered_at is not null`)
  return { conditions }
}

/**
 * A status that follows from one column is that column, where an index can use it. Others are computed, and what they
 * imply about columns is said too. The planner takes an equality with a computed value for rare (1 in 200), a boolean
 * one for a toss: only the latter keeps it from collecting and sorting every expired license of a large account.
 */
async function withStatus(db: Db, actor: Member, { status }: CatalogQuery): Promise<Narrowed> {
  if (!status) return nothing
  const { today } = actor
  if (status === 'revoked') return { conditions: [sql`l.revoked_at is not null`] }
  if (status === 'superseded') return { conditions: [sql`l.superseded_at is not null and l.revoked_at is null`] }
  const conditions: Condition[] = [sql`coalesce(${statusOf(today)} = ${status}, false)`]
  if (status === 'unregistered') conditions.push(sql`l.registered_at is null`)
  const ends = endsBetween(status, today, status === 'grace' ? await longestGrace(db, actor) : 0)
  if (ends) conditions.push(sql`${endOf} between ${ends.from}::date and ${ends.to}::date`)
  if (status === 'planned') conditions.push(sql`l.starts_on > ${today}::date`)
  return { conditions }
}

/** Of licenses that somebody owns: only registered ones can be in their grace period. Of others' the owner's longest. */
async function longestGrace(db: Db, actor: Member): Promise<number> {
  const longest = await db
    .selectFrom(
      sql<{ id: string }>`(select unnest(${actor.organization_id}::uuid || ${granters(actor)}) as id)`.as('o'),
    )
    .innerJoinLateral(
      (q) =>
        q
          .selectFrom('licenses as l')
          .select('l.grace_days')
          .whereRef('l.owner_id', '=', 'o.id')
          .where('l.grace_days', '>', 0)
          .orderBy('l.grace_days', 'desc')
          .limit(1)
          .as('longest'),
      (join) => join.onTrue(),
    )
    .select('longest.grace_days')
    .orderBy('longest.grace_days', 'desc')
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
export const endOf = sql`coalesce(l.ends_on, 'infinity'::date)`

/** When a license was registered, or bought. */
export const newestOf = sql`coalesce(l.registered_at, l.created_at)`
