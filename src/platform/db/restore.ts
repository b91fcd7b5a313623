import type pg from 'pg'
import type { BackupSummary } from './backup.ts'
import { type BackupLine, RestoreRefused, type Row, readBackup } from './backup-file.ts'
import { poolOverEngine } from './connect.ts'
import { Engine } from './engine.ts'
import { type Migration, migrate, readMigrations } from './migrate.ts'
import type { Database } from './open-database.ts'
import { countRows, inTransaction, listTables, type Table } from './tables.ts'
import { migratedTemplate } from './template.ts'

const rowsAtOnce = 1_000

/**
 * Brings a backup into an empty database of either engine, and then to this release's schema (`known`). The rows come in one
 * transaction: all of them or none.
 * @throws RestoreRefused when the database is not empty, or the file is not a whole backup that this release knows.
 */
export async function restoreDatabase(
  database: Database,
  file: string,
  known = readMigrations(),
): Promise<BackupSummary> {
  const lines = readBackup(file)
  try {
    const migrations = migrationsOf((await lines.next()).value, known)
    await mustBeEmpty(database.pool)
    return await database.patiently(async () => {
      await bringSchemaTo(database, migrations)
      const summary = await inTransaction(database.pool, '', (client) => load(client, lines, file)).catch((error) => {
        throw asDamage(error, file)
      })
      await migrate(database, known)
      await database.pool.query('analyze')
      return summary
    })
  } finally {
    await lines.return(undefined)
  }
}

/** A flipped bit can reach the database as a wrong value before the file's checksum is read. */
function asDamage(error: unknown, file: string): unknown {
  const { code } = error as { code?: unknown }
  if (typeof code !== 'string' || !/^(22|23|42)/.test(code)) return error
  return new RestoreRefused(`${file} is damaged: it holds values that do not fit`, { cause: error })
}

/** The migrations that made the backup's schema, which must be the first ones of this release. */
function migrationsOf(head: BackupLine | undefined, known: Migration[]): Migration[] {
  if (!head || Array.isArray(head) || head.kind !== 'head') throw new RestoreRefused('this is not a backup of Keyport')
  for (const [index, { name, checksum }] of head.migrations.entries()) {
    if (known[index]?.name === name && known[index].checksum === checksum) continue
    throw new RestoreRefused(
      `the backup has migration ${name}, which this release does not know: restore it with the release that made it`,
    )
  }
  return known.slice(0, head.migrations.length)
}

/** What migrations put in does not count, nor does the job queue, which fills itself when a server starts. */
async function mustBeEmpty(pool: pg.Pool): Promise<void> {
  const present = await inTransaction(pool, 'read only', async (client) => countRows(client, await listTables(client)))
  const seeded = await countSeeds()
  const filled = [...present].filter(([name, count]) => !name.startsWith('jobs.') && count > (seeded.get(name) ?? 0))
  if (filled.length === 0) return
  const names = filled.map(([name, count]) => `${name} (${count})`).join(', ')
  throw new RestoreRefused(`the database is not empty: it has rows in ${names}. Restore into a new one.`)
}

async function countSeeds(): Promise<Map<string, number>> {
  const engine = new Engine({ files: await migratedTemplate() })
  const pool = poolOverEngine(() => engine.connect())
  const counts = await inTransaction(pool, 'read only', async (client) => countRows(client, await listTables(client)))
  await pool.end()
  await engine.close()
  return counts
}

/** There is no way back from a newer schema, but an empty database can be made anew. */
async function bringSchemaTo(database: Database, migrations: Migration[]): Promise<void> {
  const { rows } = await database.pool.query(
    `select coalesce(to_regclass('public.schema_migrations')::text, '') as ledger`,
  )
  if (rows[0].ledger !== '') {
    const applied = await database.pool.query('select count(*) as count from public.schema_migrations')
    if (Number(applied.rows[0].count) > migrations.length) await dropEverything(database.pool)
  }
  await migrate(database, migrations)
}

