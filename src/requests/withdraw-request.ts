import { type Actor, mustBe } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { ok, type Result, refuse } from '../platform/errors.ts'
import { endRequest, type Sender, withKind } from './end-request.ts'
import type { AnyRequestKind } from './kinds.ts'
import { lockRequest } from './lock-request.ts'

/**
 * Takes back a request that nobody has decided yet; what its kind had prepared for the decision is cleared up.
 * @returns refusal `decided` when it came to an end before.
 * @throws AppError `forbidden` unless the actor is a manager, `not_found` for another organization's.
 */
export async function withdrawRequest(
  db: Db,
  actor: Actor,
  number: string,
  kinds: readonly AnyRequestKind[],
  config: Sender,
): Promise<Result<object, 'decided'>> {
  mustBe(actor, 'manager')
  return db.transaction().execute(async (trx) => {
    const locked = await lockRequest(trx, number, actor.organization_id)
    if (locked.state !== 'open') return refuse('decided')
    const { kind, request } = withKind(kinds, locked)
    await kind.refuse?.(trx, actor, request)
    await endRequest(trx, actor, request, { state: 'withdrawn', reason: null }, config)
    return ok({})
  })
}
