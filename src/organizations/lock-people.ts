import { sql } from 'kysely'
import { type Member, mustBe, type Role } from '../platform/actor.ts'
import type { Trx } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'

/**
 * Lets one change at a time decide who works for an organization, until the transaction ends. The actor's role is
 * read again behind the lock: the change before this one may have taken it away.
 * @throws AppError `forbidden` when it did.
 */
export async function lockPeople(trx: Trx, actor: Member, least: Role = 'administrator'): Promise<void> {
  await sql`select from organizations where id = ${actor.organization_id} for no key update`.execute(trx)
  const own = await findRole(trx, actor.organization_id, actor.user_id)
  mustBe({ ...actor, role: own ?? null }, least)
}

/** @returns undefined for somebody who does not work for the organization. */
export async function findRole(trx: Trx, organization_id: string, user_id: string): Promise<Role | undefined> {
  const row = await trx
    .selectFrom('memberships')
    .select('role')
    .where('organization_id', '=', organization_id)
    .where('user_id', '=', user_id)
    .executeTakeFirst()
  return row?.role as Role | undefined
}

/** @throws AppError `not_found` for somebody who does not work for the organization. */
export async function getRole(trx: Trx, organization_id: string, user_id: string): Promise<Role> {
  const role = await findRole(trx, organization_id, user_id)
  if (!role) throw new AppError('not_found')
  return role
}

/** How many administrators an organization has. */
export async function countAdministrators(trx: Trx, organization_id: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from memberships
    where organization_id = ${organization_id} and role = 'administrator'`.execute(trx)
  return rows[0]!.count
}
