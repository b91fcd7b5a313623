import { type RawBuilder, sql } from 'kysely'
import type { Day } from '../platform/actor.ts'

/** Why a campaign does not upgrade a license; the rule itself is `upgrade_refusal` in the database (domain.md §7). */
export const upgradeRefusals = [
  'revoked',
  'superseded',
  'order_cancelled',
  'upgraded',
  'kind',
  'country',
  'ended',
  'planned',
  'no_maintenance',
  'maintenance_lapsed',
] as const
export type UpgradeRefusal = (typeof upgradeRefusals)[number]

const licensesOfPaths = sql`
  campaigns c
  join campaign_paths p on p.campaign_id = c.id
  join product_versions t on t.id = p.to_version_id
  join licenses l on l.product_version_id = p.from_version_id
  join customers b on b.id = l.customer_id`

/**
 * Licenses with the paths that lead from their versions, to select from: `l` license, `b` its customer, `o` its order
 * (if any), `c` campaign, `p` path, `t` the version it leads to. Narrow it down by campaign, path, customer or license;
 * each has its index.
 */
export const pathsOfLicenses = sql`${licensesOfPaths}
  left join order_lines ol on ol.id = l.order_line_id
  left join orders o on o.id = ol.order_id`

/** The same for reading all licenses of a campaign, with `o` for the few cancelled orders, which are read beforehand. */
export const pathsOfAllLicenses = sql`${licensesOfPaths}
  left join (select ol.id as order_line_id, o.cancelled_at from orders o join order_lines ol on ol.order_id = o.id
    where o.cancelled_at is not null) o on o.order_line_id = l.order_line_id`

/** Within `pathsOfLicenses`: why the license is not upgraded, or null. `today` is the reader's day. */
export function refusalFor(today: Day): RawBuilder<UpgradeRefusal | null> {
  return sql`upgrade_refusal(l, o.cancelled_at, b.country, c, t.released_on, ${today}::date)`
}

/**
 * Within `pathsOfLicenses`, for lists that end after a page: whether a license is eligible, or not for one reason. In
 * this form, because the planner takes a bare `is null` for rare, and would read all licenses before the first row.
 */
export function isOutcome(today: Day, outcome: UpgradeRefusal | 'eligible'): RawBuilder<boolean> {
  const isIt = outcome === 'eligible' ? sql`is null` : sql`= ${outcome}`
  return sql`case when ${refusalFor(today)} ${isIt} then true else false end`
}

/** Of a campaign `c`: whether upgrades can be made now. `today` is the vendor's day. */
export function isOpen(today: Day): RawBuilder<boolean> {
  return sql`(c.state in ('publishing', 'published') and ${today}::date between c.starts_on and coalesce(c.ends_on, 'infinity'::date))`
}

/**
 * Of the paths of a campaign, one from each version: the one whose target was released first. A license that any path
 * upgrades is upgraded by this one, since of the target only the day of its release counts. With the version's id, by
 * which licenses are found in the order of customers: `inOrder`.
 */
export function widestPaths(campaign_id: string) {
  return sql`
    select distinct on (p.from_version_id) p.id, p.from_version_id
    from campaign_paths p join product_versions t on t.id = p.to_version_id
    where p.campaign_id = ${campaign_id} order by p.from_version_id, t.released_on, p.id`
}

/** Within `pathsOfLicenses`, beside a row `w` of `widestPaths`: the licenses of one path, which an index has in order. */
export const inOrder = sql`p.id = w.id and l.product_version_id = w.from_version_id`

/** Within `pathsOfLicenses`: one of the widest paths. */
export function isWidest(campaign_id: string) {
  return sql`p.id in (select id from (${widestPaths(campaign_id)}) w)`
}
