import { sql } from 'kysely'
import { z } from 'zod'
import type { Db, Trx } from '../db/index.ts'
import { defineJob, enqueue, type Job, type JobContext } from '../jobs/index.ts'
import type { Services } from '../services.ts'
import { dayInSeconds, nextAttemptAfter, type SendFailure } from './rules.ts'
import { openTransport, type Transport } from './transport.ts'

/** A mail this process may send until its lease ends. */
export type ClaimedMail = {
  id: string
  message_id: string
  to_address: string
  to_name: string | null
  locale: string
  subject: string
  text: string
  html: string
  unsubscribe_url: string | null
  attempts: number
  created_at: Date
}

/** Seconds that a claimed mail is left alone by other nodes: longer than all time limits of one SMTP dialogue. */
const lease = 150
/** Mails sent at a time, each over its own connection of the pool. */
export const sentAtATime = 5

/**
 * Sends what is due. Claims are committed before anything is sent, so that no transaction waits for the network and
 * a node that dies leaves only a lease to run out. When the mail server itself fails, the rest waits untouched.
 */
export const deliverMails: Job<object> = defineJob('mail.deliver', {
  payload: z.object({}),
  // A mail's own retries queue a run each; this one finds what a crash between two statements left behind.
  cron: '* * * * *',
  run: deliver,
})

async function deliver({ services, signal }: JobContext): Promise<void> {
  const { config, db } = services
  if (!config.smtp_url) return deliverToMailbox(db)
  const transport = openTransport({ ...config, smtp_url: config.smtp_url }, sentAtATime)
  try {
    let serverWorks = true
    while (serverWorks && !signal.aborted) {
      const mails = await claimMails(db, new Date(), transport.domain)
      if (mails.length === 0) break
      const sent = await Promise.all(mails.map((mail) => sendOne(services, transport, mail)))
      serverWorks = !sent.includes('server_failed')
    }
  } finally {
    transport.close()
  }
  await db.transaction().execute(queueNextRun)
}

/** Without a mail server every mail counts as delivered, to the mailbox page of the demo. */
async function deliverToMailbox(db: Db): Promise<void> {
  await sql`update mails set sent_at = ${new Date()}, attempts = attempts + 1
    where sent_at is null and parked_at is null`.execute(db)
}

/**
 * The first waiting mail of each recipient, when it is due. `SKIP LOCKED` and the repeated conditions make two nodes
 * claim different ones; the Message-ID is settled by the first claim.
 */
async function claimMails(db: Db, now: Date, domain: string): Promise<ClaimedMail[]> {
  const { rows } = await sql<ClaimedMail>`
    with due as (
      select id from mails m
      where sent_at is null and parked_at is null and next_attempt_at <= ${now}
        and not exists (select from mails earlier where earlier.to_address = m.to_address and earlier.id < m.id
          and earlier.sent_at is null and earlier.parked_at is null)
      order by next_attempt_at, id limit ${sentAtATime}
      for no key update skip locked
    )
    update mails set attempts = attempts + 1, next_attempt_at = ${now}::timestamptz + ${lease} * interval '1 second',
      message_id = case when attempts = 0 then '<' || mails.id || '@' || ${domain}::text || '>' else message_id end
    from due where mails.id = due.id
    returning mails.id, message_id, to_address, to_name, locale, subject, text, html,
      unsubscribe_url, attempts, created_at`.execute(db)
  return rows
}

type Outcome = 'sent' | 'parked' | 'later' | 'server_failed'

async function sendOne({ db, log }: Services, transport: Transport, mail: ClaimedMail): Promise<Outcome> {
  const failure = await transport.send(mail)
  const about = { mail_id: mail.id, attempt: mail.attempts }
  if (!failure) {
    await db.updateTable('mails').set({ sent_at: new Date(), last_error: null }).where('id', '=', mail.id).execute()
    log.debug(about, 'mail sent')
    return 'sent'
  }
  const now = new Date()
  const parked = failure.kind === 'refused' || now.getTime() - mail.created_at.getTime() > 5 * dayInSeconds * 1000
  log.warn({ ...about, parked, reason: failure.reason }, 'mail not sent')
  await db
    .updateTable('mails')
    .set(afterFailure(mail, failure, parked, now))
    .where('id', '=', mail.id)
    .execute()
  if (failure.kind === 'server') return 'server_failed'
  return parked ? 'parked' : 'later'
}

function afterFailure(mail: ClaimedMail, failure: SendFailure, parked: boolean, now: Date) {
  const last_error = failure.reason.slice(0, 500)
  if (parked) return { parked_at: now, last_error }
  return { next_attempt_at: nextAttemptAfter(mail.attempts, now, Math.random()), last_error }
}

/** Queues a run for the moment the next waiting mail is due; runs are shared by all mails due within 15 seconds. */
async function queueNextRun(trx: Trx): Promise<void> {
  const { rows } = await sql<{ at: Date | null }>`
    select min(next_attempt_at) as at from mails where sent_at is null and parked_at is null`.execute(trx)
  const at = rows[0]?.at
  if (!at) return
  const startAfter = new Date(Math.ceil(at.getTime() / 15_000) * 15_000)
  await enqueue(trx, deliverMails, {}, { key: startAfter.toISOString(), startAfter })
}
