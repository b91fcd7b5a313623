import { sql } from 'kysely'
import type { Db } from '../platform/db/index.ts'

export type DownloadRow = {
  id: string
  started_at: Date
  /** Null when that account was closed. */
  who: string | null
  organization: string
  serial: string | null
  product_code: string
  product: string
  version: string
  file: string
  size: number
  bytes: number
  completed_at: Date | null
  by_store: boolean
  address: string | null
}

const pageLength = 50
const cursorPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

type Filter = { organization_id?: string; release_id?: string; after?: string | undefined; length?: number }

/** Downloads of an organization, of a release, or all: the newest first; `after` is the cursor of the next page. */
export async function listDownloads(db: Db, { organization_id, release_id, after, length = pageLength }: Filter) {
  const cursor = after && cursorPattern.test(after) ? after : undefined
  const rows = await db
    .selectFrom('downloads as d')
    .innerJoin('release_files as f', 'f.id', 'd.file_id')
    .innerJoin('releases as r', 'r.id', 'd.release_id')
    .innerJoin('product_versions as v', 'v.id', 'r.product_version_id')
    .innerJoin('products as p', 'p.id', 'v.product_id')
    .innerJoin('organizations as o', 'o.id', 'd.organization_id')
    .leftJoin('auth.user as u', 'u.id', 'd.user_id')
    .leftJoin('licenses as l', 'l.id', 'd.license_id')
    .select(['d.id', 'd.started_at', 'd.bytes', 'd.completed_at', 'd.by_store', 'd.address', 'u.name as who'])
    .select(['o.name as organization', 'l.serial', 'p.code as product_code', 'p.name as product', 'v.version'])
    .select(['f.name as file', 'f.size'])
    .$if(organization_id !== undefined, (query) => query.where('d.organization_id', '=', organization_id!))
    .$if(release_id !== undefined, (query) => query.where('d.release_id', '=', release_id!))
    .$if(cursor !== undefined, (query) =>
      query.where(
        sql<boolean>`(d.started_at, d.id) < (select x.started_at, x.id from downloads x where x.id = ${cursor}::uuid)`,
      ),
    )
    .orderBy('d.started_at', 'desc')
    .orderBy('d.id', 'desc')
    .limit(length + 1)
    .$castTo<DownloadRow>()
    .execute()
  const shown = rows.slice(0, length)
  return { rows: shown, after: rows.length > length ? shown.at(-1)!.id : undefined }
}

/** All of them, a page at a time. */
export async function* everyDownload(db: Db, filter: Filter): AsyncGenerator<DownloadRow[]> {
  let after: string | undefined
  do {
    const page = await listDownloads(db, { ...filter, after, length: 1000 })
    yield page.rows
    after = page.after
  } while (after)
}
