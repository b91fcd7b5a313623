import { sql } from 'kysely'
import { isAtLeast, type Member } from '../platform/actor.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { type Administrator, areAllGone, domainOf, givenUpAfterDays } from './rules.ts'

export type Reader = { user_id: string; email: string; name: string; locale: string; time_zone: string }

/** The administrators of organizations with what tells whether they are gone, by organization. */
export async function listAdministrators(
  db: Db | Trx,
  organization_ids: readonly string[],
  now: Date,
): Promise<(Administrator & Reader & { organization_id: string })[]> {
  const { rows } = await sql<Administrator & Reader & { organization_id: string }>`
    select m.organization_id, u.id as user_id, u.email, u.name, u.locale, u."timeZone" as time_zone,
      seen.at as seen_at, refused.first_at as refused_first_at, refused.last_at as refused_last_at,
      exists (select from auth.session s where s."userId" = u.id and s."expiresAt" > ${now}) as signed_in
    from memberships m join auth."user" u on u.id = m.user_id
    cross join lateral (select greatest(m.created_at, (select e.at from events e
      where e.actor_user_id = u.id and e.action = 'account.signed_in' order by e.at desc limit 1)) as at) seen
    cross join lateral (select min(p.parked_at) as first_at, max(p.parked_at) as last_at from mails p
      where p.to_address = u.email and p.parked_at is not null and p.parked_at > seen.at
        and p.parked_at < p.created_at + make_interval(days => ${givenUpAfterDays}::int)) refused
    where m.organization_id = any(${organization_ids}::uuid[]) and m.role = 'administrator'
    order by m.organization_id, u.id`.execute(db)
  return rows
}

export type Candidate = { organization_id: string; name: string; grounds: 'member' | 'domain' }

/** Organizations that a user could recover, were their administrators gone: as a member, or by a verified domain. */
export async function listCandidates(
  db: Db | Trx,
  { user_id, email }: { user_id: string; email: string | null },
): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`
    select o.id as organization_id, o.name, 'member' as grounds from memberships m
      join organizations o on o.id = m.organization_id
      where m.user_id = ${user_id} and m.role <> 'administrator'
    union all
    select o.id, o.name, 'domain' from organization_domains d join organizations o on o.id = d.organization_id
      where d.domain = ${domainOf(email ?? '')} and d.verified_at is not null
        and not exists (select from memberships m where m.organization_id = o.id and m.user_id = ${user_id})
    order by name, organization_id limit 20`.execute(db)
  return rows
}

/** The same, where all administrators are gone. */
export async function listRecoverable(
  db: Db | Trx,
  user: { user_id: string; email: string | null },
  now: Date,
): Promise<Candidate[]> {
  const candidates = await listCandidates(db, user)
  const administrators = await listAdministrators(
    db,
    candidates.map(({ organization_id }) => organization_id),
    now,
  )
  const of = Map.groupBy(administrators, ({ organization_id }) => organization_id)
  return candidates.filter(({ organization_id }) => areAllGone(of.get(organization_id) ?? [], now))
}

export type Recovery = {
  id: string
  organization_id: string
  organization: string
  user_id: string
  name: string | null
  email: string | null
  grounds: 'member' | 'domain'
  asked_at: Date
  due_at: Date
}

const waiting = sql`
  select r.id, r.organization_id, o.name as organization, r.user_id, u.name, u.email, r.grounds, r.asked_at, r.due_at
  from recoveries r join organizations o on o.id = r.organization_id left join auth."user" u on u.id = r.user_id
  where r.state = 'waiting'`

/** What somebody asked for and waits for. */
export async function listOwnRecoveries(db: Db, user_id: string): Promise<Recovery[]> {
  const { rows } = await sql<Recovery>`${waiting} and r.user_id = ${user_id} order by r.asked_at, r.id`.execute(db)
  return rows
}

/** Who asks to become administrator of the actor's organization; only administrators are told. */
export async function listWaitingFor(db: Db, actor: Member): Promise<Recovery[]> {
  if (!isAtLeast(actor, 'administrator')) return []
  const { rows } = await sql<Recovery>`${waiting} and r.organization_id = ${actor.organization_id}`.execute(db)
  return rows
}

export async function countWaitingFor(db: Db, actor: Member): Promise<number> {
  return (await listWaitingFor(db, actor)).length
}

export type Domain = { domain: string; token: string; verified_at: Date | null }

/** The domains of an organization, by name. */
export async function listDomains(db: Db, { organization_id }: Pick<Member, 'organization_id'>): Promise<Domain[]> {
  return db
    .selectFrom('organization_domains')
    .select(['domain', 'token', 'verified_at'])
    .where('organization_id', '=', organization_id)
    .orderBy('domain')
    .execute()
}
