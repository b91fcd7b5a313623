import type { Day } from '../platform/actor.ts'

/** Why a row of an order file was not taken; `column` names the cell, when it is one. */
export type RowIssue = { issue: RowIssueCode; column?: ColumnName }

export const rowIssues = [
  'required',
  'too_long',
  'not_a_number',
  'not_a_date',
  'not_a_country',
  'not_an_email',
  'not_a_serial',
  'not_yes_or_no',
  'ends_before_start',
  'broken_row',
  'too_many_cells',
  'unknown_product',
  'unknown_version',
  'needs_end',
  'needs_printed_key',
  'incomplete_address',
  'other_customer',
  'serial_taken',
  'serial_twice',
  'unknown_serial',
  'line_twice',
  'already_registered',
] as const
export type RowIssueCode = (typeof rowIssues)[number]

/** A row of an order file after its cells were read. Empty cells are null. */
export type OrderRow = {
  order_number: string
  line: number
  order_date: Day
  customer_number: string
  customer_name: string
  country: string
  language: string | null
  purchase_order: string | null
  reseller: string | null
  certificate_number: string | null
  contact_name: string | null
  contact_email: string | null
  product_code: string
  version: string
  quantity: number
  serial_number: string | null
  starts_on: Day | null
  ends_on: Day | null
  maintenance_until: Day | null
  covers_serial: string | null
  renews_serial: string | null
  printed_key: string | null
  address_company: string | null
  address_street: string | null
  address_street2: string | null
  address_city: string | null
  address_region: string | null
  address_postal_code: string | null
  address_country: string | null
  cancelled: boolean | null
}

export type ColumnName = keyof OrderRow
type Read = (text: string) => string | number | boolean | RowIssueCode[]

const text =
  (longest: number): Read =>
  (value) =>
    value.length <= longest ? value : ['too_long']

const day: Read = (value) => {
  const iso = /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : ''
  const moment = new Date(`${iso}T00:00:00Z`)
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(iso) ? iso : ['not_a_date']
}

const count: Read = (value) => {
  const number = Number(value)
  return /^\d{1,9}(\.0+)?$/.test(value) && number > 0 ? number : ['not_a_number']
}

const country: Read = (value) => (/^[A-Za-z]{2}$/.test(value) ? value.toUpperCase() : ['not_a_country'])
const serial: Read = (value) => (/^[A-Za-z0-9-]{6,40}$/.test(value) ? value : ['not_a_serial'])
const email: Read = (value) =>
  value.length <= 254 && /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(value) ? value : ['not_an_email']

const yesOrNo: Read = (value) => {
  if (/^(yes|y|true|1)$/i.test(value)) return true
  return /^(no|n|false|0)$/i.test(value) ? false : ['not_yes_or_no']
}

/** The columns of an order file; docs/orders-import.md explains them to whoever makes the file. */
export const columns: Record<ColumnName, { required?: true; read: Read }> = {
  order_number: { required: true, read: text(40) },
  line: { required: true, read: count },
  order_date: { required: true, read: day },
  customer_number: { required: true, read: text(40) },
  customer_name: { required: true, read: text(200) },
  country: { required: true, read: country },
  language: { read: text(20) },
  purchase_order: { read: text(80) },
  reseller: { read: text(200) },
  certificate_number: { read: text(40) },
  contact_name: { read: text(200) },
  contact_email: { read: email },
  product_code: { required: true, read: text(40) },
  version: { required: true, read: text(40) },
  quantity: { required: true, read: count },
  serial_number: { read: serial },
  starts_on: { read: day },
  ends_on: { read: day },
  maintenance_until: { read: day },
  covers_serial: { read: serial },
  renews_serial: { read: serial },
  printed_key: { read: text(500) },
  address_company: { read: text(200) },
  address_street: { read: text(200) },
  address_street2: { read: text(200) },
  address_city: { read: text(100) },
  address_region: { read: text(100) },
  address_postal_code: { read: text(20) },
  address_country: { read: country },
  cancelled: { read: yesOrNo },
}

export const columnNames = Object.keys(columns) as ColumnName[]

/** Where each column stands in a file, and what its head line lacks or has that we do not know. */
export type Head = { at: (ColumnName | null)[]; missing: ColumnName[]; unknown: string[]; twice: string[] }

/** Reads the head line; any order, any case, blanks or dashes for underscores. */
export function readHead(cells: string[]): Head {
  const names = cells.map((cell) =>
    cell
      .trim()
      .toLowerCase()
      .replace(/[\s-]+/g, '_'),
  )
  const at = names.map((name) => (Object.hasOwn(columns, name) ? (name as ColumnName) : null))
  return {
    at,
    missing: columnNames.filter((name) => columns[name].required && !at.includes(name)),
    unknown: cells.filter((cell, n) => at[n] === null && cell.trim() !== ''),
    twice: names.filter((name, n) => at[n] !== null && names.indexOf(name) !== n),
  }
}

/** Reads the cells of one row. @returns the row, or the first thing that is wrong with it. */
export function readRow(head: Head, cells: string[]): OrderRow | RowIssue {
  if (cells.slice(head.at.length).some((cell) => cell.trim() !== '')) return { issue: 'too_many_cells' }
  const row: Record<string, unknown> = { ...emptyRow }
  for (const [n, column] of head.at.entries()) {
    if (!column) continue
    const value = cells[n]?.trim() ?? ''
    if (value === '') continue
    const read = columns[column].read(value.includes('\0') ? value.replaceAll('\0', '') : value)
    if (Array.isArray(read)) return { issue: read[0]!, column }
    row[column] = read
  }
  return issueOf(row as OrderRow) ?? (row as OrderRow)
}

const emptyRow = Object.fromEntries(columnNames.map((name) => [name, null]))
const required = columnNames.filter((name) => columns[name].required)

function issueOf(row: OrderRow): RowIssue | undefined {
  const missing = required.find((name) => row[name] === null)
  if (missing) return { issue: 'required', column: missing }
  if (row.starts_on && row.ends_on && row.starts_on > row.ends_on)
    return { issue: 'ends_before_start', column: 'ends_on' }
  const address = [row.address_company, row.address_street, row.address_city, row.address_country]
  const given = address.filter((part) => part !== null).length
  if (given > 0 && given < address.length) return { issue: 'incomplete_address', column: 'address_street' }
  return undefined
}

export function isIssue(read: OrderRow | RowIssue): read is RowIssue {
  return 'issue' in read
}
