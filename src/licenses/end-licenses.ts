import { sql } from 'kysely'
import type { Trx } from '../platform/db/index.ts'

/**
 * Gives a license back: nobody owns it, and whoever holds its serial number may register it. What its owner entered
 * does not go along. The caller holds its lock and has ended its keys.
 */
export async function giveBack(trx: Trx, license_id: string): Promise<void> {
  await sql`
    update licenses set owner_id = null, registration_id = null, registered_at = null, registered_to = null,
      address_id = null, contacts = '[]', fields = '{}', revision = revision + 1
    where id = ${license_id}::uuid`.execute(trx)
}

/** Withdraws licenses for good. The caller holds their locks and ends their keys. */
export async function markRevoked(trx: Trx, license_ids: string[], at: Date, reason: string): Promise<void> {
  await sql`
    update licenses set revoked_at = ${at}, revoked_reason = ${reason}, revision = revision + 1
    where id = any(${license_ids}::uuid[]) and revoked_at is null`.execute(trx)
}
