import { sql } from 'kysely'
import { hasLevel } from '../licenses/index.ts'
import type { Day, Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { isUuid } from '../platform/ids.ts'
import { pathsOfLicenses, refusalFor, type UpgradeRefusal } from './eligibility.ts'
import { mayUpgrade, type Notification } from './notifications.ts'

/** A license that was upgraded; serial numbers and names only where the reader's organization may see it. */
export type Upgraded = {
  id: string
  old_serial: string | null
  new_serial: string | null
  quantity: number
  upgraded_at: Date
  by: string | null
  owner: string | null
}

type Page = { after: string | undefined; limit: number }
const first = '00000000-0000-0000-0000-000000000000'

/** What was upgraded on a path of a notification, for all owners of the customer's licenses, the earliest first. */
export async function listUpgraded(
  db: Db,
  actor: Member,
  { customer_id }: Notification,
  path_id: string,
  page: Page,
): Promise<Upgraded[]> {
  const own = hasLevel(actor, 'view', 'n')
  const { rows } = await sql<Upgraded>`
    select u.id, case when ${own} then l.serial end as old_serial, case when ${own} then n.serial end as new_serial,
      u.quantity, u.upgraded_at, case when ${own} then w.name end as by, case when ${own} then o.name end as owner
    from upgrades u join licenses l on l.id = u.old_license_id join licenses n on n.id = u.new_license_id
    left join organizations o on o.id = n.owner_id left join auth."user" w on w.id = u.upgraded_by
    where u.path_id = ${path_id}::uuid and n.customer_id = ${customer_id}::uuid
      and u.id > ${page.after ?? first}::uuid
    order by u.id limit ${page.limit}::int`.execute(db)
  return rows
}

/** A license on a path that cannot be upgraded, with what the reason speaks of. */
export type NotEligible = {
  license_id: string
  serial: string
  refusal: UpgradeRefusal
  maintenance_until: Day | null
  starts_on: Day | null
  ends_on: Day | null
}

/** The licenses that the organization could upgrade but for a reason; those that were upgraded are not among them. */
export async function listNotEligible(
  db: Db,
  actor: Member,
  notification: Notification,
  path_id: string,
  page: Page,
): Promise<NotEligible[]> {
  const { rows } = await sql<NotEligible>`
    select l.id as license_id, l.serial, l.maintenance_until, l.starts_on, l.ends_on, ${refusalFor(actor.today)} as refusal
    from ${pathsOfLicenses}
    where p.id = ${path_id}::uuid and l.customer_id = ${notification.customer_id}::uuid
      and ${mayUpgrade(actor, notification)} and l.id > ${page.after ?? first}::uuid
      and ${refusalFor(actor.today)} not in ('upgraded', 'superseded', 'revoked')
    order by l.id limit ${page.limit}::int`.execute(db)
  return rows
}

export type PathNames = {
  product: string
  from_version: string
  to_product: string
  to_version: string
  released_on: Day
}

/** What a path of a notification's campaign is called. @throws AppError `not_found` for another's. */
export async function getPath(db: Db, { campaign_id }: Notification, path_id: string): Promise<PathNames> {
  if (!isUuid(path_id)) throw new AppError('not_found')
  const { rows } = await sql<PathNames>`
    select fp.name as product, f.version as from_version, tp.name as to_product, t.version as to_version, t.released_on
    from campaign_paths p
    join product_versions f on f.id = p.from_version_id join products fp on fp.id = f.product_id
    join product_versions t on t.id = p.to_version_id join products tp on tp.id = t.product_id
    where p.id = ${path_id}::uuid and p.campaign_id = ${campaign_id}::uuid`.execute(db)
  if (!rows[0]) throw new AppError('not_found')
  return rows[0]
}
