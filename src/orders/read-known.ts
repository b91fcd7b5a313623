import { sql } from 'kysely'
import type { Db, Trx } from '../platform/db/index.ts'
import type { OrderRow } from './columns.ts'
import { type Catalog, type Known, type KnownLine, type KnownOrder, lineKey, versionKey } from './rules.ts'

/** All products and versions; a vendor has thousands at most. */
export async function readCatalog(db: Db): Promise<Catalog> {
  const rows = await db
    .selectFrom('product_versions as v')
    .innerJoin('products as p', 'p.id', 'v.product_id')
    .select(['p.code', 'p.kind', 'p.key_scheme', 'v.version', 'v.id as product_version_id'])
    .execute()
  return {
    products: new Set(rows.map(({ code }) => code)),
    versions: new Map(rows.map((row) => [versionKey(row.code, row.version), row])),
  }
}

/** What the database knows of a batch: its orders, its lines, and the serial numbers it names. */
export async function readKnown(trx: Trx, catalog: Catalog, rows: readonly OrderRow[]): Promise<Known> {
  const orders = await readOrders(trx, [...new Set(rows.map(({ order_number }) => order_number))])
  return {
    catalog,
    orders,
    lines: orders.size > 0 ? await readLines(trx, rows) : new Map(),
    serials: await readSerials(trx, rows),
  }
}

async function readOrders(trx: Trx, numbers: string[]): Promise<Map<string, KnownOrder>> {
  const { rows } = await sql<KnownOrder & { number: string }>`
    select o.number, o.id, c.number as customer_number from orders o join customers c on c.id = o.customer_id
    where o.number = any(${numbers}::text[])`.execute(trx)
  return new Map(rows.map((row) => [row.number, row]))
}

/** A line's first license is the one that the order made; splits and upgrades came later. */
async function readLines(trx: Trx, rows: readonly OrderRow[]): Promise<Map<string, KnownLine>> {
  const { rows: found } = await sql<KnownLine & { order_number: string; line: number }>`
    select distinct on (ol.id) o.number as order_number, ol.line_number as line, l.id as license_id, l.customer_id,
      l.serial, l.registered_at is not null as registered, l.product_version_id, l.quantity, l.starts_on, l.ends_on,
      l.maintenance_until, l.printed_key, covered.serial as covers_serial, renewed.serial as renews_serial,
      a.company as address_company, a.street as address_street, a.street2 as address_street2, a.city as address_city,
      a.region as address_region, a.postal_code as address_postal_code, a.country as address_country
    from unnest(${rows.map(({ order_number }) => order_number)}::text[], ${rows.map(({ line }) => line)}::integer[])
      as t (number, line)
    join orders o on o.number = t.number
    join order_lines ol on ol.order_id = o.id and ol.line_number = t.line
    join licenses l on l.order_line_id = ol.id
    left join licenses covered on covered.id = l.covers_license_id
    left join licenses renewed on renewed.id = l.renews_license_id
    left join addresses a on a.id = l.address_id
    order by ol.id, l.id`.execute(trx)
  return new Map(found.map((line) => [lineKey(line), line]))
}

async function readSerials(trx: Trx, rows: readonly OrderRow[]): Promise<Set<string>> {
  const named = rows
    .flatMap((row) => [row.serial_number, row.covers_serial, row.renews_serial])
    .filter((s) => s !== null)
  if (named.length === 0) return new Set()
  const { rows: found } = await sql<{ serial: string }>`
    select serial from licenses where serial = any(${named}::text[])`.execute(trx)
  return new Set(found.map(({ serial }) => serial))
}
