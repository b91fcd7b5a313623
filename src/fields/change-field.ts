import { sql } from 'kysely'
import { type Actor, type Member, mustBe } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { ok, type Result, refuse } from '../platform/errors.ts'
import { isNameTaken, lockFields } from './lock-fields.ts'
import { type FieldDefinition, getField } from './queries.ts'
import { type Definition, flags } from './schemas.ts'

export type ChangeRefusal = 'changed' | 'name_taken'

/**
 * Changes a field's name, choices and flags. Its values stay; those that are no choice any more, too.
 * @returns `changed` when the field is not what the actor's form was made from.
 * @throws AppError `forbidden` unless the actor is a manager, `not_found` as `getField`.
 */
export async function changeField(
  db: Db,
  actor: Actor,
  input: Definition & { field_id: string; revision: number },
): Promise<Result<object, ChangeRefusal>> {
  mustBe(actor, 'manager')
  return db.transaction().execute(async (trx) => {
    await lockFields(trx, actor)
    const field = await getField(trx, actor, input.field_id)
    if (field.revision !== input.revision) return refuse('changed')
    if (await isNameTaken(trx, actor, input.name, field.id)) return refuse('name_taken')
    if (JSON.stringify(definitionIn(field)) !== JSON.stringify(definitionIn(input)))
      await save(trx, actor, field, input)
    return ok({})
  })
}

/** What people decide about a field. */
export function definitionIn({ name, choices, flags }: Definition): Definition {
  return { name, choices, flags }
}

async function save(trx: Trx, actor: Member, field: FieldDefinition, input: Definition): Promise<void> {
  const [required, in_catalog, searchable, shared] = flags.map((flag) => input.flags.includes(flag))
  await trx
    .updateTable('user_defined_fields')
    .set({ name: input.name, choices: input.choices, required, in_catalog, searchable, shared })
    .set({ revision: field.revision + 1 })
    .where('id', '=', field.id)
    .execute()
  const { organization_id } = actor
  const details = { before: definitionIn(field), after: definitionIn(input) }
  await record(trx, actor, 'field.changed', { organization_id, subject_id: field.id, details })
}

/**
 * Moves a field by one place in the order of its organization's fields; the first and the last stay.
 * @throws AppError `forbidden` unless the actor is a manager, `not_found` as `getField`.
 */
export async function moveField(
  db: Db,
  actor: Actor,
  { field_id, direction }: { field_id: string; direction: 'up' | 'down' },
): Promise<void> {
  mustBe(actor, 'manager')
  await db.transaction().execute(async (trx) => {
    await lockFields(trx, actor)
    const { name } = await getField(trx, actor, field_id)
    const { organization_id } = actor
    const [nearest, beyond] = direction === 'up' ? [sql`desc`, sql`<`] : [sql`asc`, sql`>`]
    const { rows } = await sql`
      with moved as (select id, position from user_defined_fields where id = ${field_id}),
      neighbour as (
        select f.id, f.position from user_defined_fields f, moved
        where f.organization_id = ${organization_id} and f.deleted_at is null and f.position ${beyond} moved.position
        order by f.position ${nearest} limit 1)
      update user_defined_fields f set position = case f.id when moved.id then neighbour.position else moved.position end
      from moved, neighbour where f.id in (moved.id, neighbour.id) returning f.id`.execute(trx)
    if (rows.length === 0) return
    await record(trx, actor, 'field.moved', { organization_id, subject_id: field_id, details: { name, direction } })
  })
}
