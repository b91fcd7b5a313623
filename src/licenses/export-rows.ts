/** Everything that an export says about licenses. */
import { sql } from 'kysely'
import type { Day, Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { statusOf } from './catalog-conditions.ts'
import type { LicenseKind, LicenseStatus, Meter } from './rules.ts'
import { seesTags, visibleLicenses } from './visible-licenses.ts'

export type ExportContact = { name: string; email: string; phone: string | null }

/** A key in force. Its text only for those who may take keys; a file by its name. */
export type ExportKey = {
  scheme: string
  quantity: number
  host_type: string | null
  host_id: string | null
  key_text: string | null
  file_name: string | null
  issued_on: Day
  expires_on: Day | null
}

/** The names are those of domain.md; programs that read the JSON rely on them. */
export type ExportRow = {
  serial: string
  status: LicenseStatus
  product_code: string
  product: string
  version: string
  kind: LicenseKind
  quantity: number
  meter: Meter
  starts_on: Day | null
  ends_on: Day | null
  grace_days: number
  maintenance_until: Day | null
  support_ends_on: Day | null
  registered_on: Day | null
  registered_to: string | null
  owner: string | null
  customer_number: string
  customer: string
  order_number: string | null
  order_line: number | null
  ordered_on: Day | null
  purchase_order: string | null
  certificate_number: string | null
  reseller: string | null
  company: string | null
  street: string | null
  street2: string | null
  city: string | null
  region: string | null
  postal_code: string | null
  country: string | null
  contacts: ExportContact[]
  revoked_on: Day | null
  revoked_reason: string | null
  superseded_on: Day | null
  covers: string | null
  renews: string | null
  split_from: string | null
  tags: string[] | null
  /** Values of user-defined fields by the fields' ids. */
  values: Record<string, string> | null
  keys: ExportKey[] | null
}

/** These licenses with all that belongs to them, in the order of the ids; one statement for all. */
export async function listExportRows(
  db: Db,
  actor: Member,
  ids: readonly string[],
  { with_keys }: { with_keys: boolean },
): Promise<ExportRow[]> {
  const { organization_id, time_zone, today } = actor
  const day = (column: string) => sql`(${sql.ref(column)} at time zone ${time_zone})::date`
  // Whoever knows a serial number can register it: that of a license given away is not told.
  const seen = (id: string) => sql`(select v.serial from ${visibleLicenses(actor)} v where v.id = ${sql.ref(id)})`
  const { rows } = await sql<ExportRow & { id: string }>`
    select l.id, l.serial, ${statusOf(today)} as status, p.code as product_code, p.name as product, v.version, l.kind,
      l.quantity, l.meter, l.starts_on, l.ends_on, l.grace_days, l.maintenance_until, v.support_ends_on,
      ${day('l.registered_at')} as registered_on, l.registered_to, w.name as owner,
      c.number as customer_number, c.name as customer, o.number as order_number, n.line_number as order_line,
      o.ordered_on, o.purchase_order, n.certificate_number, o.reseller,
      a.company, a.street, a.street2, a.city, a.region, a.postal_code, a.country, l.contacts,
      ${day('l.revoked_at')} as revoked_on, l.revoked_reason, ${day('l.superseded_at')} as superseded_on,
      ${seen('l.covers_license_id')} as covers,
      ${seen('l.renews_license_id')} as renews,
      ${seen('l.split_from_license_id')} as split_from,
      (select json_agg(tag order by tag) from license_tags
        where license_id = l.id and organization_id = ${organization_id} and ${seesTags(actor)}) as tags,
      (select json_object_agg(field_id, value) from license_field_values
        where license_id = l.id and organization_id = ${organization_id}) as values,
      (select json_agg(json_build_object('scheme', k.scheme, 'quantity', k.quantity, 'host_type', k.host_type,
          'host_id', k.host_id, 'key_text', ${
            with_keys ? sql`case when l.level <> 'view' then k.key_text end` : sql`null`
          }, 'file_name', k.file_name,
          'issued_on', ${day('k.issued_at')}, 'expires_on', k.expires_on) order by k.issued_at, k.id)
        from license_keys k where k.license_id = l.id and k.revoked_at is null and k.superseded_at is null) as keys
    from ${visibleLicenses(actor)} l
    join product_versions v on v.id = l.product_version_id join products p on p.id = v.product_id
    join customers c on c.id = l.customer_id
    left join order_lines n on n.id = l.order_line_id left join orders o on o.id = n.order_id
    left join organizations w on w.id = l.owner_id
    left join addresses a on a.id = l.address_id
    where l.id = any(${ids}::uuid[])`.execute(db)
  const found = new Map(rows.map(({ id, ...row }) => [id, row]))
  return ids.flatMap((id) => found.get(id) ?? [])
}
