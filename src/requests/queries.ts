import { sql } from 'kysely'
import type { Member, Operator } from '../platform/actor.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import type { AnyRequest } from './kinds.ts'
import { type RequestKindName, type RequestState, requestNumber } from './rules.ts'

const pageLength = 50

/** One page of requests; `after` is the cursor of the next. */
export type RequestPage = { requests: AnyRequest[]; after: string | undefined }

/** Who may see requests: the organization's members its own; whoever asked for themselves, that alone. */
export type Asker = { organization_id: string | null; user_id: string }

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
    .leftJoin('organizations as o', 'o.id', 'r.organization_id')
    .leftJoin('auth.user as opener', 'opener.id', 'r.opened_by')
    .leftJoin('auth.user as assignee', 'assignee.id', 'r.assignee_id')
    .leftJoin('auth.user as decider', 'decider.id', 'r.decided_by')
    .leftJoin('licenses as l', 'l.id', 'r.license_id')
    .leftJoin('product_versions as v', 'v.id', 'l.product_version_id')
    .leftJoin('products as p', 'p.id', 'v.product_id')
    .select(['r.id', 'r.number', 'r.kind', 'r.state', 'r.organization_id', 'o.name as organization_name'])
    .select(['r.opened_by', 'opener.name as opener_name', 'opener.email as opener_email'])
    .select(['r.license_id', 'l.serial', 'r.customer_id', 'r.details', 'r.opened_at', 'r.due_at', 'r.revision'])
    .select(['r.assignee_id', 'assignee.name as assignee_name', 'r.taken_at', 'r.waiting_since', 'r.locale'])
    .select(['r.decided_at', 'r.decided_by', 'decider.name as decider_name', 'r.reason'])
    .select(sql<string | null>`p.name || ' ' || v.version`.as('product'))
    .$castTo<AnyRequest>()
}

/**
 * Whether the row `r` is a request that the asker may see: one of the own organization, one of a person without any, or
 * one that the asker opened for an organization that still lets the own one use its licenses.
 */
export function isOf({ organization_id, user_id }: Asker) {
  return sql<boolean>`(r.organization_id = ${organization_id}::uuid
    or (r.opened_by = ${user_id}::uuid and (r.organization_id is null or exists (
      select from license_grants g where g.grantee_id = ${organization_id}::uuid and g.owner_id = r.organization_id
        and g.ended_at is null and (g.ends_at is null or g.ends_at > now())))))`
}

/**
 * One request by its number; with `by` only what that asker may see.
 * @throws AppError `not_found`
 */
export async function getRequest(db: Db, number: string, by?: Asker): Promise<AnyRequest> {
  if (!requestNumber.test(number)) throw new AppError('not_found')
  const request = await selectRequests(db)
    .where('r.number', '=', number)
    .$if(by !== undefined, (query) => query.where(isOf(by!)))
    .executeTakeFirst()
  if (!request) throw new AppError('not_found')
  return request
}

export type OwnFilter = {
  state?: RequestState | undefined
  kind?: RequestKindName | undefined
  after?: string | undefined
}

/** Whether there is a request with this number, whoever's. */
export async function isRequest(db: Db, number: string): Promise<boolean> {
  const row = await db.selectFrom('service_requests').select('id').where('number', '=', number).executeTakeFirst()
  return row !== undefined
}

/** The requests of the actor's organization and those of the actor's own, newest first. */
export async function listOwnRequests(db: Db, actor: Asker, filter: OwnFilter = {}): Promise<RequestPage> {
  const { organization_id, user_id } = actor
  // Each from the index that has its order; who may ask for both has few of the second.
  const ofOrganization = ownRequests(db, actor, filter).where('r.organization_id', '=', organization_id)
  const personal = ownRequests(db, actor, filter)
    .where('r.organization_id', 'is', null)
    .where('r.opened_by', '=', user_id)
  const found = [...(organization_id ? await ofOrganization.execute() : []), ...(await personal.execute())]
  return pageOf(found.sort(newestFirst))
}

