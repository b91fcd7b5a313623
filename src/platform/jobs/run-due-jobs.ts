import type { PgBoss, Job as QueuedJob } from 'pg-boss'
import type { Services } from '../services.ts'
import { openBoss, prepareQueues } from './boss.ts'
import type { AnyJob } from './define-job.ts'
import { runOne } from './worker.ts'

type Outcome = { done: number; failed: number }

/**
 * Runs every due job and what those queue, one after the other, then returns: for tests and one-off commands.
 * A job that fails waits for its retry as under a worker; `ahead` first takes those that wait for a later moment too.
 */
export async function runDueJobs(services: Services, jobs: AnyJob[], { ahead = false } = {}): Promise<Outcome> {
  const boss = openBoss(services.database, { supervise: false, schedule: false })
  await prepareQueues(services.database, jobs)
  await boss.start()
  try {
    return await drain(boss, services, jobs, ahead)
  } finally {
    await boss.stop({ graceful: false })
  }
}

async function drain(boss: PgBoss, services: Services, jobs: AnyJob[], ahead: boolean): Promise<Outcome> {
  const outcome = { done: 0, failed: 0 }
  for (let first = true, found = true; found; first = false) {
    found = false
    for (const job of jobs) {
      const options = { batchSize: 1000, ignoreStartAfter: ahead && first, includeMetadata: true }
      for (const queued of await boss.fetch(job.name, options)) {
        found = true
        outcome[(await runAndSettle(boss, services, job, queued)) ? 'done' : 'failed'] += 1
      }
    }
  }
  return outcome
}

async function runAndSettle(
  boss: PgBoss,
  services: Services,
  job: AnyJob,
  queued: QueuedJob<unknown>,
): Promise<boolean> {
  try {
    await runOne(services, job, { ...queued, signal: AbortSignal.timeout(job.timeout * 1000) })
  } catch (error) {
    await boss.fail(
      job.name,
      queued.id,
      error instanceof Error ? { message: error.message } : { message: String(error) },
    )
    return false
  }
  await boss.complete(job.name, queued.id)
  return true
}
