import { sql } from 'kysely'
import type { Member } from '../platform/actor.ts'
import type { EventSubject } from '../platform/audit.ts'

/** Serial numbers that prove customer numbers, by customer id. */
export type SerialProofs = ReadonlyMap<string, { serial: string }>

/**
 * The statement that gives the actor's organization customer numbers, each proven by a serial number of that
 * customer, for `together`: it returns the `customer_id` of those that the organization did not have yet.
 */
export function associateCustomers(actor: Member, proofs: SerialProofs) {
  return sql`
    insert into customer_associations (organization_id, customer_id, proven_by, proof, created_at, created_by)
    select ${actor.organization_id}::uuid, t.customer_id, 'serial', t.proof, ${actor.now}::timestamptz, ${actor.user_id}::uuid
    from unnest(${[...proofs.keys()]}::uuid[], ${[...proofs.values()].map(({ serial }) => serial)}::text[])
      as t (customer_id, proof)
    on conflict (organization_id, customer_id) do nothing
    returning customer_id`
}

/** A line of history for each; only those that were associated now belong into it. */
export function associationEvents(actor: Member, proofs: SerialProofs): (EventSubject & { action: string })[] {
  return [...proofs].map(([customer_id, { serial }]) => ({
    action: 'customer.associated',
    organization_id: actor.organization_id,
    customer_id,
    details: { proven_by: 'serial', proof: serial },
  }))
}
