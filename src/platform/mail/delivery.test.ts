import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { sql } from 'kysely'
import { freshDatabase } from '../../../test/database.ts'
import { type Behaviour, startMailServer } from '../../../test/mail-server.ts'
import { testServices } from '../../../test/services.ts'
import { enqueue, runDueJobs } from '../jobs/index.ts'
import type { Services } from '../services.ts'
import { countMails, enqueueMails, listParkedMails, mailJobs, type OutgoingMail, retryParkedMail } from './index.ts'

function aMail(email: string, subject: string): OutgoingMail {
  return {
    template: 'test',
    to: { email, name: 'Ana "A" Čech' },
    locale: 'en',
    content: { subject, heading: subject, paragraphs: ['…'] },
  }
}

async function portal(t: TestContext, SMTP_URL: string | undefined) {
  const all = testServices(await freshDatabase(t), { SMTP_URL, MAIL_FROM: 'Vendor <keys@vendor.example>' })
  const write = (...mails: OutgoingMail[]) =>
    all.db.transaction().execute((trx) => enqueueMails(trx, new Date(), mails))
  return { all, write, deliver: () => runDueJobs(all, mailJobs) }
}

async function server(t: TestContext, behaviour: Behaviour = {}) {
  const mailServer = await startMailServer(behaviour)
  t.after(() => mailServer.close())
  return mailServer
}

/** As if the pauses were over. */
async function allDueNow(all: Services) {
  await sql`update mails set next_attempt_at = now() where sent_at is null`.execute(all.db)
  await all.db.transaction().execute((trx) => enqueue(trx, mailJobs[0]!, {}, { key: 'now' }))
}

test('mails go out with name, subject, both parts, and a Message-ID of the sender’s domain', async (t) => {
  const smtp = await server(t)
  const { write, deliver, all } = await portal(t, smtp.url)
  await write(aMail('ana@customer.example', 'Žádost č. 1 – 鍵'))
  await deliver()
  const [mail] = smtp.taken
  assert.equal(mail!.subject, 'Žádost č. 1 – 鍵')
  assert.deepEqual(mail!.to, [{ name: 'Ana "A" Čech', address: 'ana@customer.example' }])
  assert.equal(mail!.from!.address, 'keys@vendor.example')
  assert.match(mail!.messageId!, /^<[0-9a-f-]{36}@vendor\.example>$/)
  assert.match(mail!.text!, /Žádost/)
  assert.match(mail!.html!, /<h1>Žádost/)
  assert.deepEqual(await countMails(all.db), { waiting: 0, parked: 0 })
})

test('a mail that can be unsubscribed from says so to mail programs, and only such a mail', async (t) => {
  const smtp = await server(t)
  const { write, deliver } = await portal(t, smtp.url)
  const url = `https://licensing.example/notifications/unsubscribe?token=${'x'.repeat(400)}`
  const reminder = aMail('ana@customer.example', 'Ends soon')
  reminder.content.unsubscribe = { label: 'Stop these e-mails', url }
  await write(reminder, aMail('ana@customer.example', 'Your keys'))
  await deliver()
  const headers = smtp.taken.map((mail) => new Map(mail.headers.map(({ key, value }) => [key, value])))
  assert.equal(headers[0]!.get('list-unsubscribe')!.replaceAll(/\s/g, ''), `<${url}>`)
  assert.equal(headers[0]!.get('list-unsubscribe-post'), 'List-Unsubscribe=One-Click')
  assert.ok(smtp.taken[0]!.text!.includes(url) && smtp.taken[0]!.html!.includes(url))
  assert.equal(headers[1]!.has('list-unsubscribe'), false)
})

test('a mail of a change that was rolled back is not sent', async (t) => {
  const smtp = await server(t)
  const { all, deliver } = await portal(t, smtp.url)
  const change = all.db.transaction().execute(async (trx) => {
    await enqueueMails(trx, new Date(), [aMail('ana@customer.example', 'never')])
    throw new Error('rolled back')
  })
  await assert.rejects(change, /rolled back/)
  await deliver()
  assert.equal(smtp.taken.length, 0)
})

test('each recipient gets the mails in the order they were written', async (t) => {
  const smtp = await server(t)
  const { write, deliver } = await portal(t, smtp.url)
  const people = ['ana@a.example', 'bo@b.example', 'cy@c.example']
  for (let i = 0; i < 10; i++) await write(...people.map((email) => aMail(email, `${i}`)))
  await deliver()
  for (const person of people) {
    const subjects = smtp.taken.filter(({ rcpt }) => rcpt === person).map(({ subject }) => subject)
    assert.deepEqual(subjects, [...'0123456789'])
  }
})

test('while the mail server is down mails wait; when it is back each goes out once, with its Message-ID', async (t) => {
  const first = await startMailServer()
  const { port, url } = first
  await first.close()
  const { all, write, deliver } = await portal(t, url)
  for (let i = 0; i < 8; i++) await write(aMail(`person${i}@a.example`, `mail ${i}`))
  await deliver()
  assert.deepEqual(await countMails(all.db), { waiting: 8, parked: 0 })
  const { rows: tried } = await sql<{ message_id: string }>`select message_id from mails where attempts = 1`.execute(
    all.db,
  )
  assert.equal(tried.length, 5, 'the rest was not tried against a server that is down')

  const smtp = await server(t, { port })
  await allDueNow(all)
  await deliver()
  assert.equal(smtp.taken.length, 8)
  const ids = new Set(smtp.taken.map(({ messageId }) => messageId))
  assert.equal(ids.size, 8)
  assert.ok(tried.every(({ message_id }) => ids.has(message_id)))
})

