import { sql } from 'kysely'
import type { Actor } from '../platform/actor.ts'
import type { Trx } from '../platform/db/index.ts'
import { uuidv7 } from '../platform/ids.ts'
import type { EnteredAddress } from './add-address.ts'

export type CustomerAddress = EnteredAddress & { customer_id: string }

/** Adds install-at addresses of customers; the same address of a customer is kept once. @returns ids in the given order. */
export async function saveCustomerAddresses(trx: Trx, actor: Actor, addresses: CustomerAddress[]): Promise<string[]> {
  if (addresses.length === 0) return []
  const given = JSON.stringify(addresses.map((address, n) => ({ ...address, id: uuidv7(), n })))
  const record = sql`as t (n integer, id uuid, customer_id uuid, company text, street text, street2 text, city text,
    region text, postal_code text, country text)`
  await sql`
    insert into addresses (id, customer_id, company, street, street2, city, region, postal_code, country, created_at)
    select id, customer_id, company, street, street2, city, region, postal_code, country, ${actor.now}
    from json_to_recordset(${given}::json) ${record}
    on conflict do nothing`.execute(trx)
  const { rows } = await sql<{ id: string }>`
    select a.id from json_to_recordset(${given}::json) ${record}
    join addresses a on a.customer_id = t.customer_id and a.company = t.company and a.street = t.street
      and coalesce(a.street2, '') = coalesce(t.street2, '') and a.city = t.city and coalesce(a.region, '') = coalesce(t.region, '')
      and coalesce(a.postal_code, '') = coalesce(t.postal_code, '') and a.country = t.country
    order by t.n`.execute(trx)
  return rows.map(({ id }) => id)
}
