import { sql } from 'kysely'
import { type Actor, mustBe } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { ok, type Result, refuse } from '../platform/errors.ts'
import { countGuess } from './limits.ts'
import { findAssociated } from './queries.ts'
import type { AssociateNumber } from './schemas.ts'

/**
 * Associates a customer number with the actor's organization, proven by an order or serial number of that customer.
 * @returns refusal `already` for a number that the organization has, `unknown` for one that does not exist exactly as
 * for one that was not proven.
 * @throws AppError `forbidden` unless the actor is a manager, `too_many_requests` after too many guesses.
 */
export async function associateNumber(
  db: Db,
  actor: Actor,
  { number, proof }: AssociateNumber,
): Promise<Result<object, 'already' | 'unknown'>> {
  mustBe(actor, 'manager')
  if (await findAssociated(db, actor, number)) return refuse('already')
  await countGuess(db, actor)
  return db.transaction().execute(async (trx) => {
    const proven = await prove(trx, number, proof)
    if (!proven) return refuse('unknown')
    const association = { organization_id: actor.organization_id, ...proven, proof }
    return (await storeAssociation(trx, actor, association)) ? ok({}) : refuse('already')
  })
}

type Proven = { customer_id: string; proven_by: 'order' | 'serial' }

async function prove(trx: Trx, number: string, proof: string): Promise<Proven | undefined> {
  const { rows } = await sql<Proven>`
    select c.id as customer_id, p.proven_by from customers c
    join lateral (
      select 'order' as proven_by from orders o
      where o.number = ${proof} and o.customer_id = c.id and o.cancelled_at is null
      union all
      select 'serial' from licenses l where l.serial = ${proof} and l.customer_id = c.id
      limit 1
    ) p on true
    where c.number = ${number}`.execute(trx)
  return rows[0]
}

export type NewAssociation = {
  organization_id: string
  customer_id: string
  proven_by: 'order' | 'serial' | 'operator'
  /** The order or serial number, or the number of the request. */
  proof: string
}

/** Stores an association with its line of history. @returns false when the organization has it already. */
export async function storeAssociation(trx: Trx, actor: Actor, association: NewAssociation): Promise<boolean> {
  const { organization_id, customer_id, proven_by, proof } = association
  const stored = await trx
    .insertInto('customer_associations')
    .values({ ...association, created_at: actor.now, created_by: actor.user_id })
    .onConflict((conflict) => conflict.columns(['organization_id', 'customer_id']).doNothing())
    .returning('customer_id')
    .executeTakeFirst()
  if (!stored) return false
  await record(trx, actor, 'customer.associated', { organization_id, customer_id, details: { proven_by, proof } })
  return true
}
