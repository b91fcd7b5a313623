import type { Trx } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import type { AnyRequest } from './kinds.ts'
import { type Asker, isOf, selectRequests } from './queries.ts'
import { requestNumber } from './rules.ts'

/**
 * Locks a request until the transaction ends and reads it as it is then: the second of two who decide waits here and
 * finds what the first one did. With `by` only what that asker may see.
 * @throws AppError `not_found`
 */
export async function lockRequest(trx: Trx, number: string, by?: Asker): Promise<AnyRequest> {
  if (!requestNumber.test(number)) throw new AppError('not_found')
  const locked = await trx
    .selectFrom('service_requests as r')
    .select('r.id')
    .where('r.number', '=', number)
    .$if(by !== undefined, (query) => query.where(isOf(by!)))
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!locked) throw new AppError('not_found')
  // A statement of its own: one that waited for the lock joins the names as they were before.
  return selectRequests(trx).where('r.id', '=', locked.id).executeTakeFirstOrThrow()
}
