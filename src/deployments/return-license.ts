import { revokeLicenseKeys } from '../keys/index.ts'
import { giveBack } from '../licenses/index.ts'
import { type Actor, mustBe } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Db } from '../platform/db/index.ts'
import { ok, type Result, refuse } from '../platform/errors.ts'
import type { Issuing } from '../registration/index.ts'
import { tellAbout } from './emails/tell-about.ts'
import { factsOf, getDeployment } from './queries.ts'
import { type OperationRefusal, refusalOf } from './rules.ts'
import { lockDeployment, noteMove } from './store-change.ts'

/** `not_typed`: the serial number was not typed as it is. */
export type ReturnRefusal = OperationRefusal | 'changed' | 'not_typed'

/**
 * Gives a license back: its keys are revoked, nobody owns it, and whoever holds its serial number can register it. With
 * a key bound to a host it is one move of the allowance, so that returning and registering again is no way around it;
 * the moves stay with the license, whoever registers it.
 * @throws AppError `forbidden` unless the actor is a manager, `not_found` for a license of somebody else.
 */
export async function returnLicense(
  db: Db,
  actor: Actor,
  input: { serial: string; revision: number; typed: string },
  { config }: Pick<Issuing, 'config'>,
): Promise<Result<object, ReturnRefusal>> {
  mustBe(actor, 'manager')
  const license = await getDeployment(db, actor, input.serial)
  if (license.revision !== input.revision) return refuse('changed')
  const refusal = refusalOf('return', factsOf(license))
  if (refusal) return refuse(refusal)
  if (input.typed !== license.serial) return refuse('not_typed')

  return db.transaction().execute(async (trx) => {
    if (!(await lockDeployment(trx, license))) return refuse('changed')
    const { license_id, customer_id, organization_id, serial, quantity, keys } = license
    const ids = keys.map(({ id }) => id)
    await revokeLicenseKeys(trx, ids, actor.now, 'returned')
    const bound = keys.find(({ host }) => host)
    if (bound) {
      await noteMove(trx, license, {
        ...{ kind: 'return', old_key_id: bound.id, new_key_id: null, quantity, request_id: null },
        ...{ counted: true, moved_at: actor.now, moved_by: actor.user_id },
      })
    }
    await giveBack(trx, license_id)
    await record(trx, actor, 'license.returned', {
      ...{ organization_id, customer_id, license_id },
      details: { serial, keys_revoked: ids.length },
    })
    await tellAbout(trx, actor, license, 'returned', {}, config)
    return ok({})
  })
}
