import { sql } from 'kysely'
import { z } from 'zod'
import { type Actor, dayOf, systemActor } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Config } from '../platform/config.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { defineJob, enqueue } from '../platform/jobs/index.ts'
import { countCustomers } from './campaign-preview.ts'
import { type Campaign, lockCampaign } from './campaign-queries.ts'
import { isOpen } from './eligibility.ts'
import { closedBecause } from './rules.ts'
import { tellNextCustomers } from './tell-customers.ts'

type Needs = { db: Db; config: Config }

/** Tells the customers of a published campaign; one that was killed is taken up again where it stopped. */
export const publishJob = defineJob('upgrades.publish', {
  payload: z.object({ campaign_id: z.uuid() }),
  retries: 20,
  pause: 2,
  longest_pause: 300,
  timeout: 6 * 3600,
  async run({ services, signal }, { campaign_id }) {
    await publish(services, campaign_id, signal)
  },
})

/**
 * Goes on with telling customers until all are told, batch after batch, each in one transaction with how far it came.
 * Stopped at any moment and started again, or started twice at once, it tells nobody twice.
 * @throws what the signal says when it aborts; whoever called again goes on.
 */
export async function publish({ db, config }: Needs, campaign_id: string, signal?: AbortSignal): Promise<void> {
  for (let more = true; more; ) {
    signal?.throwIfAborted()
    more = await db.transaction().execute((trx) => publishBatch(trx, config, campaign_id))
  }
}

/** @returns whether there is more to do. */
async function publishBatch(trx: Trx, config: Config, campaign_id: string): Promise<boolean> {
  await sql`set local statement_timeout = 0`.execute(trx)
  const campaign = await lockIfThere(trx, campaign_id)
  const actor = systemActor('upgrade campaigns')
  const today = dayOf(actor.now, config.vendor.time_zone)
  if (campaign?.state !== 'publishing' || closedBecause(campaign, today)) return false
  if (!campaign.published_to && campaign.progress_total === 0) {
    const total = await countCustomers(trx, campaign_id, today)
    await trx.updateTable('campaigns').set({ progress_total: total }).where('id', '=', campaign_id).execute()
    if (total > 0) return true
  }
  const { passed, last } = await tellNextCustomers(trx, actor, config, campaign, campaign.published_to)
  await keepProgress(trx, actor, campaign, passed, last)
  return last !== undefined
}

async function keepProgress(trx: Trx, actor: Actor, campaign: Campaign, passed: number, last: string | undefined) {
  const { id, name, progress_done, progress_total, published_to } = campaign
  const done = progress_done + passed
  await trx
    .updateTable('campaigns')
    .set({
      published_to: last ?? published_to,
      progress_done: done,
      // Licenses that became eligible meanwhile are told, too.
      progress_total: Math.max(done, last ? progress_total : 0),
      ...(last ? {} : { state: 'published' }),
      updated_at: actor.now,
    })
    .where('id', '=', id)
    .execute()
  if (!last) await record(trx, actor, 'campaign.told', { subject_id: id, details: { name, customers: done } })
}

/** A draft may have been discarded since. */
function lockIfThere(trx: Trx, campaign_id: string): Promise<Campaign | undefined> {
  return lockCampaign(trx, campaign_id).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'not_found') return undefined
    throw error
  })
}

/** Every hour: campaigns whose first day has come where the vendor is, and those whose job came to no end. */
export const startCampaigns = defineJob('upgrades.start', {
  payload: z.object({}),
  cron: '4 * * * *',
  async run({ services: { db, config } }) {
    const ids = await listOpen(db, config, 'publishing')
    await db.transaction().execute(async (trx) => {
      for (const id of ids) await enqueue(trx, publishJob, { campaign_id: id }, { key: id })
    })
  },
})

/** Every morning: customers whose licenses became eligible since, by a renewal or a new order, are told as well. */
export const tellLater = defineJob('upgrades.tell', {
  payload: z.object({}),
  cron: '41 4 * * *',
  timeout: 6 * 3600,
  async run({ services, signal }) {
    await tellNewlyEligible(services, signal)
  },
})

/** Tells the customers of all open campaigns who were not told before. */
export async function tellNewlyEligible({ db, config }: Needs, signal?: AbortSignal): Promise<void> {
  for (const id of await listOpen(db, config, 'published')) {
    let after: string | null | undefined = null
    while (after !== undefined) {
      signal?.throwIfAborted()
      const from: string | null = after
      after = await db.transaction().execute((trx) => tellMore(trx, config, id, from))
    }
  }
}

async function tellMore(trx: Trx, config: Config, campaign_id: string, after: string | null) {
  await sql`set local statement_timeout = 0`.execute(trx)
  const campaign = await lockIfThere(trx, campaign_id)
  const actor = systemActor('upgrade campaigns')
  const isClosed = !campaign || closedBecause(campaign, dayOf(actor.now, config.vendor.time_zone))
  if (isClosed || campaign.state !== 'published') return undefined
  const { told, last } = await tellNextCustomers(trx, actor, config, campaign, after)
  if (told > 0) {
    await trx
      .updateTable('campaigns')
      .set((e) => ({ progress_done: e('progress_done', '+', told), progress_total: e('progress_total', '+', told) }))
      .where('id', '=', campaign_id)
      .execute()
  }
  return last
}

async function listOpen(db: Db, config: Config, state: 'publishing' | 'published'): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select c.id from campaigns c
    where c.state = ${state} and ${isOpen(dayOf(new Date(), config.vendor.time_zone))} order by c.id`.execute(db)
  return rows.map(({ id }) => id)
}
