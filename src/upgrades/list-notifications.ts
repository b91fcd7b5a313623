import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { isUuid } from '../platform/ids.ts'
import type { RecipientKind } from './campaign-recipients.ts'
import type { MailState, NotificationQuery } from './campaign-schemas.ts'
import { hashOfNotificationId } from './notification-id.ts'

/** A mail of a notification. `forgotten`: mails are kept for 30 days after they were sent or refused. */
export type NotificationMail = {
  email: string
  recipient: RecipientKind
  queued_at: Date
  state: MailState
  sent_at: Date | null
  /** The mail server's words about the last try. */
  last_error: string | null
}

export type SentNotification = {
  id: string
  campaign_id: string
  campaign_name: string
  customer_id: string
  customer_number: string
  customer_name: string
  created_at: Date
  expires_at: Date
  mails: NotificationMail[]
}

const pageLength = 50

/**
 * Notifications of a campaign, or those that a search finds among all: by customer number, by an e-mail address they
 * were sent to, or by the ID that the customer reads out. Without either there is nothing to show.
 */
export async function listNotifications(
  db: Db,
  { campaign, q, refused, after }: NotificationQuery,
): Promise<{ notifications: SentNotification[]; after: string | undefined }> {
  if (!campaign && !q && !refused) return { notifications: [], after: undefined }
  const conditions = [
    ...(campaign ? [sql`n.campaign_id = ${campaign}`] : []),
    ...(q ? [matching(q)] : []),
    ...(refused ? [isRefused] : []),
  ]
  const notifications = await select(db, conditions, after)
  const shown = notifications.slice(0, pageLength)
  return { notifications: shown, after: notifications.length > pageLength ? shown.at(-1)!.id : undefined }
}

/** @throws AppError `not_found` */
export async function getNotification(db: Db, id: string): Promise<SentNotification> {
  const [notification] = isUuid(id) ? await select(db, [sql`n.id = ${id}`]) : []
  if (!notification) throw new AppError('not_found')
  return notification
}

const isRefused = sql`n.id in (select k.notification_id from mails m
  join upgrade_notification_mails k on k.mail_id = m.id where m.parked_at is not null)`

function matching(q: string): RawBuilder<unknown> {
  if (q.includes('@')) {
    return sql`n.id in (select k.notification_id from upgrade_notification_mails k where k.email = ${q.toLowerCase()})`
  }
  const hash = hashOfNotificationId(q)
  const byNumber = sql`n.customer_id in (select b.id from customers b where b.number = ${q.toUpperCase()} or b.number = ${q})`
  return hash ? sql`(n.id_hash = ${hash} or ${byNumber})` : byNumber
}

/** Mails that wait are told from those that are gone by their age: a mail is kept for 30 days at least. */
function select(db: Db, conditions: RawBuilder<unknown>[], after?: string): Promise<SentNotification[]> {
  const beyond = after ? [sql`n.id > ${after}`] : []
  return sql<SentNotification>`
    select n.id, n.campaign_id, c.name as campaign_name, n.customer_id, b.number as customer_number,
      b.name as customer_name, n.created_at, n.expires_at, coalesce(k.mails, '[]'::jsonb) as mails
    from (select * from upgrade_notifications n where ${sql.join([...conditions, ...beyond], sql` and `)}
      order by n.id limit ${pageLength + 1}) n
    join campaigns c on c.id = n.campaign_id join customers b on b.id = n.customer_id
    left join lateral (
      select jsonb_agg(jsonb_build_object('email', k.email, 'recipient', k.recipient, 'queued_at', k.queued_at,
        'sent_at', m.sent_at, 'last_error', m.last_error, 'state', case
          when m.id is null then 'forgotten' when m.parked_at is not null then 'refused'
          when m.sent_at is not null then 'sent' else 'waiting' end) order by k.queued_at, k.mail_id) as mails
      from upgrade_notification_mails k left join mails m on m.id = k.mail_id
      where k.notification_id = n.id) k on true
    order by n.id`
    .execute(db)
    .then(({ rows }) => rows.map(revived))
}

/** Moments within JSON are text. */
function revived(row: SentNotification): SentNotification {
  const mails = row.mails.map((mail) => ({
    ...mail,
    queued_at: new Date(mail.queued_at),
    sent_at: mail.sent_at ? new Date(mail.sent_at) : null,
  }))
  return { ...row, mails }
}
