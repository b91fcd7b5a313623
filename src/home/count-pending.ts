import { sql } from 'kysely'
import { isAtLeast, type Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'

/** What waits for somebody's answer: the vendor's, or that of an administrator of the organization. */
export type Pending = { requests: number; access_requests: number }

/** Counts what is pending in the actor's organization; access requests only for those who may answer them. */
export async function countPending(db: Db, actor: Member): Promise<Pending> {
  const { rows } = await sql<Pending>`
    select
      (select count(*) from service_requests
        where organization_id = ${actor.organization_id}::uuid and state = 'open') as requests,
      (select count(*) from access_requests
        where organization_id = ${actor.organization_id}::uuid and answered_at is null
          and ${isAtLeast(actor, 'administrator')}::boolean) as access_requests`.execute(db)
  return rows[0]!
}
