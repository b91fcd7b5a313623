import { sql } from 'kysely'
import { z } from 'zod'
import { countedAtMost, type Level, licenseArms, statusOf } from '../licenses/index.ts'
import { type Day, isAtLeast, type Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'

export type Delegation = {
  id: string
  email: string
  level: Level
  ends_on: Day | null
  new_numbers: boolean
  numbers: string[]
  number_count: number
  created_at: Date
  by: string | null
}

/** To whom the actor's organization delegates, the latest first. The same for user names with and without an account. */
export async function listDelegations(db: Db, { organization_id, now }: Member): Promise<Delegation[]> {
  const { rows } = await sql<Delegation>`
    select g.id, g.grantee_email as email, g.level, g.ends_on, g.new_numbers, g.created_at, u.name as by,
      array(select c.number from license_grant_customers n join customers c on c.id = n.customer_id
        where n.grant_id = g.id order by c.number limit 5) as numbers,
      (select count(*)::int from license_grant_customers n where n.grant_id = g.id) as number_count
    from license_grants g left join auth."user" u on u.id = g.created_by
    where g.owner_id = ${organization_id} and g.kind = 'delegation' and g.ended_at is null
      and (g.ends_at is null or g.ends_at > ${now})
    order by g.created_at desc, g.id desc limit 100`.execute(db)
  return rows
}

export type Asking = {
  id: string
  /** Who asks, or is asked. */
  name: string | null
  email: string
  organization: string
  level: Level
  message: string
  asked_at: Date
}

/** Partners that wait for the consent of the actor's organization. */
export async function listAsking(db: Db, { organization_id }: Member): Promise<Asking[]> {
  const { rows } = await sql<Asking>`${asking} where r.customer_id = ${organization_id} and r.state = 'asked'
    order by r.asked_at, r.id limit 100`.execute(db)
  return rows
}

/** @throws AppError `not_found` unless a partner asked the actor's organization, and waits. */
export async function getAsking(db: Db, { organization_id }: Member, id: string): Promise<Asking> {
  if (!z.guid().safeParse(id).success) throw new AppError('not_found')
  const { rows } = await sql<Asking>`${asking}
    where r.customer_id = ${organization_id} and r.state = 'asked' and r.id = ${id}`.execute(db)
  if (!rows[0]) throw new AppError('not_found')
  return rows[0]
}

const asking = sql`
  select r.id, u.name, u.email, p.name as organization, r.level, r.message, r.asked_at
  from delegation_requests r join organizations p on p.id = r.partner_id left join auth."user" u on u.id = r.asked_by`

/** Partners that wait for the actor, who may answer. */
export async function countAsking(db: Db, actor: Member): Promise<number> {
  if (!isAtLeast(actor, 'administrator')) return 0
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from delegation_requests
    where customer_id = ${actor.organization_id} and state = 'asked'`.execute(db)
  return rows[0]!.count
}

export type Asked = { id: string; email: string; level: Level; asked_at: Date }

/** Whom the actor's organization asked and who has not answered. */
export async function listAsked(db: Db, { organization_id }: Member): Promise<Asked[]> {
  const { rows } = await sql<Asked>`select id, customer_email as email, level, asked_at from delegation_requests
    where partner_id = ${organization_id} and state = 'asked' order by asked_at desc, id desc limit 200`.execute(db)
  return rows
}

export type Customer = {
  owner_id: string
  organization: string
  /** The latest delegation, which the partner can give back. */
  delegation_id: string
  level: Level
  ends_on: Day | null
  numbers: number
  /** Each counted up to `countedAtMost`, beyond that one more. */
  licenses: number
  ending: number
  to_hand_over: number
  handed_at: Date | null
}

/** The customers that delegated to the actor's organization, with what needs attention at each. */
export async function listCustomers(db: Db, actor: Member, owner_id?: string): Promise<Customer[]> {
  const { organization_id, now, today } = actor
  const { delegated } = licenseArms(actor)
  const upTo = countedAtMost + 1
  const count = (condition: ReturnType<typeof sql>) => sql`(select count(*)::int from (
    select from ${delegated} l where l.owner_id = s.owner_id and ${condition} limit ${upTo}) c)`
  const { rows } = await sql<Customer>`
    select s.owner_id, o.name as organization, s.delegation_id, s.level, s.ends_on,
      (select count(distinct n.customer_id)::int from license_grants g
        join license_grant_customers n on n.grant_id = g.id
        where ${inForce(organization_id, now)} and g.owner_id = s.owner_id) as numbers,
      ${count(sql`true`)} as licenses,
      ${count(sql`${statusOf(today)} in ('expiring', 'grace')`)} as ending,
      ${count(isToHandOver(organization_id))} as to_hand_over,
      (select max(h.handed_at) from key_handovers h
        where h.partner_id = ${organization_id} and h.owner_id = s.owner_id) as handed_at
    from (select g.owner_id, (array['view', 'download', 'full'])[max(g.rank)] as level,
        (array_agg(g.id order by g.created_at desc))[1] as delegation_id,
        case when count(g.ends_on) = count(*) then max(g.ends_on) end as ends_on
      from license_grants g where ${inForce(organization_id, now)} group by g.owner_id) s
    join organizations o on o.id = s.owner_id
    ${owner_id === undefined ? sql`` : sql`where s.owner_id = ${owner_id}::uuid`}
    order by lower(o.name), o.id limit 200`.execute(db)
  return rows
}

/** @throws AppError `not_found` unless the customer delegates to the actor's organization now. */
export async function getCustomer(db: Db, actor: Member, owner_id: string): Promise<Customer> {
  const [customer] = z.guid().safeParse(owner_id).success ? await listCustomers(db, actor, owner_id) : []
  if (!customer) throw new AppError('not_found')
  return customer
}

function inForce(partner_id: string, now: Date) {
  return sql`g.grantee_id = ${partner_id} and g.kind = 'delegation' and g.ended_at is null
    and (g.ends_at is null or g.ends_at > ${now})`
}

/** Whether a license `l` has a key in force that the partner may take, and has not handed over. */
function isToHandOver(partner_id: string) {
  return sql`l.level <> 'view' and exists (select from license_keys k
    where k.license_id = l.id and k.revoked_at is null and k.superseded_at is null
      and k.issued_at > coalesce((select max(h.newest_key_at) from key_handovers h
        where h.license_id = l.id and h.partner_id = ${partner_id}), '-infinity'))`
}

export type ToHandOver = { license_id: string; serial: string; product: string; keys: number; newest: Date }

/** Licenses of a customer whose keys are to be handed over, the newest first. */
export async function listToHandOver(
  db: Db,
  actor: Member,
  owner_id: string,
  serials?: readonly string[],
): Promise<ToHandOver[]> {
  const { delegated } = licenseArms(actor)
  const among = serials
    ? sql`l.serial = any(${serials}::text[]) and l.level <> 'view'`
    : isToHandOver(actor.organization_id)
  const { rows } = await sql<ToHandOver>`
    select l.id as license_id, l.serial, p.name || ' ' || v.version as product, k.keys, k.newest
    from ${delegated} l join product_versions v on v.id = l.product_version_id join products p on p.id = v.product_id
    cross join lateral (select count(*)::int as keys, max(k.issued_at) as newest from license_keys k
      where k.license_id = l.id and k.revoked_at is null and k.superseded_at is null having count(*) > 0) k
    where l.owner_id = ${owner_id} and ${among}
    order by k.newest desc, l.id limit 200`.execute(db)
  return rows
}

/** The address that keys of a customer go to, unless the partner types another one: of who delegated last. */
export async function contactOf(db: Db, delegation_id: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('license_grants as g')
    .innerJoin('auth.user as u', 'u.id', 'g.created_by')
    .select('u.email')
    .where('g.id', '=', delegation_id)
    .executeTakeFirst()
  return row?.email
}
