/** What the pages say of notifications, offers and reasons. */
import type { Day } from '../platform/actor.ts'
import type { Format, T } from '../platform/i18n.ts'
import type { UpgradeRefusal } from './eligibility.ts'
import type { Notification } from './notifications.ts'
import { mostCounted } from './notifications.ts'

type Reading = { t: T; format: Format }

type Dates = { maintenance_until: Day | null; starts_on: Day | null; ends_on: Day | null; released_on: Day }

/** Why a license cannot be upgraded, with the day that decided it. */
export function refusalText({ t, format }: Reading, refusal: UpgradeRefusal, dates: Dates): string {
  const day = (value: Day | null) => (value ? format.day(value) : '')
  switch (refusal) {
    case 'ended':
      return t('upgrades.refusal.ended', { day: day(dates.ends_on) })
    case 'planned':
      return t('upgrades.refusal.planned', { day: day(dates.starts_on) })
    case 'maintenance_lapsed':
      return t('upgrades.refusal.maintenance_lapsed', {
        day: day(dates.maintenance_until),
        released: day(dates.released_on),
      })
    default:
      return t(`upgrades.refusal.${refusal}`)
  }
}

/** Why nothing can be upgraded with a notification now; undefined when it can. */
export function closedText({ t, format }: Reading, { closed, starts_on }: Notification, email: string) {
  switch (closed) {
    case null:
      return undefined
    case 'expired':
      return t('upgrades.closed.expired', { email })
    case 'not_started':
      return t('upgrades.closed.not_started', { day: format.day(starts_on) })
    default:
      return t(`upgrades.closed.${closed}`)
  }
}

/** How many licenses, counted up to where counting stops. */
export function countText({ t, format }: Reading, count: number): string {
  if (count > mostCounted) return t('upgrades.count_more', { count: format.number(mostCounted) })
  return t('upgrades.count', { count })
}
