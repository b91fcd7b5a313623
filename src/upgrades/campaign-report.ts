import { sql } from 'kysely'
import { type Day, dayOf } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { daysBetween } from '../platform/i18n.ts'
import { countEligibility, type EligibilityCounts } from './campaign-preview.ts'
import type { Campaign } from './campaign-queries.ts'

export type PathReport = {
  path_id: string
  upgraded: number
  upgraded_quantity: number
  /** Upgrades whose old keys still work, and when the first of them stops. */
  overlaps: number
  next_overlap_end: Day | null
}

/** What became of a campaign. */
export type CampaignReport = {
  eligibility: EligibilityCounts
  paths: PathReport[]
  customers: { notified: number; without_mail: number; refused_mails: number; upgraded: number }
}

/** Counts anew: eligible now, told, upgraded, by path. `today` is the vendor's day. */
export async function reportCampaign(db: Db, { id }: Campaign, today: Day): Promise<CampaignReport> {
  const eligibility = await countEligibility(db, id, today)
  const paths = await sql<PathReport>`
    select p.id as path_id, count(u.id)::int as upgraded, coalesce(sum(u.quantity), 0)::float8 as upgraded_quantity,
      count(u.id) filter (where u.settled_at is null)::int as overlaps,
      min(u.overlap_ends_on) filter (where u.settled_at is null) as next_overlap_end
    from campaign_paths p left join upgrades u on u.path_id = p.id
    where p.campaign_id = ${id} group by p.id`.execute(db)
  const customers = await sql<CampaignReport['customers']>`
    select count(*)::int as notified,
      count(*) filter (where not exists (
        select from upgrade_notification_mails k where k.notification_id = n.id))::int as without_mail,
      (select count(*)::int from mails m join upgrade_notification_mails k on k.mail_id = m.id
        join upgrade_notifications r on r.id = k.notification_id
        where m.parked_at is not null and r.campaign_id = ${id}) as refused_mails,
      (select count(distinct u.notification_id)::int from upgrades u join campaign_paths p on p.id = u.path_id
        where p.campaign_id = ${id}) as upgraded
    from upgrade_notifications n where n.campaign_id = ${id}`.execute(db)
  return { eligibility, paths: paths.rows, customers: customers.rows[0]! }
}

/** Upgrades whose old keys still work. */
export async function countOverlaps(db: Db, campaign_id: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from upgrades u join campaign_paths p on p.id = u.path_id
    where p.campaign_id = ${campaign_id} and u.settled_at is null`.execute(db)
  return rows[0]!.count
}

export type Period = 'day' | 'week' | 'month'
export type PeriodCount = { since: Day; licenses: number; quantity: number }
export type UpgradesOverTime = { period: Period; counts: PeriodCount[] }

/**
 * What was upgraded by and by, since the campaign's first day: by days for a month, by weeks for half a year, then by
 * months. Periods in which nothing happened are there, too. Days are the vendor's.
 */
export async function countOverTime(
  db: Db,
  campaign: Pick<Campaign, 'id' | 'starts_on' | 'ends_on'>,
  { path, time_zone, now }: { path?: string | undefined; time_zone: string; now: Date },
): Promise<UpgradesOverTime> {
  const today = dayOf(now, time_zone)
  const last = campaign.ends_on && campaign.ends_on < today ? campaign.ends_on : today
  if (last < campaign.starts_on) return { period: 'day', counts: [] }
  const days = daysBetween(campaign.starts_on, last)
  const period: Period = days <= 31 ? 'day' : days <= 183 ? 'week' : 'month'
  const { rows } = await sql<PeriodCount>`
    with made as (
      select date_trunc(${period}, u.upgraded_at at time zone ${time_zone})::date as since, u.quantity
      from upgrades u join campaign_paths p on p.id = u.path_id
      where p.campaign_id = ${campaign.id} and (${path ?? null}::uuid is null or p.id = ${path ?? null}::uuid))
    select s::date as since, count(m.quantity)::int as licenses, coalesce(sum(m.quantity), 0)::float8 as quantity
    from generate_series(date_trunc(${period}, ${campaign.starts_on}::date::timestamp), ${last}::date::timestamp,
      ${`1 ${period}`}::interval) s
    left join made m on m.since = s::date
    group by 1 order by 1`.execute(db)
  return { period, counts: rows }
}
