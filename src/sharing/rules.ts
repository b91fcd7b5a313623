import type { Day } from '../platform/actor.ts'

/** Shares of one organization in force at once. */
export const mostShares = 500
/** Licenses that a share may list one by one; more are shared by customer number. */
export const mostListed = 5_000
/** Customer numbers of one share. */
export const mostNumbers = 1_000

export const scopes = ['customers', 'licenses', 'tag', 'search'] as const
export type ShareScope = (typeof scopes)[number]

/** The moment at which a last day is over, where it was typed. Days of 23 or 25 hours end at midnight, too. */
export function endOfDay(day: Day, time_zone: string): Date {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000)
  const guess = next.getTime() - offsetAt(next, time_zone)
  return new Date(next.getTime() - offsetAt(new Date(guess), time_zone))
}

/** How far a time zone is ahead of UTC at a moment, in milliseconds. */
function offsetAt(moment: Date, time_zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: time_zone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' },
  }).formatToParts(moment)
  const part = (type: string) => Number(parts.find((one) => one.type === type)!.value)
  const local = Date.UTC(
    ...([part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')] as const),
  )
  return local - Math.floor(moment.getTime() / 1000) * 1000
}
