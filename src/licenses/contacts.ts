import { sql } from 'kysely'
import { z } from 'zod'
import type { Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { licenseArms } from './visible-licenses.ts'

/** Technical contacts of one license at most. */
export const mostContacts = 10

const line = (longest: number) => z.string().trim().min(1).max(longest)

/** A technical contact, as entered and as column `licenses.contacts` holds it. */
export const contactSchema = z.object({
  name: line(200),
  email: z.string().trim().toLowerCase().max(254).pipe(z.email()),
  phone: z
    .string()
    .trim()
    .max(40)
    .nullish()
    .transform((text) => text || null),
})
export type Contact = z.output<typeof contactSchema>

/** Licenses looked at for contacts used before, the newest first. */
const lookedAt = 500
const mostKnown = 24

/**
 * Colleagues, and contacts of the organization's newest licenses: whoever is likely to be named again. To who acts for
 * the organization only contacts of licenses that are delegated.
 */
export async function listKnownContacts(db: Db, actor: Member): Promise<Contact[]> {
  const { organization_id, via } = actor
  const recent = via
    ? sql`select contacts from ${licenseArms(actor).delegated} l limit ${lookedAt}::int`
    : sql`select contacts from licenses where owner_id = ${organization_id} order by id desc limit ${lookedAt}::int`
  const { rows } = await sql<Contact>`
    with recent as (${recent}),
    known as (
      select u.name, lower(u.email) as email, u.phone, 1 as rank
      from memberships m join auth."user" u on u.id = m.user_id
      where m.organization_id = ${organization_id} and ${via === undefined}
      union all
      select c ->> 'name', lower(c ->> 'email'), c ->> 'phone', 2
      from recent cross join lateral jsonb_array_elements(contacts) c
    ),
    each as (
      select distinct on (email) name, email, phone, rank, count(*) over (partition by email) as used
      from known where email is not null and name is not null order by email, rank
    )
    select name, email, phone from each order by rank, used desc, lower(name), email limit ${mostKnown}::int`.execute(
    db,
  )
  return rows
}
