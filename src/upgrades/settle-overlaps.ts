import { sql } from 'kysely'
import { z } from 'zod'
import { prepareReduction, reduceLicense } from '../deployments/index.ts'
import { activeSigner, supersedeLicenseKeys } from '../keys/index.ts'
import { endUpgradedPart, lockLicenses, supersedeUpgraded } from '../licenses/index.ts'
import { makeSerialNumber } from '../orders/index.ts'
import { type Actor, type Day, systemActor } from '../platform/actor.ts'
import { recordAll } from '../platform/audit.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { uuidv7 } from '../platform/ids.ts'
import { defineJob } from '../platform/jobs/index.ts'
import type { Issuing } from '../registration/index.ts'
import { vendorDay } from './notifications.ts'

/** Every hour, and at once after an upgrade without overlap. */
export const settleOverlaps = defineJob('upgrades.settle_overlaps', {
  payload: z.object({}),
  cron: '41 * * * *',
  pause: 2,
  longest_pause: 300,
  async run({ services: { db, config }, signal }) {
    const issuing = { config, signer: await activeSigner(db, config) }
    const actor = systemActor('upgrades', new Date())
    await settleDue(db, actor, issuing, vendorDay(actor.now, config), signal)
  },
})

/** Licenses ended in one transaction at most. */
const atOnce = 500

/**
 * Ends the old keys of every upgrade whose overlap was over before `today` (the vendor's day): a license that was
 * upgraded as a whole is superseded; of one upgraded in part, that part is divided off and superseded, and the keys of
 * what is left cover only that. Stopped anywhere it goes on where it was; two at once end nothing twice.
 */
export async function settleDue(db: Db, actor: Actor, issuing: Issuing, today: Day, signal?: AbortSignal) {
  const failed = new Set<string>()
  for (;;) {
    signal?.throwIfAborted()
    if (await settleWhole(db, actor, today)) continue
    const part = await findDuePart(db, today, [...failed])
    if (!part) break
    if (!(await settlePart(db, actor, part, issuing))) failed.add(part.id)
  }
  if (failed.size > 0)
    throw new Error(`${failed.size} upgrades were changed while they were settled: to be tried again`)
}

type Due = {
  id: string
  old_license_id: string
  new_license_id: string
  organization_id: string | null
  customer_id: string
  serial: string
  into: string
  quantity: number
}

const dueColumns = sql`u.id, u.old_license_id, u.new_license_id, l.owner_id as organization_id, l.customer_id, l.serial,
  n.serial as into, u.quantity`

const unsettled = sql`upgrades u join licenses l on l.id = u.old_license_id join licenses n on n.id = u.new_license_id
  where u.settled_at is null`

/** @returns whether there was anything to do. */
async function settleWhole(db: Db, actor: Actor, today: Day): Promise<boolean> {
  const { rows } = await sql<{ id: string; old_license_id: string }>`
    select u.id, u.old_license_id from ${unsettled} and u.overlap_ends_on < ${today}::date and u.quantity = l.quantity
    order by u.overlap_ends_on, u.id limit ${atOnce}::int`.execute(db)
  if (rows.length === 0) return false
  await db.transaction().execute(async (trx) => {
    await lockLicenses(rows.map(({ old_license_id }) => old_license_id)).execute(trx)
    const { rows: due } = await sql<Due>`
      select ${dueColumns} from ${unsettled} and u.id = any(${rows.map(({ id }) => id)}::uuid[])
        and u.quantity = l.quantity`.execute(trx)
    const ids = due.map(({ old_license_id }) => old_license_id)
    await supersedeLicenseKeys(trx, await listActive(trx, ids), actor.now)
    await supersedeUpgraded(trx, ids, actor.now)
    await settled(
      trx,
      actor,
      due.map((each) => ({ ...each, ended: { id: each.old_license_id, serial: each.serial } })),
    )
  })
  return true
}

async function findDuePart(db: Db, today: Day, not: string[]): Promise<Due | undefined> {
  const { rows } = await sql<Due>`
    select ${dueColumns} from ${unsettled} and u.overlap_ends_on < ${today}::date and u.quantity < l.quantity
      and not u.id = any(${not}::uuid[])
    order by u.overlap_ends_on, u.id limit 1`.execute(db)
  return rows[0]
}

/** @returns false when the license was changed while its keys were made: to be tried again. */
async function settlePart(db: Db, actor: Actor, due: Due, issuing: Issuing): Promise<boolean> {
  const gone = await listHosts(db, due.new_license_id)
  const which = {
    license_id: due.old_license_id,
    organization_id: due.organization_id ?? '',
    quantity: due.quantity,
    gone,
  }
  const reduction = due.organization_id ? await prepareReduction(db, actor, which, issuing) : undefined
  const ended = { id: uuidv7(), serial: makeSerialNumber() }
  return db.transaction().execute(async (trx) => {
    const divide = async () => {
      await endUpgradedPart(trx, due, ended, actor.now)
      await settled(trx, actor, [{ ...due, ended }])
    }
    await lockLicenses([due.old_license_id]).execute(trx)
    if (!(await isStillDue(trx, due))) return true
    if (reduction) return reduceLicense(trx, actor, reduction, divide)
    await divide()
    return true
  })
}

async function isStillDue(trx: Trx, { id }: Due): Promise<boolean> {
  const { rows } = await sql`select from ${unsettled} and u.id = ${id}::uuid and u.quantity < l.quantity`.execute(trx)
  return rows.length > 0
}

type Settled = Due & { ended: { id: string; serial: string } }

async function settled(trx: Trx, actor: Actor, upgrades: readonly Settled[]): Promise<void> {
  await sql`
    update upgrades u set settled_at = ${actor.now}::timestamptz, settled_license_id = t.ended
    from unnest(${upgrades.map(({ id }) => id)}::uuid[], ${upgrades.map(({ ended }) => ended.id)}::uuid[]) as t (id, ended)
    where u.id = t.id`.execute(trx)
  await recordAll(
    trx,
    actor,
    'license.overlap_ended',
    upgrades.map(({ organization_id, customer_id, old_license_id, new_license_id, serial, into, quantity, ended }) => ({
      ...{ organization_id, customer_id, license_id: old_license_id, subject_id: new_license_id },
      details: { serial, into, quantity, ...(ended.id === old_license_id ? {} : { part: ended.serial }) },
    })),
  )
}

async function listActive(trx: Trx, license_ids: string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from license_keys where license_id = any(${license_ids}::uuid[]) and superseded_at is null
      and revoked_at is null`.execute(trx)
  return rows.map(({ id }) => id)
}

/** Where the new license works: there the old one has to make room. */
async function listHosts(db: Db, license_id: string): Promise<{ type: string; id: string }[]> {
  const { rows } = await sql<{ type: string; id: string }>`
    select host_type as type, host_id as id from license_keys
    where license_id = ${license_id}::uuid and host_id is not null and superseded_at is null and revoked_at is null
  `.execute(db)
  return rows
}
