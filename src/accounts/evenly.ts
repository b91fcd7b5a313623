import { setTimeout } from 'node:timers/promises'

/** Longer than the work behind it takes, so that the time of an answer tells nothing about an account. */
const floor_ms = 250

/** Answers after the same time whether there was much to do or nothing. */
export async function evenly<T>(work: Promise<T>): Promise<T> {
  const [done] = await Promise.allSettled([work, setTimeout(floor_ms)])
  if (done.status === 'rejected') throw done.reason
  return done.value
}
