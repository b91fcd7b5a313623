/** The catalog's order among very many licenses that other organizations let the reader use. */
import { type RawBuilder, sql } from 'kysely'
import type { Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { type Asked, where } from './catalog-conditions.ts'
import { type AskedPlaces, type Pair, type Place, type Sort, ways } from './catalog-sorts.ts'
import { grantedPairs, isGranted, listedLicenses, type Source } from './visible-licenses.ts'

/** What to put together for a page of a source: what is granted by customer number, and what one by one. */
export function grantedSelects(actor: Member, source: Source, places: AskedPlaces, sort: Sort): RawBuilder<Place>[] {
  const { only } = places
  if (!isGranted(source)) return []
  const delegated = source === 'delegated'
  const listed = delegated ? [] : [fromRows(sql`${listedLicenses(actor)} l`, places, sort)]
  if (only === 'listed') return listed
  if (!only) return [fanOut(actor, delegated, places, sort), ...listed]
  const ofPair = sql`(select * from licenses
    where owner_id = ${only.owner_id} and customer_id = ${only.customer_id}) l`
  return only.delegated === delegated ? [fromRows(ofPair, places, sort)] : []
}

function fromRows(rows: RawBuilder<unknown>, places: AskedPlaces, sort: Sort): RawBuilder<Place> {
  const way = ways[places.order.direction][1]
  return sql<Place>`select l.id, ${sort.value} as value from ${rows} ${sort.joins ?? sql``}
    ${where(conditionsOf(places, sort))} order by ${sort.value} ${way}, l.id ${way} limit ${sql.lit(places.size)}`
}

function conditionsOf({ order, after, asked }: AskedPlaces, { value, type }: Sort) {
  if (!after) return asked.conditions
  const beyond = ways[order.direction][0]
  return [...asked.conditions, sql`(${value}, l.id) ${beyond} (${after.value}::${type}, ${after.id}::uuid)`]
}

/**
 * The first of each customer number, from an index that has them in order, put together. A page of fifty can only hold
 * licenses of the fifty numbers whose first ones come first: no others are read further.
 */
function fanOut(actor: Member, delegated: boolean, places: AskedPlaces, sort: Sort) {
  const { value, joins = sql`` } = sort
  const { order, size } = places
  const way = ways[order.direction][1]
  const conditions = conditionsOf(places, sort)
  const first = (limit: number) => sql`
    select l.id, ${value} as value from licenses l ${joins}
    ${where([sql`l.owner_id = g.owner_id`, sql`l.customer_id = g.customer_id`, ...conditions])}
    order by ${value} ${way}, l.id ${way} limit ${sql.lit(limit)}`
  return sql<Place>`
    select page.id, page.value from (
      select g.owner_id, g.customer_id from ${grantedPairs(actor)} g cross join lateral (${first(1)}) one
      where g.delegated = ${delegated} order by one.value ${way}, one.id ${way} limit ${sql.lit(size)}) g
    cross join lateral (${first(size)}) page
    order by page.value ${way}, page.id ${way} limit ${sql.lit(size)}`
}

/** Customer numbers of others that the sources of a question grant, in some order, and then all that is listed. */
export async function* listPairs(db: Db, actor: Member, { sources }: Asked): AsyncGenerator<Pair | 'listed'> {
  const { rows } = await sql<Pair>`select owner_id, customer_id, delegated from ${grantedPairs(actor)} g
    where g.delegated = any(${sources.filter(isGranted).map((source) => source === 'delegated')}::boolean[])
    order by owner_id, customer_id`.execute(db)
  yield* rows
  if (sources.includes('shared')) yield 'listed'
}

/** Licenses looked at in all for the versions to filter by. */
const sampled = 5_000

/**
 * Product versions among the licenses of others: of a customer number with very many licenses those of the newest, so
 * that a page of the catalog reads some thousands of a million.
 */
export function sampleVersions(actor: Member) {
  return sql`select few.product_version_id from (
      select g.owner_id, g.customer_id, ${sampled}::int / count(*) over () as most from ${grantedPairs(actor)} g) g
    cross join lateral (select l.product_version_id from licenses l
      where l.owner_id = g.owner_id and l.customer_id = g.customer_id
      order by coalesce(l.registered_at, l.created_at) desc, l.id desc limit greatest(g.most, 10)) few
    union select l.product_version_id from ${listedLicenses(actor)} l`
}