function ownRequests(db: Db, actor: Asker, { state, kind, after }: OwnFilter) {
  return selectRequests(db)
    .$if(state !== undefined, (query) => query.where('r.state', '=', state!))
    .$if(kind !== undefined, (query) => query.where('r.kind', '=', kind!))
    .$if(after !== undefined, (query) =>
      query.where(
        sql<boolean>`(r.opened_at, r.id) < (select r.opened_at, r.id from service_requests r
          where r.number = ${after} and ${isOf(actor)})`,
      ),
    )
    .orderBy('r.opened_at', 'desc')
    .orderBy('r.id', 'desc')
    .limit(pageLength + 1)
}

function newestFirst(a: AnyRequest, b: AnyRequest): number {
  return b.opened_at.getTime() - a.opened_at.getTime() || (a.id < b.id ? 1 : -1)
}

export type QueueFilter = {
  state: RequestState
  kind?: RequestKindName | undefined
  number?: string | undefined
  /** Id of the operator who looks after them, or those that nobody does. */
  assignee?: string | 'none' | undefined
  /** Those that are late, or wait for whom. */
  urgency?: 'overdue' | 'vendor' | 'customer' | undefined
  after?: string | undefined
}

/** The operators' queue: open requests by their target date, others newest first. */
export async function listQueue(db: Db, now: Date, filter: QueueFilter): Promise<RequestPage> {
  const { state, kind, number, assignee, urgency, after } = filter
  const isOpen = state === 'open'
  const beyond = isOpen
    ? sql<boolean>`(r.due_at, r.id) > (select due_at, id from service_requests where number = ${after})`
    : sql<boolean>`(r.opened_at, r.id) < (select opened_at, id from service_requests where number = ${after})`
  const requests = await selectRequests(db)
    .where('r.state', '=', state)
    .$if(kind !== undefined, (query) => query.where('r.kind', '=', kind!))
    .$if(number !== undefined, (query) => query.where('r.number', '=', number!))
    .$if(assignee === 'none', (query) => query.where('r.assignee_id', 'is', null))
    .$if(assignee !== undefined && assignee !== 'none', (query) => query.where('r.assignee_id', '=', assignee!))
    .$if(urgency === 'overdue', (query) => query.where('r.waiting_since', 'is', null).where('r.due_at', '<', now))
    .$if(urgency === 'vendor', (query) => query.where('r.waiting_since', 'is', null))
    .$if(urgency === 'customer', (query) => query.where('r.waiting_since', 'is not', null))
    .$if(after !== undefined, (query) => query.where(beyond))
    .orderBy(isOpen ? 'r.due_at' : 'r.opened_at', isOpen ? 'asc' : 'desc')
    .orderBy('r.id', isOpen ? 'asc' : 'desc')
    .limit(pageLength + 1)
    .execute()
  return pageOf(requests)
}

function pageOf(requests: AnyRequest[]): RequestPage {
  const shown = requests.slice(0, pageLength)
  return { requests: shown, after: requests.length > pageLength ? shown.at(-1)!.number : undefined }
}

export type QueueCounts = { open: number; overdue: number; unassigned: number; mine: number }

/** What waits for operators, and for the actor among them. */
export async function countQueue(db: Db, actor: Pick<Operator, 'user_id' | 'now'>): Promise<QueueCounts> {
  const { rows } = await sql<QueueCounts>`
    select count(*)::int as open,
      count(*) filter (where due_at < ${actor.now} and waiting_since is null)::int as overdue,
      count(*) filter (where assignee_id is null)::int as unassigned,
      count(*) filter (where assignee_id = ${actor.user_id})::int as mine
    from service_requests where state = 'open'`.execute(db)
  return rows[0]!
}

/** Operators who may look after requests, by name. */
export function listAssignees(db: Db): Promise<{ user_id: string; name: string }[]> {
  return db
    .selectFrom('operators as o')
    .innerJoin('auth.user as u', 'u.id', 'o.user_id')
    .select(['o.user_id', 'u.name'])
    .where('o.role', 'in', ['support', 'orders', 'administrator'])
    .orderBy('u.name')
    .orderBy('o.user_id')
    .execute()
}
