import type { Actor, Role } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Trx } from '../platform/db/index.ts'

/** Lets a user work for an organization, in the caller's transaction; who is a member already keeps the role. */
export async function addMember(
  trx: Trx,
  actor: Actor,
  { organization_id, user_id, role }: { organization_id: string; user_id: string; role: Role },
): Promise<void> {
  const added = await trx
    .insertInto('memberships')
    .values({ organization_id, user_id, role, created_at: actor.now })
    .onConflict((conflict) => conflict.columns(['organization_id', 'user_id']).doNothing())
    .returning('user_id')
    .executeTakeFirst()
  if (added) await record(trx, actor, 'member.added', { organization_id, subject_id: user_id, details: { role } })
}
