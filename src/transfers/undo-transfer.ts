import { lockOwnLicenses, type OwnersFacts, restoreOwner } from '../licenses/index.ts'
import { type Actor, type Member, mustBe } from '../platform/actor.ts'
import { record, recordAll } from '../platform/audit.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { AppError, ok, type Result, refuse } from '../platform/errors.ts'
import type { Issuing } from '../registration/index.ts'
import { tellSides } from './emails/tell-sides.ts'
import { type LockedTransfer, licensesOf, lockTransfer } from './lock-transfer.ts'
import { namesOf } from './move-ownership.ts'
import { listStandings } from './queries.ts'
import { mayDo, type Standing } from './rules.ts'

/** `over`: its days are over, or it was undone · `moved_on`: a license was given on, returned, upgraded or revoked. */
export type UndoRefusal = 'over' | 'moved_on'

/**
 * Takes an accepted transfer back, within seven days, by either side: the licenses are the first owner's again, with
 * the contacts and the address that they had. A part that was divided off stays a license of its own.
 * @throws AppError `forbidden` unless the actor is a manager, `not_found` for a transfer of others.
 */
export async function undoTransfer(
  db: Db,
  actor: Actor,
  { transfer_id }: { transfer_id: string },
  config: Issuing['config'],
): Promise<Result<object, UndoRefusal>> {
  mustBe(actor, 'manager')
  if (actor.via) throw new AppError('forbidden')
  return db.transaction().execute(async (trx) => {
    const { transfer, side } = await lockTransfer(trx, actor, transfer_id)
    if (!mayDo(transfer, side, actor.now).undo) return refuse('over')
    if (!(await giveBack(trx, actor, transfer))) return refuse('moved_on')
    await trx
      .updateTable('ownership_transfers')
      .set({ state: 'undone', undone_at: actor.now, undone_by: actor.user_id })
      .where('id', '=', transfer_id)
      .execute()
    for (const organization_id of [transfer.from_id, transfer.to_id!]) {
      await record(trx, actor, 'transfer.undone', { organization_id, subject_id: transfer_id })
    }
    await tellSides(trx, actor, transfer_id, 'undone', config)
    return ok({})
  })
}

function hasMovedOn({ revoked, superseded, request_open, upgrading }: Standing): boolean {
  return revoked || superseded || request_open || upgrading
}

async function giveBack(trx: Trx, actor: Member, { id, from_id, to_id }: LockedTransfer): Promise<boolean> {
  const moved = await licensesOf(trx, id)
  const ids = moved.map(({ moved_id }) => moved_id!)
  const owned = await lockOwnLicenses(trx, { organization_id: to_id! }, ids)
  if (owned.length < ids.length) return false
  const standings = await listStandings(trx, ids)
  if (standings.some(hasMovedOn)) return false
  const names = await namesOf(trx, [from_id, to_id!])
  const subjects = (organization_id: string, other: string) =>
    ids.map((license_id) => ({
      ...{ organization_id, license_id, subject_id: id },
      details: { other: names.get(other) },
    }))
  await recordAll(trx, { ...actor, organization_id: to_id }, 'license.transfer_undone', subjects(to_id!, from_id))
  await recordAll(trx, { ...actor, organization_id: from_id }, 'license.transfer_undone', subjects(from_id, to_id!))
  await restoreOwner(trx, from_id, new Map(moved.map(({ moved_id, before }) => [moved_id!, before as OwnersFacts])))
  return true
}
