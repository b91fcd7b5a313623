import { sql } from 'kysely'
import type { Day } from '../platform/actor.ts'
import type { Trx } from '../platform/db/index.ts'
import type { RevocationReason } from './revocations.ts'

/** A row of license_keys to be; exactly one of `key_text` and the file is set. */
export type NewLicenseKey = {
  /** Also the `jti` of what was signed. */
  id: string
  license_id: string
  scheme: 'code' | 'signed' | 'file' | 'file_host' | 'pool' | 'printed'
  quantity: number
  host_type: string | null
  host_id: string | null
  key_text: string | null
  file_name: string | null
  file_content: string | null
  kid: string | null
  expires_on: Day | null
  /** The key whose place it takes. */
  replaces_id: string | null
  /** Issued for a few days, until a service request is decided. */
  temporary: boolean
  /** The earlier version that it is for; none: that of its license. */
  product_version_id: string | null
}

/** Rows of one statement: a parameter of 10,000 files would need its size several times over in memory. */
const rowsAtOnce = 1000

/**
 * Statements, for `together`, that store new keys as issued: one for each thousand. The caller holds the locks of their
 * licenses. They fail when the active keys of a license would cover more than its quantity (trigger license_keys_fit).
 */
export function licenseKeyInserts(keys: NewLicenseKey[], issued_at: Date) {
  const parts = Array.from({ length: Math.ceil(keys.length / rowsAtOnce) }, (_, n) => n * rowsAtOnce)
  return parts.map((from) => insertLicenseKeys(keys.slice(from, from + rowsAtOnce), issued_at))
}

function insertLicenseKeys(rows: NewLicenseKey[], issued_at: Date) {
  const column = <C extends keyof NewLicenseKey>(name: C) => rows.map((row) => row[name])
  return sql`
    insert into license_keys (id, license_id, scheme, quantity, host_type, host_id, key_text, file_name,
      file_content, kid, expires_on, replaces_id, temporary, product_version_id, issued_at)
    select t.*, ${issued_at}::timestamptz
    from unnest(${column('id')}::uuid[], ${column('license_id')}::uuid[], ${column('scheme')}::text[],
      ${column('quantity')}::int[], ${column('host_type')}::text[], ${column('host_id')}::text[],
      ${column('key_text')}::text[], ${column('file_name')}::text[], ${column('file_content')}::text[],
      ${column('kid')}::text[], ${column('expires_on')}::date[], ${column('replaces_id')}::uuid[],
      ${column('temporary')}::boolean[], ${column('product_version_id')}::uuid[]) t`
}

/**
 * Ends keys that must not be used any more; those that carry a signature are on the revocation list from then on. The
 * caller holds the locks of their licenses.
 */
export async function revokeLicenseKeys(trx: Trx, ids: string[], at: Date, reason: RevocationReason): Promise<void> {
  if (ids.length === 0) return
  await sql`
    update license_keys set revoked_at = ${at}, revoked_reason = ${reason}
    where id = any(${ids}::uuid[]) and superseded_at is null and revoked_at is null`.execute(trx)
}

/** Keys that say nothing of a quantity cover less from now on. The caller holds the locks of their licenses. */
export async function reduceLicenseKeys(trx: Trx, keys: readonly { id: string; quantity: number }[]): Promise<void> {
  if (keys.length === 0) return
  await sql`
    update license_keys k set quantity = t.quantity
    from unnest(${keys.map(({ id }) => id)}::uuid[], ${keys.map(({ quantity }) => quantity)}::int[]) as t (id, quantity)
    where k.id = t.id and t.quantity < k.quantity`.execute(trx)
}

/** Ends keys that newer ones take the place of. The caller holds the locks of their licenses. */
export async function supersedeLicenseKeys(trx: Trx, ids: string[], at: Date): Promise<void> {
  if (ids.length === 0) return
  await sql`
    update license_keys set superseded_at = ${at}
    where id = any(${ids}::uuid[]) and superseded_at is null and revoked_at is null`.execute(trx)
}
