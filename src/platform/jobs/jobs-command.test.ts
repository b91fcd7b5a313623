import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { z } from 'zod'
import { commandIo } from '../../../test/command-io.ts'
import { freshDatabase } from '../../../test/database.ts'
import { testServices } from '../../../test/services.ts'
import { defineJob, enqueue, jobsCommand, runDueJobs } from './index.ts'

async function aPortal(t: TestContext) {
  const services = testServices(await freshDatabase(t))
  let works = false
  const job = defineJob<object>('test.fragile', {
    payload: z.object({}),
    retries: 0,
    run: async () => {
      if (!works) throw new Error('the printer is on fire')
    },
  })
  await services.db.transaction().execute((trx) => enqueue(trx, job, {}))
  await runDueJobs(services, [job])
  const run = async (...argv: string[]) => {
    const io = commandIo('/')
    const exit = await jobsCommand(services, argv, io)
    return { exit, ...io.written() }
  }
  return { services, job, run, repair: () => (works = true) }
}

test('jobs list shows what failed and why; jobs retry queues it again', async (t) => {
  const { services, job, run, repair } = await aPortal(t)
  assert.match((await run('list')).stdout, /test\.fragile +failed +1\n[\s\S]*the printer is on fire/)
  const { failed } = JSON.parse((await run('list', '--json')).stdout)
  repair()
  assert.deepEqual(await run('retry', failed[0].id), { exit: 0, stdout: 'queued again\n', stderr: '' })
  assert.deepEqual(await runDueJobs(services, [job]), { done: 1, failed: 0 })
  assert.deepEqual(JSON.parse((await run('list', '--json')).stdout).failed, [])
})

test('jobs retry of what is no failed job exits 1, a wrong call 2', async (t) => {
  const { run } = await aPortal(t)
  for (const id of ['0197c0de-0000-7000-8000-000000000000', 'x']) assert.equal((await run('retry', id)).exit, 1)
  for (const argv of [[], ['retry'], ['list', 'x'], ['drop']]) assert.equal((await run(...argv)).exit, 2)
})
