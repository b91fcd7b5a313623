import { sql } from 'kysely'
import { type Actor, mustBe } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Config } from '../platform/config.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError, ok, type Result, refuse } from '../platform/errors.ts'
import { uuidv7 } from '../platform/ids.ts'
import { defineLimit, spend } from '../platform/rate-limits.ts'
import { findGrantee } from '../sharing/index.ts'
import { mailNews } from './emails/mail-news.ts'
import { lockRequest } from './lock-request.ts'
import type { Ask } from './schemas.ts'

/** Mails to strangers that a partner can make us send. */
const askLimit = defineLimit('delegation_requests', { capacity: 100, refill_per_minute: 0.2 })
/** Requests of one partner that wait for an answer. */
export const mostAsked = 200

export type AskRefusal = 'colleague' | 'asked' | 'too_many'

/**
 * Asks a customer, with or without an account, to let the actor's organization act for it. Nothing is seen before an
 * administrator of the customer consents; whether there is an account is not told.
 * @throws AppError `forbidden` unless the actor is an administrator, `too_many_requests` after very many mails.
 */
export async function askCustomer(
  db: Db,
  actor: Actor,
  { email, level, message }: Ask,
  config: Pick<Config, 'base_url' | 'vendor'>,
): Promise<Result<{ request_id: string }, AskRefusal>> {
  mustBe(actor, 'administrator')
  if (actor.via) throw new AppError('forbidden')
  await spend(db, askLimit, actor.organization_id)
  return db.transaction().execute(async (trx) => {
    await sql`select from organizations where id = ${actor.organization_id} for no key update`.execute(trx)
    const customer = await findGrantee(trx, actor, email)
    if (customer?.is_colleague || email === actor.email) return refuse('colleague')
    const open = await trx
      .selectFrom('delegation_requests')
      .select('customer_email')
      .where('partner_id', '=', actor.organization_id)
      .where('state', '=', 'asked')
      .execute()
    if (open.some(({ customer_email }) => customer_email === email)) return refuse('asked')
    if (open.length >= mostAsked) return refuse('too_many')
    const id = uuidv7()
    await trx
      .insertInto('delegation_requests')
      .values({
        ...{ id, partner_id: actor.organization_id, customer_id: customer?.organization_id ?? null },
        ...{ customer_email: email, level, message, state: 'asked', asked_at: actor.now, asked_by: actor.user_id },
      })
      .execute()
    await record(trx, actor, 'delegation.asked', {
      ...{ organization_id: actor.organization_id, subject_id: id },
      details: { email, level },
    })
    await mailNews(trx, actor, 'asked', { to: email, level, message }, config)
    return ok({ request_id: id })
  })
}

/** Takes back what was asked. Answered or taken back already, it stays as it is. @throws AppError as `askCustomer`. */
export async function withdrawAsking(db: Db, actor: Actor, { request_id }: { request_id: string }): Promise<void> {
  mustBe(actor, 'administrator')
  if (actor.via) throw new AppError('forbidden')
  await db.transaction().execute(async (trx) => {
    const request = await lockRequest(trx, request_id, { partner_id: actor.organization_id })
    if (request.state !== 'asked') return
    const withdrawn = { state: 'withdrawn' as const, answered_at: actor.now, answered_by: actor.user_id }
    await trx.updateTable('delegation_requests').set(withdrawn).where('id', '=', request_id).execute()
    const { organization_id } = actor
    await record(trx, actor, 'delegation.withdrawn', { organization_id, subject_id: request_id })
  })
}
