import { type Actor, mustBe } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { findAssociated } from './queries.ts'

/**
 * Takes a customer number away from the actor's organization: its addresses and unregistered purchases are no longer
 * shown; licenses that the organization owns stay its own.
 * @throws AppError `forbidden` unless the actor is a manager; `not_found` for a number that the organization has not.
 */
export async function removeNumber(db: Db, actor: Actor, number: string): Promise<void> {
  mustBe(actor, 'manager')
  const { organization_id } = actor
  await db.transaction().execute(async (trx) => {
    const associated = await findAssociated(trx, actor, number)
    if (!associated) throw new AppError('not_found')
    const { customer_id } = associated
    const removed = await trx
      .deleteFrom('customer_associations')
      .where('organization_id', '=', organization_id)
      .where('customer_id', '=', customer_id)
      .returning(['proven_by', 'proof'])
      .executeTakeFirst()
    if (!removed) throw new AppError('not_found')
    await record(trx, actor, 'customer.removed', { organization_id, customer_id, details: removed })
  })
}
