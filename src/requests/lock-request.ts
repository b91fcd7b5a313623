import type { Trx } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import type { ServiceRequest } from './kinds.ts'
import { selectRequests } from './queries.ts'
import { requestNumber } from './rules.ts'

/**
 * Locks a request until the transaction ends and reads it as it is then: the second of two who decide waits here and
 * finds what the first one did. With `organization_id` only that organization's.
 * @throws AppError `not_found`
 */
export async function lockRequest(trx: Trx, number: string, organization_id?: string): Promise<ServiceRequest> {
  if (!requestNumber.test(number)) throw new AppError('not_found')
  const locked = await trx
    .selectFrom('service_requests')
    .select('id')
    .where('number', '=', number)
    .$if(organization_id !== undefined, (query) => query.where('organization_id', '=', organization_id!))
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!locked) throw new AppError('not_found')
  // A statement of its own: one that waited for the lock joins the names as they were before.
  return selectRequests(trx).where('r.id', '=', locked.id).executeTakeFirstOrThrow()
}
