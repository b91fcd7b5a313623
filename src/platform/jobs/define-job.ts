import type { z } from 'zod'
import type { Services } from '../services.ts'

/** What a job gets besides its payload. */
export type JobContext = {
  services: Services
  /** Aborted when the job has run longer than its `timeout`, or must end because the worker stops. */
  signal: AbortSignal
  /** 1 for the first try. */
  attempt: number
}

export type Job<P> = Readonly<{
  /** Names the queue, for example `mail.deliver`. */
  name: string
  payload: z.ZodType<P>
  /** Tries after the first. */
  retries: number
  /** Seconds before the first retry; each further pause is twice as long, with jitter, up to `longest_pause`. */
  pause: number
  longest_pause: number
  /** Seconds after which a try counts as failed. */
  timeout: number
  /** How many of these one worker runs at a time. */
  concurrency: number
  /** When it runs by itself, with an empty payload: minute, hour, day, month, weekday in UTC. */
  cron: string | undefined
  run(context: JobContext, payload: P): Promise<void>
}>

// biome-ignore lint/suspicious/noExplicitAny: a list holds jobs of every payload
export type AnyJob = Job<any>

type Definition<P> = {
  payload: z.ZodType<P>
  retries?: number
  pause?: number
  longest_pause?: number
  timeout?: number
  concurrency?: number
  cron?: string
  run(context: JobContext, payload: P): Promise<void>
}

/** Describes a kind of job. By default 12 retries over about a day, 15 minutes a try, one at a time per worker. */
export function defineJob<P extends object>(name: string, definition: Definition<P>): Job<P> {
  return {
    retries: 12,
    pause: 5,
    longest_pause: 4 * 3600,
    timeout: 900,
    concurrency: 1,
    cron: undefined,
    ...definition,
    name,
  }
}
