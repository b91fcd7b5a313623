/** R4: the mail server is away while people register, and refuses one of the recipients for good. */
import assert from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Db } from '../../src/platform/db/index.ts'
import { enqueue } from '../../src/platform/jobs/index.ts'
import { mailJobs } from '../../src/platform/mail/index.ts'
import { type MailServer, startMailServer } from '../mail-server.ts'
import { aCrowd } from './crowd.ts'
import { aPlace, type Scope } from './place.ts'
import { aSite } from './site.ts'
import { fill } from './stock.ts'
import { startWorker } from './trial-nodes.ts'
import { findViolations } from './violations.ts'

export type MailOptions = {
  /** How long the mail server is away. */
  seconds: number
  registrations: number
  /** As if the pauses before retries were over. */
  hurry: boolean
}

export type MailReport = {
  registrations: number
  mails: number
  parked: number
  /** From the return of the mail server to the last mail. */
  delivered_after_s: number
}

/** The web process runs no jobs: mail goes out through `keyport worker`, as with several nodes. */
export async function trialOfMail(t: Scope, options: MailOptions): Promise<MailReport> {
  const recipient = (address: string) => {
    if (address === 'contact-0-1@customer.example')
      throw Object.assign(new Error('no such user'), { responseCode: 550 })
  }
  const first = await startMailServer({ recipient })
  const place = await aPlace(t, 'postgres')
  place.env.SMTP_URL = first.url
  const stock = await place.change((db) => fill(db, { buyers: 3, each: 2000 }))
  // Its output is read: a worker that nobody listens to stops when what it said fills the pipe.
  await startWorker(t, place)
  const site = aSite(t, place)
  const crowd = aCrowd(site, stock, 2000)
  await site.start({ WORKER: 'off' })
  await crowd.begin()
  const registered = async (count: number) => {
    for (; site.confirmedSoFar.length < count; await wait(20)) crowd.mustBeWell()
  }
  await registered(options.registrations / 3)
  await first.close()
  await Promise.all([registered((options.registrations * 2) / 3), wait(options.seconds * 1000)])
  const back = await startMailServer({ recipient, port: first.port })
  t.after(() => back.close())
  const began = Date.now()
  await registered(options.registrations)
  await crowd.stop()
  await untilDelivered(place.look, options.hurry)
  const delivered_after_s = Math.round((Date.now() - began) / 1000)
  await site.stop()
  assert.deepEqual(await place.look((db) => findViolations(db, site.confirmedSoFar)), [])
  const counted = await place.look((db) => compare(db, [...first.taken, ...back.taken]))
  return { registrations: site.confirmedSoFar.length, ...counted, delivered_after_s }
}

async function untilDelivered(look: <T>(work: (db: Db) => Promise<T>) => Promise<T>, hurry: boolean): Promise<void> {
  const end = Date.now() + 600_000
  const waiting = (db: Db) =>
    sql<{ n: number }>`select count(*) as n from mails where sent_at is null and parked_at is null`.execute(db)
  while ((await look(waiting)).rows[0]!.n > 0) {
    assert.ok(Date.now() < end, 'mails are delivered')
    if (hurry) await look(endPauses)
    await wait(500)
  }
}

/** Only of mails that nobody is sending: a claimed one has an attempt without an error. */
async function endPauses(db: Db): Promise<void> {
  await sql`update mails set next_attempt_at = now()
    where sent_at is null and parked_at is null and last_error is not null`.execute(db)
  await db.transaction().execute((trx) => enqueue(trx, mailJobs[0]!, {}, { key: 'now' }))
}

/** Every mail arrived once, in the order in which each recipient's were written; the refused one is parked. */
async function compare(db: Db, taken: MailServer['taken']): Promise<{ mails: number; parked: number }> {
  const { rows } = await sql<{ to_address: string; message_id: string; parked: boolean; attempts: number }>`
    select to_address, message_id, parked_at is not null as parked, attempts from mails order by id`.execute(db)
  const parked = rows.filter((mail) => mail.parked)
  assert.deepEqual([...new Set(parked.map(({ to_address }) => to_address))], ['contact-0-1@customer.example'])
  assert.ok(
    rows.some(({ attempts }) => attempts > 1),
    'some mails were tried while the server was away',
  )
  const sent = rows.filter((mail) => !mail.parked)
  for (const [to_address, mails] of Map.groupBy(sent, (mail) => mail.to_address)) {
    const arrived = taken.filter(({ rcpt }) => rcpt === to_address).map(({ messageId }) => messageId)
    assert.deepEqual(
      [...new Set(arrived)],
      mails.map(({ message_id }) => message_id),
      to_address,
    )
  }
  assert.equal(taken.length, sent.length, 'each once')
  return { mails: rows.length, parked: parked.length }
}
