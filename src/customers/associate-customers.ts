import { sql } from 'kysely'
import type { Member } from '../platform/actor.ts'
import { recordAll } from '../platform/audit.ts'
import type { Trx } from '../platform/db/index.ts'

/**
 * Gives the actor's organization customer numbers, each proven by a serial number of that customer.
 * Those it has already stay as they are.
 */
export async function associateCustomers(
  trx: Trx,
  actor: Member,
  proofs: ReadonlyMap<string, { serial: string }>,
): Promise<void> {
  const { rows } = await sql<{ customer_id: string; proof: string }>`
    insert into customer_associations (organization_id, customer_id, proven_by, proof, created_at)
    select ${actor.organization_id}, t.customer_id, 'serial', t.proof, ${actor.now}
    from unnest(${[...proofs.keys()]}::uuid[], ${[...proofs.values()].map(({ serial }) => serial)}::text[])
      as t (customer_id, proof)
    on conflict (organization_id, customer_id) do nothing
    returning customer_id, proof`.execute(trx)
  await recordAll(
    trx,
    actor,
    'customer.associated',
    rows.map(({ customer_id, proof }) => ({
      organization_id: actor.organization_id,
      customer_id,
      details: { proven_by: 'serial', proof },
    })),
  )
}
