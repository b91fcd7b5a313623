/** A license as a line of a spreadsheet, in the reader's language. */
import type { T } from '../platform/i18n.ts'
import type { CatalogField } from './catalog-rows.ts'
import type { ExportContact, ExportRow } from './export-rows.ts'

export type Cell = string | number | null
type Column = { head: string; cell: (row: ExportRow) => Cell }

const before = ['serial', 'status', 'product_code', 'product', 'version', 'kind', 'quantity', 'meter'] as const
const facts = [
  'starts_on',
  'ends_on',
  'grace_days',
  'maintenance_until',
  'support_ends_on',
  'registered_on',
  'registered_to',
  'owner',
  'customer_number',
  'customer',
  'order_number',
  'order_line',
  'ordered_on',
  'purchase_order',
  'certificate_number',
  'reseller',
  'company',
  'street',
  'street2',
  'city',
  'region',
  'postal_code',
  'country',
  'contacts',
  'revoked_on',
  'revoked_reason',
  'superseded_on',
  'covers',
  'renews',
  'split_from',
  'tags',
] as const

/** Facts, user-defined fields, hosts and, for those who may take them, keys. */
export function columnsOf(t: T, fields: readonly CatalogField[], with_keys: boolean): Column[] {
  const words: Partial<Record<keyof ExportRow, (row: ExportRow) => Cell>> = {
    status: ({ status }) => t(`licenses.status.${status}`),
    kind: ({ kind }) => t(`licenses.kind.${kind}`),
    meter: ({ meter }) => t(`export.meter.${meter}`),
    contacts: ({ contacts }) => contacts.map(contactText).join('\n'),
    tags: ({ tags }) => tags?.join(', ') ?? null,
  }
  const facted = [...before, ...facts].map((name) => ({
    head: t(`export.column.${name}`),
    cell: words[name] ?? ((row: ExportRow) => row[name] as Cell),
  }))
  const texts = { true: t('export.yes'), false: t('export.no') }
  const own = fields.map((field) => ({ head: field.name, cell: (row: ExportRow) => valueCell(row, field, texts) }))
  const hosts = lines(t('export.column.hosts'), (key) => key.host_id)
  const files = lines(t('export.column.files'), (key) => key.file_name)
  const keys = lines(t('export.column.keys'), (key) => key.key_text)
  return [...facted, ...own, hosts, files, ...(with_keys ? [keys] : [])]
}

function contactText({ name, email, phone }: ExportContact): string {
  return [`${name} <${email}>`, phone].filter(Boolean).join(' ')
}

type Key = NonNullable<ExportRow['keys']>[number]

/** One line in the cell for each key that has it. */
function lines(head: string, of: (key: Key) => string | null): Column {
  return { head, cell: ({ keys }) => keys?.map(of).filter(Boolean).join('\n') ?? null }
}

/** More digits than these a spreadsheet would round. */
const mostDigits = 15

function valueCell({ values }: ExportRow, { id, type }: CatalogField, texts: Record<string, string>): Cell {
  const value = values?.[id]
  if (value === undefined) return null
  if (type === 'yes_no') return texts[value] ?? value
  return type === 'number' && value.replace(/\D/g, '').length <= mostDigits ? Number(value) : value
}
