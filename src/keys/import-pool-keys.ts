import { sql } from 'kysely'
import { type Actor, mustOperate } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { uuidv7 } from '../platform/ids.ts'

/**
 * Adds keys that the vendor's own generator made to a product's pool; those already there are left out.
 * @returns how many were added.
 * @throws AppError `forbidden`; `not_found` when there is no product of scheme `pool` with this code.
 */
export async function importPoolKeys(
  db: Db,
  actor: Actor,
  input: { product_code: string; keys: string[] },
): Promise<number> {
  mustOperate(actor, 'catalog')
  return db.transaction().execute(async (trx) => {
    const product = await trx
      .selectFrom('products')
      .select('id')
      .where('code', '=', input.product_code)
      .where('key_scheme', '=', 'pool')
      .executeTakeFirst()
    if (!product) throw new AppError('not_found', `no product of scheme pool has the code ${input.product_code}`)
    const { rows } = await sql`
      insert into pool_keys (id, product_id, key_text, imported_at)
      select id, ${product.id}, key_text, ${actor.now}
      from unnest(${input.keys.map(() => uuidv7())}::uuid[], ${input.keys}::text[]) as t (id, key_text)
      on conflict (product_id, key_text) do nothing
      returning id`.execute(trx)
    await record(trx, actor, 'pool.imported', { subject_id: product.id, details: { keys: rows.length } })
    return rows.length
  })
}
