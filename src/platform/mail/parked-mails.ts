import { sql } from 'kysely'
import type { Db } from '../db/index.ts'
import { enqueue } from '../jobs/index.ts'
import { deliverMails } from './deliver-mails.ts'

export type ParkedMail = {
  id: string
  template: string
  to_address: string
  subject: string
  attempts: number
  created_at: Date
  parked_at: Date
  /** The mail server's words. */
  last_error: string | null
}

/** Mails that were refused for good, the latest first. */
export async function listParkedMails(db: Db, limit = 100): Promise<ParkedMail[]> {
  const { rows } = await sql<ParkedMail>`
    select id, template, to_address, subject, attempts, created_at, parked_at, last_error
    from mails where parked_at is not null order by parked_at desc, id desc limit ${limit}`.execute(db)
  return rows
}

/** Puts a parked mail back into the outbox, its Message-ID unchanged. @returns false when no parked mail has this id. */
export function retryParkedMail(db: Db, id: string, now = new Date()): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql`update mails set parked_at = null, next_attempt_at = ${now}
      where id = ${id} and parked_at is not null returning id`.execute(trx)
    if (rows.length === 1) await enqueue(trx, deliverMails, {}, { key: 'now' })
    return rows.length === 1
  })
}

/** How many mails wait, and how many are parked, for metrics. */
export async function countMails(db: Db): Promise<{ waiting: number; parked: number }> {
  const { rows } = await sql<{ waiting: number; parked: number }>`
    select count(*) filter (where parked_at is null) as waiting, count(parked_at) as parked
    from mails where sent_at is null`.execute(db)
  return rows[0]!
}
