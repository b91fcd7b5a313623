import { sql } from 'kysely'
import type { Member } from '../platform/actor.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import type { ServiceRequest } from './kinds.ts'
import type { RequestKindName } from './rules.ts'

/** The number of an open request of the actor's organization about a license, for a caller who holds its lock. */
export async function findOpenRequest(
  trx: Trx,
  actor: Pick<Member, 'organization_id'>,
  about: { kind: RequestKindName; license_id: string },
): Promise<string | undefined> {
  const row = await trx
    .selectFrom('service_requests')
    .select('number')
    .where('organization_id', '=', actor.organization_id)
    .where('license_id', '=', about.license_id)
    .where('kind', '=', about.kind)
    .where('state', '=', 'open')
    .executeTakeFirst()
  return row?.number
}

/** Every column of a `ServiceRequest`, to be narrowed by a condition. */
export function selectRequests(db: Db | Trx) {
  return db
    .selectFrom('service_requests as r')
    .innerJoin('organizations as o', 'o.id', 'r.organization_id')
    .leftJoin('auth.user as opener', 'opener.id', 'r.opened_by')
    .leftJoin('auth.user as assignee', 'assignee.id', 'r.assignee_id')
    .leftJoin('auth.user as decider', 'decider.id', 'r.decided_by')
    .leftJoin('licenses as l', 'l.id', 'r.license_id')
    .leftJoin('product_versions as v', 'v.id', 'l.product_version_id')
    .leftJoin('products as p', 'p.id', 'v.product_id')
    .select(['r.id', 'r.number', 'r.kind', 'r.state', 'r.organization_id', 'o.name as organization_name'])
    .select(['r.opened_by', 'opener.name as opener_name', 'opener.email as opener_email'])
    .select(['r.license_id', 'l.serial', 'r.customer_id', 'r.details', 'r.opened_at', 'r.due_at', 'r.revision'])
    .select(['r.assignee_id', 'assignee.name as assignee_name', 'r.taken_at'])
    .select(['r.decided_at', 'r.decided_by', 'decider.name as decider_name', 'r.reason'])
    .select(sql<string | null>`p.name || ' ' || v.version`.as('product'))
    .$castTo<ServiceRequest>()
}
