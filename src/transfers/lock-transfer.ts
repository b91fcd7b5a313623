import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Member } from '../platform/actor.ts'
import type { DB, Trx } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import type { TransferState } from './rules.ts'

export type LockedTransfer = Omit<Selectable<DB['ownership_transfers']>, 'state'> & { state: TransferState }

/**
 * Locks a transfer that the actor's organization is a side of: the second of two who decide waits here, and then finds
 * it decided. Always before the licenses.
 * @throws AppError `not_found` for a transfer of others.
 */
export async function lockTransfer(
  trx: Trx,
  { organization_id }: Pick<Member, 'organization_id'>,
  id: string,
): Promise<{ transfer: LockedTransfer; side: 'from' | 'to' }> {
  if (!z.guid().safeParse(id).success) throw new AppError('not_found')
  const transfer = await trx
    .selectFrom('ownership_transfers')
    .selectAll()
    .where('id', '=', id)
    .where((e) => e.or([e('from_id', '=', organization_id), e('to_id', '=', organization_id)]))
    .forUpdate()
    .executeTakeFirst()
  if (!transfer) throw new AppError('not_found')
  const side = transfer.from_id === organization_id ? 'from' : 'to'
  return { transfer: transfer as LockedTransfer, side }
}

/** The licenses of a transfer, by the column that names them. */
export async function licensesOf(trx: Trx, transfer_id: string) {
  const { rows } = await sql<{ license_id: string; moved_id: string | null; quantity: number | null; before: unknown }>`
    select license_id, moved_id, quantity, before from ownership_transfer_licenses
    where transfer_id = ${transfer_id} order by license_id`.execute(trx)
  return rows
}
