import { type Actor, dayOf, mustOperate } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Config } from '../platform/config.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { ok, type Result, refuse } from '../platform/errors.ts'
import { enqueue } from '../platform/jobs/index.ts'
import { type Campaign, lockCampaign } from './campaign-queries.ts'
import { publishJob } from './publish-job.ts'
import type { CampaignState } from './rules.ts'

/** `changed`: it is not what the operator saw; `over`: its last day has passed. */
export type PublishRefusal = 'changed' | 'over' | 'ended'

/**
 * Publishes a draft: from its first day on, customers with eligible licenses are told and can upgrade. A job tells
 * them. Pressed twice it is done once.
 * @throws AppError `forbidden` unless the actor is an operator for the catalog, `not_found`.
 */
export async function publishCampaign(
  db: Db,
  actor: Actor,
  { campaign_id, revision }: { campaign_id: string; revision: number },
  { vendor }: Pick<Config, 'vendor'>,
): Promise<Result<object, PublishRefusal>> {
  mustOperate(actor, 'catalog')
  return db.transaction().execute(async (trx) => {
    const campaign = await lockCampaign(trx, campaign_id)
    const { state, ends_on } = campaign
    if (state === 'ended') return refuse('ended')
    if (state !== 'draft') return ok({})
    if (campaign.revision !== revision) return refuse('changed')
    if (ends_on !== null && ends_on < dayOf(actor.now, vendor.time_zone)) return refuse('over')
    await become(trx, actor, campaign, 'publishing', 'campaign.published')
    await enqueue(trx, publishJob, { campaign_id }, { key: campaign_id })
    return ok({})
  })
}

/** `state`: the campaign is not one that this can be done to. */
type StateRefusal = 'state'

/**
 * Stops upgrades and the telling of customers, until the campaign is resumed. What is upgraded stays upgraded.
 * Publishing under way stops after the batch that is being written.
 * @throws AppError `forbidden` unless the actor is an operator for the catalog, `not_found`.
 */
export function pauseCampaign(db: Db, actor: Actor, campaign_id: string): Promise<Result<object, StateRefusal>> {
  return change(db, actor, campaign_id, async (trx, campaign) => {
    if (campaign.state === 'paused') return ok({})
    if (campaign.state !== 'publishing' && campaign.state !== 'published') return refuse('state')
    await become(trx, actor, campaign, 'paused', 'campaign.paused')
    return ok({})
  })
}

/**
 * Opens a paused campaign again; who had not been told yet is told now.
 * @throws AppError as `pauseCampaign`.
 */
export function resumeCampaign(db: Db, actor: Actor, campaign_id: string): Promise<Result<object, StateRefusal>> {
  return change(db, actor, campaign_id, async (trx, campaign) => {
    if (campaign.state === 'publishing' || campaign.state === 'published') return ok({})
    if (campaign.state !== 'paused') return refuse('state')
    await become(trx, actor, campaign, 'publishing', 'campaign.resumed')
    await enqueue(trx, publishJob, { campaign_id }, { key: campaign_id })
    return ok({})
  })
}

/**
 * Ends a published campaign for good: no further upgrades, and its Upgrade Notification IDs open nothing more. Overlaps
 * that run go on.
 * @throws AppError as `pauseCampaign`.
 */
export function endCampaign(db: Db, actor: Actor, campaign_id: string): Promise<Result<object, StateRefusal>> {
  return change(db, actor, campaign_id, async (trx, campaign) => {
    if (campaign.state === 'draft') return refuse('state')
    if (campaign.state !== 'ended') await become(trx, actor, campaign, 'ended', 'campaign.ended')
    return ok({})
  })
}

/**
 * Deletes a draft, of which nobody was told.
 * @throws AppError as `pauseCampaign`.
 */
export function discardCampaign(db: Db, actor: Actor, campaign_id: string): Promise<Result<object, StateRefusal>> {
  return change(db, actor, campaign_id, async (trx, { state, name }) => {
    if (state !== 'draft') return refuse('state')
    await trx.deleteFrom('campaigns').where('id', '=', campaign_id).execute()
    await record(trx, actor, 'campaign.discarded', { subject_id: campaign_id, details: { name } })
    return ok({})
  })
}

async function change(
  db: Db,
  actor: Actor,
  campaign_id: string,
  work: (trx: Trx, campaign: Campaign) => Promise<Result<object, StateRefusal>>,
): Promise<Result<object, StateRefusal>> {
  mustOperate(actor, 'catalog')
  return db.transaction().execute(async (trx) => work(trx, await lockCampaign(trx, campaign_id)))
}

async function become(trx: Trx, actor: Actor, campaign: Campaign, state: CampaignState, action: string) {
  const { id, name, published_at } = campaign
  await trx
    .updateTable('campaigns')
    .set((e) => ({
      state,
      revision: e('revision', '+', 1),
      updated_at: actor.now,
      published_at: published_at ?? actor.now,
    }))
    .where('id', '=', id)
    .execute()
  await record(trx, actor, action, { subject_id: id, details: { name, before: campaign.state } })
}
