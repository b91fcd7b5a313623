/** Days and states of campaigns and notifications. No I/O here. */
import type { Day } from '../platform/actor.ts'

export const campaignStates = ['draft', 'publishing', 'published', 'paused', 'ended'] as const
export type CampaignState = (typeof campaignStates)[number]

export type CampaignDates = { state: CampaignState; starts_on: Day; ends_on: Day | null }

/** Why no upgrade can be made in a campaign now, or null. `today` is the vendor's day. */
export function closedBecause({ state, starts_on, ends_on }: CampaignDates, today: Day) {
  if (state === 'draft') return 'not_published' as const
  if (state === 'ended' || (ends_on !== null && ends_on < today)) return 'ended' as const
  if (state === 'paused') return 'paused' as const
  return starts_on > today ? ('not_started' as const) : null
}
export type ClosedBecause = NonNullable<ReturnType<typeof closedBecause>>

/** The last day on which old keys work beside the new ones: `overlap_days` after the day of the upgrade. */
export function overlapEnd(today: Day, overlap_days: number): Day {
  const day = new Date(`${today}T00:00:00Z`)
  day.setUTCDate(day.getUTCDate() + overlap_days)
  return day.toISOString().slice(0, 10)
}
