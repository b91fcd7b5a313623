import { sql } from 'kysely'
import { lockOwnLicenses } from '../licenses/index.ts'
import { type Actor, mustOperate } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Config } from '../platform/config.ts'
import type { Trx } from '../platform/db/index.ts'
import { uuidv7 } from '../platform/ids.ts'
import { tellSides } from './emails/tell-sides.ts'
import { moveOwnership, namesOf } from './move-ownership.ts'
import { findRefusal } from './offer-transfer.ts'
import type { StandingRefusal } from './rules.ts'

export type Assignment = {
  from_id: string
  to_id: string
  license_ids: readonly string[]
  with_comments: boolean
  with_fields: boolean
  /** Whoever asked for it, where somebody did. */
  asked_by: string | null
}

/** The transfer's id; or why nothing was done: `not_owner` for a license that the first organization does not own. */
export type Assigned =
  | { ok: true; transfer_id: string }
  | { ok: false; refusal: 'same' | 'not_owner' }
  | { ok: false; refusal: StandingRefusal; serial: string }

/**
 * Gives licenses another owner by decision of the vendor, in one step and in the caller's transaction (such as that of
 * a decided service request); both organizations are told. Undoing it is the vendor's, too.
 * @throws AppError `forbidden` unless the actor is an operator for support or orders.
 */
export async function assignOwnership(
  trx: Trx,
  actor: Actor,
  { from_id, to_id, license_ids, with_comments, with_fields, asked_by }: Assignment,
  config: Pick<Config, 'base_url' | 'vendor'>,
): Promise<Assigned> {
  mustOperate(actor, 'support', 'orders')
  if (from_id === to_id) return { ok: false, refusal: 'same' }
  const ids = [...new Set(license_ids)]
  const owned = await lockOwnLicenses(trx, { organization_id: from_id }, ids)
  if (owned.length < ids.length || ids.length === 0) return { ok: false, refusal: 'not_owner' }
  const refused = await findRefusal(trx, ids, null)
  if (refused) return { ok: false, ...refused }

  const transfer_id = uuidv7()
  const names = await namesOf(trx, [from_id, to_id])
  const by = asked_by ?? actor.user_id ?? transfer_id
  await sql`
    insert into ownership_transfers (id, state, from_id, to_id, to_email, with_comments, with_fields, offered_at,
      offered_by, expires_at, decided_at)
    values (${transfer_id}, 'accepted', ${from_id}, ${to_id}, '', ${with_comments}, ${with_fields}, ${actor.now}, ${by},
      ${actor.now}, ${actor.now})`.execute(trx)
  await sql`insert into ownership_transfer_licenses (transfer_id, license_id)
    select ${transfer_id}::uuid, unnest(${ids}::uuid[])`.execute(trx)
  await moveOwnership(trx, actor, {
    ...{ transfer_id, with_comments, with_fields },
    from: { id: from_id, name: names.get(from_id)! },
    to: { id: to_id, name: names.get(to_id)! },
    lines: ids.map((license_id) => ({ license_id, moved_id: license_id })),
  })
  for (const organization_id of [from_id, to_id]) {
    await record(trx, actor, 'transfer.assigned', { organization_id, subject_id: transfer_id })
  }
  await tellSides(trx, actor, transfer_id, 'assigned', config)
  return { ok: true, transfer_id }
}
