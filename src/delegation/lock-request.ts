import { z } from 'zod'
import type { Trx } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'

/**
 * Locks what a partner asked for: the second of two who answer waits here, and then finds it answered.
 * @throws AppError `not_found` unless it is of this side.
 */
export async function lockRequest(trx: Trx, id: string, side: { customer_id: string } | { partner_id: string }) {
  if (!z.guid().safeParse(id).success) throw new AppError('not_found')
  const query = trx.selectFrom('delegation_requests').selectAll().where('id', '=', id)
  const own =
    'customer_id' in side
      ? query.where('customer_id', '=', side.customer_id)
      : query.where('partner_id', '=', side.partner_id)
  const request = await own.forUpdate().executeTakeFirst()
  if (!request) throw new AppError('not_found')
  return request
}
