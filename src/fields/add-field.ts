import { sql } from 'kysely'
import { type Actor, mustBe } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Db } from '../platform/db/index.ts'
import { ok, type Result, refuse } from '../platform/errors.ts'
import { uuidv7 } from '../platform/ids.ts'
import { lockFields, type NoRoom, whyNoRoom } from './lock-fields.ts'
import type { FieldType } from './rules.ts'
import { type Definition, flags } from './schemas.ts'

/**
 * Gives the actor's organization one field more, behind the others.
 * @returns its id, or `too_many` when there are 30, `name_taken` when another has the name.
 * @throws AppError `forbidden` unless the actor is a manager.
 */
export async function addField(
  db: Db,
  actor: Actor,
  input: Definition & { type: FieldType },
): Promise<Result<{ field_id: string }, NoRoom>> {
  mustBe(actor, 'manager')
  return db.transaction().execute(async (trx) => {
    await lockFields(trx, actor)
    const refusal = await whyNoRoom(trx, actor, input.name)
    if (refusal) return refuse(refusal)
    const field_id = uuidv7()
    const { organization_id } = actor
    const [required, in_catalog, searchable, shared] = flags.map((flag) => input.flags.includes(flag))
    await sql`
      insert into user_defined_fields (id, organization_id, name, type, choices, required, in_catalog, searchable,
        shared, created_at, position)
      select ${field_id}, ${organization_id}, ${input.name}, ${input.type}, ${input.choices}::text[], ${required},
        ${in_catalog}, ${searchable}, ${shared}, ${actor.now}, coalesce(max(position), 0) + 1
      from user_defined_fields where organization_id = ${organization_id}`.execute(trx)
    const { name, type, choices } = input
    const details = { name, type, choices, flags: input.flags }
    await record(trx, actor, 'field.added', { organization_id, subject_id: field_id, details })
    return ok({ field_id })
  })
}
