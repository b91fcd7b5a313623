/** The License Catalog: what a question finds, a page at a time. Exports and bulk actions go through all of it. */
import { sql } from 'kysely'
import type { Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { type Asked, askedBy, preparedIfPlain, where } from './catalog-conditions.ts'
import { listPairs } from './catalog-granted.ts'
import { listPlaces, presentVersions, readCursor, writeCursor } from './catalog-order.ts'
import { reachOf } from './catalog-reach.ts'
import { type CatalogField, type CatalogRow, listRows } from './catalog-rows.ts'
import type { AskedPlaces, Place } from './catalog-sorts.ts'
import { type CatalogQuery, type CatalogSort, type Order, orderOf, sortableBy } from './schemas.ts'
import { isGranted, licenseArms } from './visible-licenses.ts'

export const pageSize = 50
/** Up to here licenses are counted for every page; counting a million would cost more than the page. */
export const countedAtMost = 1_000

export type Total = { count: number; exact: boolean }

export type CatalogPage = {
  rows: CatalogRow[]
  total: Total
  order: Order
  /** The orders that the page may be asked for in. */
  sortable: readonly CatalogSort[]
  fields: CatalogField[]
  /** How many licenses stand before these. */
  before: number
  /** The text names more licenses than a search collects; see `namedAtMost`. */
  capped: boolean
  /** The cursor of the next page, or undefined on the last. */
  next: string | undefined
}

/** One page of the licenses that the actor may see, in the order and with the filters of the query. */
export async function listCatalog(db: Db, actor: Member, query: CatalogQuery): Promise<CatalogPage> {
  const reach = await reachOf(db, actor)
  const { fields } = reach
  const asked = await askedBy(db, actor, query, reach)
  const total = asked ? await countLicenses(db, asked, query.count === 'all') : none
  const many = isMany(total)
  const sortable = sortableBy(
    query,
    many,
    fields.map(({ id }) => id),
    asked?.fanned ?? false,
  )
  const order = orderOf(query, sortable)
  const cursor = readCursor(query.after, order)
  const places =
    asked && total.count > 0
      ? await listPlaces(db, actor, { order, after: cursor?.place, asked, many, size: pageSize + 1 })
      : []
  const shown = places.slice(0, pageSize)
  const ids = shown.map(({ id }) => id)
  const before = cursor?.before ?? 0
  const last = places.length > pageSize ? shown.at(-1) : undefined
  const next = last && writeCursor(order, { place: last, before: before + shown.length })
  const capped = asked?.capped ?? false
  return { rows: await listRows(db, actor, ids, asked?.sources), total, order, sortable, fields, before, capped, next }
}

const none: Total = { count: 0, exact: true }

function isMany({ count, exact }: Total): boolean {
  return !exact || count > countedAtMost
}

/** The first licenses of what a query finds, without counting or paging. */
export async function listFirst(db: Db, actor: Member, query: CatalogQuery, size: number): Promise<CatalogRow[]> {
  const asked = await askedBy(db, actor, query)
  if (!asked) return []
  const order = orderOf(query, sortableBy(query, true, [], asked.fanned))
  const places = await listPlaces(db, actor, { order, after: undefined, asked, many: true, size })
  return listRows(
    db,
    actor,
    places.map(({ id }) => id),
    asked.sources,
  )
}

/** How many licenses a query finds, counted up to `countedAtMost`. */
export async function countCatalog(db: Db, actor: Member, query: CatalogQuery): Promise<Total> {
  const asked = await askedBy(db, actor, query)
  return asked ? countLicenses(db, asked, false) : none
}

/** How many licenses a query finds, however long that takes. */
export async function countAll(db: Db, actor: Member, query: CatalogQuery): Promise<number> {
  const asked = await askedBy(db, actor, query)
  return asked ? (await countLicenses(db, asked, true)).count : 0
}

/**
 * The ids of all licenses that a query finds, in the order of its page, a thousand at a time: for exports and bulk
 * actions. Each part is a statement of its own, so nothing is held open and memory stays flat. Very many licenses of
 * others come after the rest, customer number by customer number: putting each thousand in one order would read them all.
 */
export async function* foundLicenses(db: Db, actor: Member, query: CatalogQuery): AsyncGenerator<string[]> {
  const reach = await reachOf(db, actor)
  const asked = await askedBy(db, actor, query, reach)
  if (!asked) return
  const many = isMany(await countLicenses(db, asked, false))
  const sortable = sortableBy(
    query,
    many,
    reach.fields.map(({ id }) => id),
    asked.fanned,
  )
  const order = orderOf(query, sortable)
  if (!many || !asked.fanned) return yield* inPages(db, actor, { order, asked, many })
  const direct = asked.sources.filter((source) => !isGranted(source))
  if (direct.length > 0) yield* inPages(db, actor, { order, asked: { ...asked, sources: direct }, many })
  for await (const only of listPairs(db, actor, asked)) yield* inPages(db, actor, { order, asked, many, only })
}

type Found = Omit<AskedPlaces, 'after' | 'size'>

async function* inPages(db: Db, actor: Member, found: Found): AsyncGenerator<string[]> {
  const size = 1_000
  for (let after: Place | undefined; ; ) {
    const places = await listPlaces(db, actor, { ...found, after, size })
    if (places.length > 0) yield places.map(({ id }) => id)
    if (places.length < size) return
    after = places.at(-1)
  }
}

async function countLicenses(db: Db, asked: Asked, all: boolean): Promise<Total> {
  if (all) return { count: await countUpTo(db, asked, undefined), exact: true }
  const most = countedAtMost + 1
  const { sample } = asked
  const many = sample && (await countUpTo(db, { ...asked, among: sample }, most)) === most
  const count = many ? most : await countUpTo(db, asked, most)
  return count < most ? { count, exact: true } : { count: countedAtMost, exact: false }
}

async function countUpTo(db: Db, asked: Asked, most: number | undefined): Promise<number> {
  const arms = licenseArms(asked.scope, asked.among)
  const limit = most === undefined ? sql`` : sql`limit ${sql.lit(most)}`
  // Limited each: for an arm of a union PostgreSQL plans to read all, and collects ninety thousand places of an index.
  const selects = asked.sources.map(
    (source) => sql`(select from ${arms[source]} l ${where(asked.conditions)} ${limit})`,
  )
  const { rows } = await sql<{ count: number }>`${preparedIfPlain(asked)}
    select count(*) as count from (
      select from (${sql.join(selects, sql` union all `)}) each ${limit}) found`.execute(db)
  return rows[0]!.count
}

export type CatalogProduct = { code: string; name: string; versions: string[] }

/** The products that occur in the actor's catalog, with their versions, for the filters. */
export async function listProductsInCatalog(db: Db, actor: Member): Promise<CatalogProduct[]> {
  const { rows } = await sql<CatalogProduct>`
    select p.code, p.name, array_agg(v.version order by v.released_on desc, v.version) as versions
    from ${presentVersions(actor)} present join product_versions v on v.id = present.id
    join products p on p.id = v.product_id group by p.id order by p.name, p.code`.execute(db)
  return rows
}
