import { sql } from 'kysely'
import type { Member } from '../platform/actor.ts'
import { isAtLeast } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Database, Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { countAll, foundLicenses } from './catalog.ts'
import { reachOf } from './catalog-reach.ts'
import type { CatalogField } from './catalog-rows.ts'
import { type ExportRow, listExportRows } from './export-rows.ts'
import { noteKeysTaken } from './note-keys-taken.ts'
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
 * formats that are passed on; owners of others' licenses read so in the history of each. That it happened is in the history before the first row leaves.
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
  let snapshot: Snapshot | undefined
  let reading: Promise<Part> | undefined
  const { goOn, close } = takeTurn(async () => {
    await reading?.catch(() => {})
    await snapshot?.close()
  })
  try {
    snapshot = await takeSnapshot(database)
    const { db } = snapshot
    const with_keys = format !== 'cyclonedx' && isAtLeast(actor, 'downloader')
    const count = await countAll(db, actor, query)
    const { granted, fields } = await reachOf(db, actor)
    await note(database.db, actor, { format, licenses: count, keys: with_keys, ...asked(query) })
    const tells = with_keys && granted !== 'none'
    const found = foundLicenses(db, actor, query)
    const read = async (): Promise<Part> => {
      goOn()
      const { value: ids } = await found.next()
      if (!ids) return undefined
      if (tells) await noteKeysTaken(database.db, actor, ids)
      return listExportRows(db, actor, ids, { with_keys })
    }
    return { count, fields, with_keys, rows: inAdvance(() => (reading = read())), close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Rows that belong together; nothing after the last. */
type Part = ExportRow[] | undefined

/** One of the few exports that may run: it ends when told so, or when nobody reads on. */
function takeTurn(end: () => Promise<void>) {
  if (running >= mostAtOnce) throw new AppError('too_many_requests', 'exports are running', { retry_after: 30 })
  running += 1
  let open = true
  const close = async () => {
    if (!open) return
    open = false
    running -= 1
    clearTimeout(idle)
    await end()
  }
  const idle = setTimeout(() => void close(), patience).unref()
  const goOn = () => {
    if (!open) throw new AppError('gone', 'nobody read the export for too long')
    idle.refresh()
  }
  return { goOn, close }
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

/** The database looks for the next part while this one is written. */
async function* inAdvance(read: () => Promise<Part>): AsyncGenerator<ExportRow[]> {
  for (let coming = read(); ; ) {
    const part = await coming
    if (!part) return
    coming = read()
    // Thrown where it is awaited; a reader who left awaits it no more.
    coming.catch(() => {})
    yield part
  }
}

function asked(query: CatalogQuery) {
  return { question: Object.fromEntries(Object.entries(questionOf(query)).filter(([, value]) => value)) }
}

function note(db: Db, actor: Member, details: Record<string, unknown>): Promise<void> {
  const { organization_id } = actor
  return db.transaction().execute((trx) => record(trx, actor, 'catalog.exported', { organization_id, details }))
}
