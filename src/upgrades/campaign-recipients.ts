import { sql } from 'kysely'
import { z } from 'zod'
import type { Day } from '../platform/actor.ts'
import type { Trx } from '../platform/db/index.ts'
import { isLocale, type Locale } from '../platform/i18n.ts'
import { listOptOuts, wantsEmail } from '../reminders/index.ts'
import { isWidest, pathsOfLicenses, refusalFor } from './eligibility.ts'

/** What somebody is told about, who may want no mail about it: an upgrade is an offer. */
export const upgradeTopic = 'upgrades' as const

export type RecipientKind = 'administrator' | 'technical_contact' | 'order_contact' | 'other'

/** Who is told about a customer's upgrades, and on behalf of which owners: null stands for unowned licenses. */
export type Recipient = {
  customer_id: string
  email: string
  name: string
  locale: Locale
  user_id: string | null
  recipient: RecipientKind
  owners: Set<string | null>
}

type Told = { campaign_id: string; customer_ids: string[]; today: Day }

/**
 * Who is told (domain.md §7): the administrators of organizations that own eligible licenses of the customers, the
 * technical contacts of these licenses, and for unowned ones the contact of their order. An address is told once per
 * customer; whoever wants no mail about upgrades, and what is no address, is left out.
 */
export async function listRecipients(trx: Trx, told: Told): Promise<Recipient[]> {
  const rows = (await readPeople(trx, told)).filter(({ email }) => z.email().safeParse(email).success)
  const people = [...Map.groupBy(rows, ({ customer_id, email }) => `${customer_id} ${email}`).values()].map(recipientOf)
  const wanted = await wishesOf(trx, people)
  return people.filter(wanted)
}

type Person = Omit<Recipient, 'locale' | 'name' | 'owners'> & {
  name: string | null
  locale: string
  owner_id: string | null
}

/** Administrators stand first: what somebody is told as is what concerns them most. */
function recipientOf(rows: Person[]): Recipient {
  const { owner_id, locale, name, ...first } = rows[0]!
  const owners = new Set(rows.map((row) => row.owner_id))
  return { ...first, owners, name: name ?? first.email, locale: isLocale(locale) ? locale : 'en' }
}

async function readPeople(trx: Trx, { campaign_id, customer_ids, today }: Told): Promise<Person[]> {
  const { rows } = await sql<Person>`
    with eligible as materialized (
      select distinct l.customer_id, l.owner_id, l.contacts,
        case when l.owner_id is null then lower(trim(o.contact_email)) end as order_email,
        case when l.owner_id is null then o.contact_name end as order_name
      from ${pathsOfLicenses}
      where ${isWidest(campaign_id)} and l.customer_id = any(${customer_ids}::uuid[])
        and ${refusalFor(today)} is null
    ),
    people as (
      select e.customer_id, e.owner_id, lower(u.email) as email, u.name, 'administrator' as recipient, 1 as place
      from (select distinct customer_id, owner_id from eligible) e
      join memberships m on m.organization_id = e.owner_id and m.role = 'administrator'
      join auth."user" u on u.id = m.user_id and u."emailVerified"
      union all
      select customer_id, owner_id, lower(trim(k ->> 'email')), min(k ->> 'name'), 'technical_contact', 2
      from (select distinct customer_id, owner_id, contacts from eligible) e, jsonb_array_elements(e.contacts) k
      where k ->> 'email' is not null
      group by 1, 2, 3
      union all
      select customer_id, null, order_email, min(order_name), 'order_contact', 3
      from eligible where order_email is not null group by 1, 3
    )
    select p.customer_id, p.owner_id, p.email, coalesce(u.name, nullif(trim(p.name), '')) as name, p.recipient,
      u.id as user_id, coalesce(u.locale, b.locale) as locale
    from people p join customers b on b.id = p.customer_id
    left join auth."user" u on u.email = p.email and u."emailVerified"
    order by p.customer_id, p.email, p.place, p.owner_id`.execute(trx)
  return rows
}

/** Whoever has a login decides there; others by the link in their mail. */
async function wishesOf(trx: Trx, people: Recipient[]): Promise<(one: Recipient) => boolean> {
  const users = people.flatMap(({ user_id }) => user_id ?? [])
  const wanting = await wantsEmail(trx, users, upgradeTopic)
  const declined = await listOptOuts(
    trx,
    people.map(({ email }) => email),
  )
  return ({ user_id, email }) => (user_id ? wanting.has(user_id) : !declined.has(`${email} ${upgradeTopic}`))
}

/** Licenses of one owner (or none) of a customer that a path leads from. */
export type PathCount = {
  customer_id: string
  owner_id: string | null
  path_id: string
  /** What can be upgraded, and what could with maintenance that reaches the day of the release. */
  licenses: number
  quantity: number
  lapsed: number
}

/** What the customers can upgrade, by owner and path. */
export async function countForCustomers(trx: Trx, { campaign_id, customer_ids, today }: Told): Promise<PathCount[]> {
  const { rows } = await sql<PathCount>`
    select l.customer_id, l.owner_id, p.id as path_id, count(*) filter (where r.refusal is null)::int as licenses,
      coalesce(sum(l.quantity - l.upgraded_quantity) filter (where r.refusal is null), 0)::float8 as quantity,
      count(*) filter (where r.refusal in ('no_maintenance', 'maintenance_lapsed'))::int as lapsed
    from ${pathsOfLicenses} cross join lateral (select ${refusalFor(today)} as refusal) r
    where c.id = ${campaign_id} and l.customer_id = any(${customer_ids}::uuid[])
    group by 1, 2, 3`.execute(trx)
  return rows
}
