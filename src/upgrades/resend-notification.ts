import { sql } from 'kysely'
import { type Actor, dayOf, mustOperate } from '../platform/actor.ts'
import type { Config } from '../platform/config.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { AppError, ok, type Result, refuse } from '../platform/errors.ts'
import { isLocale } from '../platform/i18n.ts'
import { isUuid } from '../platform/ids.ts'
import { getCampaign } from './campaign-queries.ts'
import { listRecipients, type Recipient } from './campaign-recipients.ts'
import { extendNotification } from './create-notifications.ts'
import { closedBecause } from './rules.ts'
import { sendNotifications } from './tell-customers.ts'

/** `closed`: with this campaign nothing can be upgraded now, so that the ID would open nothing. */
export type ResendRefusal = 'closed'

/**
 * Sends a notification again to the addresses, which an operator has from the customer: also to those who want no
 * offers, for they asked. Its ID stays, and is valid for the campaign's days from now on.
 * @param emails in lower case, each once.
 * @throws AppError `forbidden` unless the actor is an operator for the catalog or support, `not_found`.
 */
export async function resendNotification(
  db: Db,
  actor: Actor,
  config: Config,
  { notification_id, emails }: { notification_id: string; emails: string[] },
): Promise<Result<object, ResendRefusal>> {
  mustOperate(actor, 'catalog', 'support')
  return db.transaction().execute(async (trx) => {
    const { campaign_id, customer_id } = await find(trx, notification_id)
    const campaign = await getCampaign(trx, campaign_id)
    const today = dayOf(actor.now, config.vendor.time_zone)
    if (closedBecause(campaign, today)) return refuse('closed')
    const expires_at = await extendNotification(trx, config, { notification_id, now: actor.now })
    const known = await listRecipients(trx, { campaign_id, customer_ids: [customer_id], today })
    const others = await readersAt(
      trx,
      customer_id,
      emails.filter((email) => !known.some((one) => one.email === email)),
    )
    const recipients = [...known.filter(({ email }) => emails.includes(email)), ...others]
    const notifications = [{ id: notification_id, customer_id, expires_at }]
    await sendNotifications(trx, actor, config, { campaign, notifications, recipients, today }, 'upgrade.resent')
    return ok({})
  })
}

async function find(trx: Trx, id: string): Promise<{ campaign_id: string; customer_id: string }> {
  const query = trx.selectFrom('upgrade_notifications').select(['campaign_id', 'customer_id']).where('id', '=', id)
  const row = isUuid(id) ? await query.executeTakeFirst() : undefined
  if (!row) throw new AppError('not_found')
  return row
}

/** Addresses that the rule does not know: in the language of their login, or of the customer. */
async function readersAt(trx: Trx, customer_id: string, emails: string[]): Promise<Recipient[]> {
  if (emails.length === 0) return []
  const { rows } = await sql<{ email: string; name: string | null; user_id: string | null; locale: string }>`
    select t.email, u.name, u.id as user_id, coalesce(u.locale, b.locale) as locale
    from unnest(${emails}::text[]) as t (email) join customers b on b.id = ${customer_id}
    left join auth."user" u on u.email = t.email and u."emailVerified"`.execute(trx)
  return rows.map(({ email, name, user_id, locale }) => ({
    ...{ customer_id, email, user_id, owners: new Set<string | null>(), recipient: 'other' as const },
    name: name ?? email,
    locale: isLocale(locale) ? locale : 'en',
  }))
}
