import { sql } from 'kysely'
import { type Actor, type Member, mustBe, systemActor } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { AppError, ok, type Result, refuse } from '../platform/errors.ts'
import { lockFields, type NoRoom, whyNoRoom } from './lock-fields.ts'
import { oldestKept } from './queries.ts'
import { fieldIdSchema } from './schemas.ts'

/**
 * Takes a field off all licenses. Its values are kept for 30 days, to be brought back with it. Deleting twice is
 * deleting once.
 * @throws AppError `forbidden` unless the actor is a manager; `not_found` for another organization's field.
 */
export async function deleteField(db: Db, actor: Actor, field_id: string): Promise<void> {
  mustBe(actor, 'manager')
  await db.transaction().execute(async (trx) => {
    await lockFields(trx, actor)
    const field = await kept(trx, actor, field_id)
    if (field.deleted_at) return
    await mark(trx, actor, field, actor.now)
  })
}

/**
 * Brings a deleted field back, with its values, where it stood.
 * @returns `too_many` when 30 others are there, `name_taken` when another got its name meanwhile.
 * @throws AppError `forbidden` unless the actor is a manager; `not_found` for another organization's, or a purged one.
 */
export async function restoreField(db: Db, actor: Actor, field_id: string): Promise<Result<{ name: string }, NoRoom>> {
  mustBe(actor, 'manager')
  return db.transaction().execute(async (trx) => {
    await lockFields(trx, actor)
    const field = await kept(trx, actor, field_id)
    const { name } = field
    if (!field.deleted_at) return ok({ name })
    const refusal = await whyNoRoom(trx, actor, name)
    if (refusal) return refuse(refusal)
    await mark(trx, actor, field, null)
    return ok({ name })
  })
}

type Kept = { id: string; name: string; deleted_at: Date | null }

async function kept(trx: Trx, { organization_id, now }: Member, field_id: string): Promise<Kept> {
  if (!fieldIdSchema.safeParse(field_id).success) throw new AppError('not_found')
  const field = await trx
    .selectFrom('user_defined_fields')
    .select(['id', 'name', 'deleted_at'])
    .where('id', '=', field_id)
    .where('organization_id', '=', organization_id)
    .where((e) => e.or([e('deleted_at', 'is', null), e('deleted_at', '>=', oldestKept(now))]))
    .executeTakeFirst()
  if (!field) throw new AppError('not_found')
  return field
}

async function mark(trx: Trx, actor: Member, { id, name }: Kept, deleted_at: Date | null): Promise<void> {
  await sql`update user_defined_fields set deleted_at = ${deleted_at}::timestamptz, revision = revision + 1
    where id = ${id}`.execute(trx)
  const { organization_id } = actor
  const action = deleted_at ? 'field.deleted' : 'field.restored'
  await record(trx, actor, action, { organization_id, subject_id: id, details: { name } })
}

const valuesAtOnce = 10_000

/**
 * Removes what was deleted more than 30 days ago, for good: values first, in pieces, so that no statement is long.
 * Harmless when it runs twice.
 */
export async function purgeDeletedFields(db: Db, now: Date): Promise<void> {
  const fields = await db
    .selectFrom('user_defined_fields')
    .select(['id', 'name', 'organization_id'])
    .where('deleted_at', '<', oldestKept(now))
    .execute()
  for (const { id, name, organization_id } of fields) {
    while ((await removeSomeValues(db, id)) > 0);
    await db.transaction().execute(async (trx) => {
      const gone = await trx.deleteFrom('user_defined_fields').where('id', '=', id).returning('id').execute()
      if (gone.length === 0) return
      const subject = { organization_id, subject_id: id, details: { name } }
      await record(trx, systemActor('fields', now), 'field.purged', subject)
    })
  }
}

async function removeSomeValues(db: Db, field_id: string): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from license_field_values where (license_id, field_id) in (
      select license_id, field_id from license_field_values where field_id = ${field_id} limit ${valuesAtOnce})`.execute(
    db,
  )
  return Number(numAffectedRows ?? 0)
}