test('a failed try queues the next run by itself', async (t) => {
  const gone = await startMailServer()
  await gone.close()
  const { all, write, deliver } = await portal(t, gone.url)
  await write(aMail('ana@a.example', 'waits'))
  await deliver()
  const { rows } = await sql<{ seconds: number }>`
    select extract(epoch from start_after - now())::int as seconds from jobs.job_common
    where name = 'mail.deliver' and state = 'created'`.execute(all.db)
  assert.equal(rows.length, 1)
  assert.ok(rows[0]!.seconds >= 5 && rows[0]!.seconds <= 40, `${rows[0]!.seconds} s`)
})

test('a refused recipient is parked and visible; others get theirs; it can be tried again', async (t) => {
  let refuses = true
  const smtp = await server(t, {
    recipient: (address) => {
      if (refuses && address.startsWith('gone@')) throw Object.assign(new Error('no such user'), { responseCode: 550 })
    },
  })
  const { all, write, deliver } = await portal(t, smtp.url)
  await write(aMail('gone@a.example', 'first'), aMail('ana@a.example', 'second'), aMail('gone@a.example', 'third'))
  await deliver()
  assert.deepEqual(
    smtp.taken.map(({ subject }) => subject),
    ['second'],
  )
  const parked = await listParkedMails(all.db)
  assert.deepEqual(
    parked.map(({ to_address, attempts }) => [to_address, attempts]),
    [
      ['gone@a.example', 1],
      ['gone@a.example', 1],
    ],
  )
  assert.match(parked[0]!.last_error!, /no such user/)

  refuses = false
  assert.equal(await retryParkedMail(all.db, parked[0]!.id), true)
  await deliver()
  assert.equal(smtp.taken.length, 2)
})

test('a recipient that is deferred holds back its own mails only, in order', async (t) => {
  let busy = true
  const smtp = await server(t, {
    recipient: (address) => {
      if (busy && address.startsWith('busy@')) throw Object.assign(new Error('try later'), { responseCode: 451 })
    },
  })
  const { all, write, deliver } = await portal(t, smtp.url)
  await write(aMail('busy@a.example', 'one'), aMail('ana@a.example', 'two'), aMail('busy@a.example', 'three'))
  await deliver()
  assert.deepEqual(
    smtp.taken.map(({ subject }) => subject),
    ['two'],
  )
  busy = false
  await allDueNow(all)
  await deliver()
  assert.deepEqual(
    smtp.taken.map(({ subject }) => subject),
    ['two', 'one', 'three'],
  )
})

test('a slow server gets each mail once', async (t) => {
  const smtp = await server(t, { beforeAnswer: () => new Promise((answer) => setTimeout(answer, 400, true)) })
  const { all, write, deliver } = await portal(t, smtp.url)
  await write(aMail('ana@a.example', 'one'), aMail('bo@a.example', 'two'))
  // Two nodes at once: what one has claimed the other leaves alone.
  await Promise.all([deliver(), runDueJobs(all, mailJobs)])
  assert.equal(smtp.taken.length, 2)
})

test('a connection dropped after the mail was taken leads to the same Message-ID again', async (t) => {
  let drops = 1
  const smtp = await server(t, { beforeAnswer: () => drops-- <= 0 })
  const { all, write, deliver } = await portal(t, smtp.url)
  await write(aMail('ana@a.example', 'once or twice'))
  await deliver()
  assert.equal(smtp.taken.length, 1)
  assert.deepEqual(await countMails(all.db), { waiting: 1, parked: 0 })
  await allDueNow(all)
  await deliver()
  assert.equal(smtp.taken.length, 2)
  assert.equal(smtp.taken[0]!.messageId, smtp.taken[1]!.messageId)
  assert.deepEqual(await countMails(all.db), { waiting: 0, parked: 0 })
})

test('without a mail server mails are delivered to the mailbox', async (t) => {
  const { all, write, deliver } = await portal(t, undefined)
  await write(aMail('ana@a.example', 'shown'))
  await deliver()
  assert.deepEqual(await countMails(all.db), { waiting: 0, parked: 0 })
})

test('what a mail server would read as more than one address is refused', async (t) => {
  const { write } = await portal(t, undefined)
  for (const email of [
    'a@b.example, c@d.example',
    'a@b.example\r\nBcc: x@y.example',
    '<a@b.example>',
    'nobody',
    'a b@c.example',
  ]) {
    await assert.rejects(write(aMail(email, 'x')), { code: 'invalid' }, email)
  }
})

test('a long queue of one recipient whose first mail must wait delays nobody else, and goes on in order', async (t) => {
  const smtp = await server(t)
  const { all, write, deliver } = await portal(t, smtp.url)
  const long = Array.from({ length: 110 }, (_, n) => aMail('ana@a.example', String(n).padStart(3, '0')))
  await write(...long, aMail('bo@b.example', 'of bo'))
  const first = sql`(select id from mails order by id limit 1)`
  await sql`update mails set next_attempt_at = now() + interval '1 hour' where id = ${first}`.execute(all.db)
  await deliver()
  assert.deepEqual(
    smtp.taken.map(({ subject }) => subject),
    ['of bo'],
  )
  const { rows } = await sql<{ due: number }>`
    select count(*) as due from mails where sent_at is null and next_attempt_at <= now()`.execute(all.db)
  assert.equal(rows[0]!.due, 0, 'what waits for the first is not looked at again and again')

  await sql`update mails set next_attempt_at = now() where id = ${first}`.execute(all.db)
  await all.db.transaction().execute((trx) => enqueue(trx, mailJobs[0]!, {}, { key: 'now' }))
  await deliver()
  const arrived = smtp.taken.slice(1).map(({ subject }) => subject!)
  assert.deepEqual(
    arrived,
    long.map(({ content }) => content.subject),
  )
})
