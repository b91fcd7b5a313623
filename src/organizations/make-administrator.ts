import type { Actor } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Trx } from '../platform/db/index.ts'
import { addMember } from './add-member.ts'
import { findRole } from './lock-people.ts'

/** Makes a user administrator, a member or not, in the caller's transaction, which decided that this may be. */
export async function makeAdministrator(
  trx: Trx,
  actor: Actor,
  { organization_id, user_id }: { organization_id: string; user_id: string },
): Promise<void> {
  const before = await findRole(trx, organization_id, user_id)
  const role = 'administrator'
  if (!before) return addMember(trx, actor, { organization_id, user_id, role })
  await trx
    .updateTable('memberships')
    .set({ role })
    .where('organization_id', '=', organization_id)
    .where('user_id', '=', user_id)
    .execute()
  const details = { before, after: role }
  await record(trx, actor, 'member.role_changed', { organization_id, subject_id: user_id, details })
}
