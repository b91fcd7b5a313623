import { type Selectable, sql } from 'kysely'
import type { Actor, Member } from '../platform/actor.ts'
import type { DB, Trx } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import type { Level } from './levels.ts'
import { hasLevel, type Scope } from './visible-licenses.ts'

/** A locked license; `owner_id` says for whom the actor acts on it. */
export type HeldLicense = Selectable<DB['licenses']> & { owner_id: string }

/**
 * Locks those of the given licenses that the actor's organization owns, or has from their owner at a level, until the
 * transaction ends; always in the order of their ids, so that commands whose sets overlap wait for one another instead
 * of deadlocking. All others, and ids of none, are simply not among the rows. This is where writing is authorised,
 * besides the actor's role (`levels.ts`): by default only full access will do.
 */
export function lockHeldLicenses(
  trx: Trx,
  actor: Scope,
  license_ids: readonly string[],
  least: Level = 'full',
): Promise<HeldLicense[]> {
  return trx
    .selectFrom('licenses')
    .selectAll()
    .where('id', '=', sql<string>`any(${[...new Set(license_ids)]}::uuid[])`)
    .where(hasLevel(actor, least))
    .orderBy('id')
    .forNoKeyUpdate()
    .$narrowType<{ owner_id: string }>()
    .execute()
}

/**
 * Locks one license that the actor's organization owns, or has from its owner with full access. `changed` tells that it
 * is not as the reader's page showed it.
 * @throws AppError `not_found` for somebody else's serial number exactly as for one that does not exist.
 */
export async function lockHeldLicense(
  trx: Trx,
  actor: Scope,
  serial: string,
  revision?: number,
): Promise<{ license: HeldLicense; changed: boolean }> {
  const license = await trx
    .selectFrom('licenses')
    .selectAll()
    .where('serial', '=', serial.replaceAll('\0', ''))
    .where(hasLevel(actor, 'full'))
    .forNoKeyUpdate()
    .$narrowType<{ owner_id: string }>()
    .executeTakeFirst()
  if (!license) throw new AppError('not_found')
  return { license, changed: revision !== undefined && license.revision !== revision }
}

/**
 * Locks licenses that the actor's organization owns itself: for what nobody does with what others let him use, such as
 * sharing and transferring.
 */
export async function lockOwnLicenses(
  trx: Trx,
  actor: Pick<Member, 'organization_id'> & Pick<Actor, 'via'>,
  license_ids: readonly string[],
): Promise<HeldLicense[]> {
  if (actor.via) return []
  return await trx
    .selectFrom('licenses')
    .selectAll()
    .where('id', '=', sql<string>`any(${[...new Set(license_ids)]}::uuid[])`)
    .where('owner_id', '=', actor.organization_id)
    .orderBy('id')
    .forNoKeyUpdate()
    .$narrowType<{ owner_id: string }>()
    .execute()
}

/** Tells later readers of pages made before that these licenses changed. The caller holds their locks. */
export async function raiseRevisions(trx: Trx, license_ids: readonly string[]): Promise<void> {
  if (license_ids.length === 0) return
  await sql`update licenses set revision = revision + 1 where id = any(${[...license_ids]}::uuid[])`.execute(trx)
}
