import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Kysely, Transaction } from 'kysely'
import type pg from 'pg'
import type { DB } from '../../../db/types.ts'
import { poolOverServer } from './connect.ts'
import { kyselyOver } from './driver.ts'
import type { Embedded } from './open-embedded.ts'
import { mustHaveSettings, sessionSettings } from './session-settings.ts'
import { asUnavailable } from './unavailable.ts'

export type { DB }

/** The handle that commands take. Inside `db.transaction().execute(async (trx) => …)` only `trx` may be used. */
export type Db = Kysely<DB>

/** What helpers take that must run inside their caller's transaction. */
export type Trx = Transaction<DB>

export type Database = {
  db: Db
  engine: 'embedded' | 'postgres'
  /** Each transaction has another session of the server: nothing that belongs to a session lasts. */
  pooled: boolean
  /** For libraries that want a `pg` pool; on the embedded engine it has one connection. */
  pool: pg.Pool
  /** Statements in `work` may take any time on the embedded engine; a server is told `set local statement_timeout = 0`. */
  patiently<T>(work: () => Promise<T>): Promise<T>
  /** An embedded database on disk: a copy of this moment, opened beside it; closing it removes it. */
  copy?(): Promise<Database>
  /** Waits for running statements, then closes; idempotent. */
  close(): Promise<void>
}

/** Times are in milliseconds. */
export type OpenOptions = {
  /** A PostgreSQL server (15 or newer); without it the embedded engine runs in `dataDir`. */
  databaseUrl?: string | undefined
  /** The server is reached through a pooler of transactions, such as PgBouncer (false). */
  pooled?: boolean
  /** The folder of the embedded engine's files, made when missing; `<dataDir>.lock` beside it keeps others out. */
  dataDir: string
  /** Connections to the server at most (10); the embedded engine has one. */
  poolSize?: number
  /** How long a statement may take (30,000). */
  statementTimeout?: number
  /** How long to wait for a connection before `DatabaseUnavailable` (5,000; embedded 30,000). */
  connectTimeout?: number
  /** What the server's administrator sees (keyport). */
  applicationName?: string
  /** Told of what fails where nobody waits for it: idle connections lost, maintenance. */
  onError?: (error: unknown) => void
}

/**
 * Opens the database, without migrating it; an embedded one that does not exist yet is made with all migrations.
 * A server is not contacted before the first query, but behind a pooler.
 * @throws DatabaseLocked when another process has the embedded one open; ConfigProblem when sessions behind a pooler
 * lack settings.
 */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  const { databaseUrl, dataDir, statementTimeout = usualStatementTimeout, onError = () => {} } = options
  if (databaseUrl) return openServer({ ...options, databaseUrl })
  const { openEmbedded } = await import('./open-embedded.ts')
  const connectTimeout = options.connectTimeout ?? 30_000
  const embedded = await openEmbedded({ folder: resolve(dataDir), statementTimeout, connectTimeout, onError })
  return asDatabase(embedded)
}

const usualStatementTimeout = 30_000

async function openServer(options: OpenOptions & { databaseUrl: string }): Promise<Database> {
  const { databaseUrl, pooled = false, poolSize = 10, connectTimeout = 5_000, applicationName = 'keyport' } = options
  const { statementTimeout = usualStatementTimeout, onError = () => {} } = options
  const server = { databaseUrl, poolSize, statementTimeout, connectTimeout, applicationName, pooled }
  const database = { ...databaseOver(poolOverServer(server, onError), 'postgres'), pooled }
  if (!pooled) return database
  try {
    await mustHaveSettings(database.pool, sessionSettings(statementTimeout))
    return database
  } catch (error) {
    await database.close()
    throw asUnavailable(error)
  }
}

function asDatabase({ engine, pool, release, copy }: Embedded): Database {
  const database = databaseOver(pool, 'embedded', release, (work) => engine.patiently(work))
  return { ...database, copy: async () => asDatabase(await copy()) }
}

/** A connection that nobody gives back must not hold up the end of the process. */
function endOf(pool: pg.Pool): Promise<unknown> {
  const seconds = 10
  return Promise.race([pool.end(), wait(seconds * 1000, undefined, { ref: false })])
}

/** Wraps a pool as a `Database`; `release` closes what is under it. */
export function databaseOver(
  pool: pg.Pool,
  engine: Database['engine'],
  release: () => Promise<void> = async () => {},
  patiently: Database['patiently'] = (work) => work(),
): Database {
  let closed: Promise<void> | undefined
  const close = () => {
    closed ??= endOf(pool).then(release)
    return closed
  }
  return { db: kyselyOver<DB>(pool), engine, pooled: false, pool, patiently, close }
}
