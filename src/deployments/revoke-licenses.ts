import { sql } from 'kysely'
import { revokeLicenseKeys } from '../keys/index.ts'
import { lockLicenses, markRevoked } from '../licenses/index.ts'
import { type Actor, mustOperate } from '../platform/actor.ts'
import { recordAll } from '../platform/audit.ts'
import type { Db, Trx } from '../platform/db/index.ts'

/** What became of each serial number: revoked now, revoked before, or never heard of. */
export type Revoked = { serial: string; outcome: 'revoked' | 'revoked_before' | 'not_found'; keys: number }

/**
 * Withdraws licenses for good, whoever owns them, with all their keys; those that are revoked already stay as they are.
 * Nothing is done when a serial number is not known.
 * @throws AppError `forbidden` unless the actor is an operator who may.
 */
export async function revokeLicenses(
  db: Db,
  actor: Actor,
  { serials, reason }: { serials: string[]; reason: string },
): Promise<Revoked[]> {
  mustOperate(actor, 'support', 'orders')
  return db.transaction().execute(async (trx) => {
    const found = await lockBySerial(trx, serials)
    const isKnown = (serial: string) => found.some((license) => license.serial === serial)
    const open = serials.every(isKnown) ? found.filter(({ revoked_at }) => !revoked_at) : []
    const ids = open.map(({ id }) => id)
    const keys = Map.groupBy(await listActive(trx, ids), ({ license_id }) => license_id)
    const key_ids = [...keys.values()].flat().map(({ id }) => id)
    await revokeLicenseKeys(trx, key_ids, actor.now, 'revoked')
    await markRevoked(trx, ids, actor.now, reason)
    const countOf = (id: string) => keys.get(id)?.length ?? 0
    await recordAll(
      trx,
      actor,
      'license.revoked',
      open.map(({ id, serial, customer_id }) => ({
        ...{ license_id: id, customer_id },
        details: { serial, reason, keys_revoked: countOf(id) },
      })),
    )
    return serials.map((serial) => {
      const license = found.find((license) => license.serial === serial)
      if (!license) return { serial, outcome: 'not_found', keys: 0 }
      return { serial, outcome: license.revoked_at ? 'revoked_before' : 'revoked', keys: countOf(license.id) }
    })
  })
}

async function lockBySerial(trx: Trx, serials: string[]) {
  const known = trx.selectFrom('licenses').select('id').where('serial', 'in', serials)
  const ids = (await known.execute()).map(({ id }) => id)
  await lockLicenses(ids).execute(trx)
  if (ids.length === 0) return []
  const read = trx.selectFrom('licenses').select(['id', 'serial', 'customer_id', 'revoked_at'])
  return read.where('id', 'in', ids).execute()
}

async function listActive(trx: Trx, license_ids: string[]): Promise<{ id: string; license_id: string }[]> {
  const { rows } = await sql<{ id: string; license_id: string }>`
    select id, license_id from license_keys
    where license_id = any(${license_ids}::uuid[]) and revoked_at is null and superseded_at is null`.execute(trx)
  return rows
}
