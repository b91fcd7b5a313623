import { sql } from 'kysely'
import { z } from 'zod'
import type { Role } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { hashOf } from './invitation-link.ts'
import { type HistoryAction, historyActions } from './rules.ts'

/** Lines of a page. */
export const pageLength = { members: 100, requests: 50, history: 50 }

export type Organization = {
  id: string
  name: string
  country: string | null
  keys_in_email: boolean
  revision: number
  members: number
}

export async function getOrganization(db: Db, organization_id: string): Promise<Organization> {
  const { rows } = await sql<Organization>`
    select id, name, country, keys_in_email, revision,
      (select count(*)::int from memberships m where m.organization_id = o.id) as members
    from organizations o where id = ${organization_id}`.execute(db)
  return rows[0]!
}

export type MemberLine = {
  user_id: string
  name: string
  email: string
  role: Role
  since: Date
  /** The latest sign-in whose session is still kept. */
  signed_in_at: Date | null
}

/** Who works for an organization, in the order in which they joined. */
export async function listMembers(db: Db, organization_id: string, after: string | undefined) {
  const { rows } = await sql<MemberLine>`
    select u.id as user_id, u.name, u.email, m.role, m.created_at as since,
      (select max(s."createdAt") from auth.session s where s."userId" = u.id) as signed_in_at
    from memberships m join auth."user" u on u.id = m.user_id
    where m.organization_id = ${organization_id} and (${after ?? null}::uuid is null or (m.created_at, m.user_id) >
      (select created_at, user_id from memberships where organization_id = ${organization_id} and user_id = ${after ?? null}))
    order by m.created_at, m.user_id limit ${pageLength.members + 1}`.execute(db)
  return pageOf(rows, pageLength.members, ({ user_id }) => user_id)
}

/** @throws AppError `not_found` for somebody who does not work for the organization. */
export async function getMember(db: Db, organization_id: string, user_id: string): Promise<MemberLine> {
  const { rows } = await sql<MemberLine>`
    select u.id as user_id, u.name, u.email, m.role, m.created_at as since, null as signed_in_at
    from memberships m join auth."user" u on u.id = m.user_id
    where m.organization_id = ${organization_id} and m.user_id = ${idOf(user_id)}`.execute(db)
  if (!rows[0]) throw new AppError('not_found')
  return rows[0]
}

export type InvitationLine = {
  id: string
  email: string
  role: Role
  invited_by: string | null
  created_at: Date
  expires_at: Date
}

/** Invitations that nobody has accepted, newest first; there are a hundred at most. */
export async function listInvitations(db: Db, organization_id: string): Promise<InvitationLine[]> {
  const { rows } = await sql<InvitationLine>`
    select i.id, i.email, i.role, u.name as invited_by, i.created_at, i.expires_at
    from invitations i left join auth."user" u on u.id = i.invited_by
    where i.organization_id = ${organization_id} and i.accepted_at is null and i.withdrawn_at is null
    order by i.created_at desc, i.id desc`.execute(db)
  return rows
}

/** @throws AppError `not_found` unless an invitation of the organization. */
export async function findOwnInvitation(db: Db, organization_id: string, id: string): Promise<{ email: string }> {
  const { rows } = await sql<{ email: string }>`
    select email from invitations where organization_id = ${organization_id} and id = ${idOf(id)}`.execute(db)
  if (!rows[0]) throw new AppError('not_found')
  return rows[0]
}

export type AccessRequestLine = { id: string; name: string; email: string; message: string; requested_at: Date }

/** Who waits for an answer, the longest first. */
export async function listAccessRequests(db: Db, organization_id: string): Promise<AccessRequestLine[]> {
  const { rows } = await sql<AccessRequestLine>`
    select r.id, u.name, u.email, r.message, r.requested_at
    from access_requests r join auth."user" u on u.id = r.user_id
    where r.organization_id = ${organization_id} and r.answered_at is null
    order by r.requested_at, r.id limit ${pageLength.requests}`.execute(db)
  return rows
}

/** @throws AppError `not_found` unless the organization was asked, whether or not it has answered. */
export async function findAccessRequest(db: Db, organization_id: string, id: string): Promise<{ name: string }> {
  const { rows } = await sql<{ name: string }>`
    select u.name from access_requests r join auth."user" u on u.id = r.user_id
    where r.organization_id = ${organization_id} and r.id = ${idOf(id)}`.execute(db)
  if (!rows[0]) throw new AppError('not_found')
  return rows[0]
}

export type Invitation = {
  id: string
  email: string
  role: Role
  organization_id: string
  organization: string
  inviter: string | null
  expires_at: Date
  accepted_at: Date | null
  accepted_by: string | null
  withdrawn_at: Date | null
}

const invitation = sql`
  select i.id, i.email, i.role, i.organization_id, o.name as organization, u.name as inviter,
    i.expires_at, i.accepted_at, i.accepted_by, i.withdrawn_at
  from invitations i join organizations o on o.id = i.organization_id left join auth."user" u on u.id = i.invited_by`

/** The invitation behind a mailed link. */
export async function findInvitation(db: Db, token: string): Promise<Invitation | undefined> {
  const { rows } = await sql<Invitation>`${invitation} where i.token_hash = ${hashOf(token)}`.execute(db)
  return rows[0]
}

/** Invitations that wait for whoever reads mail at an address. */
export async function listInvitationsFor(db: Db, email: string, now: Date): Promise<Invitation[]> {
  const { rows } = await sql<Invitation>`${invitation}
    where i.email = ${email} and i.accepted_at is null and i.withdrawn_at is null and i.expires_at > ${now}
    order by i.created_at desc, i.id desc limit 20`.execute(db)
  return rows
}

export type HistoryLine = {
  id: string
  at: Date
  action: HistoryAction
  who: string
  /** The name, address or number of what it was about, as far as that is still known. */
  about: string | null
  details: { role?: Role; before?: Role; after?: Role }
}

/** What happened in an organization, apart from its licenses, newest first. */
export async function listOrganizationHistory(db: Db, organization_id: string, before: string | undefined) {
  const { rows } = await sql<HistoryLine>`
    select e.id, e.at, e.action, e.actor_name as who, coalesce(u.name, i.email, g.grantee_email, x.to_email, case when r.partner_id = e.organization_id then r.customer_email else p.name end, c.number) as about, e.details
    from events e
    left join auth."user" u on u.id = e.subject_id
    left join invitations i on i.id = e.subject_id
    left join license_grants g on g.id = e.subject_id
    left join ownership_transfers x on x.id = e.subject_id
    left join delegation_requests r on r.id = e.subject_id left join organizations p on p.id = r.partner_id
    left join customers c on c.id = e.customer_id
    where e.organization_id = ${organization_id} and e.license_id is null
      and e.action = any(${[...historyActions]}::text[])
      and (${before ?? null}::uuid is null or (e.at, e.id) <
        (select at, id from events where id = ${before ?? null} and organization_id = ${organization_id}))
    order by e.at desc, e.id desc limit ${pageLength.history + 1}`.execute(db)
  return pageOf(rows, pageLength.history, ({ id }) => id)
}

/** An id from an address. @throws AppError `not_found` for what is none. */
function idOf(text: string): string {
  const { success, data } = z.uuid().safeParse(text)
  if (!success) throw new AppError('not_found')
  return data
}

/** One row more than a page tells that there is a next one. */
function pageOf<Row>(rows: Row[], length: number, id: (row: Row) => string) {
  const shown = rows.slice(0, length)
  return { rows: shown, next: rows.length > length ? id(shown.at(-1)!) : undefined }
}
