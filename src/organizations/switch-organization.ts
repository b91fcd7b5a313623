import type { Actor } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'

/**
 * Makes a session work for another organization of its user.
 * @throws AppError `not_found` unless the session is the actor's and the actor a member: foreign ids look like none.
 */
export async function switchOrganization(
  db: Db,
  actor: Actor & { user_id: string },
  input: { session_id: string; organization_id: string },
): Promise<void> {
  const changed = await db
    .updateTable('auth.session')
    .set({ activeOrganizationId: input.organization_id })
    .where('id', '=', input.session_id)
    .where('userId', '=', actor.user_id)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('memberships')
          .select('user_id')
          .where('user_id', '=', actor.user_id)
          .where('organization_id', '=', input.organization_id),
      ),
    )
    .returning('id')
    .executeTakeFirst()
  if (!changed) throw new AppError('not_found')
}
