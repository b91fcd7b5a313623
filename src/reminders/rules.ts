import type { Day, Role } from '../platform/actor.ts'

/** What a user may be told by e-mail, in the order of the page. */
export const topics = [
  'license_end',
  'maintenance_end',
  'upgrades',
  'registrations',
  'service_requests',
  'releases',
  'security',
] as const
export type Topic = (typeof topics)[number]
/** What concerns the security of an account is always told. */
export const optionalTopics = [
  'license_end',
  'maintenance_end',
  'upgrades',
  'registrations',
  'service_requests',
  'releases',
] as const
export type OptionalTopic = (typeof optionalTopics)[number]
/** Told to those who asked for it; everything else is told unless somebody said no. */
export const onRequest: readonly Topic[] = ['registrations']

/** What a reminder is about, and the topic it belongs to. */
export const endKinds = ['end', 'maintenance'] as const
export type EndKind = (typeof endKinds)[number]
export const topicOf = { end: 'license_end', maintenance: 'maintenance_end' } as const

/** Days before an end on which it is told. */
export const reminderDays = [90, 60, 30, 7] as const
/** Technical contacts are told only when it is near. */
export const contactDays = 30
/** Days for which a registration is news: a job that stood still longer tells nothing of it any more. */
export const newsDays = 3
/** The roles that can do something about an end. */
export const remindedRoles: Role[] = ['manager', 'administrator']

/** Months that a calendar looks ahead. */
export const calendarMonths = 24
/** Entries of a calendar: calendar programs read them all at each refresh. */
export const mostCalendarEntries = 1500

/** The last day that is told about today. */
export function lastRemindedDay(today: Day): Day {
  return new Date(Date.parse(`${today}T00:00:00Z`) + reminderDays[0] * 86_400_000).toISOString().slice(0, 10)
}

/** The last day that a calendar shows today. */
export function lastCalendarDay(today: Day): Day {
  const date = new Date(`${today}T00:00:00Z`)
  date.setUTCMonth(date.getUTCMonth() + calendarMonths)
  return date.toISOString().slice(0, 10)
}
