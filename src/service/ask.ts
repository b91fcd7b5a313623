import { mustBe } from '../platform/actor.ts'
import type { Config } from '../platform/config.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError, ok, type Result, refuse } from '../platform/errors.ts'
import { defineLimit, spend } from '../platform/rate-limits.ts'
import { openRequest, type Person } from '../requests/index.ts'
import type { AskContractChange, AskOther, AskRecovery } from './schemas.ts'

type Services = { db: Db; config: Pick<Config, 'base_url' | 'vendor'> }

/** Requests of one person: people have few, and operators read each. */
const opened = defineLimit('service_request', { capacity: 20, refill_per_minute: 0.1 })

/**
 * Asks the vendor to make another account the owner of licenses. Of licenses of one's own it is said when they are none;
 * of anybody else's, as of user names, nothing is.
 * @returns the number of the request; refusal `not_own` with the serial numbers.
 * @throws AppError `forbidden` unless the actor is a manager, `too_many_requests`.
 */
export async function askContractChange(
  { db, config }: Services,
  actor: Person,
  ask: AskContractChange,
  files: readonly string[] = [],
): Promise<Result<{ request: string }, 'not_own'> & { serials?: string[] }> {
  mustBe(actor, 'manager')
  await spend(db, opened, actor.user_id)
  const own = ask.from === actor.email ? await listOwn(db, actor.organization_id, ask.serials) : undefined
  const missing = own ? ask.serials.filter((serial) => !own.has(serial)) : []
  if (missing.length > 0) return { ...refuse('not_own'), serials: missing }
  const { from, to, serials, customer_numbers, keys, description, request_id: id } = ask
  const details = { from, to, serials, customer_numbers, keys, description }
  const license_id = serials.length === 1 ? own?.get(serials[0]!) : undefined
  const { number } = await db
    .transaction()
    .execute((trx) => openRequest(trx, actor, { id, kind: 'contract_change', license_id, files, details }, config))
  return ok({ request: number })
}

/** @returns which of these serial numbers the organization owns, with the ids of the licenses. */
async function listOwn(db: Db, organization_id: string, serials: string[]): Promise<Map<string, string>> {
  if (serials.length === 0) return new Map()
  const rows = await db
    .selectFrom('licenses')
    .select(['id', 'serial'])
    .where('serial', 'in', serials)
    .where('owner_id', '=', organization_id)
    .execute()
  return new Map(rows.map(({ id, serial }) => [serial, id]))
}

/**
 * Asks the vendor something that has no form of its own.
 * @throws AppError `forbidden` unless the actor is a manager, `too_many_requests`.
 */
export async function askOther(
  { db, config }: Services,
  actor: Person,
  ask: AskOther,
  files: readonly string[] = [],
): Promise<{ request: string }> {
  mustBe(actor, 'manager')
  await spend(db, opened, actor.user_id)
  const { description, serials, request_id: id } = ask
  const own = await listOwn(db, actor.organization_id, serials.slice(0, 1))
  const license_id = own.get(serials[0] ?? '')
  const { number } = await db
    .transaction()
    .execute((trx) =>
      openRequest(trx, actor, { id, kind: 'other', license_id, files, details: { description, serials } }, config),
    )
  return { request: number }
}

/**
 * Asks the vendor to appoint the actor administrator of an organization that has none who acts any more. Whoever works
 * for no organization asks alone; the request of a member is the organization's.
 * @throws AppError `forbidden` for operators, who decide about it; `too_many_requests`.
 */
export async function askRecovery(
  { db, config }: Services,
  actor: Person,
  ask: AskRecovery,
  files: readonly string[] = [],
): Promise<{ request: string }> {
  if (actor.operator_role) throw new AppError('forbidden')
  await spend(db, opened, actor.user_id)
  const { request_id: id, ...details } = ask
  const { number } = await db
    .transaction()
    .execute((trx) => openRequest(trx, actor, { id, kind: 'recovery', files, details }, config))
  return { request: number }
}
