import { type Actor, mustOperate } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Db } from '../platform/db/index.ts'
import { ok, type Result, refuse } from '../platform/errors.ts'
import { uuidv7 } from '../platform/ids.ts'
import { ensureVersion } from '../products/index.ts'
import type { NewRelease } from './schemas.ts'

/**
 * Begins the release of a product version, which is added to the product when it is new; nobody outside sees it yet.
 * The day of a version that is known stays as it is.
 * @throws AppError `forbidden` unless the actor is an operator for the catalog.
 */
export async function createRelease(
  db: Db,
  actor: Actor,
  input: NewRelease,
): Promise<Result<{ release_id: string }, 'unknown_product' | 'exists'>> {
  mustOperate(actor, 'catalog')
  return db.transaction().execute(async (trx) => {
    const product = await trx.selectFrom('products').select('id').where('code', '=', input.product).executeTakeFirst()
    if (!product) return refuse('unknown_product')
    const { version, released_on } = input
    const wanted = { product_id: product.id, version, released_on: released_on ?? actor.today }
    const { id: product_version_id } = await ensureVersion(trx, actor, wanted)
    const release_id = uuidv7()
    const added = await trx
      .insertInto('releases')
      .values({
        id: release_id,
        product_version_id,
        notes: input.notes,
        created_at: actor.now,
        created_by: actor.user_id,
      })
      .onConflict((conflict) => conflict.column('product_version_id').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!added) return refuse('exists')
    await record(trx, actor, 'release.created', {
      subject_id: release_id,
      details: { product: input.product, version },
    })
    return ok({ release_id })
  })
}
