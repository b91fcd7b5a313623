/** What a catalog's question means: conditions on licenses. */
import { type RawBuilder, sql } from 'kysely'
import type { Day, Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { escapeLike, findMatches, type Matches } from './find-matches.ts'
import { dayAfter, endsBetween, foldText, type LicenseStatus } from './rules.ts'
import type { CatalogQuery } from './schemas.ts'
import { licenseArms, type Source, sources } from './visible-licenses.ts'

export type Condition = RawBuilder<unknown>

export type Asked = {
  /** What the rows of `l` must fulfil. */
  conditions: Condition[]
  /** The arms of the visible licenses that can hold some. */
  sources: readonly Source[]
  /** The text names more licenses by what they hold one by one than a search collects; see `namedAtMost`. */
  capped: boolean
}

/**
 * What a query asks of licenses; undefined when none can fulfil it. Part of every list of the catalog: what is
 * exported or changed in bulk must be what the page showed.
 */
export async function askedBy(db: Db, actor: Member, query: CatalogQuery): Promise<Asked | undefined> {
  const asked: Asked = { conditions: [], sources: query.source ? [query.source] : sources, capped: false }
  const { conditions } = asked
  if (query.q) {
    const found = query.q.length > 8000 ? undefined : await findMatches(db, actor, query.q)
    const named = found ? namedBy(found) : []
    if (named.length === 0) return undefined
    conditions.push(sql`(${sql.join(named, sql` or `)})`)
    asked.capped = found!.capped
  }
  for (const narrowed of await Promise.all([
    ofVersions(db, query),
    ofCustomer(db, query),
    ofField(db, actor, query),
    withStatus(db, actor, query),
  ])) {
    if (!narrowed) return undefined
    conditions.push(...narrowed)
  }
  conditions.push(...ofColumns(actor, query))
  return asked
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
  if (found.serial_prefix) named.push(sql`l.serial_lookalike like ${`${found.serial_prefix}%`}`)
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

async function ofVersions(db: Db, { product, version }: CatalogQuery): Promise<Condition[] | undefined> {
  if (!product && !version) return []
  const versions = await db
    .selectFrom('product_versions as v')
    .innerJoin('products as p', 'p.id', 'v.product_id')
    .select('v.id')
    .$if(product !== undefined, (q) => q.where('p.code', '=', product!))
    .$if(version !== undefined, (q) => q.where('v.version', '=', version!))
    .execute()
  if (versions.length === 0) return undefined
  return [sql`l.product_version_id = any(${versions.map(({ id }) => id)}::uuid[])`]
}

async function ofCustomer(db: Db, { customer }: CatalogQuery): Promise<Condition[] | undefined> {
  if (!customer) return []
  const spellings = [customer, customer.toUpperCase()]
  const customers = await db.selectFrom('customers').select('id').where('number', 'in', spellings).execute()
  return customers.length === 0 ? undefined : [sql`l.customer_id = any(${customers.map(({ id }) => id)}::uuid[])`]
}

/** A field that is no longer there narrows nothing. Texts may go on after what is asked; accents and case are alike. */
async function ofField(db: Db, actor: Member, { field, value }: CatalogQuery): Promise<Condition[]> {
  if (!field || !value) return []
  const found = await db
    .selectFrom('user_defined_fields')
    .select('type')
    .where('id', '=', field)
    .where('organization_id', '=', actor.organization_id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (!found) return []
  return [
    sql`l.id in (select license_id from license_field_values v
    where v.field_id = ${field}::uuid and ${hasValue(found.type, value)})`,
  ]
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

function ofColumns(actor: Member, query: CatalogQuery): Condition[] {
  const { kind, tag, ends_from, ends_to, registered_from, registered_to } = query
  const conditions: Condition[] = []
  if (kind) conditions.push(sql`l.kind = ${kind}`)
  if (tag) {
    conditions.push(sql`l.id in (select license_id from license_tags
      where organization_id = ${actor.organization_id} and tag = ${tag})`)
  }
  if (ends_from) conditions.push(sql`${endOf} >= ${ends_from}::date`)
  if (ends_to) conditions.push(sql`${endOf} <= ${ends_to}::date`)
  if (ends_from && !ends_to) conditions.push(sql`${endOf} < 'infinity'::date`)
  const midnight = (day: Day) => sql`(${day}::date::timestamp at time zone ${actor.time_zone})`
  if (registered_from) conditions.push(sql`${newestOf} >= ${midnight(registered_from)}`)
  if (registered_to) conditions.push(sql`${newestOf} < ${midnight(dayAfter(registered_to, 1))}`)
  if (registered_from || registered_to) conditions.push(sql`l.registered_at is not null`)
  return conditions
}

/**
 * A status that follows from one column is that column, where an index can use it. Others are computed, and what they
 * imply about columns is said too. The planner takes an equality with a computed value for rare (1 in 200), a boolean
 * one for a toss: only the latter keeps it from collecting and sorting every expired license of a large account.
 */
async function withStatus(db: Db, actor: Member, { status }: CatalogQuery): Promise<Condition[]> {
  if (!status) return []
  const { today } = actor
  if (status === 'revoked') return [sql`l.revoked_at is not null`]
  if (status === 'superseded') return [sql`l.superseded_at is not null and l.revoked_at is null`]
  const conditions: Condition[] = [sql`coalesce(${statusOf(today)} = ${status}, false)`]
  if (status === 'unregistered') conditions.push(sql`l.registered_at is null`)
  const ends = endsBetween(status, today, status === 'grace' ? await longestGrace(db, actor) : 0)
  if (ends) conditions.push(sql`${endOf} between ${ends.from}::date and ${ends.to}::date`)
  if (status === 'planned') conditions.push(sql`l.starts_on > ${today}::date`)
  return conditions
}

/** Of the organization's own licenses: only registered ones can be in their grace period. */
async function longestGrace(db: Db, actor: Member): Promise<number> {
  const longest = await db
    .selectFrom(licenseArms(db, actor).own.as('l'))
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
export const endOf = sql`coalesce(l.ends_on, 'infinity'::date)`

/** When a license was registered, or bought. */
export const newestOf = sql`coalesce(l.registered_at, l.created_at)`
