import { sql } from 'kysely'
import type { Day } from '../platform/actor.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import type { T } from '../platform/i18n.ts'
import { csvLine, csvStream } from '../platform/tables/index.ts'
import type { Campaign } from './campaign-queries.ts'
import type { Eligibility, PreviewQuery } from './campaign-schemas.ts'
import {
  inOrder,
  isOutcome,
  isWidest,
  pathsOfAllLicenses,
  pathsOfLicenses,
  refusalFor,
  type UpgradeRefusal,
  widestPaths,
} from './eligibility.ts'

/** How many licenses of a path are eligible or not for one reason. `quantity` is what is not upgraded yet. */
export type EligibilityCount = { path_id: string; outcome: Eligibility; licenses: number; quantity: number }

/** Who a campaign concerns: by path, and each license once, by the path of its version that reaches furthest. */
export type EligibilityCounts = {
  by_path: EligibilityCount[]
  overall: { outcome: Eligibility; licenses: number; quantity: number }[]
  /** Customers with eligible licenses. */
  customers: number
}

/**
 * Counts in one pass over the licenses of the versions concerned: seconds for a million. `today` is the vendor's day.
 */
export async function countEligibility(db: Db, campaign_id: string, today: Day): Promise<EligibilityCounts> {
  const { rows } = await db.transaction().execute(async (trx) => {
    await sql`set local statement_timeout = 0`.execute(trx)
    return countsOf(campaign_id, today).execute(trx)
  })
  const by_path = rows.map(({ path_id, refusal, licenses, quantity }) => ({
    ...{ path_id, licenses, quantity },
    outcome: refusal ?? ('eligible' as const),
  }))
  const overall = byOutcome(by_path.filter((_, n) => rows[n]!.is_widest))
  return { by_path, overall, customers: rows[0]?.customers ?? 0 }
}

type CountRow = {
  path_id: string
  refusal: UpgradeRefusal | null
  is_widest: boolean
  licenses: number
  quantity: number
  /** With eligible licenses, whatever the row is about. */
  customers: number
}

/** The query of a campaign's eligibility (budget S9). */
export function countsOf(campaign_id: string, today: Day) {
  return sql<CountRow>`
    with widest as materialized (${widestPaths(campaign_id)}),
    counted as materialized (
      select p.id as path_id, ${refusalFor(today)} as refusal, l.customer_id, count(*) as licenses,
        sum(l.quantity - l.upgraded_quantity) as quantity
      from ${pathsOfAllLicenses} where c.id = ${campaign_id} group by 1, 2, 3)
    select path_id, refusal, path_id in (select id from widest) as is_widest, sum(licenses)::int as licenses,
      sum(quantity)::float8 as quantity, (select count(distinct customer_id)::int from counted
        where refusal is null and path_id in (select id from widest)) as customers
    from counted group by 1, 2`
}

function byOutcome(counts: EligibilityCount[]): EligibilityCounts['overall'] {
  const groups = Map.groupBy(counts, ({ outcome }) => outcome)
  return [...groups]
    .map(([outcome, some]) => ({
      outcome,
      licenses: some.reduce((sum, { licenses }) => sum + licenses, 0),
      quantity: some.reduce((sum, { quantity }) => sum + quantity, 0),
    }))
    .sort(
      (one, other) =>
        Number(other.outcome === 'eligible') - Number(one.outcome === 'eligible') || other.licenses - one.licenses,
    )
}

/** Customers with eligible licenses. */
export async function countCustomers(db: Db | Trx, campaign_id: string, today: Day): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct l.customer_id)::int as count from ${pathsOfAllLicenses}
    where ${isWidest(campaign_id)} and ${refusalFor(today)} is null`.execute(db)
  return rows[0]!.count
}

/** One license that a campaign concerns, and why it is not eligible. */
export type PreviewRow = {
  id: string
  serial: string
  customer_id: string
  customer_number: string
  customer_name: string
  country: string
  product: string
  owner: string | null
  quantity: number
  quantity_left: number
  maintenance_until: Day | null
  refusal: UpgradeRefusal | null
}

type Asked = Pick<PreviewQuery, 'reason' | 'path' | 'after'> & { today: Day; limit: number }

/**
 * The licenses of a campaign's versions in the order of customers; with `path` as it finds them, otherwise each
 * license once. `after` is the cursor of the row before.
 */
export async function listEligibility(db: Db, { id }: Campaign, asked: Asked): Promise<PreviewRow[]> {
  const { path, limit } = asked
  const paths = path
    ? sql`select id, from_version_id from campaign_paths where id = ${path} and campaign_id = ${id}`
    : widestPaths(id)
  const { rows } = await sql<PreviewRow>`
    select f.*, g.name as owner, pr.name || ' ' || v.version as product
    from (select f.* from (${paths}) w cross join lateral (${rowsOfPath(asked)}) f
      order by f.customer_id, f.id limit ${limit}) f
    join product_versions v on v.id = f.product_version_id join products pr on pr.id = v.product_id
    left join organizations g on g.id = f.owner_id
    order by f.customer_id, f.id`.execute(db)
  return rows
}

function rowsOfPath({ reason, after, limit, today }: Asked) {
  const [customer_id, license_id] = (after ?? '').split('.')
  const isBeyond = after ? sql`(l.customer_id, l.id) > (${customer_id}::uuid, ${license_id}::uuid)` : sql`true`
  const refusal = refusalFor(today)
  const isAsked = reason ? isOutcome(today, reason) : sql`true`
  return sql`
    select l.id, l.serial, l.customer_id, b.number as customer_number, b.name as customer_name, b.country,
      l.product_version_id, l.owner_id, l.quantity, l.quantity - l.upgraded_quantity as quantity_left,
      l.maintenance_until, ${refusal} as refusal
    from ${pathsOfLicenses} where ${inOrder} and ${isBeyond} and ${isAsked}
    order by l.customer_id, l.id limit ${limit}`
}

/** The cursor after a row. */
export const placeOf = ({ customer_id, id }: PreviewRow) => `${customer_id}.${id}`

const rowsAtATime = 1_000

/** The whole list as CSV, with the same question as the page. */
export function previewCsv(db: Db, campaign: Campaign, asked: Omit<Asked, 'limit' | 'after'>, t: T) {
  return csvStream(previewParts(db, campaign, asked, t))
}

async function* previewParts(db: Db, campaign: Campaign, asked: Omit<Asked, 'limit' | 'after'>, t: T) {
  const names = ['customer_number', 'customer', 'country', 'serial', 'product', 'quantity_left', 'owner'] as const
  const more = ['maintenance_until', 'outcome'] as const
  yield csvLine([...names, ...more].map((name) => t(`campaigns.column.${name}`)))
  for (let after: string | undefined; ; ) {
    const rows = await listEligibility(db, campaign, { ...asked, after, limit: rowsAtATime })
    if (rows.length > 0) yield rows.map((row) => csvLine(cellsOf(row, t))).join('')
    if (rows.length < rowsAtATime) return
    after = placeOf(rows.at(-1)!)
  }
}

function cellsOf(row: PreviewRow, t: T) {
  const { customer_number, customer_name, country, serial, product, quantity_left, owner, maintenance_until } = row
  const outcome = t(`campaigns.outcome.${row.refusal ?? 'eligible'}`)
  const held = owner ?? t('campaigns.unowned')
  return [customer_number, customer_name, country, serial, product, quantity_left, held, maintenance_until, outcome]
}
