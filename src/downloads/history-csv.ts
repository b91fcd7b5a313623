import type { T } from '../platform/i18n.ts'
import { csvLine, csvStream } from '../platform/tables/index.ts'
import type { DownloadRow } from './history.ts'

const columns: [head: Parameters<T>[0], cell: (row: DownloadRow) => string | number][] = [
  ['downloads.history.when', ({ started_at }) => started_at.toISOString()],
  ['downloads.history.organization', ({ organization }) => organization],
  ['downloads.history.who', ({ who }) => who ?? ''],
  ['downloads.history.address', ({ address }) => address ?? ''],
  ['downloads.history.license', ({ serial }) => serial ?? ''],
  ['downloads.product', ({ product_code }) => product_code],
  ['downloads.version', ({ version }) => version],
  ['downloads.file', ({ file }) => file],
  ['downloads.history.file_size', ({ size }) => size],
  ['downloads.history.bytes', ({ bytes }) => bytes],
  ['downloads.history.completed', ({ completed_at }) => completed_at?.toISOString() ?? ''],
]

/** Downloads for spreadsheets, made while they are read; formulas disarmed. Moments in UTC, sizes in bytes. */
export function downloadsCsv(pages: AsyncIterable<DownloadRow[]>, t: T): Response {
  const headers = {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="downloads.csv"',
    'cache-control': 'private, no-store',
  }
  return new Response(csvStream(partsOf(pages, t)), { headers })
}

async function* partsOf(pages: AsyncIterable<DownloadRow[]>, t: T) {
  yield csvLine(columns.map(([head]) => t(head as 'downloads.file')))
  for await (const page of pages) {
    yield page.map((row) => csvLine(columns.map(([, cell]) => String(cell(row))))).join('')
  }
}
