import { sql } from 'kysely'
import type { TakenKey } from '../keys/index.ts'
import { hasLevel, noteKeysTaken } from '../licenses/index.ts'
import type { Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import type { T } from '../platform/i18n.ts'
import { csvLine, csvStream } from '../platform/tables/index.ts'
import { type Bulk, listBulkRows } from './queries.ts'

const licensesAtATime = 200

/**
 * The keys in force of the licenses, page by page: what the organization may not take any more is left out. Owners of
 * others' licenses read in the history of each that its keys were taken.
 */
export async function* keysOf(db: Db, actor: Member, bulk: Bulk, files: boolean): AsyncGenerator<TakenKey[]> {
  const last = await lastPosition(db, bulk)
  for (let after = 0; after < last; after += licensesAtATime) {
    const { rows } = await sql<TakenKey & { license_id: string }>`
      select r.position, r.license_id, l.serial, p.code as product_code, p.name as product, v.version, k.quantity, k.host_type,
        k.host_id, k.key_text, k.file_name, ${files ? sql`k.file_content` : sql`null`} as file_content, k.id as key_id
      from bulk_action_rows r
      join licenses l on l.id = r.license_id and ${hasLevel(bulk, 'download', 'l')}
      join product_versions v on v.id = l.product_version_id join products p on p.id = v.product_id
      join license_keys k on k.license_id = l.id and k.revoked_at is null and k.superseded_at is null
      where r.bulk_action_id = ${bulk.id} and r.position > ${after} and r.position <= ${after + licensesAtATime}
      order by r.position, k.issued_at, k.id`.execute(db)
    if (rows.length === 0) continue
    await noteKeysTaken(db, actor, [...new Set(rows.map(({ license_id }) => license_id))])
    yield rows
  }
}

/** Positions may have gaps: a question to the catalog finds licenses that nobody owns, too. */
async function lastPosition(db: Db, { id }: Bulk): Promise<number> {
  const query = db.selectFrom('bulk_action_rows').select('position').where('bulk_action_id', '=', id)
  return (await query.orderBy('position', 'desc').limit(1).executeTakeFirst())?.position ?? 0
}

/**
 * The list as CSV: each license with what became of it, and the columns it came with, so that it can be filled in or
 * corrected and uploaded again.
 */
export function reportCsv(db: Db, bulk: Bulk, t: T): ReadableStream<Uint8Array> {
  return csvStream(reportParts(db, bulk, t))
}

const rowsAtATime = 1_000

async function* reportParts(db: Db, bulk: Bulk, t: T) {
  const heads = [t('registration.csv.serial'), t('registration.csv.product'), t('bulk.column.outcome')]
  yield csvLine([...heads, ...bulk.columns])
  for (let after = 0; ; ) {
    const rows = await listBulkRows(db, bulk, { after, limit: rowsAtATime })
    const lines = rows.map(({ serial, product, outcome, detail, cells }) => {
      const words = outcome ? t(`bulk.outcome.${outcome}`, { detail: detail ?? '' }) : ''
      return csvLine([serial, product, words, ...cells])
    })
    if (lines.length > 0) yield lines.join('')
    if (rows.length < rowsAtATime) return
    after = rows.at(-1)!.position
  }
}
