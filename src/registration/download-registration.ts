import { Readable } from 'node:stream'
import type { Db } from '../platform/db/index.ts'
import type { T } from '../platform/i18n.ts'
import { csvLine } from '../platform/tables/index.ts'
import { zipStream } from '../platform/zip.ts'
import { issuedKeys, type Registration } from './queries.ts'

/** All license files of a registration in one ZIP, made while it is sent. */
export function licenseFilesZip(db: Db, registration: Registration): ReadableStream<Uint8Array> {
  return Readable.toWeb(zipStream(licenseFiles(db, registration))) as ReadableStream<Uint8Array>
}

async function* licenseFiles(db: Db, { id, completed_at }: Registration) {
  const used = new Set<string>()
  for await (const page of issuedKeys(db, id, { files: true })) {
    for (const { file_name, file_content, key_id } of page) {
      if (!file_name || file_content === null) continue
      const name = used.has(file_name) ? file_name.replace(/\.slf$/, `-${key_id}.slf`) : file_name
      used.add(name)
      yield { name, content: file_content, modified: completed_at }
    }
  }
}

/** Serial numbers and keys as CSV for spreadsheets: UTF-8 with byte order mark, a line per key, formulas disarmed. */
export function licenseKeysCsv(db: Db, registration: Registration, t: T): ReadableStream<Uint8Array> {
  const lines = csvLines(db, registration, t)
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await lines.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    cancel: async () => void (await lines.return(undefined)),
  })
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

async function* csvLines(db: Db, { id }: Registration, t: T) {
  yield `\u{feff}${csvLine(columns.map((column) => t(`registration.csv.${column}`)))}`
  for await (const page of issuedKeys(db, id)) {
    yield page
      .map((row) =>
        csvLine([
          row.serial,
          row.product_code,
          row.product,
          row.version,
          row.key_quantity ?? row.quantity,
          row.host_type,
          row.host_id,
          row.key_text,
          row.file_name,
          row.key_id,
        ]),
      )
      .join('')
  }
}
