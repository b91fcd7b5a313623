import { sql } from 'kysely'
import type { Member } from '../platform/actor.ts'
import type { Trx } from '../platform/db/index.ts'
import { mostFields } from './schemas.ts'

/** Lets one member at a time change the fields of an organization: their number, names and order hold for all of them. */
export async function lockFields(trx: Trx, { organization_id }: Pick<Member, 'organization_id'>): Promise<void> {
  await sql`select from organizations where id = ${organization_id} for no key update`.execute(trx)
}

export type NoRoom = 'too_many' | 'name_taken'

/** Why an organization cannot have a field more of this name. The caller holds the lock. */
export async function whyNoRoom(trx: Trx, actor: Member, name: string): Promise<NoRoom | undefined> {
  const { rows } = await sql<{ fields: number }>`
    select count(*) as fields from user_defined_fields
    where organization_id = ${actor.organization_id} and deleted_at is null`.execute(trx)
  if (rows[0]!.fields >= mostFields) return 'too_many'
  return (await isNameTaken(trx, actor, name)) ? 'name_taken' : undefined
}

/** Whether another live field has this name, in capitals or not. */
export async function isNameTaken(trx: Trx, actor: Member, name: string, except_id?: string): Promise<boolean> {
  const { rows } = await sql`
    select from user_defined_fields
    where organization_id = ${actor.organization_id} and deleted_at is null and lower(name) = lower(${name})
      and id is distinct from ${except_id ?? null}::uuid`.execute(trx)
  return rows.length > 0
}
