import { copyFieldValues } from '../fields/index.ts'
import type { NewLicenseKey } from '../keys/index.ts'
import { splitOff } from '../licenses/index.ts'
import { makeSerialNumber } from '../orders/index.ts'
import { type Actor, mustBe } from '../platform/actor.ts'
import { recordAll } from '../platform/audit.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { ok, type Result, refuse } from '../platform/errors.ts'
import { uuidv7 } from '../platform/ids.ts'
import type { Issuing } from '../registration/index.ts'
import { tellAbout } from './emails/tell-about.ts'
import { type Parting, planSplit, type SplitPlan, type SplitRefusal } from './host-rules.ts'
import { makeKeys, makingOf } from './prepare-keys.ts'
import { type Deployment, factsOf, getDeployment } from './queries.ts'
import { type OperationRefusal, refusalOf } from './rules.ts'
import { exchangeKeys, lockDeployment } from './store-change.ts'

/**
 * Makes part of a license's quantity a license of its own, with a new serial number and the same facts. Its moves
 * within the allowance count for both, so that splitting brings no new ones.
 * @returns the new serial number, and the ids of the keys made for each of the two.
 * @throws AppError `forbidden` unless the actor is a manager, `not_found` for a license of somebody else.
 */
export async function splitLicense(
  db: Db,
  actor: Actor,
  input: Parting & { serial: string; revision: number },
  issuing: Issuing,
): Promise<Result<{ serial: string; stays: string[]; goes: string[] }, OperationRefusal | SplitRefusal | 'changed'>> {
  mustBe(actor, 'manager')
  const license = await getDeployment(db, actor, input.serial)
  if (license.revision !== input.revision) return refuse('changed')
  const prepared = await prepareSplit(license, actor, input, issuing)
  if (typeof prepared === 'string') return refuse(prepared)
  return db.transaction().execute(async (trx) => {
    if (!(await applySplit(trx, actor, prepared, issuing))) return refuse('changed')
    const ids = (keys: NewLicenseKey[]) => keys.map(({ id }) => id)
    return ok({ serial: prepared.part.serial, stays: ids(prepared.stays), goes: ids(prepared.goes) })
  })
}

/** A split with its keys made, not stored yet. */
export type PreparedSplit = {
  license: Deployment
  part: Deployment
  plan: SplitPlan
  stays: NewLicenseKey[]
  goes: NewLicenseKey[]
}

/** Decides about a split and makes its keys, before the transaction that stores them. */
export async function prepareSplit(
  license: Deployment,
  actor: Pick<Actor, 'now'>,
  parting: Parting,
  issuing: Issuing,
): Promise<PreparedSplit | OperationRefusal | SplitRefusal> {
  const refusal = refusalOf('split', factsOf(license))
  if (refusal) return refusal
  const plan = planSplit({ ...license, bound: license.product.key_scheme === 'file_host' }, parting)
  if (typeof plan === 'string') return plan
  const part = { ...license, license_id: uuidv7(), serial: makeSerialNumber() }
  const making = makingOf(issuing, actor)
  return {
    ...{ license, part, plan },
    ...{ stays: await makeKeys(license, plan.stays, making), goes: await makeKeys(part, plan.goes, making) },
  }
}

/** Stores a split, in the caller's transaction. @returns false when the license changed since it was prepared. */
export async function applySplit(trx: Trx, actor: Actor, split: PreparedSplit, issuing: Issuing): Promise<boolean> {
  if (!(await lockDeployment(trx, split.license))) return false
  await write(trx, actor, split, issuing)
  return true
}

async function write(trx: Trx, actor: Actor, { license, part, plan, ...made }: PreparedSplit, { config }: Issuing) {
  const keys = [...made.stays, ...made.goes]
  const { license_id, customer_id, organization_id, serial } = license
  const { supersedes, quantity } = plan
  await exchangeKeys(trx, actor.now, license_id, { supersedes, keys: [] })
  await splitOff(trx, { license_id, new_id: part.license_id, serial: part.serial, quantity, at: actor.now })
  await copyMoves(trx, license_id, part.license_id)
  await copyFieldValues(trx, [{ from: license_id, to: part.license_id }], actor.now)
  await exchangeKeys(trx, actor.now, license_id, { supersedes: [], keys })
  const common = { organization_id, customer_id }
  const left = { before: license.quantity, after: license.quantity - quantity }
  await recordAll(trx, actor, 'license.split', [
    { ...common, license_id, subject_id: part.license_id, details: { serial, into: part.serial, quantity: left } },
  ])
  await recordAll(trx, actor, 'license.split_from', [
    {
      ...common,
      license_id: part.license_id,
      subject_id: license_id,
      details: { serial: part.serial, from: serial, quantity },
    },
  ])
  await tellAbout(trx, actor, license, 'split', { new_serial: part.serial, quantity }, config)
}

async function copyMoves(trx: Trx, from: string, to: string): Promise<void> {
  const moves = await trx
    .selectFrom('rehosts')
    .selectAll()
    .where('license_id', '=', from)
    .where('counted', '=', true)
    .execute()
  if (moves.length === 0) return
  await trx
    .insertInto('rehosts')
    .values(moves.map((move) => ({ ...move, id: uuidv7(), license_id: to })))
    .execute()
}