async function dropEverything(pool: pg.Pool): Promise<void> {
  await inTransaction(pool, '', async (client) => {
    const { rows } = await client.query(
      `select quote_ident(nspname) as name from pg_namespace where nspname <> 'information_schema' and nspname not like 'pg\\_%'`,
    )
    for (const { name } of rows) await client.query(`drop schema ${name} cascade`)
    await client.query('create schema public')
  })
}

async function load(client: pg.ClientBase, lines: AsyncGenerator<BackupLine>, file: string): Promise<BackupSummary> {
  const tables = await listTables(client)
  const putBack = await setAsideChecks(client, tables)
  await client.query(`truncate ${tables.map((table) => table.name).join(', ')}`)
  const summary = await insertAll(client, tables, lines, file)
  await putBack()
  return summary
}

/**
 * Rows come in any order and were checked when they were written: foreign keys and triggers wait until all are in.
 * The keys are then made again, which checks every row. @returns how to put them back.
 */
async function setAsideChecks(client: pg.ClientBase, tables: Table[]): Promise<() => Promise<void>> {
  const { rows: keys } = await client.query(
    `select conrelid::regclass::text as table, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
     from pg_constraint where contype = 'f' and conparentid = 0 order by oid`,
  )
  for (const { name } of tables) await client.query(`alter table ${name} disable trigger user`)
  for (const key of keys) await client.query(`alter table ${key.table} drop constraint ${key.name}`)
  return async () => {
    for (const key of keys) await client.query(`alter table ${key.table} add constraint ${key.name} ${key.definition}`)
    for (const { name } of tables) await client.query(`alter table ${name} enable trigger user`)
  }
}

async function insertAll(
  client: pg.ClientBase,
  tables: Table[],
  lines: AsyncGenerator<BackupLine>,
  file: string,
): Promise<BackupSummary> {
  const summary = { tables: 0, rows: 0 }
  let insert: TableInsert | undefined
  for await (const line of lines) {
    if (Array.isArray(line)) await insert?.add(line)
    else if (line.kind === 'table') insert = new TableInsert(client, tables, line.table, line.columns)
    else if (line.kind === 'table_end') {
      summary.rows += await insert!.finish(line.rows)
      summary.tables += 1
    } else if (line.kind === 'sequence') {
      await client.query('select setval($1::regclass, $2)', [line.sequence, line.last_value])
    } else if (line.kind === 'end' && line.rows === summary.rows && line.tables === summary.tables) return summary
  }
  throw new RestoreRefused(`${file} was cut short: it does not end as a whole backup does`)
}

/** Collects the rows of one table and inserts them some at a time; the names come from the database, not the file. */
class TableInsert {
  readonly #client: pg.ClientBase
  readonly #table: Table
  readonly #sql: string
  #waiting: Row[] = []
  #written = 0

  constructor(client: pg.ClientBase, tables: Table[], name: string, columns: string[]) {
    const table = tables.find((each) => each.name === name)
    const own = columns.map((column) => table?.columns.find((each) => each.name === column))
    if (!table || own.some((column) => !column))
      throw new RestoreRefused(`the backup has columns of ${name} that do not exist here`)
    const values = own.map((column, index) => `(r ->> ${index})::${column!.type}`)
    this.#client = client
    this.#table = table
    this.#sql = `insert into ${table.name} (${columns.join(', ')}) overriding system value
      select ${values.join(', ')} from jsonb_array_elements($1::jsonb) r`
  }

  async add(row: Row): Promise<void> {
    this.#waiting.push(row)
    if (this.#waiting.length >= rowsAtOnce) await this.#write()
  }

  /** @throws RestoreRefused unless the table now has the rows that the backup says. */
  async finish(expected: number): Promise<number> {
    await this.#write()
    const { rows } = await this.#client.query(`select count(*) as count from ${this.#table.name}`)
    const present = Number(rows[0].count)
    if (present !== expected || this.#written !== expected) {
      throw new RestoreRefused(`${this.#table.name} should have ${expected} rows and has ${present}`)
    }
    return present
  }

  async #write(): Promise<void> {
    if (this.#waiting.length === 0) return
    await this.#client.query(this.#sql, [JSON.stringify(this.#waiting)])
    this.#written += this.#waiting.length
    this.#waiting = []
  }
}
