import { type RawBuilder, sql } from 'kysely'
import type { Day } from '../platform/actor.ts'
import { type Db, statement } from '../platform/db/index.ts'
import { defineLimit, isSpent } from '../platform/rate-limits.ts'

/**
 * Guesses at keys that are not signed. Codes have 112 random bits; keys of a vendor's own making may have fewer, and a
 * day of guessing tries 86,500 of them.
 */
export const misses = defineLimit('validation_misses', { capacity: 120, refill_per_minute: 60 })

/** A license key with what its license says; days in UTC. */
export type FoundKey = {
  id: string
  quantity: number
  temporary: boolean
  host_type: string | null
  host_id: string | null
  issued_at: Date
  expires_on: Day | null
  /** Last day on which it still works, if that is later. */
  grace_until: Day | null
  superseded_at: Date | null
  revoked_at: Date | null
  revoked_reason: string | null
  license_status: string
  kind: string
  meter: string
  license_quantity: number
  starts_on: Day | null
  ends_on: Day | null
  maintenance_until: Day | null
  product_code: string
  product_version: string
}

/** A key that may have been guessed, and whether its network (a key of `rate_limits`) may not guess any more. */
type GuessedKey = FoundKey & { spent: boolean }

/** Codes and pool keys by their text: served by license_keys_text. */
export const keysByText = statement<GuessedKey, 'text' | 'network' | 'today'>(
  ['text', 'network', 'today'],
  ({ text, network, today }) => sql`
    ${selectKey(today)}, ${isSpent(misses, network)} as spent ${fromKeys}
    where md5(k.key_text) = md5(${text}) and k.scheme in ('code', 'pool') and k.key_text = ${text}`,
)

/** Printed keys by their text: served by licenses_printed_key. Of several licenses with the same, the newest. */
export const printedKeysByText = statement<GuessedKey, 'text' | 'network' | 'today'>(
  ['text', 'network', 'today'],
  ({ text, network, today }) => sql`
    ${selectKey(today)}, ${isSpent(misses, network)} as spent ${fromKeys}
    where l.printed_key = ${text} and k.scheme = 'printed' and k.key_text = ${text}
    order by k.issued_at desc, k.id desc limit 1`,
)

/** The key with an id that was proven. */
export const keysById = statement<FoundKey, 'id' | 'today'>(
  ['id', 'today'],
  ({ id, today }) => sql`${selectKey(today)} ${fromKeys} where k.id = ${id}::uuid`,
)

/** The id of the key that took the place of another. */
export async function findReplacement(db: Db, replaces_id: string): Promise<string | null> {
  const query = db.selectFrom('license_keys').select('id').where('replaces_id', '=', replaces_id)
  const found = await query.orderBy('issued_at', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirst()
  return found?.id ?? null
}

function selectKey(today: RawBuilder<unknown>) {
  return sql`
    select k.id, k.quantity, k.temporary, k.host_type, k.host_id, k.issued_at, k.expires_on,
      case when not k.temporary and l.grace_days > 0 then k.expires_on + l.grace_days end as grace_until,
      k.superseded_at, coalesce(k.revoked_at, l.revoked_at) as revoked_at,
      coalesce(k.revoked_reason, l.revoked_reason) as revoked_reason,
      license_status(l.registered_at, l.starts_on, l.ends_on, l.grace_days, l.superseded_at, l.revoked_at, ${today}::date)
        as license_status,
      l.kind, l.meter, l.quantity as license_quantity, l.starts_on, l.ends_on, l.maintenance_until,
      p.code as product_code, v.version as product_version`
}

const fromKeys = sql`
    from license_keys k join licenses l on l.id = k.license_id
    join product_versions v on v.id = coalesce(k.product_version_id, l.product_version_id)
    join products p on p.id = v.product_id`
