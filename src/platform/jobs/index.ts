/**
 * Work that happens after a request: queued in the transaction that asks for it, run by a worker.
 *
 * Invariants: a job is queued exactly when its transaction commits; it runs at least once, so `run` must bear a
 * second time; what fails is tried again with growing pauses, then stays visible as failed (`listFailedJobs`).
 * The queue is the pg-boss library's, in schema `jobs` (db/migrations/0006_jobs.sql).
 * Owns: the tables in schema jobs.
 */
export { actingAgain, actingFor, actingSchema } from './acting-member.ts'
export { type AnyJob, defineJob, type Job, type JobContext } from './define-job.ts'
export { type EnqueueOptions, enqueue } from './enqueue.ts'
export { countJobs, type FailedJob, listFailedJobs, retryFailedJob } from './failed-jobs.ts'
export { jobsCommand } from './jobs-command.ts'
export { runDueJobs } from './run-due-jobs.ts'
export { startWorker, type Worker } from './worker.ts'
