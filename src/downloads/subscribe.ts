import { type Actor, mustBe } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { wantEmail } from '../reminders/index.ts'

/**
 * Tells the actor of new releases of a product from now on, or no more. Whoever asks for it gets e-mail about
 * releases again, even after having chosen none.
 * @throws AppError `forbidden` unless the actor is a member.
 */
export async function subscribe(
  db: Db,
  actor: Actor,
  { product_id, wanted }: { product_id: string; wanted: boolean },
): Promise<void> {
  mustBe(actor, 'viewer')
  const { user_id, organization_id, now } = actor
  const row = { user_id, organization_id, product_id }
  await db.transaction().execute(async (trx) => {
    if (!wanted) {
      await trx
        .deleteFrom('release_subscriptions')
        .where('user_id', '=', user_id)
        .where('organization_id', '=', organization_id)
        .where('product_id', '=', product_id)
        .execute()
      return
    }
    const values = { ...row, created_at: now }
    await trx
      .insertInto('release_subscriptions')
      .values(values)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    await wantEmail(trx, user_id, 'releases')
  })
}
