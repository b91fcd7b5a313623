import { type RawBuilder, sql } from 'kysely'
import { grantedPairs, hasLevel, listedLicenses, rankOf } from '../licenses/index.ts'
import { type Day, dayOf, type Member } from '../platform/actor.ts'
import type { Config } from '../platform/config.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { isUuid } from '../platform/ids.ts'
import { isOpen, pathsOfLicenses, refusalFor } from './eligibility.ts'
import { type CampaignState, type ClosedBecause, closedBecause } from './rules.ts'

/** A notification as one of its readers sees it. */
export type Notification = {
  id: string
  campaign_id: string
  campaign: string
  customer_id: string
  customer_number: string
  customer: string
  starts_on: Day
  ends_on: Day | null
  expires_at: Date
  overlap_days: number
  /** Why it cannot be used now, or null. */
  closed: ClosedBecause | 'expired' | null
  /** Whether the reader proved to hold it, and so may upgrade licenses that nobody owns. */
  holds: boolean
}

type Row = Omit<Notification, 'closed'> & { state: CampaignState }

/**
 * A notification that concerns the actor's organization: it proved to hold it, is associated with its customer number,
 * or owns licenses of that customer.
 * @throws AppError `not_found` for any other exactly as for one that does not exist.
 */
export async function getNotification(
  db: Db,
  actor: Member,
  id: string,
  config: Pick<Config, 'vendor'>,
): Promise<Notification> {
  if (!isUuid(id)) throw new AppError('not_found')
  const { rows } = await sql<Row>`
    select ${notificationColumns(actor)} from upgrade_notifications n
    join campaigns c on c.id = n.campaign_id join customers b on b.id = n.customer_id
    where n.id = ${id}::uuid and c.state <> 'draft' and ${concerns(actor)}`.execute(db)
  if (!rows[0]) throw new AppError('not_found')
  return notificationOf(rows[0], actor, config)
}

function notificationColumns(actor: Member) {
  return sql`n.id, n.campaign_id, c.name as campaign, c.state, c.starts_on, c.ends_on, c.overlap_days, n.customer_id,
    b.number as customer_number, b.name as customer, n.expires_at, ${holds(actor)} as holds`
}

function notificationOf({ state, ...row }: Row, { now }: Member, config: Pick<Config, 'vendor'>): Notification {
  const closed = closedBecause({ ...row, state }, vendorDay(now, config))
  return { ...row, closed: closed ?? (row.expires_at <= now ? 'expired' : null) }
}

/**
 * Whether the organization proved something about the customer of a notification `n`. Who acts for it has no more than
 * the customer numbers that were delegated with full access.
 */
export function holds(actor: Pick<Member, 'organization_id' | 'now' | 'via'>): RawBuilder<boolean> {
  const { organization_id, via } = actor
  if (via) {
    return sql`exists (select from ${grantedPairs(actor)} g
      where g.customer_id = n.customer_id and g.rank >= ${rankOf('full')}::int)`
  }
  return sql`(exists (select from customer_associations a
      where a.organization_id = ${organization_id}::uuid and a.customer_id = n.customer_id)
    or exists (select from upgrade_notification_readers r
      where r.organization_id = ${organization_id}::uuid and r.notification_id = n.id))`
}

function concerns(actor: Member) {
  const own = actor.via
    ? sql`false`
    : sql`exists (select from licenses l
        where l.owner_id = ${actor.organization_id}::uuid and l.customer_id = n.customer_id)`
  return sql`(${holds(actor)} or ${own} or n.customer_id in (${customersOfOthers(actor)}))`
}

/** Customers of whom other organizations let the actor's use licenses. */
function customersOfOthers(actor: Member) {
  return sql`select g.customer_id from ${grantedPairs(actor)} g
    union select l.customer_id from ${listedLicenses(actor)} l`
}

/**
 * Within `pathsOfLicenses`: whether the organization may upgrade the license: its own, one that others share with full
 * access, or one that nobody owns of a customer about whom it proved something.
 */
export function mayUpgrade(actor: Member, { holds }: { holds: boolean }) {
  const held = hasLevel(actor, 'full', 'l')
  return holds ? sql<boolean>`(${held} or l.owner_id is null)` : held
}

