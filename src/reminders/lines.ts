import { sql } from 'kysely'
import { z } from 'zod'
import type { Day } from '../platform/actor.ts'
import type { Trx } from '../platform/db/index.ts'
import type { EndKind } from './rules.ts'

/** The reminders of one run for one organization. */
export type Noted = { organization_id: string; sent_at: Date; today: Day }

/** Licenses of one product that end on one day. */
export type EndLine = { what: EndKind; day: Day; product: string; count: number; serial: string }
/** The first lines, and how many licenses there are in all. */
export type EndList = { lines: EndLine[]; total: number }

/** A mail lists so many lines of a kind; the catalog shows them all. */
const mostLines = 15

/** What ends, by day and product; the soonest first. */
export async function listNoted(trx: Trx, { organization_id, sent_at }: Noted, what: EndKind): Promise<EndList> {
  const { rows } = await sql<EndLine & { total: number }>`
    select r.what, r.ends_on as day, p.name as product, count(*)::int as count, min(l.serial) as serial,
      (sum(count(*)) over ())::int as total
    from reminders r join licenses l on l.id = r.license_id
    join product_versions v on v.id = l.product_version_id join products p on p.id = v.product_id
    where r.organization_id = ${organization_id} and r.sent_at = ${sent_at} and r.what = ${what}
    group by r.what, r.ends_on, p.id, p.name
    order by r.ends_on, p.name, p.id limit ${mostLines}`.execute(trx)
  return { lines: rows.map(({ total, ...line }) => line), total: rows[0]?.total ?? 0 }
}

export type Contact = {
  email: string
  name: string | null
  user_id: string | null
  locale: string
  end: EndList
  maintenance: EndList
}

/** Contacts looked up at a time. */
const contactsAtATime = 200

/**
 * The technical contacts of what ends within `days`, a batch at a time, each with what concerns them. Whoever gets the
 * organization's own mail is left out, and who unsubscribed from a kind has nothing of it.
 */
export async function* listContacts(trx: Trx, noted: Noted, days: number, told: string[]): AsyncGenerator<Contact[]> {
  let after = ''
  while (true) {
    const rows = await readContacts(trx, noted, days, told, after)
    if (rows.length === 0) return
    const people = [...Map.groupBy(rows, ({ email }) => email).values()]
    yield people.filter((own) => z.email().safeParse(own[0]!.email).success).map(contactOf)
    after = rows.at(-1)!.email
  }
}

type ContactRow = EndLine & Pick<Contact, 'email' | 'name' | 'user_id' | 'locale'> & { total: number }

function contactOf(rows: ContactRow[]): Contact {
  const { email, name, user_id, locale } = rows[0]!
  const listOf = (kind: EndKind) => {
    const lines = rows.filter(({ what }) => what === kind)
    return { lines: lines.slice(0, mostLines), total: lines[0]?.total ?? 0 }
  }
  return { email, name, user_id, locale, end: listOf('end'), maintenance: listOf('maintenance') }
}

async function readContacts(trx: Trx, noted: Noted, days: number, told: string[], after: string) {
  const { organization_id, sent_at } = noted
  const { rows } = await sql<ContactRow>`
    with said as (
      select lower(c ->> 'email') collate "C" as email, c ->> 'name' as name, r.what, r.ends_on, l.serial,
        l.product_version_id, l.customer_id
      from reminders r join licenses l on l.id = r.license_id, jsonb_array_elements(l.contacts) c
      where r.organization_id = ${organization_id} and r.sent_at = ${sent_at} and r.days <= ${days}::int
        and lower(c ->> 'email') collate "C" > ${after}
    ),
    people as (
      select email, min(name) as name, min(customer_id::text)::uuid as customer_id from said
      where email <> all(${told}::text[]) group by email order by email limit ${contactsAtATime}
    ),
    lines as (
      select s.email, s.what, s.ends_on as day, p.name as product, count(*)::int as count, min(s.serial) as serial,
        (sum(count(*)) over (partition by s.email, s.what))::int as total,
        row_number() over (partition by s.email, s.what order by s.ends_on, p.name, p.id) as place
      from said s join people on people.email = s.email
      join product_versions v on v.id = s.product_version_id join products p on p.id = v.product_id
      group by s.email, s.what, s.ends_on, p.id, p.name
    )
    select lines.email, people.name, u.id as user_id, coalesce(u.locale, c.locale) as locale, lines.what, lines.day,
      lines.product, lines.count, lines.serial, lines.total
    from lines join people on people.email = lines.email
    left join customers c on c.id = people.customer_id
    left join auth."user" u on u.email = lines.email and u."emailVerified"
    where lines.place <= ${mostLines}
    order by lines.email, lines.what, lines.place`.execute(trx)
  return rows
}
