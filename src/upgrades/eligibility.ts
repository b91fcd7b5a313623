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

/**
 * Licenses with the paths that lead from their versions, to select from: `l` license, `b` its customer, `o` its order
 * (if any), `c` campaign, `p` path, `t` the version it leads to. Narrow it down by campaign, path, customer or license;
 * each has its index.
 */
export const pathsOfLicenses = sql`
  campaigns c
  join campaign_paths p on p.campaign_id = c.id
  join product_versions t on t.id = p.to_version_id
  join licenses l on l.product_version_id = p.from_version_id
  join customers b on b.id = l.customer_id
  left join order_lines ol on ol.id = l.order_line_id
  left join orders o on o.id = ol.order_id`

/** Within `pathsOfLicenses`: why the license is not upgraded, or null. `today` is the reader's day. */
export function refusalFor(today: Day): RawBuilder<UpgradeRefusal | null> {
  return sql`upgrade_refusal(l, o.cancelled_at, b.country, c, t.released_on, ${today}::date)`
}

/** Of a campaign `c`: whether upgrades can be made now. `today` is the vendor's day. */
export function isOpen(today: Day): RawBuilder<boolean> {
  return sql`(c.state in ('publishing', 'published') and ${today}::date between c.starts_on and coalesce(c.ends_on, 'infinity'::date))`
}

/**
 * Of the paths `p` to versions `t` of a campaign, one from each version: the one whose target was released first. A
 * license that any path upgrades is upgraded by this one, since of the target only the day of its release counts.
 */
export function widestPaths(campaign_id: string) {
  return sql`
    select distinct on (p.from_version_id) p.id
    from campaign_paths p join product_versions t on t.id = p.to_version_id
    where p.campaign_id = ${campaign_id} order by p.from_version_id, t.released_on, p.id`
}
