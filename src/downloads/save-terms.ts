import { sql } from 'kysely'
import { type Actor, mustOperate } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Db } from '../platform/db/index.ts'
import { ok, type Result, refuse } from '../platform/errors.ts'
import type { Locale } from '../platform/i18n.ts'
import { uuidv7 } from '../platform/ids.ts'

/** English is always there; a language that is missing reads it. */
type Texts = { en: string } & Partial<Record<Locale, string>>
export type NewTerms = {
  /** Code of the product they are for; null for all that have none of their own. */
  product: string | null
  eula: Texts
  export_statement: Texts
}

/**
 * Publishes a version of the license agreement and the export statement. Releases that are published from now on ask
 * for it; those that were published before keep theirs.
 * @throws AppError `forbidden` unless the actor is an operator for the catalog.
 */
export async function saveTerms(
  db: Db,
  actor: Actor,
  { product, eula, export_statement }: NewTerms,
): Promise<Result<{ terms_id: string; number: number }, 'unknown_product'>> {
  mustOperate(actor, 'catalog')
  return db.transaction().execute(async (trx) => {
    await sql`lock table software_terms in share row exclusive mode`.execute(trx)
    const query = trx.selectFrom('products').select('id')
    const found = product === null ? null : await query.where('code', '=', product).executeTakeFirst()
    if (found === undefined) return refuse('unknown_product')
    const terms_id = uuidv7()
    const { rows } = await sql<{ number: number }>`
      insert into software_terms (id, product_id, number, eula, export_statement, created_at, created_by)
      select ${terms_id}, ${found?.id ?? null}::uuid, coalesce(max(number), 0) + 1, ${JSON.stringify(eula)}::jsonb,
        ${JSON.stringify(export_statement)}::jsonb, ${actor.now}::timestamptz, ${actor.user_id}::uuid
      from software_terms where product_id is not distinct from ${found?.id ?? null}::uuid
      returning number`.execute(trx)
    const { number } = rows[0]!
    await record(trx, actor, 'software_terms.published', { subject_id: terms_id, details: { product, number } })
    return ok({ terms_id, number })
  })
}
