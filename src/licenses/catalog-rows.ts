/** What the lists show of a license. */
import { type RawBuilder, sql } from 'kysely'
import type { Day, Member } from '../platform/actor.ts'
import { type Db, prepared } from '../platform/db/index.ts'
import { statusOf } from './catalog-conditions.ts'
import type { LicenseKind, LicenseStatus, Meter } from './rules.ts'
import { granters, type Source, seesTags, visibleLicenses } from './visible-licenses.ts'

export type CatalogRow = {
  id: string
  serial: string
  product_name: string
  product_code: string
  version: string
  kind: LicenseKind
  quantity: number
  meter: Meter
  status: LicenseStatus
  starts_on: Day | null
  ends_on: Day | null
  grace_days: number
  maintenance_until: Day | null
  superseded_on: Day | null
  revoked_on: Day | null
  registered_on: Day | null
  registered_to: string | null
  customer_number: string
  customer_name: string
  order_number: string | null
  purchase_order: string | null
  certificate_number: string | null
  /** The install-at address in one line. */
  address: string | null
  contacts: { name: string; email: string; phone: string | null }[]
}

/**
 * What the lists show of these licenses, in the order of the ids; those that the actor may not see are left out. With
 * `from`, they are looked for in some sources only.
 */
export async function listRows(
  db: Db,
  actor: Member,
  ids: readonly string[],
  from?: readonly Source[],
): Promise<CatalogRow[]> {
  if (ids.length === 0) return []
  // Planning eight tables takes longer than reading fifty rows of them.
  const { rows } = await sql<CatalogRow>`${prepared}
    select l.id, l.serial, l.kind, l.quantity, l.meter, l.starts_on, l.ends_on, l.grace_days, l.maintenance_until,
      l.registered_to, l.contacts, v.version, p.name as product_name, p.code as product_code,
      c.number as customer_number, c.name as customer_name, o.number as order_number, o.purchase_order,
      n.certificate_number, ${statusOf(actor.today)} as status,
      ${dayOfColumn('l.registered_at', actor)} as registered_on,
      ${dayOfColumn('l.superseded_at', actor)} as superseded_on,
      ${dayOfColumn('l.revoked_at', actor)} as revoked_on,
      case when a.id is not null then concat_ws(', ', a.company, a.street,
        nullif(concat_ws(' ', a.postal_code, a.city), ''), a.country) end as address
    from ${visibleLicenses(actor, from)} l
    join product_versions v on v.id = l.product_version_id join products p on p.id = v.product_id
    join customers c on c.id = l.customer_id
    left join order_lines n on n.id = l.order_line_id left join orders o on o.id = n.order_id
    left join addresses a on a.id = l.address_id
    where l.id = any(${ids}::uuid[]) order by array_position(${ids}::uuid[], l.id)`.execute(db)
  return rows
}

/** The calendar day of a moment in the reader's time zone. */
export function dayOfColumn(column: string, actor: Member): RawBuilder<Day | null> {
  return sql<Day | null>`(${sql.ref(column)} at time zone ${actor.time_zone})::date`
}

/** The name of an organization whose licenses the actor may see; of any other there is none. */
export async function findOwnerName(db: Db, actor: Member, owner_id: string): Promise<string | undefined> {
  const { rows } = await sql<{ name: string }>`select name from organizations
    where id = ${owner_id} and (id = ${actor.organization_id} or id = any(${granters(actor)}))`.execute(db)
  return rows[0]?.name
}

/** A user-defined field as the catalog shows it. */
export type CatalogField = {
  id: string
  name: string
  type: 'text' | 'number' | 'date' | 'choice' | 'yes_no'
  choices: string[]
  in_catalog: boolean
}

/** What an organization keeps on licenses itself, by the licenses' ids. */
export type OwnNotes = { values: Map<string, Map<string, string>>; tags: Map<string, string[]> }

/** Values of user-defined fields and tags of these licenses, each kind in one query. Leaves out what is not asked for. */
export async function listOwnNotes(
  db: Db,
  actor: Member,
  ids: readonly string[],
  asked: { fields: readonly string[]; tags: boolean },
): Promise<OwnNotes> {
  const { organization_id } = actor
  const notes: OwnNotes = { values: new Map(), tags: new Map() }
  if (asked.fields.length > 0 && ids.length > 0) {
    const { rows } = await sql<{ license_id: string; field_id: string; value: string }>`
      select license_id, field_id, value from license_field_values
      where license_id = any(${ids}::uuid[]) and field_id = any(${asked.fields}::uuid[])
        and organization_id = ${organization_id}`.execute(db)
    for (const { license_id, field_id, value } of rows) {
      const values = notes.values.get(license_id) ?? new Map<string, string>()
      notes.values.set(license_id, values.set(field_id, value))
    }
  }
  if (asked.tags && ids.length > 0) {
    const { rows } = await sql<{ license_id: string; tags: string[] }>`
      select license_id, array_agg(tag order by tag) as tags from license_tags
      where license_id = any(${ids}::uuid[]) and organization_id = ${organization_id}
        and ${seesTags(actor)}
      group by license_id`.execute(db)
    for (const { license_id, tags } of rows) notes.tags.set(license_id, tags)
  }
  return notes
}
