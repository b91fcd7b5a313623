import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { freshEmbedded } from '../../../test/database.ts'
import { projectRoot } from '../root.ts'
import { type Database, DatabaseUnavailable, migrate, type OpenOptions, openDatabase } from './index.ts'
import { vacuum } from './maintain.ts'
import { openOnDisk } from './pglite.ts'

function aFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'keyport-embedded-'))
  t.after(() => t.after(() => rmSync(folder, { recursive: true, force: true })))
  return join(folder, 'database')
}

async function opened(t: TestContext, dataDir: string, options: Partial<OpenOptions> = {}): Promise<Database> {
  const database = await openDatabase({ dataDir, ...options })
  t.after(() => database.close())
  return database
}

const numbersIn = async ({ db }: Database) =>
  (await sql<{ number: number }>`select number from written order by number`.execute(db)).rows.map((row) => row.number)

/** Lets a process write until it acknowledged `count` numbers, then kills it as a power switch would. */
async function killAfter(folder: string, count: number): Promise<number[]> {
  const script = join(projectRoot, 'test', 'write-forever.ts')
  const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  const acknowledged: number[] = []
  for await (const line of createInterface(child.stdout)) {
    acknowledged.push(Number(line))
    if (acknowledged.length === count) child.kill('SIGKILL')
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return acknowledged
}

test('a new folder becomes a migrated database, and keeps what was written', async (t) => {
  const folder = aFolder(t)
  const first = await openDatabase({ dataDir: folder })
  assert.deepEqual(await migrate(first), [])
  await first.db
    .insertInto('agreements')
    .values({ id: crypto.randomUUID(), version: '1', published_at: new Date() })
    .execute()
  await first.close()
  const second = await opened(t, folder)
  assert.deepEqual(await second.db.selectFrom('agreements').select('version').execute(), [{ version: '1' }])
})

test('a folder with other files is refused and left alone', async (t) => {
  const folder = aFolder(t)
  mkdirSync(folder)
  writeFileSync(join(folder, 'thesis.txt'), 'years of work')
  await assert.rejects(openDatabase({ dataDir: folder }), /is not empty, and not a database/)
  assert.equal(readFileSync(join(folder, 'thesis.txt'), 'utf8'), 'years of work')
})

test('a second process is refused while the first lives, with the ways out, and served once it is gone', async (t) => {
  const folder = aFolder(t)
  const first = await openDatabase({ dataDir: folder })
  const second = spawn(process.execPath, [join(projectRoot, 'test', 'write-forever.ts'), folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [message, [code]] = await Promise.all([second.stderr.toArray(), once(second, 'exit')])
  assert.notEqual(code, 0)
  assert.match(message.join(''), /DatabaseLocked: another Keyport process is using .*Stop that process.*DATABASE_URL/s)
  await assert.rejects(openDatabase({ dataDir: folder }), { name: 'DatabaseLocked' })
  await first.close()
  assert.deepEqual(await killAfter(folder, 3), [1, 2, 3])
})

test('every commit that was acknowledged survives kill -9, twice over', async (t) => {
  const folder = aFolder(t)
  const acknowledged: number[] = []
  for (const count of [40, 25]) acknowledged.push(...(await killAfter(folder, count)))
  const present = await numbersIn(await opened(t, folder))
  assert.ok(acknowledged.length >= 65)
  assert.deepEqual(
    acknowledged.filter((number) => !present.includes(number)),
    [],
  )
  assert.deepEqual(
    present,
    present.map((_, index) => index + 1),
  )
})

test('a commit is forced to the disk before it is acknowledged; a read forces nothing', async (t) => {
  const folder = aFolder(t)
  await (await openDatabase({ dataDir: folder })).close()
  const lite = await openOnDisk(folder)
  t.after(() => lite.close())
  const files = lite.fs as unknown as { forced: number }
  await lite.query('create table written (number int)')
  const before = files.forced
  for (let i = 0; i < 5; i++) await lite.query('insert into written values ($1)', [i])
  const afterWrites = files.forced
  assert.ok(afterWrites >= before + 5, `${afterWrites - before} times for 5 commits`)
  await lite.query('select * from written')
  assert.equal(files.forced, afterWrites)
})

test('an engine that does not force its commits to the disk is refused', async (t) => {
  const folder = aFolder(t)
  await (await openDatabase({ dataDir: folder })).close()
  await assert.rejects(openOnDisk(folder, ['fsync=off']), /does not force its commits to the disk/)
})

test('a statement over its time is cancelled, and the database goes on with all that was committed', async (t) => {
  const database = await opened(t, aFolder(t), { statementTimeout: 1_000 })
  await sql`create table written (number int)`.execute(database.db)
  await sql`insert into written values (1)`.execute(database.db)
  const endless = sql`select count(*) from generate_series(1, 1000000000)`
  await assert.rejects(endless.execute(database.db), { code: '57014' })
  const inTransaction = database.db.transaction().execute(async (trx) => {
    await sql`insert into written values (2)`.execute(trx)
    await endless.execute(trx)
  })
  await assert.rejects(inTransaction)
  assert.deepEqual(await numbersIn(database), [1])
  const slow = sql<{ count: number }>`select count(*) as count from generate_series(1, 3000000)`
  const { rows } = await database.patiently(() =>
    Promise.all([slow, slow, slow].map((each) => each.execute(database.db))).then((all) => all[0]!),
  )
  assert.deepEqual(rows, [{ count: 3_000_000 }])
})

test('an engine that fails is unavailable, not wrong; it recovers when the fault is gone', async (t) => {
  const folder = aFolder(t)
  const database = await opened(t, folder)
  await sql`create table written (number int)`.execute(database.db)
  await sql`insert into written values (1)`.execute(database.db)
  const log = join(folder, 'pg_wal')
  renameSync(log, `${log}.away`)
  const write = () => sql`select pg_switch_wal(), pg_logical_emit_message(true, 'test', 'x')`.execute(database.db)
  await assert.rejects(async () => {
    for (let i = 0; i < 5; i++) await write()
  }, DatabaseUnavailable)
  await assert.rejects(write(), DatabaseUnavailable)
  renameSync(`${log}.away`, log)
  assert.deepEqual(await numbersIn(database), [1])
})

test('a long query stalls nothing else in the process', async (t) => {
  const { db } = await freshEmbedded(t)
  const query = sql`select count(*) from generate_series(1, 3000000)`.execute(db)
  let turns = 0
  let running = true
  query.finally(() => (running = false)).catch(() => {})
  while (running) {
    await wait(1)
    turns += 1
  }
  await query
  assert.ok(turns > 20, `${turns} turns of the event loop`)
})

test('an answer of several megabytes arrives whole', async (t) => {
  const { db } = await freshEmbedded(t)
  const { rows } = await sql<{ i: number; text: string }>`
    select i, repeat('é', 100) as text from generate_series(1, 30000) i`.execute(db)
  assert.equal(rows.length, 30_000)
  assert.ok(rows.every((row, index) => row.i === index + 1 && row.text === 'é'.repeat(100)))
})

test('tables that changed much are vacuumed and analyzed, the others left alone', async (t) => {
  const database = await freshEmbedded(t)
  await sql`insert into agreements select gen_random_uuid(), i::text, now() from generate_series(1, 500) i`.execute(
    database.db,
  )
  await sql`select pg_stat_force_next_flush()`.execute(database.db)
  assert.ok((await vacuum(database.pool, 'needed')).includes('public.agreements'))
  await sql`select pg_stat_force_next_flush()`.execute(database.db)
  assert.ok(!(await vacuum(database.pool, 'needed')).includes('public.agreements'))
  const { rows } = await sql<{
    tuples: number
  }>`select reltuples as tuples from pg_class where relname = 'agreements'`.execute(database.db)
  assert.deepEqual(rows, [{ tuples: 500 }])
})
