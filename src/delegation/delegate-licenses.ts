import { sql } from 'kysely'
import { type Actor, type Member, mustBe } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Config } from '../platform/config.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { AppError, ok, type Result, refuse } from '../platform/errors.ts'
import { defineLimit, spend } from '../platform/rate-limits.ts'
import { findGrantee, listGrantableNumbers, storeGrant } from '../sharing/index.ts'
import { mailNews } from './emails/mail-news.ts'
import { lockRequest } from './lock-request.ts'
import type { Delegate } from './schemas.ts'

/** Mails to strangers that an organization can make us send. */
const delegationLimit = defineLimit('delegations', { capacity: 40, refill_per_minute: 0.1 })
/** Delegations of one organization in force at once. */
export const mostDelegations = 50

export type DelegateRefusal = 'colleague' | 'no_number' | 'unknown_number' | 'too_many' | 'ended' | 'answered'

/**
 * Lets a channel partner act for the actor's organization: its administrator's consent, of own accord or to a partner
 * that asked (`request_id`). Whether the partner's user name has an account is not told.
 * @throws AppError `forbidden` unless the actor is an administrator, `not_found` for a request to others.
 */
export async function delegateLicenses(
  db: Db,
  actor: Actor,
  input: Delegate & { request_id?: string },
  config: Pick<Config, 'base_url' | 'vendor'>,
): Promise<Result<{ delegation_id: string }, DelegateRefusal>> {
  mustBe(actor, 'administrator')
  if (actor.via) throw new AppError('forbidden')
  const { email, level, ends_on, new_numbers } = input
  if (ends_on && ends_on < actor.today) return refuse('ended')
  if (input.customers.length === 0 && !new_numbers) return refuse('no_number')
  await spend(db, delegationLimit, actor.organization_id)
  return db.transaction().execute(async (trx) => {
    const request = input.request_id
      ? await lockRequest(trx, input.request_id, { customer_id: actor.organization_id })
      : null
    if (request && request.state !== 'asked') return refuse('answered')
    const known = new Map((await listGrantableNumbers(trx, actor)).map(({ number, id }) => [number, id]))
    const customer_ids = input.customers.map((number) => known.get(number))
    if (customer_ids.some((id) => id === undefined)) return refuse('unknown_number')
    if (!(await hasRoom(trx, actor))) return refuse('too_many')
    const grantee = request ? undefined : await findGrantee(trx, actor, email)
    if (grantee?.is_colleague || email === actor.email) return refuse('colleague')
    const delegation_id = await storeGrant(trx, actor, {
      ...{ kind: 'delegation', scope: 'customers', owner_id: actor.organization_id, email, level, ends_on },
      grantee_id: request ? request.partner_id : (grantee?.organization_id ?? null),
      ...{ customer_ids: customer_ids as string[], new_numbers },
    })
    if (request) await answer(trx, actor, request.id, 'granted')
    await record(trx, actor, 'delegation.granted', {
      ...{ organization_id: actor.organization_id, subject_id: delegation_id },
      details: { email, level, ends_on, numbers: customer_ids.length, new_numbers },
    })
    await mailNews(trx, actor, 'granted', { to: email, level, message: '' }, config)
    return ok({ delegation_id })
  })
}

/** The lock of the organization makes the second of two at once count what the first one did. */
async function hasRoom(trx: Trx, { organization_id }: Member): Promise<boolean> {
  await sql`select from organizations where id = ${organization_id} for no key update`.execute(trx)
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from license_grants
    where owner_id = ${organization_id} and kind = 'delegation' and ended_at is null`.execute(trx)
  return rows[0]!.count < mostDelegations
}

/** Refuses what a partner asked for. @throws AppError as `delegateLicenses`. */
export async function refuseDelegation(
  db: Db,
  actor: Actor,
  { request_id }: { request_id: string },
): Promise<Result<object, 'answered'>> {
  mustBe(actor, 'administrator')
  if (actor.via) throw new AppError('forbidden')
  return db.transaction().execute(async (trx) => {
    const request = await lockRequest(trx, request_id, { customer_id: actor.organization_id })
    if (request.state !== 'asked') return refuse('answered')
    await answer(trx, actor, request_id, 'refused')
    const { organization_id } = actor
    await record(trx, actor, 'delegation.refused', { organization_id, subject_id: request_id })
    return ok({})
  })
}

async function answer(trx: Trx, actor: Member, id: string, state: 'granted' | 'refused'): Promise<void> {
  const answered = { state, answered_at: actor.now, answered_by: actor.user_id }
  await trx.updateTable('delegation_requests').set(answered).where('id', '=', id).execute()
}
