import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import pg from 'pg'
import { z } from 'zod'
import { freshPostgres } from '../../../test/database.ts'
import { testServices } from '../../../test/services.ts'
import { aTransactionPooler } from '../../../test/transaction-pooler.ts'
import { defineJob, enqueue, startWorker } from '../jobs/index.ts'
import { ConfigProblem } from '../secrets.ts'
import { backupDatabase, type Database, DatabaseUnavailable, migrate, openDatabase, statement } from './index.ts'

/** The settings of the role as the message of `openDatabase` says, taken back when the test is over. */
async function withSettings(t: TestContext): Promise<{ databaseUrl: string; message: string }> {
  const { databaseUrl, pool } = await freshPostgres(t)
  const bare = await aTransactionPooler(t, databaseUrl, 1)
  const problem = await openDatabase({ databaseUrl: bare.url, dataDir: '', pooled: true }).then(
    () => assert.fail('a role without settings is refused'),
    (error: Error) => error,
  )
  assert.ok(problem instanceof ConfigProblem, problem.stack)
  const statements = problem.message.slice(problem.message.indexOf('\n'))
  await pool.query(statements)
  t.after(() => pool.query(statements.replaceAll(/ set .*/g, ' reset all;')).then(() => {}))
  return { databaseUrl, message: problem.message }
}

async function pooled(t: TestContext, url: string): Promise<Database> {
  const database = await openDatabase({ databaseUrl: url, dataDir: '', pooled: true })
  t.after(() => database.close())
  return database
}

test('the pooler of these tests refuses start-up parameters, and gives each transaction another session', async (t) => {
  const { databaseUrl } = await freshPostgres(t)
  const { url } = await aTransactionPooler(t, databaseUrl)
  const { pool } = await openDatabase({ databaseUrl: url, dataDir: '' })
  t.after(() => pool.end())
  await assert.rejects(pool.query('select 1'), /unsupported startup parameter: options/)

  const client = new pg.Client({ connectionString: url })
  await client.connect()
  t.after(() => client.end())
  const named = () => client.query({ name: 'kept', text: 'select 1' })
  await named()
  await assert.rejects(named(), { code: '26000' })
})

test('behind a pooler of transactions the role must have the settings; the message is the SQL that gives them', async (t) => {
  const { databaseUrl, message } = await withSettings(t)
  assert.match(message, /alter role \S+ in database \S+ set statement_timeout = '30000';/)
  const { url } = await aTransactionPooler(t, databaseUrl)
  const { pool } = await pooled(t, url)
  const { rows } = await pool.query(`select current_setting('TimeZone') as zone, current_setting('jit') as jit,
    current_setting('idle_in_transaction_session_timeout') as idle`)
  assert.deepEqual(rows, [{ zone: 'UTC', jit: 'off', idle: '30s' }])
  await assert.rejects(openDatabase({ databaseUrl: url, dataDir: '', pooled: true, statementTimeout: 5000 }), {
    name: 'ConfigProblem',
    message: /set idle_in_transaction_session_timeout = '5000';\nalter .* set statement_timeout = '5000';$/,
  })
})

test('a pooler that is not there is unavailable', async () => {
  const opening = openDatabase({ databaseUrl: 'postgres://postgres@127.0.0.1:1/postgres', dataDir: '', pooled: true })
  await assert.rejects(opening, DatabaseUnavailable)
})

test('behind a pooler of transactions nothing belongs to a session: statements, migrations, jobs, backups', async (t) => {
  const { databaseUrl } = await withSettings(t)
  const { url, asked } = await aTransactionPooler(t, databaseUrl)
  const database = await pooled(t, url)
  const { db } = database
  assert.deepEqual(await migrate(database), [])
  const twice = statement<{ twice: number }, 'n'>(['n'], ({ n }) => sql`select 2 * ${n}::int as twice`)
  for (const n of [1, 2, 3, 4]) assert.deepEqual(await twice.rows(db, { n }), [{ twice: 2 * n }])

  const ran: number[] = []
  const job = defineJob<{ n: number }>('test.pooled', {
    payload: z.object({ n: z.number() }),
    run: async (_context, { n }) => void ran.push(n),
  })
  const worker = await startWorker(testServices(database), [job])
  await db.transaction().execute(async (trx) => {
    for (const n of [1, 2, 3]) await enqueue(trx, job, { n })
  })
  for (let tries = 0; ran.length < 3; tries++) {
    assert.ok(tries < 150, 'polling finds jobs that no notification told about')
    await wait(100)
  }
  await worker.stop()

  const folder = mkdtempSync(join(tmpdir(), 'keyport-pooled-'))
  t.after(() => rmSync(folder, { recursive: true }))
  assert.ok((await backupDatabase(database, join(folder, 'backup'))).tables > 20)

  const ofSession = /^\s*(listen|prepare|set (?!local)|discard)|pg_(try_)?advisory_lock|set_config\([^()]*, false\)/i
  assert.deepEqual(
    asked.filter(({ name, text }) => name !== '' || ofSession.test(text)),
    [],
  )
  assert.ok(asked.length > 30)
})
