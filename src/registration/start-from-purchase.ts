import { sql } from 'kysely'
import { type Actor, type Member, mustBe } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { ok, type Result, refuse } from '../platform/errors.ts'
import { addSerials } from './add-serials.ts'
import { listWaitingSerials } from './purchases.ts'
import { oldestDraft } from './queries.ts'
import { startDraft } from './start-draft.ts'

/**
 * Puts what waits of a purchase, or of all, into a basket: a new one, or the open one that holds some of it already.
 * @returns the draft, or `nothing_waits` when everything was registered meanwhile or is not the organization's.
 * @throws AppError `forbidden` unless the actor is a manager.
 */
export async function startFromPurchase(
  db: Db,
  actor: Actor,
  purchase_id: string | 'all',
): Promise<Result<{ draft_id: string }, 'nothing_waits'>> {
  mustBe(actor, 'manager')
  const serials = await listWaitingSerials(db, actor, purchase_id)
  if (serials.length === 0) return refuse('nothing_waits')
  const draft_id = (await findDraftWith(db, actor, serials)) ?? (await startDraft(db, actor))
  await addSerials(db, actor, { draft_id, serials })
  return ok({ draft_id })
}

async function findDraftWith(db: Db, actor: Member, serials: string[]): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select d.id from registration_drafts d
    where d.organization_id = ${actor.organization_id}::uuid and d.completed_at is null and d.discarded_at is null
      and d.submitted_at is null and d.updated_at >= ${oldestDraft(actor.now)}
      and exists (select from registration_draft_serials s where s.draft_id = d.id and s.serial = any(${serials}::text[]))
    order by d.updated_at desc limit 1`.execute(db)
  return rows[0]?.id
}
