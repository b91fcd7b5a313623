import { sql } from 'kysely'
import { type Actor, dayOf } from '../platform/actor.ts'
import { recordAll } from '../platform/audit.ts'
import type { Config } from '../platform/config.ts'
import type { Trx } from '../platform/db/index.ts'
import { uuidv7 } from '../platform/ids.ts'
import { enqueueMails, type OutgoingMail } from '../platform/mail/index.ts'
import { unsubscribeAddress } from '../reminders/index.ts'
import { urls } from '../urls.ts'
import type { Campaign, NamedPath } from './campaign-queries.ts'
import {
  countForCustomers,
  listRecipients,
  type PathCount,
  type Recipient,
  upgradeTopic,
} from './campaign-recipients.ts'
import { lastDayOf } from './campaign-rules.ts'
import { type CreatedNotification, createNotifications } from './create-notifications.ts'
import { inOrder, isOutcome, pathsOfLicenses, widestPaths } from './eligibility.ts'
import { type MailLine, upgradeMail } from './emails/upgrade-mail.ts'
import { notificationIdOf } from './notification-id.ts'

/** Customers told in one transaction. */
const customersAtATime = 100

/**
 * Tells the next customers of a locked campaign, in the order of their ids after `after`. Whoever was sent a mail of
 * this campaign gets no second one, however often this runs.
 * @returns how many customers with eligible licenses were passed, how many of them told, and the last, if there may be
 * more.
 */
export async function tellNextCustomers(
  trx: Trx,
  actor: Actor,
  config: Config,
  campaign: Campaign,
  after: string | null,
): Promise<{ passed: number; told: number; last: string | undefined }> {
  const today = dayOf(actor.now, config.vendor.time_zone)
  const found = await findEligible(trx, campaign.id, today, after)
  const customer_ids = await withoutMail(trx, campaign.id, found)
  const notifications = await createNotifications(trx, config, {
    campaign_id: campaign.id,
    customer_ids,
    now: actor.now,
  })
  const about = { campaign_id: campaign.id, customer_ids, today }
  const recipients = customer_ids.length > 0 ? await listRecipients(trx, about) : []
  await sendNotifications(trx, actor, config, { campaign, notifications, recipients, today })
  const told = new Set(recipients.map(({ customer_id }) => customer_id)).size
  return { passed: found.length, told, last: found.length === customersAtATime ? found.at(-1) : undefined }
}

/** Reads as many licenses as it takes to find the next customers, in the order of an index. */
async function findEligible(trx: Trx, campaign_id: string, today: string, after: string | null): Promise<string[]> {
  const { rows } = await sql<{ customer_id: string }>`
    select distinct f.customer_id
    from (${widestPaths(campaign_id)}) w cross join lateral (
      select distinct l.customer_id from ${pathsOfLicenses}
      where ${inOrder} and l.customer_id > ${after ?? '00000000-0000-0000-0000-000000000000'}::uuid
        and ${isOutcome(today, 'eligible')}
      order by l.customer_id limit ${customersAtATime}) f
    order by f.customer_id limit ${customersAtATime}`.execute(trx)
  return rows.map(({ customer_id }) => customer_id)
}

