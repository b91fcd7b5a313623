import { sql } from 'kysely'
import type { Member } from '../platform/actor.ts'
import { isAtLeast } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Database, Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { countAll, foundLicenses } from './catalog.ts'
import { type CatalogField, listCatalogFields } from './catalog-rows.ts'
import { type ExportRow, listExportRows } from './export-rows.ts'
import { type CatalogQuery, questionOf } from './schemas.ts'

export const exportFormats = ['csv', 'xlsx', 'json', 'cyclonedx'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** An export keeps a connection for as long as its reader takes; others need some, too. */
const mostAtOnce = 2
/** A reader who takes nothing for so long is gone (milliseconds). */
const patience = 120_000
let running = 0

export type CatalogExport = {
  count: number
  fields: CatalogField[]
  with_keys: boolean
  rows: AsyncGenerator<ExportRow[]>
  /** Gives the connection back; call it however the export ends. */
  close(): Promise<void>
}

/**
 * Opens the whole result of a catalog query, for a stream. On a server all rows are of one moment; the embedded engine
 * has one connection, so there each thousand is read when it is asked for. Who may take keys gets them, except in
 * formats that are passed on. That it happened is in the history before the first row leaves.
 * A reader who stops, or reads nothing for two minutes, ends it.
 * @throws AppError `forbidden` for non-members; `too_many_requests` while this process runs as many as it can.
 */
export async function openExport(
  database: Database,
  actor: Member,
  query: CatalogQuery,
  format: ExportFormat,
): Promise<CatalogExport> {
  if (!isAtLeast(actor, 'viewer')) throw new AppError('forbidden')
  if (running >= mostAtOnce) throw new AppError('too_many_requests', 'exports are running', { retry_after: 30 })
  running += 1
  let open = true
  let snapshot: Snapshot | undefined
  const close = async () => {
    if (!open) return
    open = false
    running -= 1
    clearTimeout(idle)
    await snapshot?.close()
  }
  const idle = setTimeout(() => void close(), patience).unref()
  const goOn = () => {
    if (!open) throw new AppError('gone', 'nobody read the export for too long')
    idle.refresh()
  }
  try {
    snapshot = await takeSnapshot(database)
    const { db } = snapshot
    const with_keys = format !== 'cyclonedx' && isAtLeast(actor, 'downloader')
    const count = await countAll(db, actor, query)
    const fields = await listCatalogFields(db, actor)
    await note(database.db, actor, { format, licenses: count, keys: with_keys, ...asked(query) })
    return { count, fields, with_keys, rows: rowsOf(db, actor, query, { with_keys, goOn }), close }
  } catch (error) {
    await close()
    throw error
  }
}

type Snapshot = { db: Db; close(): Promise<void> }

async function takeSnapshot({ db, engine }: Database): Promise<Snapshot> {
  if (engine === 'embedded') return { db, close: async () => {} }
  const trx = await db.startTransaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute()
  // A thousand rows are not worth the start of further processes.
  await sql`select set_config('idle_in_transaction_session_timeout', ${`${2 * patience}ms`}, true),
    set_config('max_parallel_workers_per_gather', '0', true)`.execute(trx)
  // A connection that was lost has nothing to roll back.
  return {
    db: trx,
    close: () =>
      trx
        .rollback()
        .execute()
        .catch(() => {}),
  }
}

type Reading = { with_keys: boolean; goOn: () => void }

/** The database looks for the next part while this one is written. */
async function* rowsOf(
  db: Db,
  actor: Member,
  query: CatalogQuery,
  { with_keys, goOn }: Reading,
): AsyncGenerator<ExportRow[]> {
  let coming: Promise<ExportRow[]> | undefined
  for await (const ids of foundLicenses(db, actor, query)) {
    goOn()
    const next = listExportRows(db, actor, ids, { with_keys })
    // Thrown where it is awaited; a reader who left awaits it no more.
    next.catch(() => {})
    if (coming) yield await coming
    coming = next
  }
  if (coming) yield await coming
}

function asked(query: CatalogQuery) {
  return { question: Object.fromEntries(Object.entries(questionOf(query)).filter(([, value]) => value)) }
}

function note(db: Db, actor: Member, details: Record<string, unknown>): Promise<void> {
  const { organization_id } = actor
  return db.transaction().execute((trx) => record(trx, actor, 'catalog.exported', { organization_id, details }))
}
