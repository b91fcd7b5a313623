import type { Db, Trx } from './open-database.ts'

/**
 * Runs a command's work in a transaction of its own, or in the caller's where there is one: a bulk action does one
 * command many times and notes the outcomes in the same transaction.
 */
export function inTransaction<T>(db: Db, work: (trx: Trx) => Promise<T>): Promise<T> {
  return db.isTransaction ? work(db as Trx) : db.transaction().execute(work)
}
