import type { OrderRow, RowIssue } from './columns.ts'

/** What the catalog says of a product version, by `key` of code and version. */
export type CatalogEntry = { product_version_id: string; kind: string; key_scheme: string }
export type Catalog = { products: ReadonlySet<string>; versions: ReadonlyMap<string, CatalogEntry> }

/** An order that exists already. */
export type KnownOrder = { id: string; customer_number: string }

/** A line that exists already, with what a file may say of it. */
export type KnownLine = LineFacts & { license_id: string; customer_id: string; serial: string; registered: boolean }

/** What can be corrected until the license is registered; in a file and in the database of the same form. */
export type LineFacts = Pick<
  OrderRow,
  | 'quantity'
  | 'starts_on'
  | 'ends_on'
  | 'maintenance_until'
  | 'covers_serial'
  | 'renews_serial'
  | 'printed_key'
  | 'address_company'
  | 'address_street'
  | 'address_street2'
  | 'address_city'
  | 'address_region'
  | 'address_postal_code'
  | 'address_country'
> & { product_version_id: string }

export type Known = {
  catalog: Catalog
  orders: ReadonlyMap<string, KnownOrder>
  lines: ReadonlyMap<string, KnownLine>
  /** Serial numbers of the batch, or named by it, that exist. */
  serials: ReadonlySet<string>
}

export type Decision =
  | { kind: 'create'; entry: CatalogEntry }
  | { kind: 'correct'; known: KnownLine; entry: CatalogEntry }
  | { kind: 'unchanged' }
  | { kind: 'reject'; issue: RowIssue }

export const lineKey = (row: Pick<OrderRow, 'order_number' | 'line'>) => `${row.order_number}\u0000${row.line}`
export const versionKey = (code: string, version: string) => `${code}\u0000${version}`

/** What becomes of each row of a batch, in order; a row can be refused for what an earlier row of the batch says. */
export function decideRows(rows: readonly OrderRow[], known: Known): Decision[] {
  const seen = { lines: new Set<string>(), serials: new Set<string>(), customers: new Map<string, string>() }
  return rows.map((row) => {
    const decision = decideRow(row, known, seen)
    if (decision.kind === 'reject') return decision
    seen.lines.add(lineKey(row))
    seen.customers.set(row.order_number, row.customer_number)
    if (row.serial_number) seen.serials.add(row.serial_number)
    return decision
  })
}

type Seen = { lines: Set<string>; serials: Set<string>; customers: Map<string, string> }

function decideRow(row: OrderRow, known: Known, seen: Seen): Decision {
  const entry = known.catalog.versions.get(versionKey(row.product_code, row.version))
  if (!entry) {
    const hasProduct = known.catalog.products.has(row.product_code)
    return hasProduct ? reject('unknown_version', 'version') : reject('unknown_product', 'product_code')
  }
  const line = known.lines.get(lineKey(row))
  const issue = issueOf(row, entry, known, seen, line)
  if (issue) return { kind: 'reject', issue }
  if (!line) return { kind: 'create', entry }
  if (isSame(row, entry, line)) return { kind: 'unchanged' }
  return line.registered ? reject('already_registered') : { kind: 'correct', known: line, entry }
}

function issueOf(
  row: OrderRow,
  entry: CatalogEntry,
  known: Known,
  seen: Seen,
  line: KnownLine | undefined,
): RowIssue | undefined {
  if (seen.lines.has(lineKey(row))) return { issue: 'line_twice', column: 'line' }
  const customer = known.orders.get(row.order_number)?.customer_number ?? seen.customers.get(row.order_number)
  if (customer !== undefined && customer !== row.customer_number)
    return { issue: 'other_customer', column: 'customer_number' }
  if ((entry.kind === 'maintenance' || entry.kind === 'subscription') && !row.ends_on)
    return { issue: 'needs_end', column: 'ends_on' }
  if (entry.key_scheme === 'printed' && !row.printed_key) return { issue: 'needs_printed_key', column: 'printed_key' }
  return serialIssueOf(row, known, seen, line)
}

function serialIssueOf(row: OrderRow, known: Known, seen: Seen, line: KnownLine | undefined): RowIssue | undefined {
  const { serial_number } = row
  if (serial_number) {
    if (seen.serials.has(serial_number)) return { issue: 'serial_twice', column: 'serial_number' }
    const isOther = line ? line.serial !== serial_number : known.serials.has(serial_number)
    if (isOther) return { issue: 'serial_taken', column: 'serial_number' }
  }
  for (const column of ['covers_serial', 'renews_serial'] as const) {
    const named = row[column]
    if (named && !known.serials.has(named) && !seen.serials.has(named)) return { issue: 'unknown_serial', column }
  }
  return undefined
}

function isSame(row: OrderRow, entry: CatalogEntry, line: KnownLine): boolean {
  if (entry.product_version_id !== line.product_version_id) return false
  return (line.registered ? fixedFacts : comparedFacts).every((name) => row[name] === line[name])
}

/** What a registration may change is not compared any more once it has happened. */
const fixedFacts = ['quantity', 'starts_on', 'ends_on', 'printed_key'] as const
const comparedFacts = [
  ...fixedFacts,
  'maintenance_until',
  'covers_serial',
  'renews_serial',
  'address_company',
  'address_street',
  'address_street2',
  'address_city',
  'address_region',
  'address_postal_code',
  'address_country',
] as const

function reject(issue: RowIssue['issue'], column?: RowIssue['column']): Decision {
  return { kind: 'reject', issue: { issue, column } }
}
