import { sql } from 'kysely'
import type { Db } from '../platform/db/index.ts'
import type { Log } from '../platform/log.ts'

/** What one connection of a download has sent when it ended: bytes `start` up to, not including, `end`. */
export type Sent = { download_id: string; start: number; end: number; at: Date }

/**
 * Adds what connections have sent to their downloads, in one statement for all that ended while the statement before
 * was running: thousands of ends are few writes. A database that is away for a moment loses nothing.
 */
export function bytesCounter(db: Db, log: Log): (sent: Sent) => void {
  let waiting: Sent[] = []
  let writing = false

  async function write(): Promise<void> {
    if (writing) return
    writing = true
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      try {
        await addSent(db, batch)
      } catch (error) {
        waiting = [...batch, ...waiting].slice(0, mostWaiting)
        log.warn({ err: error, waiting: waiting.length }, 'downloads are counted later')
        setTimeout(write, pause).unref()
        break
      }
    }
    writing = false
  }

  return (sent) => {
    waiting.push(sent)
    void write()
  }
}

/** Milliseconds before a statement that failed is tried again, and how many ends are kept for it. */
const pause = 5000
const mostWaiting = 100_000

/** Which bytes were sent is kept as ranges: complete is what was sent without a gap, however often and in what order. */
export async function addSent(db: Db, batch: readonly Sent[]): Promise<void> {
  await sql`
    update downloads d set bytes = d.bytes + s.bytes, last_at = greatest(d.last_at, s.at),
      received = d.received + s.ranges,
      completed_at = coalesce(d.completed_at, case when d.received + s.ranges @> int8range(0, f.size) then s.at end)
    from (
      select id, sum(upto - start) as bytes, max(at) as at, range_agg(int8range(start, upto)) as ranges
      from unnest(${batch.map(({ download_id }) => download_id)}::uuid[], ${batch.map(({ start }) => start)}::int8[],
        ${batch.map(({ end }) => end)}::int8[], ${batch.map(({ at }) => at)}::timestamptz[]) as t (id, start, upto, at)
      group by id) s, release_files f
    where d.id = s.id and f.id = d.file_id`.execute(db)
}
