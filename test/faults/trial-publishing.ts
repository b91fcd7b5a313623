/** Publishing of an upgrade campaign: of two workers one is killed again and again while customers are being told. */
import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Db } from '../../src/platform/db/index.ts'
import { publishCampaign } from '../../src/upgrades/index.ts'
import { aCampaign, campaignConfig } from '../campaigns.ts'
import { fillUpgradable, upgradable } from '../many-upgradable.ts'
import { aPlace, type Scope } from './place.ts'
import { endLeases, kill, startWorker } from './trial-nodes.ts'

export type PublishingOptions = {
  kills: number
  customers: number
  /** As if leases and heartbeats of the dead were over. */
  hurry: boolean
  tell?(line: string): void
}

export async function trialOfPublishing(t: Scope, options: PublishingOptions) {
  const { kills, customers, hurry } = options
  const place = await aPlace(t, 'postgres')
  Object.assign(place.env, { SECRET: 'shared by all nodes: thirty-two characters' })
  await place.change((db) => fillUpgradable(db, { licenses: 2 * customers, customers }))
  const expected = await place.look(countEligible)
  const workers = await Promise.all([startWorker(t, place), startWorker(t, place)])
  const campaign_id = await place.change(begin)
  let killed = 0
  for (let n = 0; n < kills && (await place.look(stateOf)).state === 'publishing'; n++) {
    const { progress_done } = await place.look(stateOf)
    // Somewhere within the batch after the next one.
    while (
      (await place.look(stateOf)).progress_done === progress_done &&
      (await place.look(stateOf)).state !== 'published'
    )
      await wait(5)
    await wait(randomInt(0, 60))
    await kill(workers[n % 2]!)
    killed += 1
    if (hurry) await place.change(endLeases)
    workers[n % 2] = await startWorker(t, place)
    options.tell?.(`kill ${n + 1}: ${(await place.look(stateOf)).progress_done} of ${expected} customers told`)
  }
  const end = Date.now() + 300_000
  while ((await place.look(stateOf)).state === 'publishing') {
    assert.ok(Date.now() < end, 'publishing comes to its end')
    await wait(100)
  }
  const told = await place.look((db) => countTold(db, campaign_id))
  assert.deepEqual(told, { customers: expected, addresses: expected, mails: expected, events: expected })
  assert.equal((await place.look(stateOf)).progress_done, expected)
  return { kills: killed, customers: expected }
}

async function begin(db: Db): Promise<string> {
  const { campaign_id, operator } = await aCampaign(db, upgradable)
  await publishCampaign(db, operator, { campaign_id, revision: 1 }, campaignConfig())
  return campaign_id
}

async function stateOf(db: Db): Promise<{ state: string; progress_done: number }> {
  return db.selectFrom('campaigns').select(['state', 'progress_done']).executeTakeFirstOrThrow()
}

/** Each customer has one contact: technical or of the orders, but for those with both. */
async function countEligible(db: Db): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct l.customer_id)::int as count from licenses l join order_lines ol on ol.id = l.order_line_id
    join orders o on o.id = ol.order_id
    where l.maintenance_until >= '2026-03-01' and l.revoked_at is null and l.superseded_at is null
      and o.cancelled_at is null`.execute(db)
  return rows[0]!.count
}

async function countTold(db: Db, campaign_id: string) {
  const { rows } = await sql<{ customers: number; addresses: number; mails: number; events: number }>`
    select count(distinct n.customer_id)::int as customers, count(distinct (k.email, n.id))::int as addresses,
      count(m.id)::int as mails,
      (select count(*)::int from events e where e.action = 'upgrade.announced') as events
    from upgrade_notifications n join upgrade_notification_mails k on k.notification_id = n.id
    join mails m on m.id = k.mail_id where n.campaign_id = ${campaign_id}`.execute(db)
  return rows[0]!
}
