import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { aCampaign, anUpgrade, campaignConfig, dayFromNow, termsFrom, threeVersions } from '../../test/campaigns.ts'
import { freshDatabase } from '../../test/database.ts'
import { aCustomer, aLicense } from '../../test/licenses.ts'
import { getCampaign } from './campaign-queries.ts'
import { countOverlaps, countOverTime, reportCampaign } from './campaign-report.ts'
import { publishCampaign } from './publish-campaign.ts'
import { publish } from './publish-job.ts'

const config = campaignConfig()

test('a report counts by path who could, was told and did, what overlaps, and which mails were refused', async (t) => {
  const { db } = await freshDatabase(t)
  const versions = await threeVersions(db)
  const { old, next, last } = versions
  const paths = [next, last].map((to_version_id) => ({ from_version_id: old, to_version_id }))
  const { campaign_id, operator } = await aCampaign(db, versions, { paths })
  const license = { product_version_id: old, quantity: 4 }
  await aLicense(db, null, { ...license, maintenance_until: '2026-12-31' }, { contact_email: 'bea@buyer.example' })
  await aLicense(db, null, { ...license, maintenance_until: '2026-03-01' })
  await publishCampaign(db, operator, { campaign_id, revision: 1 }, config)
  await publish({ db, config }, campaign_id)
  await sql`update mails set parked_at = now()`.execute(db)
  const campaign = await getCampaign(db, campaign_id)
  const to = (version: string) => campaign.paths.find(({ to_version_id }) => to_version_id === version)!.id
  const customer_id = await aCustomer(db, 'C-1')
  const upgrade = { customer_id, path_id: to(next), quantity: 3 }
  await anUpgrade(db, campaign, upgrade)
  await anUpgrade(db, campaign, { ...upgrade, settled_at: new Date() })
  await anUpgrade(db, campaign, { ...upgrade, path_id: to(last), quantity: 5 })
  const other = await aCampaign(db, versions, termsFrom(versions))
  await anUpgrade(db, await getCampaign(db, other.campaign_id), { customer_id })

  const { paths: done, customers, eligibility } = await reportCampaign(db, campaign, dayFromNow())
  assert.deepEqual(customers, { notified: 3, without_mail: 2, refused_mails: 1, upgraded: 1 })
  const of = (version: string) => {
    const { upgraded, upgraded_quantity, overlaps, next_overlap_end } = done.find(
      ({ path_id }) => path_id === to(version),
    )!
    return [upgraded, upgraded_quantity, overlaps, next_overlap_end]
  }
  assert.deepEqual(
    [of(next), of(last)],
    [
      [2, 6, 1, dayFromNow(30)],
      [1, 5, 1, dayFromNow(30)],
    ],
  )
  const eligible = eligibility.by_path.filter(({ outcome }) => outcome === 'eligible')
  assert.deepEqual(
    new Map(eligible.map((each) => [each.path_id, [each.licenses, each.quantity]])),
    new Map([
      [to(next), [2, 8]],
      [to(last), [1, 4]],
    ]),
  )
  assert.equal(await countOverlaps(db, campaign_id), 2)
})

test('upgrades over time are counted on the vendor’s days; empty days are there, too', async (t) => {
  const { db } = await freshDatabase(t)
  const versions = await threeVersions(db)
  const { campaign_id } = await aCampaign(db, versions, { starts_on: '2026-03-01', ends_on: '2026-03-04' })
  const campaign = await getCampaign(db, campaign_id)
  const customer_id = await aCustomer(db, 'C-1')
  for (const [moment, quantity] of [
    ['2026-03-01T22:30:00Z', 2],
    ['2026-03-01T23:30:00Z', 3],
    ['2026-03-02T10:00:00Z', 4],
  ] as const) {
    await anUpgrade(db, campaign, { customer_id, quantity, upgraded_at: new Date(moment) })
  }
  const now = new Date()
  const counts = async (time_zone: string) =>
    (await countOverTime(db, campaign, { time_zone, now })).counts.map(({ since, licenses, quantity }) => [
      since.slice(-2),
      licenses,
      quantity,
    ])
  assert.deepEqual(await counts('Europe/Berlin'), [
    ['01', 1, 2],
    ['02', 2, 7],
    ['03', 0, 0],
    ['04', 0, 0],
  ])
  assert.deepEqual(await counts('UTC'), [
    ['01', 2, 5],
    ['02', 1, 4],
    ['03', 0, 0],
    ['04', 0, 0],
  ])
  const none = await countOverTime(db, campaign, { path: campaign_id, time_zone: 'UTC', now })
  assert.ok(none.counts.every(({ licenses }) => licenses === 0))
})

test('a long campaign is counted by weeks, then by months; one that has not begun has no days', async (t) => {
  const { db } = await freshDatabase(t)
  const versions = await threeVersions(db)
  const of = async (starts_on: string, ends_on: string) => {
    const campaign = await getCampaign(db, (await aCampaign(db, versions, { starts_on, ends_on })).campaign_id)
    const { period, counts } = await countOverTime(db, campaign, { time_zone: 'UTC', now: new Date('2026-11-01') })
    return [period, counts.length]
  }
  assert.deepEqual(await of('2026-03-01', '2026-04-01'), ['day', 32])
  assert.deepEqual(await of('2026-03-02', '2026-05-03'), ['week', 9])
  assert.deepEqual(await of('2025-11-15', '2026-10-15'), ['month', 12])
  assert.deepEqual(await of('2026-11-02', '2026-12-01'), ['day', 0])
})
