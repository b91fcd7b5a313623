import { sql } from 'kysely'
import { hasLevel } from '../licenses/index.ts'
import { type Actor, type Member, mustBe } from '../platform/actor.ts'
import type { Config } from '../platform/config.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { AppError, ok, type Result, refuse } from '../platform/errors.ts'
import { startDraft } from '../registration/index.ts'
import { ensureNotification } from './create-notifications.ts'
import { isOpen, pathsOfLicenses, refusalFor, type UpgradeRefusal } from './eligibility.ts'
import { getNotification, vendorDay } from './notifications.ts'
import { addSelections } from './select-licenses.ts'

/**
 * Starts the upgrade of a product, or resumes the organization's open draft of it.
 * @returns the draft; `closed` when the notification cannot be used now.
 * @throws AppError `forbidden` unless the actor is a manager, `not_found` for a notification of no concern.
 */
export async function startUpgrade(
  db: Db,
  actor: Actor,
  input: { notification_id: string; path_id: string },
  config: Pick<Config, 'vendor'>,
): Promise<Result<{ draft_id: string }, 'closed'>> {
  mustBe(actor, 'manager')
  const notification = await getNotification(db, actor, input.notification_id, config)
  if (notification.closed) return refuse('closed')
  await mustLead(db, notification.campaign_id, input.path_id)
  return db.transaction().execute(async (trx) => ok({ draft_id: await openDraft(trx, actor, input) }))
}

/**
 * Starts the upgrade of one license from its own page, whether its owner was notified or not.
 * @returns the draft with the license selected; why not, when that has changed since the page was shown.
 * @throws AppError `forbidden` unless the actor is a manager, `not_found` for a license of somebody else.
 */
export async function startUpgradeOf(
  db: Db,
  actor: Actor,
  input: { serial: string; path_id: string },
  config: Pick<Config, 'vendor' | 'secret'>,
): Promise<Result<{ draft_id: string }, 'closed' | UpgradeRefusal>> {
  mustBe(actor, 'manager')
  const license = await findOn(db, actor, input, config)
  if (!license) throw new AppError('not_found')
  if (!license.open) return refuse('closed')
  if (license.refusal) return refuse(license.refusal)
  return db.transaction().execute(async (trx) => {
    const { campaign_id, customer_id, license_id } = license
    const notification_id = await ensureNotification(trx, config, { campaign_id, customer_id, now: actor.now })
    const draft_id = await openDraft(trx, actor, { notification_id, path_id: input.path_id })
    await addSelections(trx, actor, draft_id, [{ license_id, quantity: license.left }])
    return ok({ draft_id })
  })
}

async function mustLead(db: Db, campaign_id: string, path_id: string): Promise<void> {
  const path = await db
    .selectFrom('campaign_paths')
    .select('id')
    .where(sql<string>`id::text`, '=', path_id)
    .where('campaign_id', '=', campaign_id)
    .executeTakeFirst()
  if (!path) throw new AppError('not_found')
}

type OnPath = {
  license_id: string
  campaign_id: string
  customer_id: string
  left: number
  open: boolean
  refusal: UpgradeRefusal | null
}

async function findOn(
  db: Db,
  actor: Member,
  { serial, path_id }: { serial: string; path_id: string },
  config: Pick<Config, 'vendor'>,
): Promise<OnPath | undefined> {
  const { rows } = await sql<OnPath>`
    select l.id as license_id, c.id as campaign_id, l.customer_id, l.quantity - l.upgraded_quantity as left,
      ${isOpen(vendorDay(actor.now, config))} as open, ${refusalFor(actor.today)} as refusal
    from ${pathsOfLicenses}
    where l.serial = ${serial} and ${hasLevel(actor, 'full', 'l')} and p.id::text = ${path_id}
      and c.state <> 'draft'`.execute(db)
  return rows[0]
}

/** Two presses make one draft: the row of the notification is locked while there is none. */
async function openDraft(
  trx: Trx,
  actor: Member,
  input: { notification_id: string; path_id: string },
): Promise<string> {
  const { notification_id, path_id } = input
  await sql`select from upgrade_notifications where id = ${notification_id}::uuid for no key update`.execute(trx)
  const open = await trx
    .selectFrom('upgrade_drafts as u')
    .innerJoin('registration_drafts as d', 'd.id', 'u.draft_id')
    .select('d.id')
    .where('u.notification_id', '=', notification_id)
    .where('u.path_id', '=', path_id)
    .where('d.organization_id', '=', actor.organization_id)
    .where('d.completed_at', 'is', null)
    .where('d.discarded_at', 'is', null)
    .where('d.submitted_at', 'is', null)
    .where('d.updated_at', '>=', new Date(actor.now.getTime() - 30 * 86_400_000))
    .orderBy('d.updated_at', 'desc')
    .executeTakeFirst()
  if (open) return open.id
  const draft_id = await startDraft(trx, actor, undefined, 'upgrade')
  await trx.insertInto('upgrade_drafts').values({ draft_id, notification_id, path_id }).execute()
  return draft_id
}
