/**
 * The database: one dialect (PostgreSQL), two engines (a server, or PGlite embedded in `DATA_DIR`).
 *
 * Invariants: column values look the same on both engines (see `typeParsers`); the outer `db` inside a transaction
 * throws at once; a lost or overloaded database is `DatabaseUnavailable` (AppError `unavailable`, 503), never a hang.
 * Traps: a JavaScript array given for a jsonb column must be `JSON.stringify`ed (the driver sends arrays as PostgreSQL
 * arrays); no network call inside a transaction, the embedded engine has one connection.
 * Owns: schema_migrations.
 */

export { backupDatabase } from './backup.ts'
export { inTransaction } from './in-transaction.ts'
export { migrate, readMigrations } from './migrate.ts'
export type { Database, DB, Db, OpenOptions, Trx } from './open-database.ts'
export { openDatabase } from './open-database.ts'
export { restoreDatabase } from './restore.ts'
export { statement } from './statement.ts'
export { prepared, together } from './together.ts'
export { DatabaseUnavailable } from './unavailable.ts'
