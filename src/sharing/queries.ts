import { sql } from 'kysely'
import { z } from 'zod'
import { countedAtMost, grantedPairs, type Level, licenseArms } from '../licenses/index.ts'
import type { Day, Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import type { ShareScope } from './rules.ts'

const pageLength = 50
/** Customer numbers that a line of a list names. */
const named = 5

export type Share = {
  id: string
  email: string
  scope: ShareScope
  level: Level
  ends_on: Day | null
  tag: string | null
  search: string | null
  new_numbers: boolean
  /** The first customer numbers, and how many there are. */
  numbers: string[]
  number_count: number
  /** The serial number of the only license, where there is one, and how many are listed. */
  serial: string | null
  license_count: number
  created_at: Date
  by: string | null
}

/** What the actor's organization shares, the latest first. The same for user names with and without an account. */
export async function listShares(db: Db, { organization_id, now }: Member, after?: string) {
  const cursor = after && z.guid().safeParse(after).success ? after : undefined
  const { rows } = await sql<Share>`${shares(organization_id, now)}
    ${cursor ? sql`and (g.created_at, g.id) < (select created_at, id from license_grants where id = ${cursor})` : sql``}
    order by g.created_at desc, g.id desc limit ${pageLength + 1}`.execute(db)
  const shown = rows.slice(0, pageLength)
  return { shares: shown, next: rows.length > pageLength ? shown.at(-1)!.id : undefined }
}

/** @throws AppError `not_found` unless the organization shares it now. */
export async function getShare(db: Db, { organization_id, now }: Member, id: string): Promise<Share> {
  if (!z.guid().safeParse(id).success) throw new AppError('not_found')
  const { rows } = await sql<Share>`${shares(organization_id, now)} and g.id = ${id}`.execute(db)
  if (!rows[0]) throw new AppError('not_found')
  return rows[0]
}

function shares(organization_id: string, now: Date) {
  return sql`
    select g.id, g.grantee_email as email, g.scope, g.level, g.ends_on, g.tag, g.search_name as search, g.new_numbers,
      g.created_at, u.name as by,
      array(select c.number from license_grant_customers n join customers c on c.id = n.customer_id
        where n.grant_id = g.id order by c.number limit ${named}) as numbers,
      (select count(*)::int from license_grant_customers n where n.grant_id = g.id) as number_count,
      (select min(l.serial) from license_grant_licenses n join licenses l on l.id = n.license_id
        where n.grant_id = g.id having count(*) = 1) as serial,
      (select count(*)::int from license_grant_licenses n where n.grant_id = g.id) as license_count
    from license_grants g left join auth."user" u on u.id = g.created_by
    where g.owner_id = ${organization_id} and g.kind = 'share' and g.ended_at is null
      and (g.ends_at is null or g.ends_at > ${now})`
}

export type Sharer = {
  owner_id: string
  organization: string
  /** Who shared last. */
  by: string | null
  since: Date
  /** The day on which the last of it ends; null while some of it does not. */
  ends_on: Day | null
  levels: Level[]
  /** Counted up to `countedAtMost`, beyond that one more. */
  licenses: number
}

/** Who shares licenses with the actor's organization, by name. */
export async function listSharers(db: Db, actor: Member): Promise<Sharer[]> {
  const { organization_id, now } = actor
  const { shared } = licenseArms(actor)
  const { rows } = await sql<Sharer>`
    select s.owner_id, o.name as organization, s.by, s.since, s.ends_on, s.levels,
      (select count(*)::int from (select from ${shared} l where l.owner_id = s.owner_id limit ${countedAtMost + 1}) c)
        as licenses
    from (select g.owner_id, max(g.created_at) as since, array_agg(distinct g.level) as levels,
        case when count(g.ends_on) = count(*) then max(g.ends_on) end as ends_on,
        (array_agg(u.name order by g.created_at desc))[1] as by
      from license_grants g left join auth."user" u on u.id = g.created_by
      where g.grantee_id = ${organization_id} and g.kind = 'share' and g.ended_at is null
        and (g.ends_at is null or g.ends_at > ${now}) group by g.owner_id) s
    join organizations o on o.id = s.owner_id order by lower(o.name), o.id limit 500`.execute(db)
  return rows
}

/** How many organizations share licenses with the actor's. */
export async function countSharers(db: Db, { organization_id, now }: Member): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct owner_id)::int as count from license_grants
    where grantee_id = ${organization_id} and kind = 'share' and ended_at is null
      and (ends_at is null or ends_at > ${now})`.execute(db)
  return rows[0]!.count
}

export type GrantableNumber = { id: string; number: string; name: string }

/** Customer numbers whose licenses the organization can grant: associated with it, or of licenses that it owns. */
export async function listGrantableNumbers(
  db: Db,
  { organization_id }: Pick<Member, 'organization_id'>,
): Promise<GrantableNumber[]> {
  const { rows } = await sql<GrantableNumber>`
    with recursive present (id) as (
      (select customer_id from licenses where owner_id = ${organization_id} order by customer_id limit 1)
      union all
      select (select l.customer_id from licenses l where l.owner_id = ${organization_id}
        and l.customer_id > present.id order by l.customer_id limit 1)
      from present where present.id is not null
    )
    select c.id, c.number, c.name from customers c where c.id in (
      select id from present union
      select customer_id from customer_associations where organization_id = ${organization_id})
    order by c.number limit 1000`.execute(db)
  return rows
}

export type SharedNumber = { number: string; name: string; organization: string; delegated: boolean; level: Level }

/** Customer numbers of others whose licenses the organization may use. */
export async function listSharedNumbers(db: Db, actor: Member): Promise<SharedNumber[]> {
  const { rows } = await sql<SharedNumber>`
    select c.number, c.name, o.name as organization, g.delegated,
      (array['view', 'download', 'full'])[g.rank] as level
    from ${grantedPairs(actor)} g join customers c on c.id = g.customer_id join organizations o on o.id = g.owner_id
    order by c.number, lower(o.name), o.id limit 500`.execute(db)
  return rows
}
