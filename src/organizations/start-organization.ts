import { sql } from 'kysely'
import type { Actor } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { ok, type Result, refuse } from '../platform/errors.ts'
import { createOrganization } from './create-organization.ts'

/**
 * Makes an organization for somebody who works for none, such as a former member of another.
 * @returns `member` for somebody who works for one, also when the button was pressed twice.
 */
export async function startOrganization(
  db: Db,
  actor: Actor & { user_id: string },
  input: { name: string; country: string },
): Promise<Result<{ organization_id: string }, 'member'>> {
  return db.transaction().execute(async (trx) => {
    // The second of two presses waits here and then finds the first one's organization.
    await sql`select from auth."user" where id = ${actor.user_id} for no key update`.execute(trx)
    const joined = await trx
      .selectFrom('memberships')
      .select('organization_id')
      .where('user_id', '=', actor.user_id)
      .executeTakeFirst()
    return joined ? refuse('member') : ok(await createOrganization(trx, actor, input))
  })
}