/** The day by the vendor's calendar. */
export function vendorDay(now: Date, { vendor }: Pick<Config, 'vendor'>): Day {
  return dayOf(now, vendor.time_zone)
}

/** Where counting stops: the page says "more than". */
export const mostCounted = 10_000
const notificationsShown = 50

export type MyNotification = Notification & { available: number }

/**
 * The notifications that concern the organization and can be used now, the latest campaign first, each with how many
 * of the licenses that the organization may upgrade are eligible, counted up to `mostCounted` and one.
 */
export async function listMyNotifications(
  db: Db,
  actor: Member,
  config: Pick<Config, 'vendor'>,
  limit = notificationsShown,
): Promise<MyNotification[]> {
  const { rows } = await sql<Row & { available: number }>`
    with recursive owned (customer_id) as (
      (select customer_id from licenses where owner_id = ${actor.organization_id}::uuid order by customer_id limit 1)
      union all
      select (select l.customer_id from licenses l where l.owner_id = ${actor.organization_id}::uuid
        and l.customer_id > o.customer_id order by l.customer_id limit 1)
      from owned o where o.customer_id is not null
    ),
    mine as materialized (
      select customer_id from owned where customer_id is not null
      union ${customersOfOthers(actor)}
      union select customer_id from customer_associations where organization_id = ${actor.organization_id}::uuid
      union select n.customer_id from upgrade_notification_readers r
        join upgrade_notifications n on n.id = r.notification_id where r.organization_id = ${actor.organization_id}::uuid
    ),
    page as materialized (
      select ${notificationColumns(actor)}
      from mine m join upgrade_notifications n on n.customer_id = m.customer_id
      join campaigns c on c.id = n.campaign_id join customers b on b.id = n.customer_id
      where ${isOpen(vendorDay(actor.now, config))} and n.expires_at > ${actor.now}::timestamptz
        and (${concerns(actor)})
      order by n.id desc limit ${limit}::int
    )
    select page.*, (select count(*)::int from (
      select from ${pathsOfLicenses}
      where c.id = page.campaign_id and l.customer_id = page.customer_id
        and (${hasLevel(actor, 'full', 'l')} or (page.holds and l.owner_id is null))
        and ${refusalFor(actor.today)} is null limit ${mostCounted + 1}::int) counted) as available
    from page order by id desc`.execute(db)
  return rows.map(({ available, ...row }) => ({ ...notificationOf(row, actor, config), available }))
}

/** A way from one version to another, with what the reader's licenses stand like on it. */
export type UpgradePath = {
  path_id: string
  product: string
  from_version: string
  to_product: string
  to_version: string
  released_on: Day
  /** Licenses that can be upgraded now, and those that were, wholly or in part; each up to `mostCounted` and one. */
  available: number
  not_eligible: number
  upgraded: number
}

/** Step Upgrade Product Selection: the paths of a notification on which its customer has licenses, by product. */
export async function listPaths(db: Db, actor: Member, notification: Notification): Promise<UpgradePath[]> {
  const { campaign_id, customer_id } = notification
  const { rows } = await sql<UpgradePath>`
    select w.id as path_id, fp.name as product, f.version as from_version, tp.name as to_product,
      t.version as to_version, t.released_on, s.available, s.not_eligible,
      (select count(*)::int from upgrades u join licenses n on n.id = u.new_license_id
        where u.path_id = w.id and n.customer_id = ${customer_id}::uuid) as upgraded
    from campaign_paths w
    join product_versions f on f.id = w.from_version_id join products fp on fp.id = f.product_id
    join product_versions t on t.id = w.to_version_id join products tp on tp.id = t.product_id
    join lateral (
      select count(*) filter (where refusal is null)::int as available,
        count(*) filter (where refusal not in ('upgraded', 'superseded', 'revoked'))::int as not_eligible
      from (select ${refusalFor(actor.today)} as refusal from ${pathsOfLicenses}
        where p.id = w.id and l.customer_id = ${customer_id}::uuid and ${mayUpgrade(actor, notification)}
        limit ${mostCounted + 1}::int) counted
    ) s on true
    where w.campaign_id = ${campaign_id}::uuid
    order by fp.name, f.released_on desc, f.id, tp.name, t.released_on desc, t.id`.execute(db)
  return rows.filter(({ available, not_eligible, upgraded }) => available + not_eligible + upgraded > 0)
}
