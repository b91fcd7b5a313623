import { type Expression, type RawBuilder, sql } from 'kysely'
import type { Day } from '../platform/actor.ts'

/**
 * What ends between two days among some licenses: rows of `license_id`, `product_version_id`, `what` and `day`, as
 * something to select from. Left out is what nobody has to act on: revoked, replaced and renewed licenses, maintenance
 * that is told with the license it covers, and maintenance that ends no earlier than its license.
 * The conditions are written as the indexes of an owner's licenses have them.
 */
export function endings(source: Expression<unknown> | RawBuilder<unknown>, from: Day, to: Day): RawBuilder<unknown> {
  const isOver = sql`l.revoked_at is not null or l.superseded_at is not null`
  const isRenewed = sql`exists (select from licenses r
    where r.renews_license_id = l.id and r.registered_at is not null and r.revoked_at is null)`
  return sql`
    select l.id as license_id, l.product_version_id, 'end' as what, l.ends_on as day from ${source} as l
    where coalesce(l.ends_on, 'infinity'::date) between ${from}::date and ${to}::date
      and not (l.kind = 'maintenance' and l.covers_license_id is not null) and not (${isOver}) and not ${isRenewed}
    union all
    select l.id, l.product_version_id, 'maintenance', l.maintenance_until from ${source} as l
    where l.maintenance_until between ${from}::date and ${to}::date
      and (l.ends_on is null or l.ends_on > l.maintenance_until) and not (${isOver}) and not ${isRenewed}`
}
