import { type Selectable, sql } from 'kysely'
import type { Member } from '../platform/actor.ts'
import type { DB, Trx } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'

export type OwnLicense = Selectable<DB['licenses']>

/**
 * Locks the licenses of the actor's organization among the given ones until the transaction ends, always in the
 * order of their ids, so that commands whose sets overlap wait for one another instead of deadlocking. Licenses of
 * others, and ids of none, are simply not among the rows.
 */
export function lockOwnLicenses(
  trx: Trx,
  actor: Pick<Member, 'organization_id'>,
  license_ids: readonly string[],
): Promise<OwnLicense[]> {
  return trx
    .selectFrom('licenses')
    .selectAll()
    .where('id', '=', sql<string>`any(${[...new Set(license_ids)]}::uuid[])`)
    .where('owner_id', '=', actor.organization_id)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
}

/**
 * Locks one license of the actor's organization. `changed` tells that it is not as the reader's page showed it.
 * @throws AppError `not_found` for somebody else's serial number exactly as for one that does not exist.
 */
export async function lockOwnLicense(
  trx: Trx,
  actor: Pick<Member, 'organization_id'>,
  serial: string,
  revision?: number,
): Promise<{ license: OwnLicense; changed: boolean }> {
  const license = await trx
    .selectFrom('licenses')
    .selectAll()
    .where('serial', '=', serial.replaceAll('\0', ''))
    .where('owner_id', '=', actor.organization_id)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!license) throw new AppError('not_found')
  return { license, changed: revision !== undefined && license.revision !== revision }
}

/** Tells later readers of pages made before that these licenses changed. The caller holds their locks. */
export async function raiseRevisions(trx: Trx, license_ids: readonly string[]): Promise<void> {
  if (license_ids.length === 0) return
  await sql`update licenses set revision = revision + 1 where id = any(${[...license_ids]}::uuid[])`.execute(trx)
}
