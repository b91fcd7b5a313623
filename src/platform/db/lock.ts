import { DatabaseSync } from 'node:sqlite'

/** Another process has the embedded database open; the message names the ways out. */
export class DatabaseLocked extends Error {
  constructor(folder: string) {
    super(
      `another Keyport process is using the database in ${folder}, and only one at a time can. ` +
        'Stop that process first; or set DATABASE_URL to a PostgreSQL server, which serves any number of processes.',
    )
    this.name = 'DatabaseLocked'
  }
}

/**
 * Holds `<folder>.lock` until released. The lock is the kernel's, on an open SQLite file: it goes when its process
 * does, however that ends, so that no stale lock can remain.
 * @returns how to release it. @throws DatabaseLocked when another process, or this one, holds it.
 */
export function lockFolder(folder: string): () => void {
  const file = new DatabaseSync(`${folder}.lock`)
  try {
    file.exec('pragma busy_timeout = 0; pragma journal_mode = memory; pragma locking_mode = exclusive; begin exclusive')
  } catch (error) {
    file.close()
    throw isBusy(error) ? new DatabaseLocked(folder) : error
  }
  return () => file.close()
}

function isBusy(error: unknown): boolean {
  const sqliteBusy = 5
  return (error as { errcode?: number }).errcode === sqliteBusy
}
