import {
  licenseClaims,
  licenseFileName,
  makeCode,
  makeLicenseFile,
  makeSignedKey,
  type NewLicenseKey,
  type Signer,
} from '../keys/index.ts'
import { uuidv7 } from '../platform/ids.ts'
import type { PlannedLicense } from './plan-registration.ts'
import type { Covered, LicenseFacts, ProductFacts } from './queries.ts'

/** What all keys of one registration have in common. */
export type Making = { signer: Signer; issuer: string; issued_at: Date }

/** What one key is for, besides its license. */
type KeyScope = {
  registered_to: string
  quantity: number
  host: { type: string; id: string } | null
  /** Id of the key whose place it takes. */
  replaces_id: string | null
}

type KeyedLicense = LicenseFacts & { product: ProductFacts }

/** The keys of a license that the portal makes before the transaction; those from a pool are taken inside it. */
export async function keysOf(planned: PlannedLicense, registered_to: string, making: Making): Promise<NewLicenseKey[]> {
  const license = { ...planned.license, maintenance_until: planned.maintenance_until }
  const whole = { registered_to, quantity: license.quantity, host: null, replaces_id: null }
  switch (license.product.key_scheme) {
    case 'code':
      return [{ ...bareKey(license, whole), key_text: makeCode() }]
    case 'printed':
      return license.printed_key ? [{ ...bareKey(license, whole), key_text: license.printed_key }] : []
    case 'signed':
    case 'file':
      return [await signedKey(license, whole, making)]
    case 'file_host': {
      const scopes = planned.hosts!.map(({ type, id, quantity }) => ({ ...whole, quantity, host: { type, id } }))
      return Promise.all(scopes.map((scope) => signedKey(license, scope, making)))
    }
    case 'pool':
    case 'none':
      return []
    case 'external':
      throw new Error(`${license.serial}: keys of scheme external are not made here`)
  }
}

/** A key imported by the vendor, as the key of a license. */
export function keyFromPool({ license }: PlannedLicense, registered_to: string, key_text: string): NewLicenseKey {
  return { ...bareKey(license, { registered_to, quantity: license.quantity, host: null, replaces_id: null }), key_text }
}

/** Issues a signed key anew: it says what holds now and takes the place of the old one. */
export function reissuedKey(
  license: Covered,
  old: Covered['active_keys'][number],
  making: Making,
): Promise<NewLicenseKey> {
  const { registered_to } = license
  return signedKey(license, { registered_to, quantity: old.quantity, host: old.host, replaces_id: old.id }, making)
}

async function signedKey(license: KeyedLicense, scope: KeyScope, making: Making): Promise<NewLicenseKey> {
  const key = { ...bareKey(license, scope), kid: making.signer.kid }
  const { product } = license
  const claims = licenseClaims({
    ...license,
    issuer: making.issuer,
    key_id: key.id,
    issued_at: making.issued_at,
    quantity: scope.quantity,
    registered_to: scope.registered_to,
    host: scope.host,
    features: product.features as Record<string, unknown>,
    warn_days: product.warn_days,
    replaces: scope.replaces_id ? [scope.replaces_id] : [],
    temporary: false,
  })
  if (product.key_scheme === 'signed') return { ...key, key_text: await makeSignedKey(making.signer, claims) }
  const file_name = licenseFileName({ product, serial: license.serial, host: scope.host })
  return { ...key, file_name, file_content: await makeLicenseFile(making.signer, claims) }
}

function bareKey(license: KeyedLicense, { quantity, host, replaces_id }: KeyScope): NewLicenseKey {
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
    expires_on: license.ends_on,
    replaces_id,
  }
}
