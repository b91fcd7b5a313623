import { sql } from 'kysely'
import type { Trx } from '../platform/db/index.ts'

/**
 * Makes part of a license's quantity a license of its own, with the same facts, owner and the owner's tags. The caller holds the lock of
 * the license and has ended the keys that cover more than what is left.
 */
export async function splitOff(trx: Trx, { license_id, new_id, serial, quantity, at }: SplitOff): Promise<void> {
  await sql`
    insert into licenses (id, serial, product_version_id, kind, meter, quantity, starts_on, ends_on, grace_days,
      customer_id, order_line_id, owner_id, registration_id, registered_at, registered_to, address_id, contacts, fields,
      maintenance_until, covers_license_id, renews_license_id, split_from_license_id, created_at)
    select ${new_id}::uuid, ${serial}, product_version_id, kind, meter, ${quantity}::int, starts_on, ends_on, grace_days,
      customer_id, order_line_id, owner_id, registration_id, registered_at, registered_to, address_id, contacts, fields,
      maintenance_until, covers_license_id, renews_license_id, id, ${at}::timestamptz
    from licenses where id = ${license_id}::uuid`.execute(trx)
  await sql`
    insert into license_tags (organization_id, license_id, tag, created_at)
    select organization_id, ${new_id}::uuid, tag, ${at} from license_tags
    where license_id = ${license_id}::uuid
      and organization_id = (select owner_id from licenses where id = ${license_id}::uuid)`.execute(trx)
  await sql`
    update licenses set quantity = quantity - ${quantity}::int, revision = revision + 1
    where id = ${license_id}::uuid`.execute(trx)
}

type SplitOff = { license_id: string; new_id: string; serial: string; quantity: number; at: Date }
