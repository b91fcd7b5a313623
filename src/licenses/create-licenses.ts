import { sql } from 'kysely'
import type { Actor, Day } from '../platform/actor.ts'
import type { Trx } from '../platform/db/index.ts'
import { uuidv7 } from '../platform/ids.ts'

/** A purchased right that nobody has registered yet. */
export type NewLicense = {
  serial: string
  product_version_id: string
  quantity: number
  starts_on: Day | null
  ends_on: Day | null
  maintenance_until: Day | null
  customer_id: string
  order_line_id: string
  address_id: string | null
  printed_key: string | null
  /** Serial numbers of the licenses that it covers or renews; known already, or of the same call. */
  covers_serial: string | null
  renews_serial: string | null
}

const record = sql`as t (id uuid, serial text, product_version_id uuid, quantity integer, starts_on date, ends_on date,
  maintenance_until date, customer_id uuid, order_line_id uuid, address_id uuid, printed_key text,
  covers_serial text, renews_serial text)`

/** Creates unregistered licenses; kind, meter and grace come from the product. */
export async function createLicenses(trx: Trx, actor: Actor, licenses: NewLicense[]): Promise<void> {
  if (licenses.length === 0) return
  const rows = JSON.stringify(licenses.map((license) => ({ ...license, id: uuidv7() })))
  await sql`
    insert into licenses (id, serial, product_version_id, kind, meter, grace_days, quantity, starts_on, ends_on,
      maintenance_until, customer_id, order_line_id, address_id, printed_key, created_at)
    select t.id, t.serial, t.product_version_id, p.kind, p.meter, p.grace_days, t.quantity, t.starts_on, t.ends_on,
      t.maintenance_until, t.customer_id, t.order_line_id, t.address_id, t.printed_key, ${actor.now}
    from json_to_recordset(${rows}::json) ${record}
    join product_versions v on v.id = t.product_version_id
    join products p on p.id = v.product_id`.execute(trx)
  await relate(trx, licenses)
}

/** Brings unregistered licenses in line with a corrected order. Registered ones are left as they are. */
export async function correctLicenses(
  trx: Trx,
  licenses: (Omit<NewLicense, 'order_line_id'> & { id: string })[],
): Promise<void> {
  if (licenses.length === 0) return
  await sql`
    update licenses l set product_version_id = t.product_version_id, kind = p.kind, meter = p.meter,
      grace_days = p.grace_days, quantity = t.quantity, starts_on = t.starts_on, ends_on = t.ends_on,
      maintenance_until = t.maintenance_until, address_id = t.address_id, printed_key = t.printed_key,
      revision = l.revision + 1
    from json_to_recordset(${JSON.stringify(licenses)}::json) ${record}
    join product_versions v on v.id = t.product_version_id
    join products p on p.id = v.product_id
    where l.id = t.id and l.registered_at is null`.execute(trx)
  await relate(trx, licenses)
}

async function relate(trx: Trx, licenses: Pick<NewLicense, 'serial' | 'covers_serial' | 'renews_serial'>[]) {
  const related = licenses.filter(({ covers_serial, renews_serial }) => covers_serial ?? renews_serial)
  if (related.length === 0) return
  await sql`
    update licenses l set covers_license_id = coalesce(covered.id, l.covers_license_id),
      renews_license_id = coalesce(renewed.id, l.renews_license_id)
    from json_to_recordset(${JSON.stringify(related)}::json) as t (serial text, covers_serial text, renews_serial text)
    left join licenses covered on covered.serial = t.covers_serial
    left join licenses renewed on renewed.serial = t.renews_serial
    where l.serial = t.serial`.execute(trx)
}
