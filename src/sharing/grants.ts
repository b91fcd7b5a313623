import { sql } from 'kysely'
import type { Level } from '../licenses/index.ts'
import type { Day, Member } from '../platform/actor.ts'
import type { Trx } from '../platform/db/index.ts'
import { uuidv7 } from '../platform/ids.ts'
import { endOfDay, type ShareScope } from './rules.ts'

export type NewGrant = {
  kind: 'share' | 'delegation'
  owner_id: string
  /** The user name that was typed, in lower case; who has no confirmed account is bound to it by a trigger later. */
  email: string
  grantee_id: string | null
  scope: ShareScope
  level: Level
  ends_on: Day | null
  customer_ids?: readonly string[]
  new_numbers?: boolean
  license_ids?: readonly string[]
  tag?: string
  search?: { name: string; query: string }
}

/** Stores what an organization grants to another one, in the caller's transaction. @returns the grant's id. */
export async function storeGrant(trx: Trx, actor: Member, grant: NewGrant): Promise<string> {
  const id = uuidv7()
  const { kind, owner_id, grantee_id, scope, level, ends_on } = grant
  await trx
    .insertInto('license_grants')
    .values({
      ...{ id, kind, owner_id, grantee_id, scope, level, ends_on },
      grantee_email: grant.email,
      tag: grant.tag ?? null,
      search_name: grant.search?.name ?? null,
      search_query: grant.search?.query ?? null,
      new_numbers: grant.new_numbers ?? false,
      ends_at: ends_on && endOfDay(ends_on, actor.time_zone),
      created_at: actor.now,
      created_by: actor.user_id,
    })
    .execute()
  await sql`insert into license_grant_customers (grant_id, customer_id)
    select ${id}::uuid, unnest(${[...(grant.customer_ids ?? [])]}::uuid[])`.execute(trx)
  await sql`insert into license_grant_licenses (grant_id, license_id)
    select ${id}::uuid, unnest(${[...(grant.license_ids ?? [])]}::uuid[])`.execute(trx)
  return id
}

/**
 * The organization that a user name works for first, and whether it is a colleague's.
 * @returns undefined where nobody has confirmed the address, or works for nobody: which nobody is told.
 */
export async function findGrantee(
  trx: Trx,
  { organization_id }: Pick<Member, 'organization_id'>,
  email: string,
): Promise<{ organization_id: string; is_colleague: boolean } | undefined> {
  const { rows } = await sql<{ organization_id: string; is_colleague: boolean }>`
    select m.organization_id, bool_or(m.organization_id = ${organization_id}) over () as is_colleague
    from auth."user" u join memberships m on m.user_id = u.id
    where u.email = ${email} and u."emailVerified"
    order by m.created_at, m.organization_id limit 1`.execute(trx)
  return rows[0]
}
