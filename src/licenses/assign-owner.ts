import { sql } from 'kysely'
import { revokeLicenseKeys } from '../keys/index.ts'
import type { Actor } from '../platform/actor.ts'
import { insertEvents } from '../platform/audit.ts'
import type { Trx } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { type AssignmentRefusal, refusalOfAssignment } from './option-rules.ts'

/** Licenses that one organization owns and another is to own. */
export type OwnerChange = {
  license_ids: readonly string[]
  /** The organization that owns them now, and the one that will. */
  from: string
  to: string
  /**
   * `stay`: the keys in force stay so, and the new owner sees them. `end`: they are revoked (`transferred`), and the
   * new owner registers the licenses for keys of its own.
   */
  keys: 'stay' | 'end'
  /** Joins the lines of history on both sides. */
  details?: Record<string, unknown>
  /** What the lines of history are about besides the license: a request, a transfer. */
  subject_id?: string | null
}

/** Every license that was named is in one of the two lists, in no order; not twice. */
export type OwnerAssigned = {
  assigned: { license_id: string; serial: string; keys_revoked: number }[]
  refused: { license_id: string; refusal: AssignmentRefusal | 'not_found' }[]
}

type Locked = {
  id: string
  serial: string
  customer_id: string
  revoked_at: Date | null
  superseded_at: Date | null
  moving: boolean
  upgrading: boolean
}

/**
 * Makes another organization the owner of licenses, in the caller's transaction: locked in the order of their ids, any
 * number of them in the same few statements. What the old owner kept about them (contacts, address, product fields, the
 * registration; tags, comments and values of user-defined fields, which stay with it) does not go along, nor do keys
 * that ended before. Each license gets a line of history on both sides, which names neither to the other.
 * Who may, and who is told, is for the caller to know. Refused licenses stay as they are; the caller decides whether
 * the others go alone.
 * @throws AppError `invalid` when both organizations are the same.
 */
export async function assignOwner(trx: Trx, actor: Actor, change: OwnerChange): Promise<OwnerAssigned> {
  if (change.from === change.to) throw new AppError('invalid')
  const ids = [...new Set(change.license_ids)]
  const found = new Map((await lockOwned(trx, ids, change.from)).map((license) => [license.id, license]))
  const refusals = ids.map((license_id) => ({ license_id, refusal: refusalOf(found.get(license_id)) }))
  const going = ids.flatMap((id) => (refusalOf(found.get(id)) ? [] : (found.get(id) ?? [])))
  const ended = change.keys === 'end' ? await endKeys(trx, actor, going) : new Map<string, number>()
  await moveTo(trx, actor, change, going)
  await insertEvents(actor, eventsOf(change, going)).execute(trx)
  return {
    assigned: going.map(({ id, serial }) => ({ license_id: id, serial, keys_revoked: ended.get(id) ?? 0 })),
    refused: refusals.flatMap(({ license_id, refusal }) => (refusal ? [{ license_id, refusal }] : [])),
  }
}

/** The second of two changes of one license waits here, and finds it owned by somebody else. */
async function lockOwned(trx: Trx, ids: string[], owner_id: string): Promise<Locked[]> {
  await sql`select from licenses where id = any(${ids}::uuid[]) order by id for no key update`.execute(trx)
  const { rows } = await sql<Locked>`
    select id, serial, customer_id, revoked_at, superseded_at, upgraded_quantity > 0 as upgrading,
      exists (select from license_keys k where k.license_id = licenses.id and k.temporary
        and k.superseded_at is null and k.revoked_at is null) as moving
    from licenses where id = any(${ids}::uuid[]) and (owner_id = ${owner_id}) is true`.execute(trx)
  return rows
}

function refusalOf(license: Locked | undefined): AssignmentRefusal | 'not_found' | null {
  if (!license) return 'not_found'
  const { revoked_at, superseded_at, moving, upgrading } = license
  return refusalOfAssignment({ revoked: revoked_at !== null, superseded: superseded_at !== null, moving, upgrading })
}

/** Revokes the keys in force. @returns how many of each license. */
async function endKeys(trx: Trx, { now }: Actor, licenses: Locked[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; license_id: string }>`
    select id, license_id from license_keys
    where license_id = any(${licenses.map(({ id }) => id)}::uuid[])
      and revoked_at is null and superseded_at is null`.execute(trx)
  await revokeLicenseKeys(
    trx,
    rows.map(({ id }) => id),
    now,
    'transferred',
  )
  const byLicense = Map.groupBy(rows, ({ license_id }) => license_id)
  return new Map([...byLicense].map(([license_id, keys]) => [license_id, keys.length]))
}

/** Keys that stay keep a license registered, to its new owner; one without keys is the new owner's to register. */
async function moveTo(trx: Trx, { now }: Actor, { to, keys }: OwnerChange, licenses: Locked[]): Promise<void> {
  const isKept = sql`${keys === 'stay'} and l.registered_at is not null`
  await sql`
    update licenses l set owner_id = o.id, registration_id = null,
      registered_at = case when ${isKept} then ${now}::timestamptz end,
      registered_to = case when ${isKept} then o.name end,
      address_id = null, contacts = '[]', fields = '{}', revision = l.revision + 1
    from organizations o
    where o.id = ${to}::uuid and l.id = any(${licenses.map(({ id }) => id)}::uuid[])`.execute(trx)
}

function eventsOf({ from, to, subject_id = null, details }: OwnerChange, licenses: Locked[]) {
  return licenses.flatMap(({ id, serial, customer_id }) => {
    const line = { license_id: id, customer_id, subject_id, details: { serial, ...details } }
    return [
      { ...line, action: 'license.transferred', organization_id: from },
      { ...line, action: 'license.received', organization_id: to },
    ]
  })
}
