import type { Db } from '../db/index.ts'
import { enqueue } from '../jobs/index.ts'
import { deliverMails } from './deliver-mails.ts'

/** Milliseconds: callers within so long share one queued delivery. */
const pause = 200
const waiting = new WeakMap<Db, NodeJS.Timeout>()

/**
 * Queues the delivery of mails that a transaction has just committed with `insertMails`. When many call, the first
 * queues at once and one more follows for all others. A process that dies in between loses nothing but time: the
 * delivery that runs every minute finds the mails.
 */
export async function deliverSoon(db: Db): Promise<void> {
  if (waiting.has(db)) {
    asked.add(db)
    return
  }
  const timer = setTimeout(() => {
    waiting.delete(db)
    if (asked.delete(db)) deliverSoon(db).catch(() => {})
  }, pause)
  waiting.set(db, timer.unref())
  await db.transaction().execute((trx) => enqueue(trx, deliverMails, {}, { key: 'now' }))
}

const asked = new WeakSet<Db>()
