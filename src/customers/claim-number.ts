import { sql } from 'kysely'
import { type Actor, mustBe } from '../platform/actor.ts'
import type { Config } from '../platform/config.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { ok, type Result, refuse } from '../platform/errors.ts'
import { openRequest } from '../requests/index.ts'
import { countGuess } from './limits.ts'
import { findAssociated } from './queries.ts'

/**
 * Claims a customer number that nobody can prove: an operator decides. Nothing tells whether the number exists.
 * @returns the number of the service request; refusal `already` for a number that the organization has, `claimed`
 * while a claim of it is open.
 * @throws AppError `forbidden` unless the actor is a manager, `too_many_requests` after too many.
 */
export async function claimNumber(
  db: Db,
  actor: Actor,
  { number, explanation }: { number: string; explanation: string },
  config: Pick<Config, 'base_url' | 'vendor'>,
): Promise<Result<{ request: string }, 'already' | 'claimed'>> {
  mustBe(actor, 'manager')
  if (await findAssociated(db, actor, number)) return refuse('already')
  await countGuess(db, actor)
  return db.transaction().execute(async (trx) => {
    if (await isClaimed(trx, actor.organization_id, number)) return refuse('claimed')
    const details = { number, explanation }
    const opened = await openRequest(trx, actor, { kind: 'customer_number', details }, config)
    return ok({ request: opened.number })
  })
}

/** The lock of the organization makes the second of two presses wait here and find the claim of the first. */
async function isClaimed(trx: Trx, organization_id: string, number: string): Promise<boolean> {
  const locked = trx.selectFrom('organizations').select('id').where('id', '=', organization_id).forNoKeyUpdate()
  await locked.execute()
  const open = await trx
    .selectFrom('service_requests')
    .select('id')
    .where('organization_id', '=', organization_id)
    .where('kind', '=', 'customer_number')
    .where('state', '=', 'open')
    .where(sql<boolean>`details->>'number' = ${number}`)
    .executeTakeFirst()
  return open !== undefined
}
