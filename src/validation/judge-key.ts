import { isSameHost } from '@keyport/license'
import { publishedReason } from '../keys/index.ts'
import type { Day } from '../platform/actor.ts'
import type { FoundKey } from './queries.ts'
import type { Proven, Question } from './schemas.ts'

/**
 * What a proven key is worth on a day (UTC), in the words of the license library and in its order: does it fit, was it
 * withdrawn, is it its time. The answer holds nothing of a person, of the customer or of other licenses.
 */
export function judgeKey(
  found: FoundKey,
  replaced_by: string | null,
  asked: Omit<Question, 'key'>,
  today: Day,
): Proven {
  const status = statusOf(found, asked, today)
  return {
    ok: status === 'valid' || status === 'grace',
    status,
    key: {
      id: found.id,
      quantity: found.quantity,
      temporary: found.temporary,
      issued_at: found.issued_at.toISOString(),
      starts_on: found.starts_on,
      ends_on: found.expires_on,
      grace_until: found.grace_until,
      ended: endOf(found, replaced_by),
    },
    product: { code: found.product_code, version: found.product_version },
    license: {
      status: found.license_status,
      kind: found.kind,
      meter: found.meter,
      quantity: found.license_quantity,
      starts_on: found.starts_on,
      ends_on: found.ends_on,
      maintenance_until: found.maintenance_until,
    },
  }
}

function statusOf(found: FoundKey, { product, host }: Omit<Question, 'key'>, today: Day): Proven['status'] {
  if (product !== undefined && product !== found.product_code) return 'wrong_product'
  if (!fitsHost(found, host)) return 'wrong_host'
  if (found.revoked_at || found.superseded_at) return 'revoked'
  if (found.starts_on && today < found.starts_on) return 'not_yet_valid'
  if (!found.expires_on || today <= found.expires_on) return 'valid'
  return found.grace_until && today <= found.grace_until ? 'grace' : 'expired'
}

function fitsHost({ host_type, host_id }: FoundKey, host: Question['host']): boolean {
  if (host_type === null || host_id === null || host === 'any') return true
  return [host ?? []].flat().some((one) => isSameHost(one, { type: host_type, id: host_id }))
}

function endOf(found: FoundKey, replaced_by: string | null): Proven['key']['ended'] {
  const { revoked_at, superseded_at, revoked_reason } = found
  const at = revoked_at ?? superseded_at
  if (!at) return null
  return { at: at.toISOString(), reason: revoked_at ? publishedReason(revoked_reason) : 'superseded', replaced_by }
}
