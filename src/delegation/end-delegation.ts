import { z } from 'zod'
import { type Actor, mustBe } from '../platform/actor.ts'
import type { Config } from '../platform/config.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { endGrant } from '../sharing/index.ts'
import { mailNews } from './emails/mail-news.ts'

/**
 * Ends a delegation, by the customer or by the partner: at the next request nothing of it counts. A second time changes
 * nothing.
 * @throws AppError `forbidden` unless the actor is an administrator, `not_found` for a delegation of others.
 */
export async function endDelegation(
  db: Db,
  actor: Actor,
  { delegation_id }: { delegation_id: string },
  config: Pick<Config, 'base_url' | 'vendor'>,
): Promise<void> {
  mustBe(actor, 'administrator')
  if (actor.via) throw new AppError('forbidden')
  if (!z.guid().safeParse(delegation_id).success) throw new AppError('not_found')
  await db.transaction().execute(async (trx) => {
    const ended = await endGrant(trx, actor, { grant_id: delegation_id, kind: 'delegation' })
    if (!ended) return
    const isOwner = ended.owner_id === actor.organization_id
    if (isOwner)
      await mailNews(trx, actor, 'ended', { to: ended.grantee_email, level: ended.level, message: '' }, config)
  })
}
