/** The orders of the catalog, and where its pages begin and end. */
import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { type Condition, preparedIfPlain, where } from './catalog-conditions.ts'
import { grantedSelects, sampleVersions } from './catalog-granted.ts'
import {
  type AskedPlaces,
  type Group,
  ofVersion,
  type Place,
  type Plain,
  type Sort,
  sortFor,
  sorts,
  text,
  ways,
} from './catalog-sorts.ts'
import { isDay } from './rules.ts'
import type { CatalogSort, Order } from './schemas.ts'
import { isGranted, licenseArms, type Source } from './visible-licenses.ts'

/** Where the next page's licenses are: the first of each arm, put together. */
export async function listPlaces(db: Db, actor: Member, places: AskedPlaces): Promise<Place[]> {
  const { by } = places.order
  return by.startsWith('field:')
    ? listByField(db, actor, places, by.slice('field:'.length))
    : listBySort(db, actor, places, sortFor(by as Plain, actor))
}

async function listBySort(db: Db, actor: Member, places: AskedPlaces, sort: Sort): Promise<Place[]> {
  const { order, asked, many, size, only } = places
  const arms = licenseArms(asked.scope, asked.among)
  const selects = asked.sources.flatMap((source) => {
    if (only || (many && asked.fanned && isGranted(source))) return grantedSelects(actor, source, places, sort)
    const jump = source === 'own' && sort.group && !asked.among && (many || asked.conditions.length === 0)
    return jump ? byGroup(arms.own, places, sort, sort.group!) : inOrder(arms[source], places, sort)
  })
  if (selects.length === 0) return []
  const way = ways[order.direction][1]
  const value = sort.collate ? sql`place.value collate "C"` : sql`place.value`
  const { rows } = await sql<Place>`${preparedIfPlain(asked)}
    select place.id, place.value::text as value from (${sql.join(
      selects.map((select) => sql`(${select})`),
      sql` union all `,
    )}) place
    order by ${value} ${way}, place.id ${way} limit ${sql.lit(size)}`.execute(db)
  return rows
}

type Arm = ReturnType<typeof licenseArms>[Source]

/** Reads an index from the cursor on, or sorts the few licenses that the conditions leave: the planner's choice. */
function inOrder(arm: Arm, { order, after, asked, size }: AskedPlaces, sort: Sort): RawBuilder<Place> {
  const { value, type, joins = sql``, id = sql`l.id` } = sort
  const [beyond, way] = ways[order.direction]
  const all = after
    ? [...asked.conditions, sql`(${value}, ${id}) ${beyond} (${after.value}::${type}, ${after.id}::uuid)`]
    : asked.conditions
  return sql<Place>`
    select l.id, ${value} as value from ${arm} l ${joins} ${where(all)}
    order by ${value} ${way}, ${id} ${way} limit ${sql.lit(size)}`
}

/**
 * Sorts many licenses by what stands in another table, without sorting them: finds the products (or customers) that
 * occur by jumping through the index from one to the next, puts those in order, and reads each one's licenses.
 */
function byGroup(own: Arm, { order, after, asked, size }: AskedPlaces, sort: Sort, { column, from }: Group) {
  const [beyond, way] = ways[order.direction]
  const value = column === sorts.kind.group?.column ? sql`present.id collate "C"` : sort.value
  const begin = after ? sql`where ${value} ${beyond}= ${after.value}` : sql``
  const rest = after ? [sql`(g.value <> ${after.value} or l.id ${beyond} ${after.id}::uuid)`] : []
  return sql<Place>`
    with recursive ${presentIn(own, column)},
    ordered as (select present.id, ${value} as value from present ${from} ${begin})
    select page.id, g.value from (select id, value from ordered where id is not null order by value ${way}) g
    cross join lateral (
      select l.id from ${own} l ${where([sql`l.${column} = g.id`, ...rest, ...asked.conditions])}
      order by l.id ${way} limit ${sql.lit(size)}) page
    order by g.value ${way}, page.id ${way} limit ${sql.lit(size)}`
}

