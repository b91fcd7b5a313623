import { type Actor, mustBe } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { uuidv7 } from '../platform/ids.ts'
import type { Details } from './schemas.ts'
import type { Purpose } from './wizard.ts'

/**
 * Starts a wizard for the actor's organization. @returns the draft's id.
 * @throws AppError `forbidden` unless the actor is a manager.
 */
export async function startDraft(
  db: Db,
  actor: Actor,
  details?: Details,
  purpose: Purpose = 'purchase',
): Promise<string> {
  mustBe(actor, 'manager')
  const id = uuidv7()
  await db
    .insertInto('registration_drafts')
    .values({
      id,
      purpose,
      organization_id: actor.organization_id,
      created_by: actor.user_id,
      details: JSON.stringify(details ?? {}),
      created_at: actor.now,
      updated_at: actor.now,
    })
    .execute()
  return id
}
