import type { Actor } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Trx } from '../platform/db/index.ts'
import { uuidv7 } from '../platform/ids.ts'

/** Makes an organization with the actor as its administrator, in the transaction of the sign-up. */
export async function createOrganization(
  trx: Trx,
  actor: Actor & { user_id: string },
  input: { name: string; country: string },
): Promise<{ organization_id: string }> {
  const id = uuidv7()
  const { now, user_id } = actor
  await trx
    .insertInto('organizations')
    .values({ id, name: input.name, country: input.country, created_at: now })
    .execute()
  await trx
    .insertInto('memberships')
    .values({ organization_id: id, user_id, role: 'administrator', created_at: now })
    .execute()
  await record(trx, actor, 'organization.created', {
    organization_id: id,
    subject_id: id,
    details: { name: input.name, country: input.country },
  })
  return { organization_id: id }
}
