import { sql } from 'kysely'
import { type Actor, type Day, dayOf, mustOperate } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Config } from '../platform/config.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { ok } from '../platform/errors.ts'
import { uuidv7 } from '../platform/ids.ts'
import { enqueue } from '../platform/jobs/index.ts'
import { outdateDrafts } from '../registration/index.ts'
import { type Campaign, listVersions, lockCampaign } from './campaign-queries.ts'
import {
  type CampaignTerms,
  type ChangeRefusal,
  changeRefusal,
  type Path,
  type PathFault,
  pathFaultOf,
} from './campaign-rules.ts'
import { moveExpiry } from './create-notifications.ts'
import { publishJob } from './publish-job.ts'

/**
 * Saved, or why not: a path is wrong (`index` says which), the campaign is not what the form was made from
 * (`changed`), or a published one cannot be changed so.
 */
export type Saved =
  | { ok: true; campaign_id: string }
  | { ok: false; refusal: 'path'; index: number; fault: PathFault }
  | { ok: false; refusal: ChangeRefusal | 'changed' }

/**
 * Makes a campaign, as a draft that nobody but operators sees.
 * @throws AppError `forbidden` unless the actor is an operator for the catalog.
 */
export async function createCampaign(db: Db, actor: Actor, terms: CampaignTerms): Promise<Saved> {
  mustOperate(actor, 'catalog')
  return db.transaction().execute(async (trx) => {
    const wrong = await findFault(trx, terms.paths)
    if (wrong) return { ok: false, refusal: 'path', ...wrong }
    const { paths, ...columns } = terms
    const id = uuidv7()
    const made = { id, created_at: actor.now, updated_at: actor.now }
    await trx
      .insertInto('campaigns')
      .values({ ...columns, ...made })
      .execute()
    await insertPaths(trx, id, paths)
    await record(trx, actor, 'campaign.created', { subject_id: id, details: { ...terms } })
    return ok({ campaign_id: id })
  })
}

/**
 * Changes a campaign. Open drafts of upgrades made from it are outdated: who completes one sees it anew first. A
 * change of a published one may concern further customers, who are told at once.
 * @throws AppError `forbidden` unless the actor is an operator for the catalog, `not_found`.
 */
export async function changeCampaign(
  db: Db,
  actor: Actor,
  { campaign_id, revision, terms }: { campaign_id: string; revision: number; terms: CampaignTerms },
  { vendor }: Pick<Config, 'vendor'>,
): Promise<Saved> {
  mustOperate(actor, 'catalog')
  return db.transaction().execute(async (trx) => {
    const campaign = await lockCampaign(trx, campaign_id)
    const wrong = await findFault(trx, terms.paths)
    if (wrong) return { ok: false, refusal: 'path', ...wrong }
    const refusal = refusalOf(campaign, revision, terms, dayOf(actor.now, vendor.time_zone))
    if (refusal) return { ok: false, refusal }
    await store(trx, actor, campaign, terms)
    if (campaign.state !== 'draft') await spread(trx, campaign, terms, vendor.time_zone)
    const { paths, ...before } = termsOf(campaign)
    const details = { before: { ...before, paths: paths.length }, after: { ...terms, paths: terms.paths.length } }
    await record(trx, actor, 'campaign.changed', { subject_id: campaign_id, details })
    return ok({ campaign_id })
  })
}

function refusalOf(campaign: Campaign, revision: number, terms: CampaignTerms, today: Day) {
  return campaign.revision === revision ? changeRefusal(campaign, terms, today) : 'changed'
}

/** What an operator decided about a campaign, as a form shows it. */
export function termsOf(campaign: Campaign): CampaignTerms {
  const { name, starts_on, ends_on, overlap_days, notification_days, needs_maintenance, kinds, countries } = campaign
  const paths = campaign.paths.map(({ from_version_id, to_version_id }) => ({ from_version_id, to_version_id }))
  return { name, starts_on, ends_on, overlap_days, notification_days, needs_maintenance, kinds, countries, paths }
}

async function findFault(trx: Trx, paths: Path[]) {
  const ids = new Set(paths.flatMap(({ from_version_id, to_version_id }) => [from_version_id, to_version_id]))
  const versions = await listVersions(trx, [...ids])
  return pathFaultOf(paths, new Map(versions.map((version) => [version.id, version])))
}

/** Paths that stay keep their ids: upgrades and drafts refer to them. */
async function store(trx: Trx, actor: Actor, { id, paths: before }: Campaign, terms: CampaignTerms): Promise<void> {
  const { paths, ...columns } = terms
  await trx
    .updateTable('campaigns')
    .set((e) => ({ ...columns, revision: e('revision', '+', 1), updated_at: actor.now }))
    .where('id', '=', id)
    .execute()
  const isKept = (one: Path, others: readonly Path[]) =>
    others.some((path) => path.from_version_id === one.from_version_id && path.to_version_id === one.to_version_id)
  const gone = before.filter((path) => !isKept(path, paths)).map((path) => path.id)
  if (gone.length > 0) await trx.deleteFrom('campaign_paths').where('id', 'in', gone).execute()
  await insertPaths(
    trx,
    id,
    paths.filter((path) => !isKept(path, before)),
  )
}

async function insertPaths(trx: Trx, campaign_id: string, paths: Path[]): Promise<void> {
  if (paths.length === 0) return
  const rows = paths.map((path) => ({ ...path, id: uuidv7(), campaign_id }))
  await trx.insertInto('campaign_paths').values(rows).execute()
}

/** What a published campaign's change means for what was made from it. */
async function spread(trx: Trx, before: Campaign, after: CampaignTerms, time_zone: string): Promise<void> {
  const { id, state } = before
  await outdateDrafts(
    trx,
    sql`select d.draft_id from upgrade_drafts d join campaign_paths p on p.id = d.path_id where p.campaign_id = ${id}`,
  )
  const moves = before.ends_on !== after.ends_on || before.notification_days !== after.notification_days
  if (moves) await moveExpiry(trx, id, time_zone)
  const anew = { published_to: null, progress_done: 0, progress_total: 0 }
  const isPaused = state === 'paused'
  await trx
    .updateTable('campaigns')
    .set(isPaused ? anew : { ...anew, state: 'publishing' })
    .where('id', '=', id)
    .execute()
  if (!isPaused) await enqueue(trx, publishJob, { campaign_id: id }, { key: id })
}
