/**
 * S3: importing order lines from CSV on PostgreSQL, against COPY of the resulting rows into the same tables with the
 * same indexes, alternating in one run; memory of the importing process while it runs.
 * Usage: node --import ./tools/tsx.ts bench/orders-import.ts [--full | --check]
 * The server must be able to write and read files in its own temporary folder (COPY … TO 'file').
 */
import { once } from 'node:events'
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { sql } from 'kysely'
import { importOrders } from '../src/orders/index.ts'
import { systemActor } from '../src/platform/actor.ts'
import type { Db } from '../src/platform/db/index.ts'
import { freshPostgres } from '../test/database.ts'
import { ordersCsv, someCatalog } from '../test/orders.ts'
import { atLeast, report, sizeOfRun } from './report.ts'

const { lines, rounds } = sizeOfRun({
  check: { lines: 200, rounds: 1 },
  small: { lines: 20_000, rounds: 3 },
  full: { lines: 1_000_000, rounds: 1 },
})
const tables = ['customers', 'addresses', 'orders', 'order_lines', 'licenses', 'events'] as const
const folder = mkdtempSync(join(tmpdir(), 'keyport-bench-'))

/** Orders of four lines for a tenth as many customers, most with an address, as an ERP exports them. */
async function writeFile(file: string) {
  const out = createWriteStream(file)
  for (let from = 0; from < lines; from += 1_000) {
    const rows = Array.from({ length: Math.min(1_000, lines - from) }, (_, n) => rowOf(from + n))
    const text = ordersCsv(rows)
    if (!out.write(from === 0 ? text : text.slice(text.indexOf('\r\n') + 2))) await once(out, 'drain')
  }
  out.end()
  await once(out, 'finish')
}

function rowOf(n: number) {
  const order = Math.floor(n / 4)
  const customer = Math.floor(order / 4)
  return {
    order_number: `SO-${order}`,
    line: (n % 4) + 1,
    customer_number: `C${customer}`,
    customer_name: `Société ${customer} & Söhne`,
    serial_number: `M${String(n).padStart(10, '0')}`,
    quantity: (n % 50) + 1,
    purchase_order: `PO ${order}`,
    contact_name: 'Ana Pérez',
    contact_email: `it${customer}@example.com`,
    certificate_number: `CERT-${n}`,
    maintenance_until: '2027-12-31',
    ...(order % 5 > 0 && {
      address_company: `Société ${customer}`,
      address_street: `${customer} Main Street`,
      address_city: 'Lyon',
      address_country: 'FR',
    }),
  }
}

async function importInto(db: Db, file: string) {
  let peak = 0
  const before = process.memoryUsage().rss
  const started = performance.now()
  const report = await importOrders(
    db,
    systemActor('bench'),
    { file },
    {
      on_progress: () => {
        peak = Math.max(peak, process.memoryUsage().rss - before)
      },
    },
  )
  const time = performance.now() - started
  if (report.created !== lines || report.rejected !== 0) throw new Error(`wrong result: ${JSON.stringify(report)}`)
  return { time, peak }
}

async function copyOut(db: Db) {
  for (const table of tables)
    await sql`copy (select ${sql.raw(await columnsOf(db, table))} from ${sql.table(table)}) to ${sql.lit(fileOf(table))}`.execute(
      db,
    )
}

async function copyIn(db: Db) {
  const lists = new Map<string, string>()
  for (const table of tables) lists.set(table, await columnsOf(db, table))
  const started = performance.now()
  for (const table of tables)
    await sql`copy ${sql.table(table)} (${sql.raw(lists.get(table)!)}) from ${sql.lit(fileOf(table))}`.execute(db)
  return performance.now() - started
}

const fileOf = (table: string) => join(tmpdir(), `keyport-bench-${process.pid}-${table}.copy`)

async function columnsOf(db: Db, table: string): Promise<string> {
  const { rows } = await sql<{ list: string }>`select string_agg(column_name, ', ' order by ordinal_position) as list
    from information_schema.columns where table_schema = 'public' and table_name = ${table} and is_generated = 'NEVER'`.execute(
    db,
  )
  return rows[0]!.list
}

const imports: number[] = []
const copies: number[] = []
let memory = 0
try {
  const file = join(folder, 'orders.csv')
  await writeFile(file)
  for (let round = 0; round < rounds; round++) {
    await using one = disposable(await freshPostgres())
    await using two = disposable(await freshPostgres())
    for (const { db } of [one, two]) await sql`set statement_timeout = 0`.execute(db)
    await someCatalog(one.db)
    const { time, peak } = await importInto(one.db, file)
    imports.push(time)
    memory = Math.max(memory, peak)
    await copyOut(one.db)
    await sql`copy products to ${sql.lit(fileOf('products'))}`.execute(one.db)
    await sql`copy products from ${sql.lit(fileOf('products'))}`.execute(two.db)
    await sql`copy product_versions to ${sql.lit(fileOf('versions'))}`.execute(one.db)
    await sql`copy product_versions from ${sql.lit(fileOf('versions'))}`.execute(two.db)
    copies.push(await copyIn(two.db))
  }
  const size = statSync(file).size
  const [took, limit] = [median(imports), median(copies)]
  const work = `order import of ${lines} lines, ${(size / 1e6).toFixed(1)} MB of CSV`
  report({
    id: 'S3',
    work: `${work}, medians of ${rounds}`,
    figure: `${(took / 1000).toFixed(2)} s, ${((lines / took) * 1000).toFixed(0)} lines a second`,
    limit: `${(limit / 1000).toFixed(2)} s, COPY of the resulting rows`,
    ratio: limit / took,
    target: atLeast(0.5, limit / took),
  })
  const target = { text: 'flat: ≤ 100 MB', met: memory / 1e6 <= 100 }
  report({ id: 'S3', work: `${work}: memory`, figure: `+ ${(memory / 1e6).toFixed(0)} MB at most`, target })
} finally {
  rmSync(folder, { recursive: true })
}

function disposable<T extends { close(): Promise<void> }>(database: T): T & AsyncDisposable {
  return Object.assign(database, { [Symbol.asyncDispose]: () => database.close() })
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!
}
