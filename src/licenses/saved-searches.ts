/** Saved searches: addresses of the catalog that one user, or all colleagues, come back to. */
import { sql } from 'kysely'
import { z } from 'zod'
import { type Actor, isAtLeast, type Member, mustBe } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { AppError, ok, type Result, refuse } from '../platform/errors.ts'
import { uuidv7 } from '../platform/ids.ts'
import { catalogQuerySchema, questionOf, sortOf } from './schemas.ts'

/** Searches that one user may keep. */
export const mostSearches = 50

const name = z
  .string()
  .transform((text) => text.replace(/[\p{Cc}\s]+/gu, ' ').trim())
  .pipe(z.string().min(1).max(80))

export const newSearchSchema = z.object({
  name,
  query: z
    .string()
    .max(20_000)
    .default('')
    .transform(readAddress)
    .refine((query) => query.length <= 4000, { error: 'catalog.searches.too_long' }),
  for_all: z.literal('on').optional(),
})
export type NewSearch = z.output<typeof newSearchSchema>

export const changedSearchSchema = newSearchSchema.omit({ query: true })

export type SavedSearch = {
  id: string
  name: string
  query: string
  for_all: boolean
  /** Somebody else's, who shares it. */
  by: string | null
  may_change: boolean
}

/** The part of a catalog address after `?` that a search keeps: its question and order, not its place. */
function readAddress(address: string): string {
  const given = Object.fromEntries(new URLSearchParams(address.replaceAll('\0', '')))
  const query = catalogQuerySchema.parse(given)
  const pairs = Object.entries({ ...questionOf(query), ...sortOf(query) }).filter(([, value]) => value)
  return new URLSearchParams(pairs as [string, string][]).toString()
}

/**
 * Saves a search for the actor, or for all colleagues.
 * @throws AppError `forbidden` for all colleagues unless the actor is a manager.
 */
export async function saveSearch(
  db: Db,
  actor: Actor,
  input: NewSearch,
): Promise<Result<{ id: string }, 'name_taken' | 'too_many'>> {
  mustBe(actor, input.for_all ? 'manager' : 'viewer')
  return db.transaction().execute(async (trx) => {
    await lockSearchesOf(trx, actor)
    const { organization_id, user_id, now } = actor
    const own = trx.selectFrom('saved_searches').where('organization_id', '=', organization_id)
    const { count } = await own
      .where('user_id', '=', user_id)
      .select((e) => e.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    if (count >= mostSearches) return refuse('too_many')
    const for_all = input.for_all !== undefined
    const row = { id: uuidv7(), organization_id, user_id, name: input.name, query: input.query, for_all }
    const { numInsertedOrUpdatedRows: inserted } = await trx
      .insertInto('saved_searches')
      .values({ ...row, created_at: now })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow()
    if (!inserted) return refuse('name_taken')
    if (for_all) await note(trx, actor, 'licenses.search_shared', row)
    return ok({ id: row.id })
  })
}

/**
 * Renames a search, and shares it or stops sharing it.
 * @throws AppError `not_found` unless it is the actor's own, or shared and the actor is a manager.
 */
export async function changeSearch(
  db: Db,
  actor: Actor,
  input: { id: string; name: string; for_all?: 'on' | undefined },
): Promise<Result<object, 'name_taken'>> {
  mustBe(actor, input.for_all ? 'manager' : 'viewer')
  return db.transaction().execute(async (trx) => {
    const search = await lockSearch(trx, actor, input.id)
    const taken = await trx
      .selectFrom('saved_searches')
      .select('id')
      .where('organization_id', '=', actor.organization_id)
      .where('user_id', '=', search.user_id)
      .where(sql`lower(name)`, '=', sql`lower(${input.name})`)
      .where('id', '<>', search.id)
      .executeTakeFirst()
    if (taken) return refuse('name_taken')
    const for_all = input.for_all !== undefined
    await trx.updateTable('saved_searches').set({ name: input.name, for_all }).where('id', '=', search.id).execute()
    if (for_all !== search.for_all) {
      await note(trx, actor, for_all ? 'licenses.search_shared' : 'licenses.search_unshared', { ...search, ...input })
    }
    return ok({})
  })
}

/** Removes a search. @throws AppError as `changeSearch`. */
export async function removeSearch(db: Db, actor: Actor, { id }: { id: string }): Promise<void> {
  mustBe(actor, 'viewer')
  await db.transaction().execute(async (trx) => {
    const search = await lockSearch(trx, actor, id)
    await trx.deleteFrom('saved_searches').where('id', '=', search.id).execute()
    if (search.for_all) await note(trx, actor, 'licenses.search_unshared', search)
  })
}

/** The actor's own searches and those shared with all colleagues, by name. */
export async function listSearches(db: Db, actor: Member): Promise<SavedSearch[]> {
  if (actor.via) return []
  const rows = await db
    .selectFrom('saved_searches as s')
    .innerJoin('auth.user as u', 'u.id', 's.user_id')
    .select(['s.id', 's.name', 's.query', 's.for_all', 's.user_id', 'u.name as by'])
    .where('s.organization_id', '=', actor.organization_id)
    .where((e) => e.or([e('s.user_id', '=', actor.user_id), e('s.for_all', '=', true)]))
    .orderBy(sql`lower(s.name)`)
    .orderBy('s.id')
    .execute()
  return rows.map(({ user_id, by, ...search }) => {
    const own = user_id === actor.user_id
    return { ...search, by: own ? null : by, may_change: own || isAtLeast(actor, 'manager') }
  })
}

/** The second of two who save at once waits here, and then counts what the first one saved. */
async function lockSearchesOf(trx: Trx, { organization_id, user_id }: Member): Promise<void> {
  await sql`select from memberships where organization_id = ${organization_id} and user_id = ${user_id}
    for no key update`.execute(trx)
}

async function lockSearch(trx: Trx, actor: Member, id: string) {
  if (!z.guid().safeParse(id).success) throw new AppError('not_found')
  const search = await trx
    .selectFrom('saved_searches')
    .selectAll()
    .where('id', '=', id)
    .where('organization_id', '=', actor.organization_id)
    .forNoKeyUpdate()
    .executeTakeFirst()
  const own = search?.user_id === actor.user_id
  if (!search || !(own || (search.for_all && isAtLeast(actor, 'manager')))) throw new AppError('not_found')
  return search
}

/** What concerns colleagues leaves a line in the history of the organization. */
function note(trx: Trx, actor: Member, action: string, { id, name }: { id: string; name: string }): Promise<void> {
  return record(trx, actor, action, {
    organization_id: actor.organization_id,
    subject_id: id,
    details: { name },
  })
}
