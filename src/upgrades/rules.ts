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

/** The last day on which old keys work beside the new ones; the day of the upgrade is the first of `overlap_days`. */
export function overlapEnd(today: Day, overlap_days: number): Day {
  const day = new Date(`${today}T00:00:00Z`)
  day.setUTCDate(day.getUTCDate() + overlap_days - 1)
  return day.toISOString().slice(0, 10)
}

/** A host of the old license with what is deployed on it. */
export type DeployedHost = { type: string; id: string; quantity: number }

/** The hosts that the new license is proposed for: those of the old one, as far as the quantity goes. */
export function hostsWithin(hosts: readonly DeployedHost[], quantity: number): DeployedHost[] {
  let left = quantity
  return hosts.flatMap((host) => {
    const taken = Math.min(host.quantity, left)
    left -= taken
    return taken > 0 ? [{ ...host, quantity: taken }] : []
  })
}

/** Why a quantity typed for a license is not taken, or null. `left` is what is not upgraded yet. */
export function quantityRefusal(typed: string, left: number): 'not_a_number' | 'too_many' | null {
  if (!/^[1-9]\d{0,9}$/.test(typed.trim())) return 'not_a_number'
  return Number(typed) > left ? 'too_many' : null
}
