import { sql } from 'kysely'
import type { Day } from '../platform/actor.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import type { T } from '../platform/i18n.ts'
import { csvLine, csvStream } from '../platform/tables/index.ts'
import type { Campaign } from './campaign-queries.ts'
import type { Eligibility, PreviewQuery } from './campaign-schemas.ts'
import { pathsOfLicenses, refusalFor, type UpgradeRefusal, widestPaths } from './eligibility.ts'

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
 * Counts in one pass over the licenses of the versions concerned: a second or so for a million.
 * `today` is the vendor's day.
 */
export async function countEligibility(db: Db, campaign_id: string, today: Day): Promise<EligibilityCounts> {
  return db.transaction().execute(async (trx) => {
    await sql`set local statement_timeout = 0`.execute(trx)
    const { rows } = await countsOf(campaign_id, today).execute(trx)
    const by_path = rows.map(({ path_id, refusal, licenses, quantity }) => ({
      ...{ path_id, licenses, quantity },
      outcome: refusal ?? ('eligible' as const),
    }))
    const overall = by_path.filter((_, n) => rows[n]!.is_widest)
    return { by_path, overall: byOutcome(overall), customers: await countCustomers(trx, campaign_id, today) }
  })
}

type CountRow = {
  path_id: string
  refusal: UpgradeRefusal | null
  is_widest: boolean
  licenses: number
  quantity: number
}

/** The query of a campaign's eligibility (budget S9). */
export function countsOf(campaign_id: string, today: Day) {
  return sql<CountRow>`
    select t.path_id, t.refusal, t.licenses, t.quantity, t.path_id in (${widestPaths(campaign_id)}) as is_widest
    from (
      select p.id as path_id, ${refusalFor(today)} as refusal, count(*)::int as licenses,
        sum(l.quantity - l.upgraded_quantity)::float8 as quantity
      from ${pathsOfLicenses} where c.id = ${campaign_id} group by 1, 2) t`
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
    select count(distinct l.customer_id)::int as count from ${pathsOfLicenses}
    where p.id in (${widestPaths(campaign_id)}) and ${refusalFor(today)} is null`.execute(db)
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
  const paths = path ? sql`select id from campaign_paths where id = ${path} and campaign_id = ${id}` : widestPaths(id)
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
  const isAsked = reason === 'eligible' ? sql`${refusal} is null` : reason ? sql`${refusal} = ${reason}` : sql`true`
  return sql`
    select l.id, l.serial, l.customer_id, b.number as customer_number, b.name as customer_name, b.country,
      l.product_version_id, l.owner_id, l.quantity, l.quantity - l.upgraded_quantity as quantity_left,
      l.maintenance_until, ${refusal} as refusal
    from ${pathsOfLicenses} where p.id = w.id and ${isBeyond} and ${isAsked}
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
