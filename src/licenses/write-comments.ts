import { type Actor, type Member, mustBe } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { mayRemoveComment } from './comments.ts'
import { seesNotes } from './option-rules.ts'
import { visibleLicenses } from './visible-licenses.ts'

/** A comment's id is made with its form: sent twice, it is written once. */
export type NewComment = { license_id: string; comment_id: string; body: string }

/**
 * Writes a comment of the actor's organization on a license that it sees.
 * @throws AppError `forbidden` unless the actor is a manager; `not_found` for a license that it does not see.
 */
export async function addComment(db: Db, actor: Actor, { license_id, comment_id, body }: NewComment): Promise<void> {
  mustBe(actor, 'manager')
  const { organization_id, user_id } = actor
  await db.transaction().execute(async (trx) => {
    await mustSee(trx, actor, license_id)
    const comment = { id: comment_id, license_id, organization_id, user_id, body }
    const written = await trx
      .insertInto('license_comments')
      .values({ ...comment, created_at: actor.now })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (written) await record(trx, actor, 'license.commented', { organization_id, license_id, subject_id: comment_id })
  })
}

/**
 * Takes a comment away, or brings it back. Doing so twice does nothing more.
 * @throws AppError `forbidden` unless the actor wrote it or is an administrator; `not_found` for one that the actor's
 * organization does not have on this license.
 */
export async function removeComment(
  db: Db,
  actor: Actor,
  { license_id, comment_id, removed }: { license_id: string; comment_id: string; removed: boolean },
): Promise<void> {
  mustBe(actor, 'manager')
  await db.transaction().execute(async (trx) => {
    await mustSee(trx, actor, license_id)
    const comment = await lockComment(trx, actor, license_id, comment_id)
    if (!mayRemoveComment(actor, comment.user_id)) throw new AppError('forbidden')
    if ((comment.removed_at !== null) === removed) return
    const removed_at = removed ? actor.now : null
    await trx.updateTable('license_comments').set({ removed_at }).where('id', '=', comment_id).execute()
    const { organization_id } = actor
    const action = removed ? 'license.comment_removed' : 'license.comment_restored'
    await record(trx, actor, action, { organization_id, license_id, subject_id: comment_id })
  })
}

async function lockComment(trx: Trx, { organization_id }: Member, license_id: string, comment_id: string) {
  const comment = await trx
    .selectFrom('license_comments')
    .select(['user_id', 'removed_at'])
    .where('id', '=', comment_id)
    .where('license_id', '=', license_id)
    .where('organization_id', '=', organization_id)
    .forUpdate()
    .executeTakeFirst()
  if (!comment) throw new AppError('not_found')
  return comment
}

async function mustSee(trx: Trx, actor: Member, license_id: string): Promise<void> {
  const seen = await trx
    .selectFrom(visibleLicenses(actor).as('l'))
    .select('l.level')
    .where('l.id', '=', license_id)
    .executeTakeFirst()
  if (!seen || !seesNotes(actor, seen)) throw new AppError('not_found')
}
