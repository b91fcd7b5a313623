import { sql } from 'kysely'
import { type Actor, mustBe } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { lockDraft } from './lock-draft.ts'
import { getDraft } from './queries.ts'
import { readPlan } from './read-plan.ts'
import { isAccepted } from './rules.ts'
import { startDraft } from './start-draft.ts'

/**
 * Takes serial numbers out of a draft. @returns how many it had of them.
 * @throws AppError `forbidden` unless the actor is a manager, and as `lockDraft`.
 */
export async function removeSerials(
  db: Db,
  actor: Actor,
  input: { draft_id: string; serials: string[] },
): Promise<number> {
  mustBe(actor, 'manager')
  return db.transaction().execute(async (trx) => {
    await lockDraft(trx, actor, input.draft_id)
    const { rows } = await sql`
      delete from registration_draft_serials
      where draft_id = ${input.draft_id} and serial = any(${input.serials}::text[]) returning 1`.execute(trx)
    return rows.length
  })
}

/** Takes everything out of a draft that cannot be registered with it. @returns how many; throws as `removeSerials`. */
export async function removeRefusedSerials(db: Db, actor: Actor, draft_id: string): Promise<number> {
  mustBe(actor, 'manager')
  const { rows } = await readPlan(db, actor, await getDraft(db, actor, draft_id))
  const serials = rows.filter((row) => !isAccepted(row.outcome)).map((row) => row.serial)
  return removeSerials(db, actor, { draft_id, serials })
}

/**
 * Moves a serial number that must be registered alone into a basket of its own, with what was entered so far.
 * @returns the new draft's id; throws as `removeSerials`, and `not_found` when the draft does not have it.
 */
export async function separateSerial(
  db: Db,
  actor: Actor,
  input: { draft_id: string; serial: string },
): Promise<string> {
  mustBe(actor, 'manager')
  return db.transaction().execute(async (trx) => {
    const details = await lockDraft(trx, actor, input.draft_id)
    const own_id = await startDraft(trx, actor, details)
    const { rows } = await sql`
      update registration_draft_serials set draft_id = ${own_id}
      where draft_id = ${input.draft_id} and serial = ${input.serial} returning 1`.execute(trx)
    if (rows.length === 0) throw new AppError('not_found')
    return own_id
  })
}