/** The values of an indexed column that occur: a jump from each to the next, however many licenses lie between. */
function presentIn(own: Arm, column: Condition): Condition {
  return sql`present (id) as (
      (select l.${column} from ${own} l order by l.${column} limit 1)
      union all
      select (select l.${column} from ${own} l where l.${column} > present.id order by l.${column} limit 1)
      from present where present.id is not null
    )`
}

/** Product versions that occur among the licenses of each arm, as something to select from; see `sampleVersions`. */
export function presentVersions(actor: Member): Condition {
  const { own, added } = licenseArms(actor)
  return sql`(with recursive ${presentIn(own, ofVersion.column)}
    select id from present where id is not null
    union select l.product_version_id from ${added} l
    union ${sampleVersions(actor)})`
}

/**
 * First the licenses that have a value, in the order of values, which an index gives; then all others, the newest
 * first, whichever the direction. The value of a place tells which of the two it is of.
 */
async function listByField(db: Db, actor: Member, places: AskedPlaces, field_id: string): Promise<Place[]> {
  const { after, asked, size } = places
  const valued: Sort = {
    ...text,
    value: sql`f.sort_value`,
    id: sql`f.license_id`,
    joins: sql`join license_field_values f on f.license_id = l.id and f.field_id = ${field_id}::uuid`,
  }
  const begun = after?.value.startsWith('-')
  const cursor = after && { ...after, value: after.value.slice(1) }
  const first = begun ? [] : await listBySort(db, actor, { ...places, after: cursor }, valued)
  const named = first.map(({ id, value }) => ({ id, value: `=${value}` }))
  if (first.length === size) return named
  const without = sql`not exists (
    select from license_field_values f where f.license_id = l.id and f.field_id = ${field_id}::uuid)`
  const rest = await listBySort(
    db,
    actor,
    {
      ...places,
      order: { by: 'newest', direction: 'down' },
      after: begun ? cursor : undefined,
      asked: { ...asked, conditions: [...asked.conditions, without] },
      size: size - first.length,
    },
    sorts.newest,
  )
  return [...named, ...rest.map(({ id, value }) => ({ id, value: `-${value}` }))]
}

const clock = String.raw`([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?`
const moments = new RegExp(String.raw`^\d{4}-\d\d-\d\d ${clock}\+00$`)
const isMoment = (value: string) => moments.test(value) && isDay(value.slice(0, 10))
const isNumber = (value: string) => /^\d{1,9}$/.test(value)

/** Whether PostgreSQL can read a value as the type of its order: a forged cursor must not become a failing statement. */
function isReadable(by: CatalogSort, value: string): boolean {
  if (by === 'newest') return isMoment(value)
  if (by === 'end' || by === 'maintenance') return value === 'infinity' || isDay(value)
  if (by === 'quantity' || by === 'status') return isNumber(value)
  if (by.startsWith('field:')) return value.startsWith('-') ? isMoment(value.slice(1)) : isText(value)
  return isText(value)
}

function isText(value: string): boolean {
  return !value.includes('\0')
}

/** The place, and how many licenses stand before what follows it. */
export type Cursor = { place: Place; before: number }

const cursorSchema = z.tuple([
  z.string(),
  z.enum(['up', 'down']),
  z.string(),
  z.guid(),
  z.number().int().min(0).max(1e9),
])

export function writeCursor({ by, direction }: Order, { place, before }: Cursor): string {
  return Buffer.from(JSON.stringify([by, direction, place.value, place.id, before])).toString('base64url')
}

/** A cursor of another order, or none at all, begins at the first page. */
export function readCursor(text: string | undefined, order: Order): Cursor | undefined {
  try {
    const cursor = cursorSchema.parse(JSON.parse(Buffer.from(text ?? '', 'base64url').toString()))
    const [by, direction, value, id, before] = cursor
    const fits = by === order.by && direction === order.direction && isReadable(order.by, value)
    return fits ? { place: { id, value }, before } : undefined
  } catch {
    return undefined
  }
}
