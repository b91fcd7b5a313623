/**
 * Databases for tests. Each is freshly migrated and its own; it takes milliseconds, since a database that a test
 * is done with is emptied and used again.
 *
 *   test('…', async (t) => {
 *     const { db } = await freshDatabase(t)      // the embedded engine, or PostgreSQL when TEST_ENGINE=postgres
 *     const { db } = await freshPostgres(t)      // always PostgreSQL: for *.postgres.test.ts
 *     const { db } = await freshEmbedded(t)      // always embedded, to compare the two
 *   })
 *
 * Without `t` the caller closes it. Ask inside a test or a hook, not at the top of a file: the files of a run are
 * all loaded before the first test. PostgreSQL is found by TEST_POSTGRES_URL.
 */
import process from 'node:process'
import type { Database } from '../src/platform/db/index.ts'
import { takeEmbedded } from './embedded-databases.ts'
import { takePostgres } from './postgres-databases.ts'

/** A test or suite context: whatever lets a function run when it is over. */
type Scope = { after(done: () => unknown): void }

/**
 * An empty migrated database on the engine this run tests, with one connection on either: what needs a second one where
 * the embedded engine has none is found on a server, too. What listens or exports needs more `connections` to a server.
 */
export function freshDatabase(scope?: Scope, connections = 1): Promise<Database> {
  return process.env.TEST_ENGINE === 'postgres' ? until(scope, takePostgres(connections)) : freshEmbedded(scope)
}

/** An empty migrated database on the embedded engine, in memory. */
export function freshEmbedded(scope?: Scope): Promise<Database> {
  return until(scope, takeEmbedded())
}

/** An empty migrated database on a real server, with 20 connections at most. */
export function freshPostgres(scope?: Scope): Promise<Database & { databaseUrl: string }> {
  return until(scope, takePostgres(20))
}

/** Hooks run in the order of registration: a hook made by a hook comes after those of the database's users. */
async function until<T extends Database>(scope: Scope | undefined, taking: Promise<T>): Promise<T> {
  const database = await taking
  scope?.after(() => scope.after(() => database.close()))
  return database
}
