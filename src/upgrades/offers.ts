import { sql } from 'kysely'
import { hasLevel } from '../licenses/index.ts'
import type { Day, Member } from '../platform/actor.ts'
import type { Config } from '../platform/config.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { isOpen, pathsOfLicenses, refusalFor, type UpgradeRefusal } from './eligibility.ts'
import { vendorDay } from './notifications.ts'

/** What a campaign that is open now offers for a license. */
export type Offer = {
  license_id: string
  serial: string
  path_id: string
  product: string
  version: string
  released_on: Day
  campaign_ends_on: Day | null
  overlap_days: number
  left: number
  maintenance_until: Day | null
  starts_on: Day | null
  ends_on: Day | null
  /** Why the license cannot take it, or null. */
  refusal: UpgradeRefusal | null
}

/** The offers for licenses that the actor's organization owns or manages for others, by license; the newest version first. */
export async function listOffers(
  db: Db,
  actor: Member,
  license_ids: readonly string[],
  config: Pick<Config, 'vendor'>,
  which: 'all' | 'possible' = 'all',
): Promise<Map<string, Offer[]>> {
  if (license_ids.length === 0) return new Map()
  const { rows } = await sql<Offer>`
    select l.id as license_id, l.serial, p.id as path_id, tp.name as product, t.version, t.released_on,
      c.ends_on as campaign_ends_on, c.overlap_days, l.quantity - l.upgraded_quantity as left, l.maintenance_until,
      l.starts_on, l.ends_on, ${refusalFor(actor.today)} as refusal
    from ${pathsOfLicenses} join products tp on tp.id = t.product_id
    where l.id = any(${[...license_ids]}::uuid[]) and ${hasLevel(actor, 'full', 'l')}
      and ${isOpen(vendorDay(actor.now, config))}
      and (${which} = 'all' or ${refusalFor(actor.today)} is null)
    order by l.id, t.released_on desc, p.id`.execute(db)
  return Map.groupBy(rows, ({ license_id }) => license_id)
}

/** How many licenses of the organization can be upgraded now, counted up to `most` and one. */
export async function countOffers(
  db: Db,
  { organization_id, today, now }: Pick<Member, 'organization_id' | 'today' | 'now'>,
  config: Pick<Config, 'vendor'>,
  most: number,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (
      select distinct l.id from (
        select distinct p.from_version_id from campaigns c join campaign_paths p on p.campaign_id = c.id
        where ${isOpen(vendorDay(now, config))}
      ) offered
      cross join lateral (
        select l.id from ${pathsOfLicenses}
        where l.product_version_id = offered.from_version_id and l.owner_id = ${organization_id}::uuid
          and ${isOpen(vendorDay(now, config))} and ${refusalFor(today)} is null
        limit ${most + 1}::int
      ) l limit ${most + 1}::int
    ) counted`.execute(db)
  return rows[0]!.count
}

/** What became of a license by upgrades, as its owner sees it. */
export type Done = {
  quantity: number
  total: number
  version: string
  serial: string
  day: Date
  overlap_ends_on: Day
  settled: boolean
}

/** Upgrades of a license of the actor's organization, the latest first. */
export async function listUpgradesOf(db: Db, actor: Member, license_id: string): Promise<Done[]> {
  const { rows } = await sql<Done>`
    select u.quantity, l.quantity as total, v.version, n.serial, u.upgraded_at as day, u.overlap_ends_on,
      u.settled_at is not null as settled
    from upgrades u join licenses l on l.id = u.old_license_id join licenses n on n.id = u.new_license_id
    join product_versions v on v.id = n.product_version_id
    where u.old_license_id = ${license_id}::uuid and ${hasLevel(actor, 'view', 'l')} and ${hasLevel(actor, 'view', 'n')}
    order by u.upgraded_at desc, u.id desc limit 50`.execute(db)
  return rows
}

/** A license that the actor's organization owns or manages for others. @throws AppError `not_found` for any other serial number. */
export async function getLicenseId(db: Db, actor: Member, serial: string): Promise<string> {
  const query = db.selectFrom('licenses').select('id').where('serial', '=', serial.replaceAll('\0', ''))
  const license = await query.where(hasLevel(actor, 'full')).executeTakeFirst()
  if (!license) throw new AppError('not_found')
  return license.id
}
