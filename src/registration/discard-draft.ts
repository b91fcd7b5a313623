import { type Actor, mustBe } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { lockDraft } from './lock-draft.ts'
import { oldestDraft } from './queries.ts'

/**
 * Throws an open draft away; the licenses of its serial numbers stay as they are.
 * @throws AppError `forbidden` unless the actor is a manager, and as `lockDraft`.
 */
export async function discardDraft(db: Db, actor: Actor, draft_id: string): Promise<void> {
  mustBe(actor, 'manager')
  await db.transaction().execute(async (trx) => {
    await lockDraft(trx, actor, draft_id)
    await trx.updateTable('registration_drafts').set({ discarded_at: actor.now }).where('id', '=', draft_id).execute()
  })
}

/** Deletes drafts that were discarded or left alone for too long; what became a registration is kept. */
export async function purgeDrafts(db: Db, now: Date): Promise<void> {
  await db
    .deleteFrom('registration_drafts')
    .where('completed_at', 'is', null)
    .where((e) => e.or([e('discarded_at', 'is not', null), e('updated_at', '<', oldestDraft(now))]))
    .execute()
}
