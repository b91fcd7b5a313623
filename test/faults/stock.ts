/** Fills a place with what a trial uses up: buyers with accounts, products of each key scheme, licenses, pool keys. */
import { sql } from 'kysely'
import type { Db } from '../../src/platform/db/index.ts'
import { uuidv7 } from '../../src/platform/ids.ts'
import { aCustomer, anOrderLine, aProduct, fillPool } from '../licensing.ts'
import { ordersCsv } from '../orders.ts'
import { anAccount } from '../portal.ts'

const schemes = ['code', 'signed', 'file', 'file_host', 'pool', 'none'] as const
/** Who ordered the licenses of scheme `code`, and is told of their registration. */
const ordered_by = 'purchasing@customer.example'

export type Account = { email: string; organization_id: string }
export type Stock = {
  accounts: Account[]
  /** Products whose license files are bound to a host. */
  host_product: string
}

/** Each buyer's own licenses: `serialOf(buyer, 0)` to `serialOf(buyer, each - 1)`; those of `contested` are for all. */
export async function fill(db: Db, size: { buyers: number; each: number }): Promise<Stock> {
  const accounts: Account[] = []
  for (let n = 0; n < size.buyers; n++) accounts.push(await anAccount({ db }, `buyer${n}@customer.example`))
  const products = await Promise.all(schemes.map((key_scheme) => aProduct(db, { key_scheme })))
  const pool = products[schemes.indexOf('pool')]!
  await fillPool(db, pool, 10)
  const all = (size.buyers + 1) * size.each
  await sql`insert into pool_keys (id, product_id, key_text, imported_at)
    select gen_random_uuid(), ${pool.product_id}, 'TRIAL-' || n, now() from generate_series(1, ${all}::int) n`.execute(
    db,
  )
  const customer_id = await aCustomer(db)
  const { order_line_id } = await anOrderLine(db, customer_id, { contact_email: ordered_by, contact_name: 'Pat' })
  const versions = products.map(({ product_version_id }) => product_version_id)
  await sql`
    insert into licenses (id, serial, product_version_id, kind, meter, quantity, customer_id, order_line_id, created_at)
    select gen_random_uuid(), 'M' || lpad(b::text, 3, '0') || lpad(n::text, 8, '0'),
      (${versions}::uuid[])[1 + n % ${versions.length}::int], 'product', 'device', 1 + n % 7, ${customer_id}::uuid,
      case when n % ${versions.length}::int = 0 then ${order_line_id}::uuid end, now()
    from generate_series(0, ${size.buyers}::int) b, generate_series(0, ${size.each - 1}::int) n`.execute(db)
  return { accounts, host_product: products[schemes.indexOf('file_host')]!.product_id }
}

/** The last row of licenses belongs to whoever is first. */
export function contested({ accounts }: Stock): number {
  return accounts.length
}

export function serialOf(buyer: number, n: number): string {
  return `M${String(buyer).padStart(3, '0')}${String(n).padStart(8, '0')}`
}

/** Many licenses of scheme `file` for one basket that a job completes. */
export async function fillLarge(db: Db, prefix: string, count: number): Promise<string[]> {
  const product = await aProduct(db, { key_scheme: 'file' })
  const customer_id = await aCustomer(db)
  const serials = Array.from({ length: count }, (_, n) => `${prefix}${String(n).padStart(6, '0')}`)
  const ids = serials.map(() => uuidv7())
  await sql`
    insert into licenses (id, serial, product_version_id, kind, meter, quantity, customer_id, created_at)
    select id, serial, ${product.product_version_id}, 'product', 'device', 3, ${customer_id}, now()
    from unnest(${ids}::uuid[], ${serials}::text[]) as t (id, serial)`.execute(db)
  return serials
}

/** An order file for the catalog of `someCatalog`. */
export function orderLines(lines: number): string {
  const row = (n: number) => ({ order_number: `SO-${n >> 2}`, line: (n % 4) + 1, customer_number: `C-${n >> 4}` })
  return ordersCsv(Array.from({ length: lines }, (_, n) => row(n)))
}
