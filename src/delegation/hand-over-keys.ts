import { sql } from 'kysely'
import { type Actor, type Member, mustBe } from '../platform/actor.ts'
import { recordAll } from '../platform/audit.ts'
import type { Config } from '../platform/config.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { AppError, ok, type Result, refuse } from '../platform/errors.ts'
import { uuidv7 } from '../platform/ids.ts'
import { defineLimit, spend } from '../platform/rate-limits.ts'
import { type HandedKey, mailKeys } from './emails/mail-keys.ts'
import { listToHandOver, type ToHandOver } from './queries.ts'
import type { HandOver } from './schemas.ts'

/** Mails to anybody that a partner can make us send. */
const handOverLimit = defineLimit('key_handovers', { capacity: 200, refill_per_minute: 1 })

/**
 * Sends the keys in force of licenses to their customer's contact, and keeps the proof: a line in the history of each
 * license, which the customer reads. The keys themselves are in the mail only if the customer allows that.
 * @returns how many keys were handed over; `not_delegated` when one of the licenses is none of this customer's that the
 * actor's organization may take keys of, or has no key.
 * @throws AppError `forbidden` unless the actor is a downloader, `too_many_requests` after very many mails.
 */
export async function handOverKeys(
  db: Db,
  actor: Actor,
  { owner_id, license: serials, to_email }: HandOver & { owner_id: string },
  config: Pick<Config, 'base_url' | 'vendor'>,
): Promise<Result<{ keys: number }, 'not_delegated'>> {
  mustBe(actor, 'downloader')
  if (actor.via) throw new AppError('forbidden')
  await spend(db, handOverLimit, actor.organization_id)
  return db.transaction().execute(async (trx) => {
    const licenses = await listToHandOver(trx, actor, owner_id, serials)
    if (licenses.length < new Set(serials).size) return refuse('not_delegated')
    const keys = await listKeys(trx, licenses)
    await store(trx, actor, { owner_id, to_email }, licenses)
    const subjects = licenses.map(({ license_id, keys: count }) => ({
      ...{ organization_id: owner_id, license_id, details: { to: to_email, keys: count } },
    }))
    await recordAll(trx, actor, 'license.keys_handed_over', subjects)
    await mailKeys(trx, actor, { owner_id, to_email, licenses, keys }, config)
    return ok({ keys: keys.length })
  })
}

async function listKeys(trx: Trx, licenses: ToHandOver[]): Promise<HandedKey[]> {
  const { rows } = await sql<HandedKey>`
    select k.license_id, k.quantity, k.host_id, k.key_text, k.file_name from license_keys k
    where k.license_id = any(${licenses.map(({ license_id }) => license_id)}::uuid[])
      and k.revoked_at is null and k.superseded_at is null
    order by k.license_id, k.issued_at, k.id`.execute(trx)
  return rows
}

async function store(
  trx: Trx,
  actor: Member,
  { owner_id, to_email }: { owner_id: string; to_email: string },
  licenses: ToHandOver[],
): Promise<void> {
  const handed = {
    owner_id,
    to_email,
    partner_id: actor.organization_id,
    handed_at: actor.now,
    handed_by: actor.user_id,
  }
  const rows = licenses.map(({ license_id, keys, newest }) => ({
    ...{ ...handed, id: uuidv7(), license_id, keys, newest_key_at: newest },
  }))
  await trx.insertInto('key_handovers').values(rows).execute()
}
