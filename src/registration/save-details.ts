import type { z } from 'zod'
import { findAddress } from '../customers/index.ts'
import { type Actor, mustBe } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError, ok, type Result, refuse } from '../platform/errors.ts'
import { lockDraftAt } from './lock-draft.ts'
import { type Choices, choicesSchema, type Details, detailsSchema } from './schemas.ts'

/** `stale`: the draft has changed since the form was shown, in another tab or by a colleague. */
export type SaveRefusal = 'stale' | 'address_unknown'

/**
 * Keeps what the Registration step asked once for all.
 * @throws AppError `forbidden` unless the actor is a manager, `invalid`, and as `lockDraft`.
 */
export async function saveDetails(
  db: Db,
  actor: Actor,
  input: { draft_id: string; revision: number; details: Details },
): Promise<Result<object, SaveRefusal>> {
  mustBe(actor, 'manager')
  mustBeReadable(detailsSchema, input.details)
  const { address } = input.details
  if (address && 'id' in address && !(await findAddress(db, actor, address.id))) return refuse('address_unknown')
  return db.transaction().execute(async (trx) => {
    if (!(await lockDraftAt(trx, actor, input.draft_id, input.revision))) return refuse('stale')
    await trx
      .updateTable('registration_drafts')
      .set({ details: JSON.stringify(input.details) })
      .where('id', '=', input.draft_id)
      .execute()
    return ok({})
  })
}

/**
 * Keeps what was entered for one license alone; `null` goes back to what holds for all.
 * @throws AppError `forbidden` unless the actor is a manager, `invalid`, and as `lockDraft`.
 */
export async function saveChoices(
  db: Db,
  actor: Actor,
  input: { draft_id: string; revision: number; serial: string; choices: Choices | null },
): Promise<Result<object, SaveRefusal>> {
  mustBe(actor, 'manager')
  mustBeReadable(choicesSchema, input.choices ?? {})
  return db.transaction().execute(async (trx) => {
    if (!(await lockDraftAt(trx, actor, input.draft_id, input.revision))) return refuse('stale')
    await trx
      .updateTable('registration_draft_serials')
      .set({ choices: JSON.stringify(input.choices ?? {}) })
      .where('draft_id', '=', input.draft_id)
      .where('serial', '=', input.serial)
      .execute()
    return ok({})
  })
}

/** What a draft cannot be read with again would lock everybody out of it. */
function mustBeReadable(schema: z.ZodType, value: unknown): void {
  if (!schema.safeParse(value).success) throw new AppError('invalid')
}
