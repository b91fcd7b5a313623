import { z } from 'zod'
import { type Actor, type Member, mustBe } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'

/**
 * Ends a share of the actor's organization: at the next request nothing of it is seen. A second time changes nothing.
 * @throws AppError `forbidden` unless the actor is a manager, `not_found` for a share of others.
 */
export async function removeShare(db: Db, actor: Actor, { share_id }: { share_id: string }): Promise<void> {
  mustBe(actor, 'manager')
  if (actor.via) throw new AppError('forbidden')
  await db.transaction().execute(async (trx) => {
    const share = await lockShare(trx, actor, share_id)
    if (share.ended_at) return
    const ended = { ended_at: actor.now, ended_by: actor.user_id }
    await trx.updateTable('license_grants').set(ended).where('id', '=', share_id).execute()
    await record(trx, actor, 'share.removed', {
      ...{ organization_id: actor.organization_id, subject_id: share_id },
      details: { email: share.grantee_email, level: share.level, scope: share.scope },
    })
  })
}

async function lockShare(trx: Trx, { organization_id }: Member, share_id: string) {
  if (!z.guid().safeParse(share_id).success) throw new AppError('not_found')
  const share = await trx
    .selectFrom('license_grants')
    .selectAll()
    .where('id', '=', share_id)
    .where('owner_id', '=', organization_id)
    .where('kind', '=', 'share')
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!share) throw new AppError('not_found')
  return share
}
