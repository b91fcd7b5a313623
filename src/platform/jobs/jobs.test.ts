import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { freshDatabase } from '../../../test/database.ts'
import { testServices } from '../../../test/services.ts'
import type { Services } from '../services.ts'
import {
  type AnyJob,
  countJobs,
  defineJob,
  enqueue,
  listFailedJobs,
  retryFailedJob,
  runDueJobs,
  startWorker,
  type Worker,
} from './index.ts'

const payload = z.object({ text: z.string() })

function noting(name: string, settings: { retries?: number; pause?: number; failures?: number } = {}) {
  const seen: string[] = []
  const tries: number[] = []
  const job = defineJob<{ text: string }>(name, {
    payload,
    ...settings,
    run: async ({ attempt }, { text }) => {
      tries.push(attempt)
      if (tries.length <= (settings.failures ?? 0)) throw new Error(`no ${text}`)
      seen.push(text)
    },
  })
  return { job, seen, tries }
}

const workers = new WeakMap<TestContext, Worker[]>()

async function services(t: TestContext) {
  const database = await freshDatabase(undefined, 4)
  t.after(async () => {
    for (const worker of workers.get(t) ?? []) await worker.stop()
    await database.close()
  })
  return testServices(database)
}

async function startedWorker(t: TestContext, all: Services, jobs: AnyJob[]) {
  const worker = await startWorker(all, jobs)
  workers.set(t, [...(workers.get(t) ?? []), worker])
  return worker
}

async function until(happened: () => boolean | Promise<boolean>, seconds = 10) {
  const end = Date.now() + seconds * 1000
  while (!(await happened())) {
    assert.ok(Date.now() < end, `not within ${seconds} s`)
    await wait(10)
  }
}

test('a job exists exactly when its transaction commits', async (t) => {
  const all = await services(t)
  const { job, seen } = noting('test.note')
  await all.db.transaction().execute(async (trx) => assert.ok(await enqueue(trx, job, { text: 'kept' })))
  const rolledBack = all.db.transaction().execute(async (trx) => {
    await enqueue(trx, job, { text: 'dropped' })
    throw new Error('rolled back')
  })
  await assert.rejects(rolledBack, /rolled back/)
  assert.deepEqual(await runDueJobs(all, [job]), { done: 1, failed: 0 })
  assert.deepEqual(seen, ['kept'])
})

test('a key lets one job wait, and another once that one runs', async (t) => {
  const all = await services(t)
  const { job, seen } = noting('test.note')
  const add = (text: string) => all.db.transaction().execute((trx) => enqueue(trx, job, { text }, { key: 'same' }))
  assert.ok(await add('first'))
  assert.equal(await add('second'), null)
  await runDueJobs(all, [job])
  assert.ok(await add('third'))
  await runDueJobs(all, [job])
  assert.deepEqual(seen, ['first', 'third'])
})

test('a job for later waits, unless it is run ahead', async (t) => {
  const all = await services(t)
  const { job, seen } = noting('test.note')
  const startAfter = new Date(Date.now() + 3600_000)
  await all.db.transaction().execute((trx) => enqueue(trx, job, { text: 'later' }, { startAfter }))
  assert.deepEqual(await runDueJobs(all, [job]), { done: 0, failed: 0 })
  assert.deepEqual(await runDueJobs(all, [job], { ahead: true }), { done: 1, failed: 0 })
  assert.deepEqual(seen, ['later'])
})

test('a job that used up its tries stays visible, and can be tried once more', async (t) => {
  const all = await services(t)
  const { job, seen, tries } = noting('test.fails', { retries: 1, failures: 2 })
  await all.db.transaction().execute((trx) => enqueue(trx, job, { text: 'luck' }))
  for (let i = 0; i < 3; i++) await runDueJobs(all, [job], { ahead: true })
  assert.deepEqual(tries, [1, 2])

  const [failed, ...others] = await listFailedJobs(all.db)
  assert.equal(others.length, 0)
  assert.deepEqual(
    { name: failed!.name, payload: failed!.payload, attempts: failed!.attempts, error: failed!.error },
    { name: 'test.fails', payload: { text: 'luck' }, attempts: 2, error: 'no luck' },
  )
  assert.deepEqual(await countJobs(all.db), [{ name: 'test.fails', state: 'failed', count: 1 }])

  assert.equal(await retryFailedJob(all.db, failed!.id), true)
  await runDueJobs(all, [job])
  assert.deepEqual(seen, ['luck'])
  assert.equal(await retryFailedJob(all.db, failed!.id), false)
})

test('a payload that does not fit its job fails visibly', async (t) => {
  const all = await services(t)
  const { job, seen } = noting('test.note', { retries: 0 })
  await all.db.transaction().execute((trx) => enqueue(trx, job, { text: 7 as unknown as string }))
  assert.deepEqual(await runDueJobs(all, [job]), { done: 0, failed: 1 })
  assert.deepEqual(seen, [])
  assert.match((await listFailedJobs(all.db))[0]!.error, /expected string/i)
})

test('a worker runs what was queued before it started and what is queued after, at once', async (t) => {
  const all = await services(t)
  const { job, seen } = noting('test.note')
  const add = (text: string) => all.db.transaction().execute((trx) => enqueue(trx, job, { text }))
  for (let i = 0; i < 20; i++) await add(`before ${i}`)
  await startedWorker(t, all, [job])
  await until(() => seen.length === 20)
  const began = performance.now()
  await add('after')
  await until(() => seen.includes('after'))
  t.diagnostic(`ran ${Math.round(performance.now() - began)} ms after it was queued`)
})

test('a worker tries again what failed', async (t) => {
  const all = await services(t)
  const { job, seen, tries } = noting('test.fails', { retries: 3, pause: 0, failures: 2 })
  await startedWorker(t, all, [job])
  await all.db.transaction().execute((trx) => enqueue(trx, job, { text: 'third time' }))
  await until(() => seen.length === 1)
  assert.deepEqual(tries, [1, 2, 3])
})

test('a stopping worker finishes the running job and takes no other', async (t) => {
  const all = await services(t)
  const events = new EventTarget()
  const seen: string[] = []
  const job = defineJob<{ text: string }>('test.slow', {
    payload,
    run: async (_, { text }) => {
      events.dispatchEvent(new Event('started'))
      await wait(300)
      seen.push(text)
    },
  })
  const worker = await startedWorker(t, all, [job])
  const started = once(events, 'started')
  for (const text of ['running', 'waiting']) await all.db.transaction().execute((trx) => enqueue(trx, job, { text }))
  await started
  await worker.stop()
  assert.deepEqual(seen, ['running'])
  const left = (await countJobs(all.db))
    .filter(({ name }) => name === 'test.slow')
    .sort((a, b) => (a.state < b.state ? -1 : 1))
  assert.deepEqual(
    left.map(({ state, count }) => [state, count]),
    [
      ['completed', 1],
      ['created', 1],
    ],
  )
})

test('the schedules of the library follow the jobs', async (t) => {
  const all = await services(t)
  const cron = (name: string) =>
    defineJob<object>(name, { payload: z.object({}), cron: '0 3 * * *', run: async () => {} })
  const schedules = () => all.database.pool.query('select name, cron, timezone from jobs.schedule order by name')
  await (await startWorker(all, [cron('test.nightly'), cron('test.old')])).stop()
  await (await startWorker(all, [cron('test.nightly')])).stop()
  assert.deepEqual((await schedules()).rows, [{ name: 'test.nightly', cron: '0 3 * * *', timezone: 'UTC' }])
})
