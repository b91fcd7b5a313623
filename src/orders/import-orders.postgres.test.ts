import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { freshPostgres } from '../../test/database.ts'
import { ordersCsv, someCatalog } from '../../test/orders.ts'
import { systemActor } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { projectRoot } from '../platform/root.ts'
import { importOrders } from './import-orders.ts'

const lines = (count: number) =>
  ordersCsv(Array.from({ length: count }, (_, n) => ({ order_number: `R${Math.floor(n / 4)}`, line: (n % 4) + 1 })))

const load = (db: Db, file: string) => importOrders(db, systemActor('test'), { bytes: Buffer.from(file) })

async function countOf(db: Db, table: 'licenses' | 'order_lines' | 'orders'): Promise<number> {
  const { count } = await db
    .selectFrom(table)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

/** Red when `lockImports` goes: both find the lines missing, and the second breaks on their uniqueness. */
test('two imports of the same file at once create each license once', async (t) => {
  const { db } = await freshPostgres(t)
  await someCatalog(db)
  const file = lines(400)
  const reports = await Promise.all([load(db, file), load(db, file), load(db, file), load(db, file)])
  assert.equal(
    reports.reduce((sum, { created }) => sum + created, 0),
    400,
  )
  assert.ok(reports.every(({ created, unchanged }) => created + unchanged === 400))
  assert.equal(await countOf(db, 'licenses'), 400)
})

test('an import killed half-way is completed by the same command, nothing twice and nothing half', async (t) => {
  const { db, databaseUrl } = await freshPostgres(t)
  await someCatalog(db)
  const folder = mkdtempSync(join(tmpdir(), 'orders-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'orders.csv')
  writeFileSync(file, lines(20_000))
  const program = `
    import { openDatabase } from './src/platform/db/index.ts'
    import { systemActor } from './src/platform/actor.ts'
    import { importOrders } from './src/orders/index.ts'
    const { db } = await openDatabase({ databaseUrl: ${JSON.stringify(databaseUrl)}, dataDir: '' })
    await importOrders(db, systemActor('test'), { file: ${JSON.stringify(file)} }, { on_progress: () => console.log('batch') })`
  const child = spawn(process.execPath, ['--import', './tools/tsx.ts', '--input-type=module', '-e', program], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  child.kill('SIGKILL')
  await once(child, 'exit')

  const stored = await countOf(db, 'licenses')
  assert.ok(stored >= 4_999 && stored < 20_000, `${stored} lines were stored when it was killed`)
  assert.equal(await countOf(db, 'order_lines'), stored)
  const report = await importOrders(db, systemActor('test'), { file })
  assert.deepEqual([report.created + report.unchanged, report.rejected], [20_000, 0])
  assert.deepEqual(
    [await countOf(db, 'licenses'), await countOf(db, 'order_lines'), await countOf(db, 'orders')],
    [20_000, 20_000, 5_000],
  )
})
