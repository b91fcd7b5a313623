import { z } from 'zod'
import type { Level } from '../licenses/index.ts'
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
  if (!z.guid().safeParse(share_id).success) throw new AppError('not_found')
  await db.transaction().execute((trx) => endGrant(trx, actor, { grant_id: share_id, kind: 'share' }))
}

/** What ends, and what its line of history is called. A delegation is ended by the partner, too. */
const endings = { share: 'share.removed', delegation: 'delegation.ended' } as const

/**
 * Ends a grant, in the caller's transaction, with its lines of history. The lock lets the second of two at once find it
 * ended. @returns nothing when it was ended already.
 * @throws AppError `not_found` for a grant of others.
 */
export async function endGrant(
  trx: Trx,
  actor: Member,
  { grant_id, kind }: { grant_id: string; kind: 'share' | 'delegation' },
) {
  const { organization_id } = actor
  const grant = await trx
    .selectFrom('license_grants')
    .selectAll()
    .where('id', '=', grant_id)
    .where('kind', '=', kind)
    .where((e) =>
      kind === 'share'
        ? e('owner_id', '=', organization_id)
        : e.or([e('owner_id', '=', organization_id), e('grantee_id', '=', organization_id)]),
    )
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!grant) throw new AppError('not_found')
  if (grant.ended_at) return undefined
  const ended = { ended_at: actor.now, ended_by: actor.user_id }
  await trx.updateTable('license_grants').set(ended).where('id', '=', grant_id).execute()
  for (const organization of new Set([grant.owner_id, organization_id])) {
    await record(trx, actor, endings[kind], {
      ...{ organization_id: organization, subject_id: grant_id },
      details: { email: grant.grantee_email, level: grant.level, scope: grant.scope },
    })
  }
  return { owner_id: grant.owner_id, grantee_email: grant.grantee_email, level: grant.level as Level }
}
