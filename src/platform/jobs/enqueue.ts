import { sql } from 'kysely'
import type { Trx } from '../db/index.ts'
import { uuidv7 } from '../ids.ts'
import type { AnyJob, Job } from './define-job.ts'

export type EnqueueOptions = {
  /** While a job with this key waits, another one is not added. Jobs without a key are always added. */
  key?: string
  /** Not before this moment; at once by default. */
  startAfter?: Date
}

/** Seconds that a waiting and a finished job are kept. */
const kept = { waiting: 90 * 86_400, finished: 30 * 86_400 }

/** The NOTIFY channel that pg-boss listens on for the schema `jobs`. */
const channel = sql`('pgboss_' || left(encode(sha224('jobs'::bytea), 'hex'), 24))`

/**
 * Queues a job in the caller's transaction: it exists exactly when that commits.
 *
 * Writes the library's tables directly, as its documentation allows: its own `send` reads the queue's settings
 * through a second connection, which inside a transaction of the embedded engine waits for itself for ever.
 * @returns the job's id, or null when one with the same key waits already.
 */
export async function enqueue<P extends object>(
  trx: Trx,
  job: Job<P>,
  payload: P,
  options: EnqueueOptions = {},
): Promise<string | null> {
  const id = uuidv7()
  const { rows } = await sql<{ id: string }>`
    with queue as (${insertQueues([job])} on conflict (name) do nothing),
    added as (
      insert into jobs.job_common (id, name, data, start_after, keep_until, singleton_key, policy, retry_limit,
        retry_delay, retry_backoff, retry_delay_max, expire_seconds, deletion_seconds, heartbeat_seconds)
      select ${id}, ${job.name}, ${JSON.stringify(payload)}::jsonb, start_after,
        start_after + ${kept.waiting} * interval '1 second', ${options.key ?? id}, 'short', ${job.retries}::int,
        ${job.pause}::int, true, ${job.longest_pause}::int, ${job.timeout}::int, ${kept.finished}::int, 30
      from (select coalesce(${options.startAfter ?? null}::timestamptz, now()) as start_after) t
      on conflict do nothing
      returning id, start_after
    ),
    told as (select pg_notify(${channel}, ${job.name}) from added where start_after <= now())
    select id from added where (select count(*) from told) >= 0`.execute(trx)
  return rows[0]?.id ?? null
}

/** The statement that makes the rows of `jobs.queue`, without its conflict clause. */
export function insertQueues(jobs: AnyJob[]) {
  const of = (setting: 'retries' | 'pause' | 'longest_pause' | 'timeout') => jobs.map((job) => job[setting])
  return sql`
    insert into jobs.queue (name, policy, retry_limit, retry_delay, retry_backoff, retry_delay_max, expire_seconds,
      retention_seconds, deletion_seconds, heartbeat_seconds, partition, table_name, notify)
    select name, 'short', retries, pause, true, longest_pause, timeout, ${kept.waiting}::int, ${kept.finished}::int, 30,
      false, 'job_common', true
    from unnest(${jobs.map((job) => job.name)}::text[], ${of('retries')}::int[], ${of('pause')}::int[],
      ${of('longest_pause')}::int[], ${of('timeout')}::int[]) as t (name, retries, pause, longest_pause, timeout)`
}