async function withoutMail(trx: Trx, campaign_id: string, customer_ids: string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select t.id from unnest(${customer_ids}::uuid[]) as t (id)
    where not exists (select from upgrade_notifications n join upgrade_notification_mails m on m.notification_id = n.id
      where n.campaign_id = ${campaign_id} and n.customer_id = t.id)
    order by t.id`.execute(trx)
  return rows.map(({ id }) => id)
}

type Sending = { campaign: Campaign; notifications: CreatedNotification[]; recipients: Recipient[]; today: string }

/** Writes the mails, remembers to whom, and notes it in the history of each customer. */
export async function sendNotifications(
  trx: Trx,
  actor: Actor,
  config: Config,
  { campaign, notifications, recipients, today }: Sending,
  action = 'upgrade.announced',
): Promise<void> {
  if (notifications.length === 0) return
  const customer_ids = notifications.map(({ customer_id }) => customer_id)
  const counts = await countForCustomers(trx, { campaign_id: campaign.id, customer_ids, today })
  const customers = await readCustomers(trx, customer_ids)
  const byCustomer = Map.groupBy(counts, ({ customer_id }) => customer_id)
  const of = new Map(notifications.map((notification) => [notification.customer_id, notification]))
  const mails = recipients.map((recipient) => {
    const { customer_id } = recipient
    const about = {
      campaign,
      notification: of.get(customer_id)!,
      customer: customers.get(customer_id)!,
      now: actor.now,
    }
    return mailTo(recipient, config, { ...about, counts: byCustomer.get(customer_id) ?? [] })
  })
  await enqueueMails(trx, actor.now, mails)
  await remember(trx, actor, recipients, mails, of)
  const sent = Map.groupBy(recipients, ({ customer_id }) => customer_id)
  const subjects = notifications.map(({ id, customer_id }) => ({
    customer_id,
    subject_id: id,
    details: { campaign: campaign.name, mails: sent.get(customer_id)?.length ?? 0 },
  }))
  await recordAll(trx, actor, action, subjects)
}

type Customer = { id: string; number: string; name: string }

async function readCustomers(trx: Trx, ids: string[]): Promise<Map<string, Customer>> {
  const rows = await trx.selectFrom('customers').select(['id', 'number', 'name']).where('id', 'in', ids).execute()
  return new Map(rows.map((row) => [row.id, row]))
}

type About = {
  campaign: Campaign
  notification: CreatedNotification
  customer: Customer
  counts: PathCount[]
  now: Date
}

function mailTo(recipient: Recipient, config: Config, about: About): OutgoingMail & { id: string } {
  const { email, name, locale, user_id } = recipient
  const { campaign, customer, now } = about
  const notification = notificationIdOf(config, about.notification.id)
  const { needs_maintenance, overlap_days } = campaign
  const content = upgradeMail({
    ...{ locale, name, customer, notification, needs_maintenance, overlap_days },
    ...whatFor(recipient, campaign, about.counts),
    vendor: config.vendor.name,
    recipient: recipient.recipient,
    until: lastDayOf(about.notification.expires_at, config.vendor.time_zone),
    url: config.base_url + urls.upgrades.start.to({ id: notification }),
    unsubscribe_url: unsubscribeAddress(config, user_id ? { user_id } : { email }, [upgradeTopic], now),
  })
  const to = name === email ? { email } : { email, name }
  return { id: uuidv7(), template: 'upgrade', to, locale, content }
}

/** What a reader may know: counts of the own licenses, and of those without an owner for their order's contact. */
function whatFor({ recipient, owners }: Recipient, { paths }: Campaign, all: PathCount[]) {
  const counts = recipient === 'other' ? all : all.filter(({ owner_id }) => owners.has(owner_id))
  const open = paths.flatMap((path) => {
    const some = counts.filter((each) => each.path_id === path.id && each.licenses > 0)
    if (some.length === 0) return []
    return [{ ...nameOf(path), licenses: sum(some, 'licenses'), quantity: sum(some, 'quantity') }]
  })
  if (recipient !== 'other') return { lines: open, lapsed: lapsedIn(counts, paths) }
  // Who has upgraded everything may still ask for the ID, to see what became of it.
  const lines = open.length > 0 ? open.map(({ from, to }) => ({ from, to })) : paths.map(nameOf)
  return { lines, lapsed: 0 }
}

function nameOf({ from_product, from_version, to_product, to_version }: NamedPath): MailLine {
  return { from: `${from_product} ${from_version}`, to: `${to_product} ${to_version}` }
}

/** Of several targets of a version the one that most licenses reach: what lacks maintenance for it, lacks it for all. */
function lapsedIn(counts: PathCount[], paths: Campaign['paths']): number {
  const widest = new Map<string, Campaign['paths'][number]>()
  for (const path of paths) {
    const other = widest.get(path.from_version_id)
    if (!other || path.released_on < other.released_on) widest.set(path.from_version_id, path)
  }
  const ids = new Set([...widest.values()].map(({ id }) => id))
  return sum(
    counts.filter(({ path_id }) => ids.has(path_id)),
    'lapsed',
  )
}

const sum = (counts: PathCount[], name: 'licenses' | 'quantity' | 'lapsed') =>
  counts.reduce((total, count) => total + count[name], 0)

async function remember(
  trx: Trx,
  { now }: Actor,
  recipients: Recipient[],
  mails: { id: string }[],
  of: Map<string, CreatedNotification>,
): Promise<void> {
  if (mails.length === 0) return
  await sql`
    insert into upgrade_notification_mails (notification_id, mail_id, email, recipient, queued_at)
    select notification_id, mail_id, email, recipient, ${now}::timestamptz
    from unnest(${recipients.map(({ customer_id }) => of.get(customer_id)!.id)}::uuid[],
      ${mails.map(({ id }) => id)}::uuid[], ${recipients.map(({ email }) => email)}::text[],
      ${recipients.map(({ recipient }) => recipient)}::text[])
      as t (notification_id, mail_id, email, recipient)`.execute(trx)
}
