import { type NewLicenseKey, reduceLicenseKeys } from '../keys/index.ts'
import type { Actor } from '../platform/actor.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import type { Issuing } from '../registration/index.ts'
import { type Host, type KeyToMake, planReduction } from './host-rules.ts'
import { makeKeys, makingOf } from './prepare-keys.ts'
import { type Deployment, findDeployment } from './queries.ts'
import { exchangeKeys, lockDeployment } from './store-change.ts'

/** A reduction with its new keys made, from facts that its transaction has yet to find unchanged. */
export type Reduction = { license: Deployment; supersedes: string[]; keys: NewLicenseKey[]; kept: KeyToMake[] }

/**
 * Makes the keys that a license has when part of its quantity is gone, those on the hosts of `gone` first. Called
 * outside of transactions. @returns undefined for a license that nobody has registered: it has no keys.
 */
export async function prepareReduction(
  db: Db,
  actor: Pick<Actor, 'now' | 'today'>,
  which: { license_id: string; organization_id: string; quantity: number; gone: readonly Host[] },
  issuing: Issuing,
): Promise<Reduction | undefined> {
  const license = await findDeployment(db, actor, which)
  if (!license) return undefined
  const { supersedes, makes } = planReduction(license.keys, license.quantity - which.quantity, which.gone)
  const isSigned = ['signed', 'file', 'file_host'].includes(license.product.key_scheme)
  // What says nothing of a quantity stays the same key, for less.
  if (!isSigned) return { license, supersedes: [], keys: [], kept: makes }
  return { license, supersedes, keys: await makeKeys(license, makes, makingOf(issuing, actor)), kept: [] }
}

/**
 * Ends and replaces keys around what `divide` does to the quantity of the license.
 * @returns false, with nothing done, when the license has changed since its keys were made.
 */
export async function reduceLicense(
  trx: Trx,
  actor: Pick<Actor, 'now'>,
  { license, supersedes, keys, kept }: Reduction,
  divide: () => Promise<void>,
): Promise<boolean> {
  if (!(await lockDeployment(trx, license))) return false
  await exchangeKeys(trx, actor.now, license.license_id, { supersedes, keys: [] })
  await reduceLicenseKeys(
    trx,
    kept.map(({ replaces_id, quantity }) => ({ id: replaces_id!, quantity })),
  )
  await divide()
  await exchangeKeys(trx, actor.now, license.license_id, { supersedes: [], keys })
  return true
}
