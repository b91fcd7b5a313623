import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Db, Trx } from '../db/index.ts'
import { defineJob, enqueue, type Job, type JobContext } from '../jobs/index.ts'
import type { Services } from '../services.ts'
import { dayInSeconds, nextAttemptAfter } from './rules.ts'
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
/** Mails that are due and looked at for one claim. */
const lookedAt = 100

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
      const { mails, set_aside } = await claimMails(db, new Date(), transport.domain)
      if (mails.length + set_aside === 0) break
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
 * Of the mails that are due, those that are the first waiting one of their recipient. The others are set aside until
 * their turn comes (`endMail`): looking past them again for each claim would make a long queue ever slower. When both
 * happen at once, a mail whose turn has come may miss that; it is looked at again when the time it was set aside is
 * over. `SKIP LOCKED` makes two nodes claim different mails; the Message-ID is settled by the first claim. What is due
 * and what is first are asked in the words of the two indexes that answer them.
 */
async function claimMails(db: Db, now: Date, domain: string): Promise<{ mails: ClaimedMail[]; set_aside: number }> {
  const { rows } = await claimStatement(now, domain).execute(db)
  return { mails: rows.filter((row) => row.id !== null), set_aside: rows[0]!.set_aside }
}

/** Exported for the test of its plan. */
export function claimStatement(now: Date, domain: string) {
  const until = sql`${now}::timestamptz + ${lease} * interval '1 second'`
  return sql<{ set_aside: number } & (ClaimedMail | { id: null })>`
    with due as (
      select id, next_attempt_at as at, id <> (select first.id from mails first where first.to_address = m.to_address
          and first.sent_at is null and first.parked_at is null order by first.id limit 1) as waits
      from mails m where coalesce(sent_at, parked_at) is null and next_attempt_at <= ${now}
      order by next_attempt_at, id limit ${lookedAt} for no key update skip locked
    ), set_aside as (
      update mails set next_attempt_at = ${until} from due where mails.id = due.id and due.waits returning mails.id
    ), claimed as (
      update mails set attempts = attempts + 1, next_attempt_at = ${until},
        message_id = case when attempts = 0 then '<' || mails.id || '@' || ${domain}::text || '>' else message_id end
      from (select id from due where not waits order by at, id limit ${sentAtATime}) turn where mails.id = turn.id
      returning mails.id, message_id, to_address, to_name, locale, subject, text, html,
        unsubscribe_url, attempts, created_at
    )
    select n as set_aside, claimed.* from (select count(*) as n from set_aside) s left join claimed on true`
}

type Outcome = 'sent' | 'parked' | 'later' | 'server_failed'

async function sendOne({ db, log }: Services, transport: Transport, mail: ClaimedMail): Promise<Outcome> {
  const failure = await transport.send(mail)
  const about = { mail_id: mail.id, attempt: mail.attempts }
  const now = new Date()
  if (!failure) {
    await endMail(db, mail, sql`sent_at = ${now}, last_error = null`, now)
    log.debug(about, 'mail sent')
    return 'sent'
  }
  const parked = failure.kind === 'refused' || now.getTime() - mail.created_at.getTime() > 5 * dayInSeconds * 1000
  log.warn({ ...about, parked, reason: failure.reason }, 'mail not sent')
  const last_error = failure.reason.slice(0, 500)
  if (parked) {
    await endMail(db, mail, sql`parked_at = ${now}, last_error = ${last_error}`, now)
  } else {
    const next_attempt_at = nextAttemptAfter(mail.attempts, now, Math.random())
    await db.updateTable('mails').set({ next_attempt_at, last_error }).where('id', '=', mail.id).execute()
  }
  if (failure.kind === 'server') return 'server_failed'
  return parked ? 'parked' : 'later'
}

/** Notes what became of a mail; then it is its recipient's next one's turn, unless that waits for a try of its own. */
async function endMail(db: Db, { id, to_address }: ClaimedMail, end: RawBuilder<unknown>, now: Date): Promise<void> {
  await sql`
    with ended as (update mails set ${end} where id = ${id})
    update mails set next_attempt_at = ${now} where attempts = 0 and id = (
      select id from mails where to_address = ${to_address} and id <> ${id} and sent_at is null and parked_at is null
      order by id limit 1)`.execute(db)
}

/** Queues a run for the moment the next waiting mail is due; runs are shared by all mails due within 15 seconds. */
async function queueNextRun(trx: Trx): Promise<void> {
  const { rows } = await sql<{ at: Date | null }>`
    select min(next_attempt_at) as at from mails where coalesce(sent_at, parked_at) is null`.execute(trx)
  const at = rows[0]?.at
  if (!at) return
  const startAfter = new Date(Math.ceil(at.getTime() / 15_000) * 15_000)
  await enqueue(trx, deliverMails, {}, { key: startAfter.toISOString(), startAfter })
}
