import { type RawBuilder, sql } from 'kysely'
import type { Member } from '../platform/actor.ts'
import type { Trx } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { oldestDraft } from './queries.ts'
import { type Details, detailsSchema } from './schemas.ts'

/**
 * Takes a draft for change: raises its revision, which locks its row until the transaction ends. A refusal that its
 * last completion met is forgotten.
 * @returns the details as they are.
 * @throws AppError `not_found` for another organization's, `gone` for one discarded or too old, `stale` for one that
 * is completed or being completed.
 */
export async function lockDraft(trx: Trx, actor: Member, draft_id: string): Promise<Details> {
  const details = await raiseRevision(trx, actor, draft_id)
  if (details) return details
  throw whyNot(await readState(trx, actor, draft_id))
}

/**
 * As `lockDraft`, for a form that was shown with `revision`.
 * @returns false, with nothing changed, when the draft has changed since: in another tab, or by a colleague.
 */
export async function lockDraftAt(trx: Trx, actor: Member, draft_id: string, revision: number): Promise<boolean> {
  if (await raiseRevision(trx, actor, draft_id, revision)) return true
  const state = await readState(trx, actor, draft_id)
  if (state?.is_open) return false
  throw whyNot(state)
}

async function raiseRevision(
  trx: Trx,
  actor: Member,
  draft_id: string,
  revision?: number,
): Promise<Details | undefined> {
  const { rows } = await sql<{ details: unknown }>`
    update registration_drafts set revision = revision + 1, updated_at = ${actor.now}, refusal = null
    where id = ${draft_id} and organization_id = ${actor.organization_id} and completed_at is null
      and discarded_at is null and submitted_at is null and updated_at >= ${oldestDraft(actor.now)}
      and revision = coalesce(${revision ?? null}::int, revision)
    returning details`.execute(trx)
  return rows[0] && detailsSchema.parse(rows[0].details)
}

/**
 * Tells the pages of open drafts that what they show has changed: a form or a completion made from them is stale.
 * @param which a query of draft ids.
 */
export async function outdateDrafts(trx: Trx, which: RawBuilder<unknown>): Promise<void> {
  await sql`
    update registration_drafts set revision = revision + 1
    where id in (${which}) and completed_at is null and discarded_at is null`.execute(trx)
}

type State = { is_open: boolean; is_taken: boolean }

async function readState(trx: Trx, actor: Member, draft_id: string): Promise<State | undefined> {
  const { rows } = await sql<State>`
    select (submitted_at is not null or completed_at is not null) and discarded_at is null as is_taken,
      submitted_at is null and completed_at is null and discarded_at is null
        and updated_at >= ${oldestDraft(actor.now)} as is_open
    from registration_drafts where id = ${draft_id} and organization_id = ${actor.organization_id}`.execute(trx)
  return rows[0]
}

function whyNot(state: State | undefined): AppError {
  if (!state) return new AppError('not_found')
  return new AppError(state.is_taken ? 'stale' : 'gone')
}
