import { sql } from 'kysely'
import type { Day, Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { statusOf } from './catalog-conditions.ts'
import type { LicenseKind, LicenseStatus } from './rules.ts'
import { visibleLicenses } from './visible-licenses.ts'

export type Relation =
  | 'covers'
  | 'covered_by'
  | 'renews'
  | 'renewed_by'
  | 'split_from'
  | 'split_into'
  | 'upgraded_from'
  | 'upgraded_into'

export type Relative = {
  relation: Relation
  serial: string
  product_name: string
  version: string
  kind: LicenseKind
  status: LicenseStatus
  starts_on: Day | null
  ends_on: Day | null
}

/** Renewals of renewals, and upgrades of upgrades, are followed so far, in either direction. */
const generations = 20

/**
 * The licenses that this one covers, renews or came from, or is covered, renewed, divided or upgraded by, as far as the actor
 * may see them.
 */
export async function listRelatives(db: Db, actor: Member, license_id: string): Promise<Relative[]> {
  const visible = visibleLicenses(actor)
  const { rows } = await sql<Relative>`
    with recursive this as (
      select covers_license_id, renews_license_id, split_from_license_id, upgraded_from_license_id from ${visible} l where l.id = ${license_id}
    ),
    earlier (id, generation) as (
      select renews_license_id, 1 from this
      union all select l.renews_license_id, generation + 1 from earlier e join licenses l on l.id = e.id
        where generation < ${generations}::int
    ),
    later (id, generation) as (
      select l.id, 1 from licenses l where renews_license_id = ${license_id}
      union all select l.id, generation + 1 from later e join licenses l on l.renews_license_id = e.id
        where generation < ${generations}::int
    ),
    older (id, generation) as (
      select upgraded_from_license_id, 1 from this
      union all select l.upgraded_from_license_id, generation + 1 from older e join licenses l on l.id = e.id
        where generation < ${generations}::int
    ),
    newer (id, generation) as (
      select l.id, 1 from licenses l where upgraded_from_license_id = ${license_id}
      union all select l.id, generation + 1 from newer e join licenses l on l.upgraded_from_license_id = e.id
        where generation < ${generations}::int
    ),
    related (relation, id) as (
      select 'covers', covers_license_id from this
      union all select 'split_from', split_from_license_id from this
      union all select 'upgraded_from', id from older
      union all select 'upgraded_into', id from newer
      union all select 'renews', id from earlier
      union all select 'renewed_by', id from later
      union all select 'covered_by', id from licenses where covers_license_id = ${license_id}
      union all select 'split_into', id from licenses where split_from_license_id = ${license_id}
    )
    select distinct on (coalesce(l.starts_on, l.ends_on), l.id) r.relation, l.serial, p.name as product_name, v.version,
      l.kind, l.starts_on, l.ends_on, ${statusOf(actor.today)} as status
    from related r join ${visible} l on l.id = r.id
    join product_versions v on v.id = l.product_version_id join products p on p.id = v.product_id
    where l.id = any(array(select id from related)) and l.id <> ${license_id}
    order by coalesce(l.starts_on, l.ends_on) nulls first, l.id limit 100`.execute(db)
  return rows
}
