import { sql } from 'kysely'
import { z } from 'zod'
import { type LicenseStatus, statusOf, visibleLicenses } from '../licenses/index.ts'
import type { Day, Member } from '../platform/actor.ts'
import type { Config } from '../platform/config.ts'
import type { Db } from '../platform/db/index.ts'
import { defineJob, enqueue } from '../platform/jobs/index.ts'
import { countOffers } from '../upgrades/index.ts'

/** What an account's licenses are, counted: for the charts. */
export type Statistics = {
  computed_at: Date
  /** The products with the most licenses. */
  products: { code: string; name: string; count: number }[]
  other_products: number
  statuses: { status: LicenseStatus; count: number }[]
  /** Licenses that end in each of the next 24 months, this one first. */
  months: { month: Day; count: number }[]
  /** Licenses that can be upgraded to a new version, counted up to `mostUpgrades` and one. */
  upgrades: number
}

export const mostUpgrades = 1000

type Reader = Pick<Member, 'organization_id' | 'today' | 'now'>

const namedProducts = 8
const shownMonths = 24
/** Milliseconds after which numbers of a large account are counted again. */
const fresh = 15 * 60_000

/**
 * Counts a `small` account now. A large one is shown what was counted up to a quarter of an hour ago, or before while
 * a job counts again: nobody waits for a million licenses, except whoever looks first.
 */
export async function getStatistics(
  db: Db,
  actor: Member,
  config: Pick<Config, 'vendor'>,
  small: boolean,
): Promise<Statistics> {
  if (small) return countLicenses(db, actor, config)
  const kept = await db
    .selectFrom('license_statistics')
    .select('statistics')
    .where('organization_id', '=', actor.organization_id)
    .executeTakeFirst()
  if (!kept) return refreshStatistics(db, actor, config)
  const statistics = revive(kept.statistics)
  if (actor.now.getTime() - statistics.computed_at.getTime() > fresh) {
    const { organization_id, today } = actor
    await db
      .transaction()
      .execute((trx) => enqueue(trx, countAgain, { organization_id, today }, { key: organization_id }))
  }
  return statistics
}

/** Counts the licenses of a large account anew, out of anybody's sight. */
export const countAgain = defineJob('home.count_licenses', {
  payload: z.object({ organization_id: z.uuid(), today: z.iso.date() }),
  async run({ services: { db, config } }, reader) {
    await refreshStatistics(db, { ...reader, now: new Date() }, config)
  },
})

async function refreshStatistics(db: Db, reader: Reader, config: Pick<Config, 'vendor'>): Promise<Statistics> {
  const statistics = await countLicenses(db, reader, config)
  const row = { computed_at: statistics.computed_at, statistics: JSON.stringify(statistics) }
  await db
    .insertInto('license_statistics')
    .values({ organization_id: reader.organization_id, ...row })
    .onConflict((conflict) => conflict.column('organization_id').doUpdateSet(row))
    .execute()
  return statistics
}

function revive(kept: unknown): Statistics {
  const statistics = kept as Statistics
  return { ...statistics, upgrades: statistics.upgrades ?? 0, computed_at: new Date(statistics.computed_at) }
}

type Group = { product_version_id: string; status: LicenseStatus; month: Day | null; count: number }

/** One pass over the licenses: they fall into few groups, which are added up here. */
async function countLicenses(db: Db, reader: Reader, config: Pick<Config, 'vendor'>): Promise<Statistics> {
  const months = monthsFrom(reader.today)
  const { rows } = await sql<Group>`
    select l.product_version_id, ${statusOf(reader.today)} as status,
      case when l.revoked_at is null and l.superseded_at is null and l.ends_on >= ${months[0]}::date
          and l.ends_on < ${months[0]}::date + ${`${shownMonths} months`}::interval
        then date_trunc('month', l.ends_on)::date end as month, count(*) as count
    from ${visibleLicenses(reader)} l
    group by 1, 2, 3`.execute(db)
  const byMonth = sumBy(rows, ({ month }) => month)
  return {
    computed_at: reader.now,
    ...(await mostFirst(
      db,
      sumBy(rows, ({ product_version_id }) => product_version_id),
    )),
    statuses: [...sumBy(rows, ({ status }) => status)].map(([status, count]) => ({ status, count })),
    upgrades: await countOffers(db, reader, config, mostUpgrades),
    months: months.map((month) => ({ month, count: byMonth.get(month) ?? 0 })),
  }
}

/** Versions of a product count together. */
async function mostFirst(
  db: Db,
  byVersion: Map<string, number>,
): Promise<Pick<Statistics, 'products' | 'other_products'>> {
  const { rows } = await sql<Statistics['products'][number]>`
    select p.code, p.name, sum(t.count)::int as count
    from unnest(${[...byVersion.keys()]}::uuid[], ${[...byVersion.values()]}::int[]) as t (version_id, count)
    join product_versions v on v.id = t.version_id join products p on p.id = v.product_id
    group by p.code, p.name order by count desc, p.code`.execute(db)
  const rest = rows.slice(namedProducts).reduce((sum, { count }) => sum + count, 0)
  return { products: rows.slice(0, namedProducts), other_products: rest }
}

function sumBy<K>(rows: Group[], keyOf: (row: Group) => K): Map<K, number> {
  const sums = new Map<K, number>()
  for (const row of rows) sums.set(keyOf(row), (sums.get(keyOf(row)) ?? 0) + row.count)
  return sums
}

/** The first days of this month and the ones after it. */
function monthsFrom(today: Day): Day[] {
  const [year, month] = today.split('-').map(Number) as [number, number]
  return Array.from({ length: shownMonths }, (_, n) =>
    new Date(Date.UTC(year, month - 1 + n, 1)).toISOString().slice(0, 10),
  )
}
