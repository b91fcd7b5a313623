import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { z } from 'zod'
import { freshPostgres } from '../../../test/database.ts'
import { testServices } from '../../../test/services.ts'
import { openDatabase } from '../db/index.ts'
import { defineJob, enqueue, startWorker } from './index.ts'

test('however often the server ends its connections, a worker holds one and hears of new jobs', async (t) => {
  const { db: admin, databaseUrl } = await freshPostgres(t)
  const database = await openDatabase({ databaseUrl, dataDir: '', poolSize: 6, applicationName: 'to be ended' })
  t.after(() => database.close())
  const services = testServices(database)
  const { pool, db } = database
  let ran = 0
  const job = defineJob<object>('test.heard', {
    payload: z.object({}),
    run: async () => {
      ran += 1
    },
  })
  const worker = await startWorker(services, [job])
  for (let round = 0; round < 8; round++) {
    await Promise.allSettled([1, 2, 3, 4].map(() => sql`select 1`.execute(db)))
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'to be ended'`.execute(admin)
    await wait(round % 2 ? 0 : 150)
  }
  const settled = async () => {
    const { rows } = await sql<{ listening: number }>`select count(*) as listening from pg_stat_activity
      where datname = current_database() and query like 'listen %' and state = 'idle'`.execute(admin)
    return rows[0]!.listening === 1 && pool.totalCount - pool.idleCount === 1
  }
  for (let tries = 0; !(await settled()); tries++) {
    assert.ok(tries < 100, `${pool.totalCount - pool.idleCount} connections are held`)
    await wait(100)
  }
  await db.transaction().execute((trx) => enqueue(trx, job, {}))
  for (let tries = 0; ran === 0; tries++) {
    assert.ok(tries < 100)
    await wait(100)
  }
  await worker.stop()
})
