import { Readable } from 'node:stream'
import type { T } from '../platform/i18n.ts'
import { csvLine, csvStream } from '../platform/tables/index.ts'
import { zipStream } from '../platform/zip.ts'

/** A license with one of its keys; without, when it has none. */
export type TakenKey = {
  serial: string
  product_code: string
  product: string
  version: string
  quantity: number
  host_type: string | null
  host_id: string | null
  key_text: string | null
  file_name: string | null
  file_content: string | null
  key_id: string | null
}

/** License files in one ZIP, made while it is sent. */
export function licenseFilesZip(pages: AsyncIterable<TakenKey[]>, modified: Date): ReadableStream<Uint8Array> {
  return Readable.toWeb(zipStream(licenseFiles(pages, modified))) as ReadableStream<Uint8Array>
}

async function* licenseFiles(pages: AsyncIterable<TakenKey[]>, modified: Date) {
  const used = new Set<string>()
  for await (const page of pages) {
    for (const { file_name, file_content, key_id } of page) {
      if (!file_name || file_content === null) continue
      const name = used.has(file_name) ? file_name.replace(/\.slf$/, `-${key_id}.slf`) : file_name
      used.add(name)
      yield { name, content: file_content, modified }
    }
  }
}

const columns = [
  'serial',
  'product_code',
  'product',
  'version',
  'quantity',
  'host_type',
  'host_id',
  'key',
  'file',
  'key_id',
] as const

/** Serial numbers and keys for spreadsheets, a line per key, formulas disarmed. */
export function licenseKeysCsv(pages: AsyncIterable<TakenKey[]>, t: T): ReadableStream<Uint8Array> {
  return csvStream(csvParts(pages, t))
}

async function* csvParts(pages: AsyncIterable<TakenKey[]>, t: T) {
  yield csvLine(columns.map((column) => t(`registration.csv.${column}`)))
  for await (const page of pages)
    yield page.map((row) => csvLine(columns.map((column) => cellOf(row, column)))).join('')
}

function cellOf(row: TakenKey, column: (typeof columns)[number]) {
  if (column === 'key') return row.key_text
  return column === 'file' ? row.file_name : row[column]
}
