import { sql } from 'kysely'
import type { Config } from '../platform/config.ts'
import type { Trx } from '../platform/db/index.ts'
import { uuidv7 } from '../platform/ids.ts'
import { hashOfNotificationId, notificationIdOf } from './notification-id.ts'

type Needs = Pick<Config, 'secret' | 'vendor'>

export type CreatedNotification = { id: string; customer_id: string; expires_at: Date }

/**
 * The notification of a campaign for a customer, made without a mail if there is none yet: whoever starts from the
 * own catalog needs one as well. One that has expired is valid again.
 * @returns its id, of which `notificationIdOf` makes what people see.
 */
export async function ensureNotification(
  trx: Trx,
  config: Needs,
  { campaign_id, customer_id, now }: { campaign_id: string; customer_id: string; now: Date },
): Promise<string> {
  return (await createNotifications(trx, config, { campaign_id, customer_ids: [customer_id], now }))[0]!.id
}

/**
 * The notifications of a campaign for customers: one each, made if there is none yet, and valid at least until
 * `now`. They expire after the campaign's days, at the latest when its last day is over for the vendor.
 */
export async function createNotifications(
  trx: Trx,
  config: Needs,
  { campaign_id, customer_ids, now }: { campaign_id: string; customer_ids: string[]; now: Date },
): Promise<CreatedNotification[]> {
  if (customer_ids.length === 0) return []
  const ids = customer_ids.map(() => uuidv7())
  const hashes = ids.map((id) => hashOfNotificationId(notificationIdOf(config, id))!.toString('hex'))
  const { rows } = await sql<CreatedNotification>`
    insert into upgrade_notifications as n (id, campaign_id, customer_id, id_hash, created_at, expires_at)
    select t.id, c.id, t.customer_id, decode(t.hash, 'hex'), ${now}::timestamptz,
      ${expiry(sql`${now}::timestamptz`, config.vendor.time_zone)}
    from campaigns c,
      unnest(${ids}::uuid[], ${customer_ids}::uuid[], ${hashes}::text[]) as t (id, customer_id, hash)
    where c.id = ${campaign_id}
    order by t.customer_id
    on conflict (campaign_id, customer_id) do update set expires_at =
      case when n.expires_at > ${now}::timestamptz then n.expires_at else excluded.expires_at end
    returning id, customer_id, expires_at`.execute(trx)
  return rows
}

/** Makes a notification valid for the campaign's days from now on. */
export async function extendNotification(
  trx: Trx,
  { vendor }: Pick<Config, 'vendor'>,
  { notification_id, now }: { notification_id: string; now: Date },
): Promise<Date> {
  const { rows } = await sql<{ expires_at: Date }>`
    update upgrade_notifications n set expires_at = ${expiry(sql`${now}::timestamptz`, vendor.time_zone)}
    from campaigns c where n.id = ${notification_id} and c.id = n.campaign_id
    returning n.expires_at`.execute(trx)
  return rows[0]!.expires_at
}

/**
 * After a change of a campaign's days: no ID that was sent expires earlier than was told, except by the campaign's end;
 * what was cut by an earlier end lives on until the new one.
 */
export async function moveExpiry(trx: Trx, campaign_id: string, time_zone: string): Promise<void> {
  const told = sql`coalesce((select max(queued_at) from upgrade_notification_mails m where m.notification_id = n.id),
    n.created_at)`
  await sql`
    update upgrade_notifications n
    set expires_at = least(greatest(n.expires_at, ${expiry(told, time_zone)}), ${endOf(time_zone)})
    from campaigns c where n.campaign_id = ${campaign_id} and c.id = n.campaign_id`.execute(trx)
}

function expiry(from: ReturnType<typeof sql>, time_zone: string) {
  return sql`least(${from} + c.notification_days * interval '1 day', ${endOf(time_zone)})`
}

/** Of a campaign `c`: the moment its last day is over where the vendor is; null without one. */
const endOf = (time_zone: string) => sql`((c.ends_on + 1)::timestamp at time zone ${time_zone}::text)`
