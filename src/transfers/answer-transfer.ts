import { applySplit, findDeployment, type PreparedSplit, prepareSplit } from '../deployments/index.ts'
import { lockOwnLicenses } from '../licenses/index.ts'
import { type Actor, type Member, mustBe } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { AppError, ok, type Result, refuse } from '../platform/errors.ts'
import type { Issuing } from '../registration/index.ts'
import { tellSides } from './emails/tell-sides.ts'
import { type LockedTransfer, licensesOf, lockTransfer } from './lock-transfer.ts'
import { moveOwnership, namesOf } from './move-ownership.ts'
import { findRefusal } from './offer-transfer.ts'
import { getTransfer, listLines } from './queries.ts'
import { mayDo, undoDays } from './rules.ts'

/** `decided`: by somebody, or its time is over · `void`: the licenses are not as they were offered any more. */
export type AnswerRefusal = 'decided' | 'void'

/**
 * Takes licenses that are offered: the actor's organization owns them from now on, all at once.
 * @throws AppError `forbidden` unless the actor is a manager, `not_found` unless it was offered to its organization.
 */
export async function acceptTransfer(
  db: Db,
  actor: Actor,
  { transfer_id }: { transfer_id: string },
  issuing: Issuing,
): Promise<Result<object, AnswerRefusal>> {
  mustBe(actor, 'manager')
  if (actor.via) throw new AppError('forbidden')
  const offer = await getTransfer(db, actor, transfer_id)
  const split = offer.state === 'offered' ? await prepare(db, actor, offer.id, offer.from_id, issuing) : undefined
  if (split === 'void') return refuse('void')
  return db.transaction().execute(async (trx) => {
    const { transfer, side } = await lockTransfer(trx, actor, transfer_id)
    if (side !== 'to') throw new AppError('not_found')
    if (!mayDo(transfer, side, actor.now).decide) return refuse('decided')
    if (!(await take(trx, actor, transfer, split, issuing))) return refuse('void')
    const undo_until = new Date(actor.now.getTime() + undoDays * 86_400_000)
    await decide(trx, actor, transfer, { state: 'accepted', undo_until })
    await tellSides(trx, actor, transfer_id, 'accepted', issuing.config)
    return ok({})
  })
}

/** Keys for the two licenses that one becomes are made before the transaction; nothing is stored yet. */
async function prepare(
  db: Db,
  actor: Member,
  transfer_id: string,
  from_id: string,
  issuing: Issuing,
): Promise<PreparedSplit | 'void' | undefined> {
  const [line] = await listLines(db, transfer_id)
  if (!line?.part) return undefined
  const license = await findDeployment(db, actor, { license_id: line.license_id, organization_id: from_id })
  const split = license && (await prepareSplit(license, actor, { key_ids: [], quantity: line.part }, issuing))
  return !split || typeof split === 'string' ? 'void' : split
}

async function take(
  trx: Trx,
  actor: Member,
  transfer: LockedTransfer,
  split: PreparedSplit | undefined,
  issuing: Issuing,
): Promise<boolean> {
  const offered = await licensesOf(trx, transfer.id)
  const ids = offered.map(({ license_id }) => license_id)
  const owned = await lockOwnLicenses(trx, { organization_id: transfer.from_id }, ids)
  if (owned.length < ids.length) return false
  if (await findRefusal(trx, ids, offered[0]?.quantity ?? null)) return false
  if (split && !(await applySplit(trx, actor, split, issuing))) return false
  const names = await namesOf(trx, [transfer.from_id, actor.organization_id])
  const party = (id: string) => ({ id, name: names.get(id)! })
  const { with_comments, with_fields } = transfer
  await moveOwnership(trx, actor, {
    ...{ transfer_id: transfer.id, with_comments, with_fields },
    ...{ from: party(transfer.from_id), to: party(actor.organization_id) },
    lines: ids.map((license_id) => ({ license_id, moved_id: split?.part.license_id ?? license_id })),
  })
  return true
}

/**
 * Declines an offer, or takes one's own back.
 * @throws AppError `forbidden` unless the actor is a manager, `not_found` for an offer of others.
 */
export async function endOffer(
  db: Db,
  actor: Actor,
  { transfer_id, as }: { transfer_id: string; as: 'declined' | 'withdrawn' },
  config: Issuing['config'],
): Promise<Result<object, 'decided'>> {
  mustBe(actor, 'manager')
  if (actor.via) throw new AppError('forbidden')
  return db.transaction().execute(async (trx) => {
    const { transfer, side } = await lockTransfer(trx, actor, transfer_id)
    if (side !== (as === 'declined' ? 'to' : 'from')) throw new AppError('not_found')
    const may = mayDo(transfer, side, actor.now)
    if (!may.decide && !may.withdraw) return refuse('decided')
    await decide(trx, actor, transfer, { state: as })
    await tellSides(trx, actor, transfer_id, as, config)
    return ok({})
  })
}

type Decision = { state: 'accepted' | 'declined' | 'withdrawn'; undo_until?: Date }

async function decide(trx: Trx, actor: Member, { id, from_id, to_id }: LockedTransfer, decision: Decision) {
  await trx
    .updateTable('ownership_transfers')
    .set({ ...decision, decided_at: actor.now, decided_by: actor.user_id })
    .where('id', '=', id)
    .execute()
  for (const organization_id of [from_id, to_id]) {
    if (organization_id) await record(trx, actor, `transfer.${decision.state}`, { organization_id, subject_id: id })
  }
}
