import { sql } from 'kysely'
import type { Member, Operator } from '../platform/actor.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import type { ServiceRequest } from './kinds.ts'
import { type RequestKindName, type RequestState, requestNumber } from './rules.ts'

const pageLength = 50

/** One page of requests; `after` is the cursor of the next. */
export type RequestPage = { requests: ServiceRequest[]; after: string | undefined }

/** The number of an open request of the actor's organization about a license; certain while its lock is held. */
export async function findOpenRequest(
  db: Db | Trx,
  actor: Pick<Member, 'organization_id'>,
  about: { kind: RequestKindName; license_id: string },
): Promise<string | undefined> {
  const row = await db
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

/**
 * One request by its number; with `reader` only one of the reader's organization, or one that the reader opened on
 * behalf of another.
 * @throws AppError `not_found`
 */
export async function getRequest(
  db: Db,
  number: string,
  reader?: Pick<Member, 'organization_id' | 'user_id'>,
): Promise<ServiceRequest> {
  if (!requestNumber.test(number)) throw new AppError('not_found')
  const request = await selectRequests(db)
    .where('r.number', '=', number)
    .$if(reader !== undefined, (query) =>
      query.where((e) =>
        e.or([e('r.organization_id', '=', reader!.organization_id), e('r.opened_by', '=', reader!.user_id)]),
      ),
    )
    .executeTakeFirst()
  if (!request) throw new AppError('not_found')
  return request
}

/** The requests of the actor's organization, newest first. */
export async function listOwnRequests(db: Db, actor: Member, after?: string): Promise<RequestPage> {
  const requests = await selectRequests(db)
    .where('r.organization_id', '=', actor.organization_id)
    .$if(after !== undefined, (query) =>
      query.where(
        sql<boolean>`(r.opened_at, r.id) < (select opened_at, id from service_requests
        where number = ${after} and organization_id = ${actor.organization_id})`,
      ),
    )
    .orderBy('r.opened_at', 'desc')
    .orderBy('r.id', 'desc')
    .limit(pageLength + 1)
    .execute()
  return pageOf(requests)
}

export type QueueFilter = {
  state: RequestState
  kind?: RequestKindName | undefined
  /** Id of the operator who looks after them, or those that nobody does. */
  assignee?: string | 'none' | undefined
  after?: string | undefined
}

/** The operators' queue: open requests by their target date, others newest first. */
export async function listQueue(db: Db, { state, kind, assignee, after }: QueueFilter): Promise<RequestPage> {
  const isOpen = state === 'open'
  const beyond = isOpen
    ? sql<boolean>`(r.due_at, r.id) > (select due_at, id from service_requests where number = ${after})`
    : sql<boolean>`(r.opened_at, r.id) < (select opened_at, id from service_requests where number = ${after})`
  const requests = await selectRequests(db)
    .where('r.state', '=', state)
    .$if(kind !== undefined, (query) => query.where('r.kind', '=', kind!))
    .$if(assignee === 'none', (query) => query.where('r.assignee_id', 'is', null))
    .$if(assignee !== undefined && assignee !== 'none', (query) => query.where('r.assignee_id', '=', assignee!))
    .$if(after !== undefined, (query) => query.where(beyond))
    .orderBy(isOpen ? 'r.due_at' : 'r.opened_at', isOpen ? 'asc' : 'desc')
    .orderBy('r.id', isOpen ? 'asc' : 'desc')
    .limit(pageLength + 1)
    .execute()
  return pageOf(requests)
}

function pageOf(requests: ServiceRequest[]): RequestPage {
  const shown = requests.slice(0, pageLength)
  return { requests: shown, after: requests.length > pageLength ? shown.at(-1)!.number : undefined }
}

export type QueueCounts = { open: number; overdue: number; unassigned: number; mine: number }

/** What waits for operators, and for the actor among them. */
export async function countQueue(db: Db, actor: Pick<Operator, 'user_id' | 'now'>): Promise<QueueCounts> {
  const { rows } = await sql<QueueCounts>`
    select count(*)::int as open, count(*) filter (where due_at < ${actor.now})::int as overdue,
      count(*) filter (where assignee_id is null)::int as unassigned,
      count(*) filter (where assignee_id = ${actor.user_id})::int as mine
    from service_requests where state = 'open'`.execute(db)
  return rows[0]!
}
