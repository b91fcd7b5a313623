import { sql } from 'kysely'
import { type Actor, isOperator, type Operator } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { AppError, ok, type Result, refuse } from '../platform/errors.ts'
import type { Locale } from '../platform/i18n.ts'
import { decidingRoles } from './rules.ts'

export type Prepared = {
  id: string
  /** Of the answer as the page showed it; 0 for a new one. */
  revision: number
  name: string
  texts: Partial<Record<Locale, string>>
}

/**
 * Keeps a canned answer, a new one or one that the operator changed.
 * @returns refusal `name` when another one has it, `changed` when a colleague was faster.
 * @throws AppError `forbidden` unless the actor is an operator who decides.
 */
export async function saveCannedAnswer(
  db: Db,
  actor: Actor,
  input: Prepared,
): Promise<Result<object, 'name' | 'changed'>> {
  if (!isOperator(actor, decidingRoles)) throw new AppError('forbidden')
  return db.transaction().execute(async (trx) => {
    await lockAnswers(trx)
    const { id, revision, name } = input
    const before = await findAnswer(trx, id)
    if ((before?.revision ?? 0) !== revision) return refuse('changed')
    const taken = await trx
      .selectFrom('canned_answers')
      .select('id')
      .where(sql<string>`lower(name)`, '=', name.toLowerCase())
      .where('id', '<>', id)
      .executeTakeFirst()
    if (taken) return refuse('name')
    await store(trx, actor, input)
    await record(trx, actor, 'canned_answer.saved', { subject_id: id, details: { name } })
    return ok({})
  })
}

/**
 * Removes a canned answer; what was sent with it stays.
 * @returns refusal `changed` when a colleague changed or removed it meanwhile.
 * @throws AppError `forbidden` unless the actor is an operator who decides.
 */
export async function deleteCannedAnswer(
  db: Db,
  actor: Actor,
  { id, revision }: { id: string; revision: number },
): Promise<Result<object, 'changed'>> {
  if (!isOperator(actor, decidingRoles)) throw new AppError('forbidden')
  return db.transaction().execute(async (trx) => {
    await lockAnswers(trx)
    const before = await findAnswer(trx, id)
    if (before?.revision !== revision) return refuse('changed')
    await trx.deleteFrom('canned_answers').where('id', '=', id).execute()
    await record(trx, actor, 'canned_answer.deleted', { subject_id: id, details: { name: before.name } })
    return ok({})
  })
}

/** One change at a time: they are few, and a name that two choose at once is found by the second. */
async function lockAnswers(trx: Trx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('canned_answers'))`.execute(trx)
}

function findAnswer(trx: Trx, id: string) {
  return trx.selectFrom('canned_answers').select(['name', 'revision']).where('id', '=', id).executeTakeFirst()
}

async function store(trx: Trx, actor: Operator, { id, revision, name, texts }: Prepared): Promise<void> {
  const changed = { changed_at: actor.now, changed_by: actor.user_id, revision: revision + 1 }
  const values = { name, texts: JSON.stringify(texts), ...changed }
  await trx
    .insertInto('canned_answers')
    .values({ id, ...values })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
    .execute()
}
