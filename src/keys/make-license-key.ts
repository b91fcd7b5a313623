import type { Day } from '../platform/actor.ts'
import { uuidv7 } from '../platform/ids.ts'
import { type LicenseFacts, licenseClaims, licenseFileName } from './license-claims.ts'
import { makeCode } from './make-code.ts'
import { makeLicenseFile, makeSignedKey } from './make-signed-keys.ts'
import type { KeyScheme } from './schemes.ts'
import type { Signer } from './signer.ts'
import type { NewLicenseKey } from './store-license-keys.ts'

/** What all keys made in one go have in common. */
export type Making = { signer: Signer; issuer: string; issued_at: Date }

/** A license as its keys speak of it. */
export type KeyedLicense = Pick<
  LicenseFacts,
  'serial' | 'kind' | 'meter' | 'customer_number' | 'starts_on' | 'ends_on' | 'maintenance_until' | 'grace_days'
> & {
  license_id: string
  product: LicenseFacts['product'] & { key_scheme: KeyScheme; features: unknown; warn_days: number }
}

/** What one key is for, besides its license. */
export type KeyScope = {
  registered_to: string
  quantity: number
  host: { type: string; id: string } | null
  /** Id of the key whose place it takes. */
  replaces_id: string | null
  /** Last day of a key that bridges the time until a request is decided. */
  temporary_until?: Day | null
  /** An earlier version of the product than the license's, where that may be used. */
  version?: KeyVersion | null | undefined
}

/** A version that a key is for instead of that of its license. */
export type KeyVersion = { id: string; version: string }

/**
 * Makes one key of a scheme whose keys the portal makes itself; stores nothing.
 * @throws Error for a scheme whose keys come from elsewhere, and as `makeLicenseFile`.
 */
export async function makeLicenseKey(license: KeyedLicense, scope: KeyScope, making: Making): Promise<NewLicenseKey> {
  switch (license.product.key_scheme) {
    case 'code':
      return givenLicenseKey(license, scope, makeCode())
    case 'signed':
    case 'file':
    case 'file_host':
      return signedKey(license, scope, making)
    default:
      throw new Error(`${license.serial}: keys of scheme ${license.product.key_scheme} are not made here`)
  }
}

/** A key that somebody else made, printed on the certificate or imported, as the key of a license. */
export function givenLicenseKey(license: KeyedLicense, scope: KeyScope, key_text: string): NewLicenseKey {
  return { ...bareKey(license, scope), key_text }
}

async function signedKey(license: KeyedLicense, scope: KeyScope, making: Making): Promise<NewLicenseKey> {
  const key = { ...bareKey(license, scope), kid: making.signer.kid }
  const product = { ...license.product, ...(scope.version && { version: scope.version.version }) }
  const claims = licenseClaims({
    ...license,
    product,
    issuer: making.issuer,
    key_id: key.id,
    issued_at: making.issued_at,
    quantity: scope.quantity,
    registered_to: scope.registered_to,
    host: scope.host,
    ends_on: key.expires_on,
    // A bridge carries no further than its last day.
    grace_days: key.temporary ? 0 : license.grace_days,
    features: product.features as Record<string, unknown>,
    warn_days: product.warn_days,
    replaces: scope.replaces_id ? [scope.replaces_id] : [],
    temporary: key.temporary,
  })
  if (product.key_scheme === 'signed') return { ...key, key_text: await makeSignedKey(making.signer, claims) }
  const file_name = licenseFileName({ product, serial: license.serial, host: scope.host })
  return { ...key, file_name, file_content: await makeLicenseFile(making.signer, claims) }
}

function bareKey(license: KeyedLicense, scope: KeyScope): NewLicenseKey {
  const { quantity, host, replaces_id, temporary_until = null } = scope
  const { ends_on } = license
  return {
    id: uuidv7(),
    license_id: license.license_id,
    scheme: license.product.key_scheme as NewLicenseKey['scheme'],
    quantity,
    host_type: host?.type ?? null,
    host_id: host?.id ?? null,
    key_text: null,
    file_name: null,
    file_content: null,
    kid: null,
    expires_on: temporary_until && ends_on ? earlier(temporary_until, ends_on) : (temporary_until ?? ends_on),
    replaces_id,
    temporary: temporary_until !== null,
    product_version_id: scope.version?.id ?? null,
  }
}

function earlier(a: Day, b: Day): Day {
  return a < b ? a : b
}
