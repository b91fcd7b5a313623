/** Races on real connections. Seen red with `forNoKeyUpdate` of `lockCampaign` deleted, all but the last. */
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { sql } from 'kysely'
import { aCampaign, campaignConfig, termsFrom, threeVersions, type Versions } from '../../test/campaigns.ts'
import { freshPostgres } from '../../test/database.ts'
import { aLicense } from '../../test/licenses.ts'
import type { Operator } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { getCampaign } from './campaign-queries.ts'
import { ensureNotification } from './create-notifications.ts'
import { pauseCampaign, publishCampaign, resumeCampaign } from './publish-campaign.ts'
import { publish, tellNewlyEligible } from './publish-job.ts'
import { changeCampaign } from './save-campaign.ts'

const config = campaignConfig()
const customers = 250
let db: Db

before(async (t) => {
  db = (await freshPostgres(t as never)).db
})

/** A draft of a campaign for so many customers with one license each. */
async function aDraft(count = customers): Promise<{ campaign_id: string; operator: Operator; versions: Versions }> {
  const versions = await threeVersions(db)
  const license = { product_version_id: versions.old, maintenance_until: '2026-12-31' }
  for (let n = 0; n < count; n += 1) await aLicense(db, null, license, { contact_email: `c${n}@acme.example` })
  return { ...(await aCampaign(db, versions)), versions }
}

async function sentOf(campaign_id: string): Promise<{ mails: number; customers: number }> {
  const { rows } = await sql<{ mails: number; customers: number }>`
    select count(*)::int as mails, count(distinct n.customer_id)::int as customers
    from upgrade_notifications n join upgrade_notification_mails k on k.notification_id = n.id
    join mails m on m.id = k.mail_id where n.campaign_id = ${campaign_id}`.execute(db)
  return rows[0]!
}

const eventsOf = async (subject_id: string, action: string) =>
  (
    await db
      .selectFrom('events')
      .select('id')
      .where('subject_id', '=', subject_id)
      .where('action', '=', action)
      .execute()
  ).length

test('of eight who publish a draft at once one does, and the others find it done', async () => {
  const { campaign_id, operator } = await aDraft(0)
  const pressed = Array.from({ length: 8 }, () => publishCampaign(db, operator, { campaign_id, revision: 1 }, config))
  const results = await Promise.all(pressed)
  assert.ok(results.every(({ ok }) => ok))
  assert.equal(await eventsOf(campaign_id, 'campaign.published'), 1)
  assert.equal((await getCampaign(db, campaign_id)).revision, 2)
})

test('of eight changes made from one form one is taken', async () => {
  const { campaign_id, operator, versions } = await aDraft(0)
  const changes = Array.from({ length: 8 }, (_, n) =>
    changeCampaign(
      db,
      operator,
      { campaign_id, revision: 1, terms: termsFrom(versions, { name: `Name ${n}` }) },
      config,
    ),
  )
  const results = await Promise.all(changes)
  assert.equal(results.filter(({ ok }) => ok).length, 1)
  const winner = results.findIndex(({ ok }) => ok)
  const { name, revision } = await getCampaign(db, campaign_id)
  assert.deepEqual([name, revision], [`Name ${winner}`, 2])
})

test('four nodes that tell the customers of one campaign, and the morning job beside them, tell each once', async () => {
  const { campaign_id, operator } = await aDraft()
  await publishCampaign(db, operator, { campaign_id, revision: 1 }, config)
  const nodes = Array.from({ length: 4 }, () => publish({ db, config }, campaign_id))
  await Promise.all([...nodes, tellNewlyEligible({ db, config })])
  assert.deepEqual(await sentOf(campaign_id), { mails: customers, customers })
  const { state, progress_done, progress_total } = await getCampaign(db, campaign_id)
  assert.deepEqual([state, progress_done, progress_total], ['published', customers, customers])
  assert.equal(await eventsOf(campaign_id, 'campaign.told'), 1)
})

test('paused in the middle, nobody else is told until it is resumed', async () => {
  const { campaign_id, operator } = await aDraft()
  await publishCampaign(db, operator, { campaign_id, revision: 1 }, config)
  const working = publish({ db, config }, campaign_id)
  while ((await getCampaign(db, campaign_id)).progress_done === 0) await new Promise((done) => setTimeout(done, 2))
  await pauseCampaign(db, operator, campaign_id)
  const atOnce = await sentOf(campaign_id)
  await working
  assert.equal((await getCampaign(db, campaign_id)).state, 'paused', 'the job does not undo the pause')
  assert.deepEqual(await sentOf(campaign_id), atOnce)
  assert.ok(atOnce.mails > 0 && atOnce.mails < customers, `${atOnce.mails} were told`)
  await resumeCampaign(db, operator, campaign_id)
  await publish({ db, config }, campaign_id)
  assert.deepEqual(await sentOf(campaign_id), { mails: customers, customers })
})

test('customers who start from their catalog while they are being told have one notification', async () => {
  const { campaign_id, operator } = await aDraft()
  await publishCampaign(db, operator, { campaign_id, revision: 1 }, config)
  const { rows } = await sql<{ id: string }>`
    select distinct l.customer_id as id from licenses l join campaign_paths p on p.from_version_id = l.product_version_id
    where p.campaign_id = ${campaign_id}`.execute(db)
  const starting = rows.map(({ id: customer_id }) =>
    db.transaction().execute((trx) => ensureNotification(trx, config, { campaign_id, customer_id, now: new Date() })),
  )
  await Promise.all([publish({ db, config }, campaign_id), ...starting])
  assert.deepEqual(await sentOf(campaign_id), { mails: customers, customers })
  const made = await db
    .selectFrom('upgrade_notifications')
    .select('id')
    .where('campaign_id', '=', campaign_id)
    .execute()
  assert.equal(made.length, customers)
})
