import { sql } from 'kysely'
import { lockOwnLicenses, readSerials } from '../licenses/index.ts'
import { type Actor, type Member, mustBe } from '../platform/actor.ts'
import { recordAll } from '../platform/audit.ts'
import type { Config } from '../platform/config.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { uuidv7 } from '../platform/ids.ts'
import { defineLimit, spend } from '../platform/rate-limits.ts'
import { findGrantee } from '../sharing/index.ts'
import { tellSides } from './emails/tell-sides.ts'
import { listStandings } from './queries.ts'
import { mostLicenses, mostOffers, offerDays, refusalOfStanding, type StandingRefusal } from './rules.ts'
import type { Offer } from './schemas.ts'

/** Mails to strangers that an organization can make us send. */
const offerLimit = defineLimit('transfers', { capacity: 60, refill_per_minute: 0.1 })

export type OfferRefusal =
  | 'colleague'
  | 'no_serial'
  | 'unknown_serial'
  | 'part_of_several'
  | 'too_large'
  | 'too_many'
  | 'offered'

/** The offer's id; or why there is none, for a license by its serial number where it is about one. */
export type Offered =
  | { ok: true; transfer_id: string }
  | { ok: false; refusal: OfferRefusal }
  | { ok: false; refusal: StandingRefusal; serial: string }

/**
 * Offers licenses of the actor's organization, or a part of one, to the organization of a user name. Nothing moves
 * before the other side accepts; whether it has an account is not told.
 * @throws AppError `forbidden` unless the actor is a manager, `too_many_requests` after very many mails.
 */
export async function offerTransfer(
  db: Db,
  actor: Actor,
  input: Offer,
  config: Pick<Config, 'base_url' | 'vendor'>,
): Promise<Offered> {
  mustBe(actor, 'manager')
  if (actor.via) throw new AppError('forbidden')
  const { serials } = readSerials(input.serials)
  if (serials.length === 0) return { ok: false, refusal: 'no_serial' }
  if (serials.length > mostLicenses) return { ok: false, refusal: 'too_large' }
  if (input.quantity !== null && serials.length > 1) return { ok: false, refusal: 'part_of_several' }
  await spend(db, offerLimit, actor.organization_id)
  return db.transaction().execute(async (trx) => {
    const ids = await lockBySerial(trx, actor, serials)
    if (ids.length < serials.length) return { ok: false, refusal: 'unknown_serial' }
    const grantee = await findGrantee(trx, actor, input.email)
    if (grantee?.is_colleague || input.email === actor.email) return { ok: false, refusal: 'colleague' }
    const refused = await findRefusal(trx, ids, input.quantity)
    if (refused) return { ok: false, ...refused }
    if (await isOffered(trx, actor, ids)) return { ok: false, refusal: 'offered' }
    if (!(await hasRoom(trx, actor))) return { ok: false, refusal: 'too_many' }
    const transfer_id = await store(trx, actor, input, ids, grantee?.organization_id ?? null)
    await note(trx, actor, transfer_id, input, ids)
    await tellSides(trx, actor, transfer_id, 'offered', config)
    return { ok: true, transfer_id }
  })
}

async function lockBySerial(trx: Trx, actor: Member, serials: string[]): Promise<string[]> {
  const found = await trx
    .selectFrom('licenses')
    .select('id')
    .where('serial', '=', sql<string>`any(${serials}::text[])`)
    .execute()
  const ids = found.map(({ id }) => id)
  return (await lockOwnLicenses(trx, actor, ids)).map(({ id }) => id)
}

/** The first license that cannot change its owner, with the reason. */
export async function findRefusal(trx: Trx, ids: readonly string[], quantity: number | null) {
  for (const license of await listStandings(trx, ids)) {
    const refusal = refusalOfStanding(license, quantity)
    if (refusal) return { refusal, serial: license.serial }
  }
  return undefined
}

/** The locks of the licenses make the second of two offers find the first. */
async function isOffered(trx: Trx, { now }: Member, ids: string[]): Promise<boolean> {
  const { rows } =
    await sql`select from ownership_transfer_licenses x join ownership_transfers t on t.id = x.transfer_id
    where x.license_id = any(${ids}::uuid[]) and t.state = 'offered' and t.expires_at > ${now} limit 1`.execute(trx)
  return rows.length > 0
}

async function hasRoom(trx: Trx, { organization_id }: Member): Promise<boolean> {
  await sql`select from organizations where id = ${organization_id} for no key update`.execute(trx)
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from ownership_transfers
    where from_id = ${organization_id} and state = 'offered'`.execute(trx)
  return rows[0]!.count < mostOffers
}

async function store(trx: Trx, actor: Member, input: Offer, ids: string[], to_id: string | null): Promise<string> {
  const id = uuidv7()
  const { email: to_email, quantity, with_comments, with_fields, message } = input
  const expires_at = new Date(actor.now.getTime() + offerDays * 86_400_000)
  await trx
    .insertInto('ownership_transfers')
    .values({
      ...{ id, state: 'offered', from_id: actor.organization_id, to_id, to_email, with_comments, with_fields, message },
      ...{ offered_at: actor.now, offered_by: actor.user_id, expires_at },
    })
    .execute()
  await sql`insert into ownership_transfer_licenses (transfer_id, license_id, quantity)
    select ${id}::uuid, unnest(${ids}::uuid[]), ${quantity}::int`.execute(trx)
  return id
}

async function note(trx: Trx, { ...actor }: Member, transfer_id: string, input: Offer, ids: string[]): Promise<void> {
  const { organization_id } = actor
  const details = { email: input.email, quantity: input.quantity }
  const subject = { organization_id, subject_id: transfer_id, details }
  await recordAll(trx, actor, 'transfer.offered', [{ ...subject, details: { ...details, licenses: ids.length } }])
  await recordAll(
    trx,
    actor,
    'license.transfer_offered',
    ids.map((license_id) => ({ ...subject, license_id })),
  )
}
