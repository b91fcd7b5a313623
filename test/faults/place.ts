/** Where a portal under trial keeps everything: a data directory of its own, and a database on either engine. */
import { cpSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { type Db, migrate, openDatabase } from '../../src/platform/db/index.ts'
import { freshPostgres } from '../database.ts'
import { aDataDir } from '../process.ts'

/** A test, or whatever else lets a function run when it is over. */
export type Scope = { after(done: () => Promise<void> | void): void }

export type Engine = 'embedded' | 'postgres'

export type Place = {
  engine: Engine
  data_dir: string
  /** What the portal's processes are started with. */
  env: Record<string, string>
  /** Reads the database as the last process left it; on the embedded engine only while no server runs. */
  look<T>(work: (db: Db) => Promise<T>): Promise<T>
  /** Writes to it; on the embedded engine only while no server runs. */
  change<T>(work: (db: Db) => Promise<T>): Promise<T>
}

/** Milliseconds that a statement of the trial itself may take: filling and looking through many rows on a busy machine. */
const patience = 300_000

/** With `server`, the database lies there, on a server of the trial's own. */
export async function aPlace(t: Scope, engine: Engine, server?: string): Promise<Place> {
  const data_dir = aDataDir(t)
  if (engine === 'postgres') {
    const databaseUrl = server ?? (await freshPostgres(t)).databaseUrl
    const database = await openDatabase({
      databaseUrl,
      dataDir: '',
      applicationName: 'trial',
      statementTimeout: patience,
    })
    t.after(() => database.close())
    await migrate(database)
    const use = <T>(work: (db: Db) => Promise<T>) => work(database.db)
    const env = { ...environment(data_dir), ...throughPooler(databaseUrl) }
    return { engine, data_dir, env, look: use, change: use }
  }
  return anEmbeddedPlace(data_dir)
}

/** With `TRIAL_POOLER=HOST:PORT` the portal's processes reach the database through a pooler of transactions there. */
function throughPooler(databaseUrl: string): Record<string, string> {
  const pooler = process.env.TRIAL_POOLER
  if (!pooler) return { DATABASE_URL: databaseUrl }
  const url = new URL(databaseUrl)
  url.host = pooler
  return { DATABASE_URL: url.href, DATABASE_POOLER: 'transaction' }
}

/** A place whose embedded database lies in a given folder. */
export async function anEmbeddedPlace(data_dir: string): Promise<Place> {
  const folder = join(data_dir, 'database')
  await withEmbedded(folder, async () => {})
  return {
    engine: 'embedded',
    data_dir,
    env: environment(data_dir),
    look: (work) => lookAtCopy(folder, work),
    change: (work) => withEmbedded(folder, work),
  }
}

function environment(data_dir: string): Record<string, string> {
  return { DATA_DIR: data_dir, TRUST_PROXY: 'on', LOG_LEVEL: 'warn', MAIL_FROM: 'Vendor <keys@vendor.example>' }
}

/** The server that starts next must find the files as the killed one left them, so a copy is recovered and read. */
async function lookAtCopy<T>(folder: string, work: (db: Db) => Promise<T>): Promise<T> {
  const copy = `${folder}.looked-at`
  const remove = () => {
    for (const path of [copy, `${copy}.lock`]) rmSync(path, { recursive: true, force: true })
  }
  remove()
  if (existsSync(folder)) cpSync(folder, copy, { recursive: true })
  return withEmbedded(copy, work).finally(remove)
}

async function withEmbedded<T>(folder: string, work: (db: Db) => Promise<T>): Promise<T> {
  const database = await openDatabase({ dataDir: folder, statementTimeout: patience })
  try {
    await migrate(database)
    return await work(database.db)
  } finally {
    await database.close()
  }
}
