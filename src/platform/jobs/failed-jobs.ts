import { sql } from 'kysely'
import type { Db } from '../db/index.ts'

export type FailedJob = {
  id: string
  name: string
  payload: unknown
  attempts: number
  failed_at: Date
  /** What the last try said. */
  error: string
}

/** Jobs that used up their tries, the latest first; kept for 30 days. */
export async function listFailedJobs(db: Db, limit = 100): Promise<FailedJob[]> {
  const { rows } = await sql<FailedJob>`
    select id, name, data as payload, retry_count + 1 as attempts, completed_on as failed_at,
      coalesce(output ->> 'message', output ->> 'value', output::text, '') as error
    from jobs.job_common where state = 'failed' order by completed_on desc, id desc limit ${limit}`.execute(db)
  return rows
}

/** Gives a failed job one more try. @returns false when no failed job has this id. */
export async function retryFailedJob(db: Db, id: string): Promise<boolean> {
  const { rows } = await sql`
    update jobs.job_common set state = 'retry', retry_limit = retry_count + 1, start_after = now(), completed_on = null
    where id = ${id} and state = 'failed' returning id`.execute(db)
  return rows.length === 1
}

/** How many jobs of each kind are in which state, for metrics. */
export async function countJobs(db: Db): Promise<{ name: string; state: string; count: number }[]> {
  const { rows } = await sql<{ name: string; state: string; count: number }>`
    select name, state::text, count(*) as count from jobs.job_common group by name, state`.execute(db)
  return rows
}
