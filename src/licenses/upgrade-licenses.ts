import { sql } from 'kysely'
import type { Trx } from '../platform/db/index.ts'
import { splitOff } from './split-off.ts'

/** A license, or part of it, that becomes one of a new version. */
export type LicenseUpgrade = {
  old_license_id: string
  new_license_id: string
  serial: string
  product_version_id: string
  quantity: number
}

const record = sql`as t (old_license_id uuid, new_license_id uuid, serial text, product_version_id uuid, quantity integer)`

/**
 * Creates the licenses of the new version, not yet registered: with the term, the maintenance, the customer and the
 * order of the old ones, and what the new product says of kind and meter. The caller holds the locks of the old ones.
 */
export async function createUpgraded(trx: Trx, upgrades: readonly LicenseUpgrade[], at: Date): Promise<void> {
  await sql`
    insert into licenses (id, serial, product_version_id, kind, meter, grace_days, quantity, starts_on, ends_on,
      maintenance_until, customer_id, order_line_id, upgraded_from_license_id, created_at)
    select t.new_license_id, t.serial, t.product_version_id, p.kind, p.meter, o.grace_days, t.quantity, o.starts_on,
      o.ends_on, o.maintenance_until, o.customer_id, o.order_line_id, o.id, ${at}::timestamptz
    from json_to_recordset(${JSON.stringify(upgrades)}::json) ${record}
    join licenses o on o.id = t.old_license_id
    join product_versions v on v.id = t.product_version_id join products p on p.id = v.product_id`.execute(trx)
}

/**
 * Notes on the old licenses how much of them is upgraded; one that nobody owned belongs to the organization from now on
 * (seed: "When you upgrade unowned licenses, you become the portal owner"). The new ones, which are registered by now,
 * take over the tags that anybody gave the old ones, and the install-at address where none was named.
 */
export async function noteUpgraded(
  trx: Trx,
  organization_id: string,
  upgrades: readonly LicenseUpgrade[],
  at: Date,
): Promise<void> {
  const rows = JSON.stringify(upgrades)
  await sql`
    update licenses l set upgraded_quantity = l.upgraded_quantity + t.quantity,
      owner_id = coalesce(l.owner_id, ${organization_id}::uuid), revision = l.revision + 1
    from json_to_recordset(${rows}::json) ${record} where l.id = t.old_license_id`.execute(trx)
  await sql`
    insert into license_tags (organization_id, license_id, tag, created_at)
    select g.organization_id, t.new_license_id, g.tag, ${at}::timestamptz
    from json_to_recordset(${rows}::json) ${record}
    join license_tags g on g.license_id = t.old_license_id`.execute(trx)
  await sql`
    update licenses n set address_id = o.address_id
    from json_to_recordset(${rows}::json) ${record} join licenses o on o.id = t.old_license_id
    where n.id = t.new_license_id and n.address_id is null and o.address_id is not null`.execute(trx)
}

/** Ends licenses that newer ones have taken the place of, with what was noted of upgrades. The caller holds their locks. */
export async function supersedeUpgraded(trx: Trx, license_ids: readonly string[], at: Date): Promise<void> {
  await sql`
    update licenses set superseded_at = ${at}::timestamptz, upgraded_quantity = 0, revision = revision + 1
    where id = any(${[...license_ids]}::uuid[]) and superseded_at is null`.execute(trx)
}

/**
 * Divides the part that was upgraded from a license, and ends it: it is what became the new license. The caller holds
 * the lock of the license and has ended the keys that cover more than what is left.
 */
export async function endUpgradedPart(
  trx: Trx,
  { old_license_id, new_license_id, quantity }: Pick<LicenseUpgrade, 'old_license_id' | 'new_license_id' | 'quantity'>,
  part: { id: string; serial: string },
  at: Date,
): Promise<void> {
  await sql`update licenses set upgraded_quantity = upgraded_quantity - ${quantity}::int
    where id = ${old_license_id}::uuid`.execute(trx)
  await splitOff(trx, { license_id: old_license_id, new_id: part.id, serial: part.serial, quantity, at })
  await supersedeUpgraded(trx, [part.id], at)
  await sql`update licenses set upgraded_from_license_id = ${part.id}::uuid
    where id = ${new_license_id}::uuid`.execute(trx)
}
