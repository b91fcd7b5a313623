import { licenseKeyInserts, type NewLicenseKey, revokeLicenseKeys, supersedeLicenseKeys } from '../keys/index.ts'
import { lockHeldLicense, raiseRevisions } from '../licenses/index.ts'
import type { Trx } from '../platform/db/index.ts'
import { uuidv7 } from '../platform/ids.ts'
import type { Deployment } from './queries.ts'

/**
 * Locks a license whose keys were made before the transaction, and compares it with what they were made from.
 * @returns false when it changed meanwhile: nothing may be written then.
 * @throws AppError `not_found` when the organization owns it no more.
 */
export async function lockDeployment(
  trx: Trx,
  { organization_id, serial, revision }: Pick<Deployment, 'organization_id' | 'serial' | 'revision'>,
): Promise<boolean> {
  return !(await lockHeldLicense(trx, { organization_id }, serial, revision)).changed
}

/** Ends keys and stores those that take their place. The caller holds the lock of the license. */
export async function exchangeKeys(
  trx: Trx,
  at: Date,
  license_id: string,
  change: { revokes?: string[]; supersedes: string[]; keys: NewLicenseKey[] },
): Promise<void> {
  await revokeLicenseKeys(trx, change.revokes ?? [], at, 'rehosted')
  await supersedeLicenseKeys(trx, change.supersedes, at)
  for (const insert of licenseKeyInserts(change.keys, at)) await insert.execute(trx)
  await raiseRevisions(trx, [license_id])
}

type NewMove = {
  kind: 'rehost' | 'return'
  old_key_id: string
  new_key_id: string | null
  quantity: number
  request_id: string | null
  /** Whether it uses up the allowance. */
  counted: boolean
  moved_at: Date
  moved_by: string
}

/** Notes a move for the allowance of the product. */
export async function noteMove(trx: Trx, license: Deployment, move: NewMove): Promise<void> {
  const { license_id, organization_id } = license
  await trx
    .insertInto('rehosts')
    .values({ id: uuidv7(), license_id, organization_id, ...move })
    .execute()
}
