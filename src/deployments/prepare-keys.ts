import { type Making, makeLicenseKey, type NewLicenseKey } from '../keys/index.ts'
import type { Actor, Day } from '../platform/actor.ts'
import type { Issuing } from '../registration/index.ts'
import type { KeyToMake } from './host-rules.ts'
import type { Deployment } from './queries.ts'

/** Makes keys for a license as it stands; stores nothing. Called outside of transactions: signing may take its time. */
export function makeKeys(
  license: Deployment,
  keys: readonly KeyToMake[],
  making: Making,
  temporary_until: Day | null = null,
): Promise<NewLicenseKey[]> {
  const { registered_to } = license
  return Promise.all(keys.map((key) => makeLicenseKey(license, { ...key, registered_to, temporary_until }, making)))
}

export function makingOf({ signer, config }: Issuing, actor: Pick<Actor, 'now'>): Making {
  return { signer, issuer: config.vendor.issuer, issued_at: actor.now }
}
