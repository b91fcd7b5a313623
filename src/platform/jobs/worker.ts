import { sql } from 'kysely'
import type { PgBoss, Job as QueuedJob } from 'pg-boss'
import type { Services } from '../services.ts'
import { openBoss, prepareQueues } from './boss.ts'
import type { AnyJob } from './define-job.ts'

export type Worker = {
  /** Takes no more jobs and waits for the running ones, `seconds` at most (30 by default). */
  stop(options?: { seconds?: number }): Promise<void>
}

/** Milliseconds between looks for due jobs that no notification told about: retries and later ones. */
const lookEvery = 2000
/** Seconds; the library's own poll of each queue. Ours is one query for all of them, so this one may be rare. */
const libraryPoll = 300

/**
 * Starts running jobs in this process. One query every two seconds finds due jobs of every queue; a job queued
 * by any node wakes the worker at once (NOTIFY, on both engines), but behind a pooler, which delivers nothing to
 * sessions.
 * @throws DatabaseUnavailable when the database cannot be reached.
 */
export async function startWorker(services: Services, jobs: AnyJob[]): Promise<Worker> {
  const { database, log } = services
  const boss = openBoss(database, { useListenNotify: !database.pooled })
  boss.on('error', (error) => log.warn({ err: error }, 'job queue'))
  boss.on('warning', (warning) => log.warn(warning, 'job queue'))
  await prepareQueues(database, jobs)
  if (database.engine === 'embedded') await resumeInterrupted(services)
  await boss.start()
  await scheduleAll(boss, jobs)

  const wakeUps = new Map<string, (() => void)[]>()
  const wakeAll = (name: string) => {
    for (const wake of wakeUps.get(name) ?? []) wake()
  }
  for (const job of jobs) wakeUps.set(job.name, await workOn(boss, services, job))
  const looking = lookForDueJobs(services, wakeAll)
  return {
    stop: async ({ seconds = 30 } = {}) => {
      await looking.stop()
      await boss.stop({ graceful: true, timeout: seconds * 1000 })
    },
  }
}

async function workOn(boss: PgBoss, services: Services, job: AnyJob): Promise<(() => void)[]> {
  const options = {
    pollingIntervalSeconds: libraryPoll,
    notifyPollingIntervalSeconds: libraryPoll,
    includeMetadata: true,
  }
  const wakeUps: (() => void)[] = []
  for (let i = 0; i < job.concurrency; i++) {
    let wake = () => {}
    const id = await boss.work(job.name, options, async ([queued]) => {
      // Without this the library would wait a whole poll before it takes the next job of the queue.
      wake()
      await runOne(services, job, queued!)
    })
    wake = () => boss.notifyWorker(id)
    wakeUps.push(wake)
  }
  return wakeUps
}

/** Runs one try of a job; whoever calls marks it done or failed. */
export async function runOne(services: Services, job: AnyJob, queued: QueuedJob<unknown>): Promise<void> {
  const attempt = queued.retryCount + 1
  const begun = performance.now()
  try {
    const payload = job.payload.parse(queued.data ?? {})
    await job.run({ services, signal: queued.signal, attempt }, payload)
    services.log.debug(
      { job: job.name, job_id: queued.id, attempt, ms: Math.round(performance.now() - begun) },
      'job done',
    )
  } catch (error) {
    const level = attempt > job.retries ? 'error' : 'warn'
    services.log[level]({ job: job.name, job_id: queued.id, attempt, err: error }, 'job failed')
    throw error
  }
}

/** Brings the library's schedules in line with the jobs of this release. */
async function scheduleAll(boss: PgBoss, jobs: AnyJob[]): Promise<void> {
  const present = new Map((await boss.getSchedules()).map((schedule) => [schedule.name, schedule.cron]))
  for (const job of jobs) {
    if (job.cron && present.get(job.name) !== job.cron) await boss.schedule(job.name, job.cron, {}, { tz: 'UTC' })
  }
  const wanted = new Set(jobs.filter((job) => job.cron).map((job) => job.name))
  for (const name of present.keys()) {
    if (!wanted.has(name)) await boss.unschedule(name)
  }
}

/** The embedded engine has one process: whatever ran when it starts was cut off by the end of the one before. */
async function resumeInterrupted({ db }: Services): Promise<void> {
  await sql`update jobs.job_common set state = 'retry', start_after = now() where state = 'active'`.execute(db)
}

function lookForDueJobs({ db, log }: Services, found: (name: string) => void) {
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  let looking = Promise.resolve()
  const look = async () => {
    try {
      const { rows } = await sql<{ name: string }>`
        select distinct name from jobs.job_common
        where state < 'active' and not blocked and start_after <= now()`.execute(db)
      for (const { name } of rows) found(name)
    } catch (error) {
      log.warn({ err: error }, 'could not look for due jobs')
    }
  }
  const next = () => {
    if (!stopped) timer = setTimeout(() => (looking = look().then(next)), lookEvery)
  }
  next()
  return {
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await looking
    },
  }
}
