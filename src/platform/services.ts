import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from './config.ts'
import { type Database, type Db, migrate, openDatabase } from './db/index.ts'
import { createLog, type Log } from './log.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { withSecrets } from './secrets.ts'

/** What a process of the portal has once. */
export type Services = Readonly<{
  /** With its secrets. */
  config: Config
  log: Log
  database: Database
  db: Db
  metrics: Metrics
  /** The migrations that opening applied. */
  migrated: string[]
  /** Waits for running statements, then closes the database; idempotent. */
  close(): Promise<void>
}>

/**
 * Opens the database and brings it up to date. Safe when several nodes of one PostgreSQL database start at once.
 * @throws ConfigProblem, MigrationRefused or DatabaseUnavailable with a message for the operator.
 */
export async function openServices(given: Config, log = createLog(given.log_level)): Promise<Services> {
  const config = withSecrets(given)
  const database = await openMigrated(config)
  const { migrated } = database
  if (migrated.length > 0) log.info({ migrated }, 'database brought up to date')
  const metrics = createMetrics(database)
  return { config, log, database, db: database.db, metrics, migrated, close: () => database.close() }
}

async function openMigrated(config: Config): Promise<Database & { migrated: string[] }> {
  const database = await openConfiguredDatabase(config)
  try {
    return { ...database, migrated: await migrate(database) }
  } catch (error) {
    await database.close()
    throw error
  }
}

/** Opens the database as it is, without bringing it up to date. */
export function openConfiguredDatabase(config: Config): Promise<Database> {
  if (!config.database_url) mkdirSync(config.data_dir, { recursive: true, mode: 0o700 })
  return openDatabase({
    databaseUrl: config.database_url,
    dataDir: embeddedDirectory(config),
    poolSize: config.database_pool,
    pooled: config.database_pooled,
  })
}

/** Where the embedded engine keeps its files. */
export function embeddedDirectory(config: Pick<Config, 'data_dir'>): string {
  return join(config.data_dir, 'database')
}
