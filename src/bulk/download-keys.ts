import { Readable } from 'node:stream'
import { sql } from 'kysely'
import type { Db } from '../platform/db/index.ts'
import type { T } from '../platform/i18n.ts'
import { csvLine } from '../platform/tables/index.ts'
import { zipStream } from '../platform/zip.ts'
import { type Bulk, listBulkRows } from './queries.ts'

type Key = {
  position: number
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
  key_id: string
  issued_at: Date
}

const licensesAtATime = 200

/** The keys in force of the licenses, page by page: what belongs to the organization no longer is left out. */
async function* keysOf(db: Db, bulk: Bulk, files: boolean): AsyncGenerator<Key[]> {
  const last = await lastPosition(db, bulk)
  for (let after = 0; after < last; after += licensesAtATime) {
    const { rows } = await sql<Key>`
      select r.position, l.serial, p.code as product_code, p.name as product, v.version, k.quantity, k.host_type,
        k.host_id, k.key_text, k.file_name, ${files ? sql`k.file_content` : sql`null`} as file_content, k.id as key_id,
        k.issued_at
      from bulk_action_rows r
      join licenses l on l.id = r.license_id and l.owner_id = ${bulk.organization_id}
      join product_versions v on v.id = l.product_version_id join products p on p.id = v.product_id
      join license_keys k on k.license_id = l.id and k.revoked_at is null and k.superseded_at is null
      where r.bulk_action_id = ${bulk.id} and r.position > ${after} and r.position <= ${after + licensesAtATime}
      order by r.position, k.issued_at, k.id`.execute(db)
    if (rows.length > 0) yield rows
  }
}

/** Positions may have gaps: a question to the catalog finds licenses that nobody owns, too. */
async function lastPosition(db: Db, { id }: Bulk): Promise<number> {
  const query = db.selectFrom('bulk_action_rows').select('position').where('bulk_action_id', '=', id)
  return (await query.orderBy('position', 'desc').limit(1).executeTakeFirst())?.position ?? 0
}

/** All license files in force in one ZIP, made while it is sent. */
export function licenseFilesZip(db: Db, bulk: Bulk): ReadableStream<Uint8Array> {
  return Readable.toWeb(zipStream(licenseFiles(db, bulk))) as ReadableStream<Uint8Array>
}

async function* licenseFiles(db: Db, bulk: Bulk) {
  const used = new Set<string>()
  for await (const page of keysOf(db, bulk, true)) {
    for (const { file_name, file_content, key_id, issued_at } of page) {
      if (!file_name || file_content === null) continue
      const name = used.has(file_name) ? file_name.replace(/\.slf$/, `-${key_id}.slf`) : file_name
      used.add(name)
      yield { name, content: file_content, modified: issued_at }
    }
  }
}

const keyColumns = [
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

/** Serial numbers and keys in force as CSV, a line per key. */
export function licenseKeysCsv(db: Db, bulk: Bulk, t: T): ReadableStream<Uint8Array> {
  return csvStream(async function* () {
    yield csvLine(keyColumns.map((column) => t(`registration.csv.${column}`)))
    for await (const page of keysOf(db, bulk, false)) {
      for (const key of page) {
        const { serial, product_code, product, version, quantity, host_type, host_id, key_text, file_name } = key
        yield csvLine([
          serial,
          product_code,
          product,
          version,
          quantity,
          host_type,
          host_id,
          key_text,
          file_name,
          key.key_id,
        ])
      }
    }
  })
}

/**
 * The list as CSV: each license with what became of it, and the columns it came with, so that it can be filled in or
 * corrected and uploaded again.
 */
export function reportCsv(db: Db, bulk: Bulk, t: T): ReadableStream<Uint8Array> {
  return csvStream(async function* () {
    const heads = [t('registration.csv.serial'), t('registration.csv.product'), t('bulk.column.outcome')]
    yield csvLine([...heads, ...bulk.columns])
    for (let after = 0; ; ) {
      const rows = await listBulkRows(db, bulk, { after, limit: 1_000 })
      for (const { serial, product, outcome, detail, cells } of rows) {
        const words = outcome ? t(`bulk.outcome.${outcome}`, { detail: detail ?? '' }) : ''
        yield csvLine([serial, product, words, ...cells])
      }
      if (rows.length < 1_000) return
      after = rows.at(-1)!.position
    }
  })
}

/** UTF-8 with byte order mark, for spreadsheets; read no faster than it is sent. */
function csvStream(lines: () => AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const from = lines()
  const encoder = new TextEncoder()
  let isFirst = true
  return new ReadableStream({
    async pull(controller) {
      const parts: string[] = isFirst ? ['\u{feff}'] : []
      isFirst = false
      for (let n = 0; n < 200; n += 1) {
        const { value, done } = await from.next()
        if (!done) parts.push(value)
        else {
          controller.enqueue(encoder.encode(parts.join('')))
          return controller.close()
        }
      }
      controller.enqueue(encoder.encode(parts.join('')))
    },
    cancel: async () => void (await from.return(undefined)),
  })
}
