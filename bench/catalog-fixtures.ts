import { sql } from 'kysely'
import { dayOf, type Member } from '../src/platform/actor.ts'
import type { Db } from '../src/platform/db/index.ts'
import { aMember } from '../test/licenses.ts'
import { catalogFields, fillCatalog } from '../test/many-licenses.ts'
import { anAccount } from '../test/portal.ts'
import { aGrant } from '../test/sharing.ts'

type Size = { licenses: number; share: number; shares: number }

/**
 * The owner of an account of many licenses, who reads them (the owner, or who sees them through shares), and the user
 * name of somebody who works for that reader; the database is filled unless it was before.
 * @returns with them how many seconds filling took.
 */
export async function accountsIn(db: Db, { licenses, share, shares }: Size) {
  const began = performance.now()
  const known = await organizationOf(
    db,
    sql`select organization_id from user_defined_fields where id = ${catalogFields.asset}`,
  )
  const owner = known ?? (await aReader(db))
  const customers = licenses > 100_000 ? 1000 : 50
  if (!known) await fillCatalog(db, owner, { licenses, share, customers: Math.max(customers, shares) })
  const filled = known ? 0 : Math.round((performance.now() - began) / 1000)
  const reader = shares > 0 ? await readerOfShares(db, owner, shares) : owner
  return { owner, reader, email: await someoneIn(db, reader), fields: catalogFields, filled }
}

async function organizationOf(db: Db, query: ReturnType<typeof sql>): Promise<Member | undefined> {
  const { rows } = await sql<{ organization_id: string }>`${query} limit 1`.execute(db)
  return rows[0] && (await aReader(db, rows[0].organization_id))
}

async function aReader(db: Db, organization_id?: string): Promise<Member> {
  const now = new Date()
  const member = await aMember(db, 'manager', organization_id ? ({ organization_id } as Member) : undefined)
  return { ...member, now, today: dayOf(now, 'UTC') }
}

/** All customer numbers of the account, in as many shares. */
async function readerOfShares(db: Db, owner: Member, shares: number): Promise<Member> {
  const known = await organizationOf(
    db,
    sql`
    select grantee_id as organization_id from license_grants where owner_id = ${owner.organization_id}
    group by grantee_id having count(*) = ${shares}::int`,
  )
  if (known) return known
  const reader = await aReader(db)
  const { rows } = await sql<{ ids: string[] }>`
    select array_agg(id order by number) as ids from (
      select id, number, ntile(${shares}::int) over (order by number) as part from customers) c
    group by part order by part`.execute(db)
  for (const { ids } of rows) await aGrant(db, owner, reader, { level: 'full', customer_ids: ids })
  await sql`analyze license_grants, license_grant_customers`.execute(db)
  return reader
}

/** Somebody with a password, moved into the reader's organization. */
async function someoneIn(db: Db, { organization_id }: Member): Promise<string> {
  const email = `reader-${Date.now()}@bench.example`
  const { user_id } = await anAccount({ db }, email)
  await db.updateTable('memberships').set({ organization_id, role: 'manager' }).where('user_id', '=', user_id).execute()
  return email
}
