import { sql } from 'kysely'
import type { Day } from '../platform/actor.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { isUuid } from '../platform/ids.ts'
import type { CampaignTerms, VersionFacts } from './campaign-rules.ts'
import type { CampaignState } from './rules.ts'

/** A version with the product it is of, as an operator chooses it. */
export type Version = VersionFacts & { code: string; product: string; version: string }

/** A path with its versions by name. */
export type NamedPath = {
  id: string
  from_version_id: string
  to_version_id: string
  from_product: string
  from_version: string
  to_product: string
  to_version: string
  released_on: Day
}

export type Campaign = Omit<CampaignTerms, 'paths'> & {
  id: string
  state: CampaignState
  revision: number
  created_at: Date
  updated_at: Date
  published_at: Date | null
  published_to: string | null
  progress_done: number
  progress_total: number
  paths: NamedPath[]
}

/** @throws AppError `not_found` */
export async function getCampaign(db: Db | Trx, id: string): Promise<Campaign> {
  return found(db, id, isUuid(id) ? await selectCampaign(db, id).executeTakeFirst() : undefined)
}

/**
 * As `getCampaign`, and nobody else changes or goes on publishing it until the transaction ends. Upgrades and
 * notifications, which refer to it, go on.
 */
export async function lockCampaign(trx: Trx, id: string): Promise<Campaign> {
  const query = () => selectCampaign(trx, id).forNoKeyUpdate().executeTakeFirst()
  return found(trx, id, isUuid(id) ? await query() : undefined)
}

function selectCampaign(db: Db | Trx, id: string) {
  return db.selectFrom('campaigns').selectAll().where('id', '=', id).$castTo<Omit<Campaign, 'paths'>>()
}

async function found(db: Db | Trx, id: string, campaign: Omit<Campaign, 'paths'> | undefined): Promise<Campaign> {
  if (!campaign) throw new AppError('not_found')
  return { ...campaign, paths: await listPaths(db, id) }
}

/** By name, versions in the order of their release. */
async function listPaths(db: Db | Trx, campaign_id: string): Promise<NamedPath[]> {
  const { rows } = await sql<NamedPath>`
    select p.id, p.from_version_id, p.to_version_id, fp.name as from_product, f.version as from_version,
      tp.name as to_product, t.version as to_version, t.released_on
    from campaign_paths p
    join product_versions f on f.id = p.from_version_id join products fp on fp.id = f.product_id
    join product_versions t on t.id = p.to_version_id join products tp on tp.id = t.product_id
    where p.campaign_id = ${campaign_id}
    order by fp.name, f.released_on, f.version, tp.name, t.released_on, t.version, p.id`.execute(db)
  return rows
}

/** Every version of every product, to choose from; by name, the newest version last. */
export async function listVersions(db: Db | Trx, ids?: readonly string[]): Promise<Version[]> {
  const { rows } = await sql<Version>`
    select v.id, v.product_id, p.kind, p.meter, v.released_on, p.code, p.name as product, v.version
    from product_versions v join products p on p.id = v.product_id
    where ${ids ? sql`v.id = any(${[...ids]}::uuid[])` : sql`true`}
    order by p.name, p.code, v.released_on, v.version`.execute(db)
  return rows
}

const pageLength = 50

export type ListedCampaign = Omit<Campaign, 'paths'> & { paths: number }

/** All campaigns, the latest first; `after` is the cursor of the next page. */
export async function listCampaigns(
  db: Db,
  after?: string,
): Promise<{ campaigns: ListedCampaign[]; after: string | undefined }> {
  const campaigns = await db
    .selectFrom('campaigns as c')
    .selectAll('c')
    .select(sql<number>`(select count(*)::int from campaign_paths p where p.campaign_id = c.id)`.as('paths'))
    .$if(after !== undefined, (query) => query.where('c.id', '<', after!))
    .orderBy('c.id', 'desc')
    .limit(pageLength + 1)
    .$castTo<ListedCampaign>()
    .execute()
  const shown = campaigns.slice(0, pageLength)
  return { campaigns: shown, after: campaigns.length > pageLength ? shown.at(-1)!.id : undefined }
}
