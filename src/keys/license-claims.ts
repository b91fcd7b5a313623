import type { Host } from '@keyport/license'
import type { Day } from '../platform/actor.ts'

/** What a signed key says about a license. Days count in UTC: from the first moment of the first to the last of the last. */
export type LicenseFacts = {
  /** The vendor: `config.vendor.issuer`. */
  issuer: string
  /** Id of the license key. */
  key_id: string
  issued_at: Date
  serial: string
  product: { code: string; name: string; version: string }
  kind: string
  quantity: number
  meter: string
  registered_to: string
  customer_number: string | null
  host: Host | null
  starts_on: Day | null
  /** Last day; null: perpetual. */
  ends_on: Day | null
  maintenance_until: Day | null
  features: Readonly<Record<string, unknown>>
  warn_days: number
  grace_days: number
  /** Ids of the keys that this one takes the place of. */
  replaces: readonly string[]
  /** A bridge until a request for a new host is decided. */
  temporary: boolean
}

/** The claims as they are signed (license-file.md); what is absent has no member. */
export type LicenseClaims = Readonly<Record<string, unknown>> & { jti: string; serial: string }

/** The claims of a license, in the order in which people read them. */
export function licenseClaims(facts: LicenseFacts): LicenseClaims {
  const { issuer, key_id, issued_at, serial, product, kind, quantity, meter, host, warn_days, grace_days } = facts
  const { code, name, version } = product
  return {
    slf: 1,
    iss: issuer,
    jti: key_id,
    iat: Math.floor(issued_at.getTime() / 1000),
    nbf: facts.starts_on ? startOf(facts.starts_on) : undefined,
    exp: facts.ends_on ? startOf(facts.ends_on) + 86_400 : undefined,
    serial,
    product: { code, name, version },
    kind,
    quantity,
    meter,
    licensee: { name: facts.registered_to, customer_number: facts.customer_number ?? undefined },
    host: host ? { type: host.type, id: host.id } : undefined,
    maintenance_until: facts.maintenance_until ?? undefined,
    features: facts.features,
    warn_days,
    grace_days,
    replaces: facts.replaces.length > 0 ? facts.replaces : undefined,
    temporary: facts.temporary || undefined,
  }
}

/** A name for the license file that is safe on every system: `ATLAS-PRO-M0123456789-build-07.slf`. */
export function licenseFileName({ product, serial, host }: Pick<LicenseFacts, 'product' | 'serial' | 'host'>): string {
  const parts = [product.code, serial, ...(host ? [host.id] : [])]
  const safe = parts.map((part) => part.replace(/[^A-Za-z0-9.-]+/g, '-').replace(/^[.-]+|[.-]+$/g, ''))
  return `${safe.join('-').slice(0, 110)}.slf`
}

function startOf(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`) / 1000
}
