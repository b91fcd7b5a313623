import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { projectRoot } from '../root.ts'
import type { Database, Db } from './open-database.ts'

/** One file of db/migrations: its number, its name without `.sql`, its text and the SHA-256 of the text. */
export type Migration = { number: number; name: string; text: string; checksum: string }

type Applied = { number: number; name: string; checksum: string }

/** Any number; all Keyport nodes on one PostgreSQL database take this advisory lock before they migrate. */
const migrationLock = 7_301_948_112

/** The database and the files of this release do not fit together; the message says what to do. */
export class MigrationRefused extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'MigrationRefused'
  }
}

/**
 * Reads `NNNN_name.sql` files in order of their numbers.
 * @throws MigrationRefused for another file name, a number used twice or a gap.
 */
export function readMigrations(folder = join(projectRoot, 'db', 'migrations')): Migration[] {
  const files = readdirSync(folder).filter((file) => !file.startsWith('.'))
  return files.sort().map((file, index) => {
    if (!/^\d{4}_[a-z0-9_]+\.sql$/.test(file)) throw new MigrationRefused(`${file} is not named NNNN_name.sql`)
    const number = Number(file.slice(0, 4))
    if (number !== index + 1) throw new MigrationRefused(`${file} should have number ${index + 1}`)
    const text = readFileSync(join(folder, file), 'utf8')
    const checksum = createHash('sha256').update(text).digest('hex')
    return { number, name: file.slice(0, -4), text, checksum }
  })
}

/** One hash over all migrations: names the schema they make. */
export function hashOfMigrations(migrations: Migration[]): string {
  const hash = createHash('sha256')
  for (const each of migrations) hash.update(`${each.name} ${each.checksum}\n`)
  return hash.digest('hex').slice(0, 16)
}

/**
 * Applies the migrations that the database lacks, each in its own transaction; safe when several nodes start at once.
 * @returns the names of those applied now.
 * @throws MigrationRefused when an applied file has changed, or when the database is newer than this release.
 */
export async function migrate(
  database: Pick<Database, 'db' | 'patiently'>,
  migrations = readMigrations(),
): Promise<string[]> {
  const done: string[] = []
  for (;;) {
    const name = await database.patiently(() => applyNext(database.db, migrations))
    if (!name) return done
    done.push(name)
  }
}

/** The lock ends with the transaction, so that it also holds behind a pooler that shares sessions. */
function applyNext(db: Db, migrations: Migration[]): Promise<string | undefined> {
  return db.transaction().execute(async (trx) => {
    await sql`set local statement_timeout = 0`.execute(trx)
    await sql`select pg_advisory_xact_lock(${migrationLock})`.execute(trx)
    const applied = await readApplied(trx)
    mustFit(applied, migrations)
    const next = migrations[applied.length]
    if (!next) return undefined

    await sql.raw(next.text).execute(trx)
    await sql`insert into public.schema_migrations (number, name, checksum, applied_at)
      values (${next.number}, ${next.name}, ${next.checksum}, now())`.execute(trx)
    return next.name
  })
}

async function readApplied(trx: Db): Promise<Applied[]> {
  await sql`create table if not exists public.schema_migrations (
    number integer primary key,
    name text not null,
    checksum text not null,
    applied_at timestamptz not null
  )`.execute(trx)
  const { rows } =
    await sql<Applied>`select number, name, checksum from public.schema_migrations order by number`.execute(trx)
  return rows
}

function mustFit(applied: Applied[], migrations: Migration[]): void {
  for (const [index, row] of applied.entries()) {
    const file = migrations[index]
    if (!file) {
      throw new MigrationRefused(
        `the database has migration ${row.name}, which this release does not know: it was opened by a newer release. ` +
          'Start that release, or restore a backup made before the upgrade.',
      )
    }
    if (file.name !== row.name || file.checksum !== row.checksum) {
      throw new MigrationRefused(
        `migration ${row.name} was applied with another content than db/migrations/${file.name}.sql has now. ` +
          'Applied migrations are never edited: bring the file back and put the change into a new migration.',
      )
    }
  }
}
