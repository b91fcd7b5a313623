import { sql } from 'kysely'
import { lockHeldLicense } from '../licenses/index.ts'
import { type Actor, mustBe } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Config } from '../platform/config.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { enqueue } from '../platform/jobs/index.ts'
import { vendorDay } from './notifications.ts'
import { overlapEnd } from './rules.ts'
import { settleOverlaps } from './settle-overlaps.ts'

/**
 * Lets the old keys of an upgrade end now, before their overlap is over: a job does it at once.
 * @param input `upgraded` is the serial number of the new license. Asked twice, it happens once.
 * @throws AppError `forbidden` unless the actor is a manager, `not_found` for licenses of somebody else and for an
 * upgrade whose old keys have ended.
 */
export async function endOverlap(
  db: Db,
  actor: Actor,
  input: { serial: string; upgraded: string },
  config: Pick<Config, 'vendor'>,
): Promise<void> {
  mustBe(actor, 'manager')
  await db.transaction().execute(async (trx) => {
    const { license } = await lockHeldLicense(trx, actor, input.serial)
    const yesterday = overlapEnd(vendorDay(actor.now, config), 0)
    const { rows } = await sql<{ new_license_id: string }>`
      update upgrades u set overlap_ends_on = least(u.overlap_ends_on, ${yesterday}::date) from licenses n
      where u.old_license_id = ${license.id}::uuid and n.id = u.new_license_id and n.serial = ${input.upgraded}
        and u.settled_at is null
      returning u.new_license_id`.execute(trx)
    if (!rows[0]) throw new AppError('not_found')
    await record(trx, actor, 'license.overlap_cut', {
      ...{ organization_id: license.owner_id, customer_id: license.customer_id, license_id: license.id },
      subject_id: rows[0].new_license_id,
      details: { serial: license.serial, into: input.upgraded },
    })
    await enqueue(trx, settleOverlaps, {})
  })
}
