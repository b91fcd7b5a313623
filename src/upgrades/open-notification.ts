import { sql } from 'kysely'
import { type Actor, type Member, mustBe } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Config } from '../platform/config.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { ok, type Result, refuse } from '../platform/errors.ts'
import { defineLimit, spend } from '../platform/rate-limits.ts'
import { hashOfNotificationId } from './notification-id.ts'
import { vendorDay } from './notifications.ts'
import { type CampaignState, type ClosedBecause, closedBecause } from './rules.ts'

/** Generous for typing errors, far too few to find an ID of 98 bits or to walk through order numbers. */
const ofOrganization = defineLimit('upgrades.guesses', { capacity: 20, refill_per_minute: 0.2 })
const ofAddress = defineLimit('upgrades.guesses_address', { capacity: 40, refill_per_minute: 0.4 })

/** `unknown` says no more than that; the others only to those whom the notification concerns. */
export type OpenRefusal = 'unknown' | 'expired' | ClosedBecause

/**
 * Opens the Upgrade Notification with an ID for the actor's organization, which may from then on upgrade what nobody
 * owns of that customer (seed: "You can upgrade licenses that do not have a portal owner").
 * @returns the notification, or `unknown` for an ID of none exactly as for one that cannot be used and is none of the
 * organization's business.
 * @throws AppError `forbidden` unless the actor is a manager, `too_many_requests` after too many guesses.
 */
export async function openNotification(
  db: Db,
  actor: Actor,
  input: { id: string },
  config: Pick<Config, 'vendor'>,
): Promise<Result<{ notification_id: string }, OpenRefusal>> {
  mustBe(actor, 'manager')
  await countGuess(db, actor)
  const hash = hashOfNotificationId(input.id)
  const found = hash && (await findBy(db, actor, sql`n.id_hash = ${hash}`))
  if (!found) return refuse('unknown')
  const closed = closedFor(found, actor, config)
  if (closed) return refuse(found.concerns ? closed : 'unknown')
  await db.transaction().execute((trx) => remember(trx, actor, found))
  return ok({ notification_id: found.id })
}

/**
 * Finds the latest notification of a customer by the customer number and one of its order numbers, which prove as much
 * as an association with the number does. Unknown numbers, and numbers that do not belong together, look alike.
 * @throws as `openNotification`.
 */
export async function lookUpNotification(
  db: Db,
  actor: Actor,
  input: { customer_number: string; order_number: string },
  config: Pick<Config, 'vendor'>,
): Promise<Result<{ notification_id: string }, OpenRefusal>> {
  mustBe(actor, 'manager')
  await countGuess(db, actor)
  const proven = sql`b.number = ${input.customer_number} and exists (select from orders o
    where o.number = ${input.order_number} and o.customer_id = b.id and o.cancelled_at is null)`
  const found = await findBy(db, actor, proven)
  if (!found) return refuse('unknown')
  const closed = closedFor(found, actor, config)
  if (closed) return refuse(closed)
  await db.transaction().execute((trx) => remember(trx, actor, found))
  return ok({ notification_id: found.id })
}

async function countGuess(db: Db, actor: Member): Promise<void> {
  if (actor.address) await spend(db, ofAddress, actor.address, actor.now)
  await spend(db, ofOrganization, actor.organization_id, actor.now)
}

type Found = {
  id: string
  customer_id: string
  state: CampaignState
  starts_on: string
  ends_on: string | null
  expires_at: Date
  concerns: boolean
}

async function findBy(db: Db, { organization_id }: Member, which: ReturnType<typeof sql>): Promise<Found | undefined> {
  const { rows } = await sql<Found>`
    select n.id, n.customer_id, c.state, c.starts_on, c.ends_on, n.expires_at,
      (exists (select from customer_associations a
          where a.organization_id = ${organization_id}::uuid and a.customer_id = n.customer_id)
        or exists (select from licenses l
          where l.owner_id = ${organization_id}::uuid and l.customer_id = n.customer_id)) as concerns
    from upgrade_notifications n join campaigns c on c.id = n.campaign_id join customers b on b.id = n.customer_id
    where ${which} and c.state <> 'draft'
    order by c.state in ('publishing', 'published') desc, n.expires_at desc limit 1`.execute(db)
  return rows[0]
}

function closedFor(found: Found, { now }: Member, config: Pick<Config, 'vendor'>): OpenRefusal | null {
  return closedBecause(found, vendorDay(now, config)) ?? (found.expires_at <= now ? 'expired' : null)
}

/** Told once to the history of the organization. */
async function remember(trx: Trx, actor: Member, { id, customer_id }: Found): Promise<void> {
  const { organization_id, user_id } = actor
  const opened = await trx
    .insertInto('upgrade_notification_readers')
    .values({ notification_id: id, organization_id, opened_at: actor.now, opened_by: user_id })
    .onConflict((conflict) => conflict.columns(['notification_id', 'organization_id']).doNothing())
    .returning('notification_id')
    .executeTakeFirst()
  if (!opened) return
  await record(trx, actor, 'upgrade.notification_opened', { organization_id, customer_id, subject_id: id })
}
