import { givenLicenseKey, type Making, makeLicenseKey, type NewLicenseKey } from '../keys/index.ts'
import type { Covered } from './license-facts.ts'
import type { PlannedLicense } from './plan-registration.ts'

/** The keys of a license that the portal makes before the transaction; those from a pool are taken inside it. */
export async function keysOf(planned: PlannedLicense, registered_to: string, making: Making): Promise<NewLicenseKey[]> {
  const license = { ...planned.license, maintenance_until: planned.maintenance_until }
  const whole = { registered_to, quantity: license.quantity, host: null, replaces_id: null }
  switch (license.product.key_scheme) {
    case 'code':
    case 'signed':
    case 'file':
      return [await makeLicenseKey(license, whole, making)]
    case 'printed':
      return license.printed_key ? [givenLicenseKey(license, whole, license.printed_key)] : []
    case 'file_host': {
      const scopes = planned.hosts!.map(({ type, id, quantity }) => ({ ...whole, quantity, host: { type, id } }))
      return Promise.all(scopes.map((scope) => makeLicenseKey(license, scope, making)))
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
  const { quantity } = license
  return givenLicenseKey(license, { registered_to, quantity, host: null, replaces_id: null }, key_text)
}

/** Issues a signed key anew: it says what holds now and takes the place of the old one. */
export function reissuedKey(
  license: Covered,
  old: Covered['active_keys'][number],
  making: Making,
): Promise<NewLicenseKey> {
  const { registered_to } = license
  const { quantity, host, id, temporary_until, version } = old
  return makeLicenseKey(license, { registered_to, quantity, host, replaces_id: id, temporary_until, version }, making)
}
