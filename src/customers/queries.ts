import { sql } from 'kysely'
import type { Member } from '../platform/actor.ts'
import type { Db, Trx } from '../platform/db/index.ts'

type Scope = Pick<Member, 'organization_id'>

/** A customer number of the organization; any other is undefined, whether it exists or not. */
export async function findAssociated(
  db: Db | Trx,
  { organization_id }: Scope,
  number: string,
): Promise<{ customer_id: string; number: string; name: string } | undefined> {
  return db
    .selectFrom('customers as c')
    .innerJoin('customer_associations as a', 'a.customer_id', 'c.id')
    .select(['c.id as customer_id', 'c.number', 'c.name'])
    .where('c.number', '=', number.replaceAll('\0', ''))
    .where('a.organization_id', '=', organization_id)
    .executeTakeFirst()
}

export type AssociatedNumber = {
  number: string
  name: string
  country: string
  proven_by: 'order' | 'serial' | 'operator'
  proof: string
  since: Date
  /** A member; null for the vendor, and for those whose account is closed. */
  by: string | null
  /** Counted up to `mostCounted`, beyond that one more. */
  owned: number
  unregistered: number
}

/** Where counting stops: the page says "more than". */
export const mostCounted = 10_000
const pageLength = 50

/** A page of the organization's customer numbers, with how each was proven and what there is under it. */
export async function listNumbers(
  db: Db,
  { organization_id }: Scope,
  after = '',
): Promise<{ numbers: AssociatedNumber[]; after: string | undefined }> {
  const upTo = mostCounted + 1
  const { rows } = await sql<AssociatedNumber>`
    with page as materialized (
      select c.id, c.number, c.name, c.country, a.proven_by, a.proof, a.created_at, a.created_by
      from customer_associations a join customers c on c.id = a.customer_id
      where a.organization_id = ${organization_id} and c.number > ${after}
      order by c.number limit ${pageLength + 1}
    )
    select p.number, p.name, p.country, p.proven_by, p.proof, p.created_at as since,
      case when p.proven_by <> 'operator' then u.name end as by,
      (select count(*)::int from (select from licenses l
        where l.owner_id = ${organization_id} and l.customer_id = p.id limit ${upTo}) o) as owned,
      (select count(*)::int from (select from licenses l
        where l.customer_id = p.id and l.registered_at is null limit ${upTo}) n) as unregistered
    from page p left join auth."user" u on u.id = p.created_by
    order by p.number`.execute(db)
  const numbers = rows.slice(0, pageLength)
  return { numbers, after: rows.length > pageLength ? numbers.at(-1)!.number : undefined }
}

export type CustomerFacts = {
  customer_id: string
  name: string
  country: string
  orders: number
  unregistered: number
  /** Organizations that have the number already. */
  organizations: string[]
  /** Whom the vendor knows from orders. */
  order_contacts: string[]
}

/** What helps an operator to decide whether an organization is a customer; undefined for a number of none. */
export async function findCustomerFacts(db: Db, number: string): Promise<CustomerFacts | undefined> {
  const upTo = mostCounted + 1
  const { rows } = await sql<CustomerFacts>`
    select c.id as customer_id, c.name, c.country,
      (select count(*)::int from (select from orders o where o.customer_id = c.id limit ${upTo}) n) as orders,
      (select count(*)::int from (select from licenses l
        where l.customer_id = c.id and l.registered_at is null limit ${upTo}) n) as unregistered,
      array(select o.name from customer_associations a join organizations o on o.id = a.organization_id
        where a.customer_id = c.id order by a.created_at, o.id limit 5) as organizations,
      array(select distinct lower(o.contact_email) from orders o
        where o.customer_id = c.id and o.contact_email is not null order by 1 limit 5) as order_contacts
    from customers c where c.number = ${number}`.execute(db)
  return rows[0]
}
