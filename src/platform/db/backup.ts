import { createWriteStream, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createZstdCompress } from 'node:zlib'
import type pg from 'pg'
import type { BackupLine, Row } from './backup-file.ts'
import type { Database } from './open-database.ts'
import { inTransaction, listTables, type Table } from './tables.ts'
import { forceToDisk } from './tar.ts'

export type BackupSummary = { tables: number; rows: number }

const rowsAtOnce = 2_000

/**
 * Writes everything in the database to a file, as of one moment, while the portal goes on working. The file is
 * readable by its owner only, and appears under its name when it is whole and on the disk.
 */
export async function backupDatabase(database: Database, file: string, now = new Date()): Promise<BackupSummary> {
  const source = database.copy ? await database.copy() : database
  const draft = `${file}.part`
  const summary = { tables: 0, rows: 0 }
  try {
    const write = (client: pg.ClientBase) =>
      pipeline(
        Readable.from(asText(linesOf(client, database.engine, now, summary)), { objectMode: false }),
        createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 3, [constants.ZSTD_c_checksumFlag]: 1 } }),
        createWriteStream(draft, { mode: 0o600 }),
      )
    await source.patiently(() => inTransaction(source.pool, 'isolation level repeatable read, read only', write))
    await forceToDisk([draft])
    renameSync(draft, file)
    await forceToDisk([dirname(file)])
    return summary
  } finally {
    rmSync(draft, { force: true })
    if (source !== database) await source.close()
  }
}

async function* linesOf(
  client: pg.ClientBase,
  engine: string,
  now: Date,
  summary: BackupSummary,
): AsyncGenerator<BackupLine> {
  const { rows } = await client.query('select name, checksum from public.schema_migrations order by number')
  yield { kind: 'head', version: 1, made_at: now.toISOString(), engine, migrations: rows }
  for (const table of await listTables(client)) {
    yield { kind: 'table', table: table.name, columns: table.columns.map((column) => column.name) }
    let count = 0
    for await (const row of rowsOf(client, table)) {
      count += 1
      yield row
    }
    yield { kind: 'table_end', table: table.name, rows: count }
    summary.tables += 1
    summary.rows += count
  }
  yield* sequencesOf(client)
  yield { kind: 'end', ...summary }
}

/** A cursor keeps memory flat, however large the table. */
async function* rowsOf(client: pg.ClientBase, table: Table): AsyncGenerator<Row> {
  const texts = table.columns.map((column) => `${column.name}::text`).join(', ')
  await client.query(`declare rows no scroll cursor for select ${texts} from ${table.name}`)
  for (;;) {
    const { rows } = await client.query({ text: `fetch ${rowsAtOnce} from rows`, rowMode: 'array' })
    yield* rows as Row[]
    if (rows.length < rowsAtOnce) break
  }
  await client.query('close rows')
}

async function* sequencesOf(client: pg.ClientBase): AsyncGenerator<BackupLine> {
  const { rows } = await client.query(
    `select format('%I.%I', schemaname, sequencename) as sequence, last_value from pg_sequences where last_value is not null order by 1`,
  )
  for (const row of rows) yield { kind: 'sequence', sequence: row.sequence, last_value: Number(row.last_value) }
}

/** Lines are joined into larger pieces: handing each over alone would cost more than making it. */
async function* asText(lines: AsyncIterable<BackupLine>): AsyncGenerator<string> {
  let text = ''
  for await (const line of lines) {
    text += `${JSON.stringify(line)}\n`
    if (text.length > 65_536) {
      yield text
      text = ''
    }
  }
  yield text
}
