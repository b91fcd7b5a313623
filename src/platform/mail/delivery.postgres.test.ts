import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { freshPostgres } from '../../../test/database.ts'
import { type MailServer, startMailServer } from '../../../test/mail-server.ts'
import { testServices } from '../../../test/services.ts'
import { enqueue } from '../jobs/index.ts'
import type { Services } from '../services.ts'
import { claimStatement } from './deliver-mails.ts'
import { countMails, enqueueMails, mailJobs } from './index.ts'

const node = fileURLToPath(new URL('../../../test/mail-node.ts', import.meta.url))

/** A process that runs mail jobs like a node of the portal. */
function startNode(t: TestContext, databaseUrl: string, smtp: MailServer): ChildProcess {
  const child = spawn(process.execPath, ['--import', './tools/tsx.ts', node], {
    env: { ...process.env, DATABASE_URL: databaseUrl, SMTP_URL: smtp.url, NODE_ENV: 'test', LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  t.after(() => child.kill('SIGKILL'))
  return child
}

async function write(all: Services, count: number) {
  await all.db.transaction().execute((trx) =>
    enqueueMails(
      trx,
      new Date(),
      Array.from({ length: count }, (_, i) => ({
        template: 'test',
        to: { email: `person${i % 5}@a.example` },
        locale: 'en' as const,
        content: { subject: `mail ${i}`, heading: 'Hello', paragraphs: [] },
      })),
    ),
  )
}

async function until(happened: () => boolean | Promise<boolean>, seconds = 40) {
  const end = Date.now() + seconds * 1000
  while (!(await happened())) {
    assert.ok(Date.now() < end, `not within ${seconds} s`)
    await wait(20)
  }
}

/** As if the lease of a dead node and the pauses were over. */
async function allDueNow(all: Services) {
  await sql`update mails set next_attempt_at = now() where sent_at is null`.execute(all.db)
  await all.db.transaction().execute((trx) => enqueue(trx, mailJobs[0]!, {}, { key: 'again' }))
}

test('a node killed between sending and noting it sends again with the same Message-ID, and loses none', async (t) => {
  const database = await freshPostgres(t)
  const all = testServices(database)
  let holds = true
  // The server has taken the mail; the node never learns of it.
  const smtp = await startMailServer({ beforeAnswer: () => (holds ? new Promise<boolean>(() => {}) : true) })
  t.after(() => smtp.close())
  await write(all, 7)
  const killed = startNode(t, database.databaseUrl, smtp)
  await until(() => smtp.taken.length >= 1)
  killed.kill('SIGKILL')
  await once(killed, 'exit')
  const first = smtp.taken.map(({ messageId }) => messageId)
  const { rows } = await sql<{ count: number }>`select count(*) from mails where sent_at is not null`.execute(all.db)
  assert.equal(rows[0]!.count, 0)

  holds = false
  await allDueNow(all)
  startNode(t, database.databaseUrl, smtp)
  await until(async () => (await countMails(all.db)).waiting === 0)
  const ids = smtp.taken.map(({ messageId }) => messageId)
  assert.equal(new Set(ids).size, 7, 'every mail came')
  for (const id of first) assert.ok(ids.filter((other) => other === id).length >= 2, 'what was told twice has one id')
})

test('two nodes share the outbox: every mail once, in order for each recipient', async (t) => {
  const database = await freshPostgres(t)
  const all = testServices(database)
  const smtp = await startMailServer({ beforeAnswer: () => wait(5, true) })
  t.after(() => smtp.close())
  for (let i = 0; i < 4; i++) {
    await write(all, 50)
    await all.db.transaction().execute((trx) => enqueue(trx, mailJobs[0]!, {}, { key: `run ${i}` }))
  }
  startNode(t, database.databaseUrl, smtp)
  startNode(t, database.databaseUrl, smtp)
  await until(async () => (await countMails(all.db)).waiting === 0)
  assert.equal(smtp.taken.length, 200)
  assert.equal(new Set(smtp.taken.map(({ messageId }) => messageId)).size, 200)
  for (let person = 0; person < 5; person++) {
    const numbers = smtp.taken
      .filter(({ rcpt }) => rcpt === `person${person}@a.example`)
      .map(({ subject }) => Number(subject!.split(' ')[1]))
    const expected = Array.from({ length: 40 }, (_, i) => (i % 10) * 5 + person)
    assert.deepEqual(numbers, expected)
  }
})

test('a queue that grows after a quiet time is read by the index of each recipient', async (t) => {
  const all = testServices(await freshPostgres(t))
  await sql`analyze mails`.execute(all.db)
  await write(all, 2000)
  const { rows } = await sql<{ 'QUERY PLAN': string }>`explain ${claimStatement(new Date(), 'a.example')}`.execute(
    all.db,
  )
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
  assert.match(plan, /using mails_recipient_queue on mails first/)
  assert.match(plan, /using mails_due on mails m/)
})
