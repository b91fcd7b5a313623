/** What an operator may do with a campaign, and what is said about it. No I/O here. */
import { type Day, dayOf } from '../platform/actor.ts'
import { type CampaignDates, closedBecause } from './rules.ts'

/** From one version to another, by the ids of `product_versions`. */
export type Path = { from_version_id: string; to_version_id: string }

/** All that an operator decides about a campaign. */
export type CampaignTerms = {
  name: string
  starts_on: Day
  ends_on: Day | null
  overlap_days: number
  notification_days: number
  needs_maintenance: boolean
  kinds: ('product' | 'subscription' | 'maintenance' | 'content')[]
  countries: string[]
  paths: Path[]
}

/** Where a campaign stands. `telling`: customers are being told; `scheduled`: published, and nobody is told yet. */
export const phases = ['draft', 'scheduled', 'telling', 'open', 'paused', 'ended'] as const
export type Phase = (typeof phases)[number]

/** Where a campaign stands on the vendor's day. */
export function phaseOf(campaign: CampaignDates, today: Day): Phase {
  const closed = closedBecause(campaign, today)
  if (closed === 'not_published') return 'draft'
  if (closed === 'not_started') return 'scheduled'
  return closed ?? (campaign.state === 'publishing' ? 'telling' : 'open')
}

/** Why a campaign cannot be changed so. */
export type ChangeRefusal = 'ended' | 'started' | 'paths_kept' | 'over'

/**
 * Once published, a campaign has been told to customers: it may be widened and its terms corrected, but no way that
 * was promised goes away, its beginning stays once it has come, and it ends by being ended, not by a day in the past.
 */
export function changeRefusal(
  before: CampaignTerms & CampaignDates,
  after: CampaignTerms,
  today: Day,
): ChangeRefusal | null {
  if (before.state === 'ended') return 'ended'
  if (before.state === 'draft') return null
  if (before.starts_on <= today && after.starts_on !== before.starts_on) return 'started'
  if (after.ends_on !== before.ends_on && after.ends_on !== null && after.ends_on < today) return 'over'
  return before.paths.every((path) => after.paths.some((kept) => isSame(path, kept))) ? null : 'paths_kept'
}

const isSame = (one: Path, other: Path) =>
  one.from_version_id === other.from_version_id && one.to_version_id === other.to_version_id

/** What must be known of a version to lead from or to it. */
export type VersionFacts = {
  id: string
  product_id: string
  kind: string
  meter: string
  released_on: Day
}

/** What is wrong with one path of a campaign. */
export type PathFault = 'unknown' | 'same' | 'twice' | 'unlike' | 'backwards'

/** The first path that is wrong, by its place in the list, and why. */
export function pathFaultOf(
  paths: readonly Path[],
  versions: ReadonlyMap<string, VersionFacts>,
): { index: number; fault: PathFault } | undefined {
  for (const [index, path] of paths.entries()) {
    const isTwice = paths.slice(0, index).some((earlier) => isSame(earlier, path))
    const fault = isTwice ? 'twice' : faultOf(versions.get(path.from_version_id), versions.get(path.to_version_id))
    if (fault) return { index, fault }
  }
  return undefined
}

/**
 * Quantity, term and maintenance go over to the new license, so that both products must be of one kind and counted by
 * the same; a version older than another of its product is a downgrade, which has a right of its own.
 */
function faultOf(from: VersionFacts | undefined, to: VersionFacts | undefined): PathFault | undefined {
  if (!from || !to) return 'unknown'
  if (from.id === to.id) return 'same'
  if (from.kind !== to.kind || from.meter !== to.meter) return 'unlike'
  return from.product_id === to.product_id && to.released_on < from.released_on ? 'backwards' : undefined
}

/** The last day on which what expires at a moment is valid: what expires at midnight was valid until the day before. */
export function lastDayOf(expires_at: Date, time_zone: string): Day {
  return dayOf(new Date(expires_at.getTime() - 1), time_zone)
}
