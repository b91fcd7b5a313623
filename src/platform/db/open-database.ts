import { PGlite } from '@electric-sql/pglite'
import type { Kysely, Transaction } from 'kysely'
import type pg from 'pg'
import type { DB } from '../../../db/types.ts'
import { poolOverEngine, poolOverServer } from './connect.ts'
import { kyselyOver } from './driver.ts'
import { exchangeWith, extensions } from './pglite.ts'

export type { DB }

/** The handle that commands take. Inside `db.transaction().execute(async (trx) => …)` only `trx` may be used. */
export type Db = Kysely<DB>

/** What helpers take that must run inside their caller's transaction. */
export type Trx = Transaction<DB>

export type Database = {
  db: Db
  engine: 'embedded' | 'postgres'
  /** For libraries that want a `pg` pool; on the embedded engine it has one connection. */
  pool: pg.Pool
  /** Waits for running statements, then closes; idempotent. */
  close(): Promise<void>
}

export type OpenOptions = {
  /** A PostgreSQL server (15 or newer); without it the embedded engine runs in `dataDir`. */
  databaseUrl?: string | undefined
  /** Folder for the embedded engine's files, made when missing. */
  dataDir: string
  /** Connections to the server at most; the embedded engine has one. */
  poolSize?: number
  /** Milliseconds a statement may take. */
  statementTimeout?: number
  /** Milliseconds to wait for a connection before `DatabaseUnavailable`. */
  connectTimeout?: number
  applicationName?: string
}

/** Opens the database, without migrating it. @throws DatabaseUnavailable when it cannot be reached. */
export function openDatabase(options: OpenOptions): Promise<Database> {
  return options.databaseUrl ? openServer(options, options.databaseUrl) : openEmbedded(options)
}

async function openServer(options: OpenOptions, databaseUrl: string): Promise<Database> {
  const pool = poolOverServer(
    {
      databaseUrl,
      poolSize: options.poolSize ?? 10,
      statementTimeout: options.statementTimeout ?? 30_000,
      connectTimeout: options.connectTimeout ?? 5_000,
      applicationName: options.applicationName ?? 'keyport',
    },
    () => {},
  )
  return databaseOver(pool, 'postgres', async () => {})
}

async function openEmbedded(options: OpenOptions): Promise<Database> {
  const lite = await PGlite.create({ dataDir: options.dataDir, extensions })
  return databaseOver(poolOverEngine(exchangeWith(lite)), 'embedded', () => lite.close())
}

/** Wraps a pool as a `Database`; `release` closes what is under it. */
export function databaseOver(pool: pg.Pool, engine: Database['engine'], release: () => Promise<void>): Database {
  let closing: Promise<void> | undefined
  const close = async () => {
    await pool.end()
    await release()
  }
  return { db: kyselyOver<DB>(pool), engine, pool, close: () => (closing ??= close()) }
}
