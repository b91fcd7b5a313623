import { sql } from 'kysely'
import type { Actor } from '../platform/actor.ts'
import type { Trx } from '../platform/db/index.ts'
import { uuidv7 } from '../platform/ids.ts'

export type CustomerFacts = { number: string; name: string; country: string; locale: string | null }

/** Adds customers and brings the known ones up to date; a language not told stays. @returns ids by customer number. */
export async function saveCustomers(trx: Trx, actor: Actor, customers: CustomerFacts[]): Promise<Map<string, string>> {
  const given = JSON.stringify(customers.map((customer) => ({ ...customer, id: uuidv7() })))
  await sql`
    insert into customers (id, number, name, country, locale, created_at)
    select t.id, t.number, t.name, t.country, coalesce(t.locale, c.locale, 'en'), ${actor.now}
    from json_to_recordset(${given}::json) as t (id uuid, number text, name text, country text, locale text)
    left join customers c on c.number = t.number
    where c.id is null or (c.name, c.country, c.locale) is distinct from (t.name, t.country, coalesce(t.locale, c.locale))
    on conflict (number) do update
      set name = excluded.name, country = excluded.country, locale = excluded.locale`.execute(trx)
  const { rows } = await sql<{ id: string; number: string }>`
    select id, number from customers where number = any(${customers.map(({ number }) => number)}::text[])`.execute(trx)
  return new Map(rows.map(({ id, number }) => [number, id]))
}
