import { sql } from 'kysely'
import type { Member } from '../platform/actor.ts'
import type { Trx } from '../platform/db/index.ts'

/**
 * Makes changes of what an organization may have only so many of wait for each other: the second one counts what the
 * first one added. Lock licenses before, never after.
 */
export async function lockOrganization(trx: Trx, { organization_id }: Pick<Member, 'organization_id'>): Promise<void> {
  await sql`select from organizations where id = ${organization_id} for no key update`.execute(trx)
}
