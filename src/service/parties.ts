import { sql } from 'kysely'
import type { Db, Trx } from '../platform/db/index.ts'

/** An organization that a user works for. */
export type Work = { organization_id: string; name: string; role: string }

/** Who a user name of a contract change is; operators only. */
export type Party = { user_id: string; name: string; confirmed: boolean; works: Work[] }

/** @returns undefined for a user name that nobody has. */
export async function findParty(db: Db | Trx, user_name: string): Promise<Party | undefined> {
  const { rows } = await sql<Party>`
    select u.id as user_id, u.name, u."emailVerified" as confirmed,
      coalesce((select jsonb_agg(jsonb_build_object('organization_id', o.id, 'name', o.name, 'role', m.role)
        order by o.name, o.id) from memberships m join organizations o on o.id = m.organization_id
        where m.user_id = u.id), '[]') as works
    from auth."user" u where u.email = ${user_name}`.execute(db)
  return rows[0]
}

/** What became of the licenses that a contract change names, for an operator and for the decision. */
export type Named = { id: string; serial: string; owner_id: string | null; problem: 'revoked' | 'superseded' | null }

/** Licenses by serial number, and all that one of the organizations owns under the customer numbers. */
export async function listNamed(
  db: Db | Trx,
  { serials, customer_numbers }: { serials: string[]; customer_numbers: string[] },
  owners: string[],
): Promise<Named[]> {
  const { rows } = await sql<Named>`
    select l.id, l.serial, l.owner_id,
      case when l.revoked_at is not null then 'revoked' when l.superseded_at is not null then 'superseded' end as problem
    from licenses l where l.serial = any(${serials}::text[])
    union
    select l.id, l.serial, l.owner_id, null
    from customers c join licenses l on l.customer_id = c.id
    where c.number = any(${customer_numbers}::text[]) and l.owner_id = any(${owners}::uuid[])
      and l.revoked_at is null and l.superseded_at is null
    order by 2`.execute(db)
  return rows
}
