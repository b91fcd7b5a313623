import type { Db } from '../platform/db/index.ts'
import { AppError, ok, type Result, refuse } from '../platform/errors.ts'
import { endRequest, type Sender, withKind } from './end-request.ts'
import type { AnyRequestKind } from './kinds.ts'
import { lockRequest } from './lock-request.ts'
import { mayWrite, type Person } from './write-message.ts'

/**
 * Takes back a request that nobody has decided yet; what its kind had prepared for the decision is cleared up.
 * @returns refusal `decided` when it came to an end before.
 * @throws AppError `forbidden` for colleagues who may only read, `not_found` for somebody else's.
 */
export async function withdrawRequest(
  db: Db,
  actor: Person,
  number: string,
  kinds: readonly AnyRequestKind[],
  config: Sender,
): Promise<Result<object, 'decided'>> {
  return db.transaction().execute(async (trx) => {
    const locked = await lockRequest(trx, number, actor)
    if (!mayWrite(actor, locked)) throw new AppError('forbidden')
    if (locked.state !== 'open') return refuse('decided')
    const { kind, request } = withKind(kinds, locked)
    await kind.refuse?.(trx, actor, request)
    await endRequest(trx, actor, request, { state: 'withdrawn', reason: null }, config)
    return ok({})
  })
}
