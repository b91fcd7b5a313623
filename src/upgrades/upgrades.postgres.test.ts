/** Races on real connections. Each was seen red with the locks of `commitRegistration` or `settleOverlaps` deleted. */
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { sql } from 'kysely'
import { freshPostgres } from '../../test/database.ts'
import { deployed, register } from '../../test/deploying.ts'
import { aLicense, aMember } from '../../test/licensing.ts'
import {
  aCampaign,
  aNotification,
  anUpgrading,
  aVerifiedUpgrade,
  complete,
  licenseOf,
  type Upgrading,
} from '../../test/upgrading.ts'
import { systemActor } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { uuidv7 } from '../platform/ids.ts'
import { openNotification } from './open-notification.ts'
import { settleDue } from './settle-overlaps.ts'
import { startUpgrade } from './start-upgrade.ts'

let db: Db
let upgrading: Upgrading

before(async (t) => {
  db = (await freshPostgres(t as never)).db
  upgrading = await anUpgrading(db)
})

/** What a person does who is told that somebody else was changing the same licenses. */
async function persist(attempt: () => ReturnType<typeof complete>) {
  for (;;) {
    const result = await attempt()
    if (result.ok || result.refusal !== 'taken') return result
  }
}

/** Further ways from the campaign's old version, each to a version of its own. */
async function morePaths({ campaign_id, from }: Awaited<ReturnType<typeof aCampaign>>, count: number) {
  const paths = Array.from({ length: count }, (_, n) => ({ id: uuidv7(), version: uuidv7(), name: `3.${n}` }))
  for (const { id, version, name } of paths) {
    const added = { id: version, product_id: from.product_id, version: name, released_on: '2026-06-01' }
    await db.insertInto('product_versions').values(added).execute()
    const path = { id, campaign_id, from_version_id: from.product_version_id, to_version_id: version }
    await db.insertInto('campaign_paths').values(path).execute()
  }
  return paths.map(({ id }) => id)
}

for (let round = 1; round <= 3; round++) {
  test(`of eight upgrades that take four of ten at once two are done (round ${round})`, async () => {
    const actor = await aMember(db)
    const campaign = await aCampaign(db)
    const license = await aLicense(db, campaign.from, { quantity: 10 })
    await register(db, actor, upgrading, license.serial, {})
    const { notification_id } = await aNotification(db, upgrading.config, campaign.campaign_id, license.customer_id)
    const selected = [{ license_id: license.id, quantity: 4 }]
    const drafts: { draft_id: string; revision: number }[] = []
    for (const path_id of await morePaths(campaign, 8)) {
      drafts.push(await aVerifiedUpgrade(db, actor, upgrading, { notification_id, path_id, selected }))
    }
    const results = await Promise.all(drafts.map((draft) => persist(() => complete(db, actor, upgrading, draft))))
    assert.equal(results.filter(({ ok }) => ok).length, 2, JSON.stringify(results))
    assert.partialDeepStrictEqual(await licenseOf(db, license.serial), { upgraded_quantity: 8, superseded: false })
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from licenses
      where upgraded_from_license_id = ${license.id}`.execute(db)
    assert.equal(rows[0]!.n, 2, 'nothing of those refused stays')
  })
}

test('of eight organizations that hold the ID one becomes the owner of a license', async () => {
  const campaign = await aCampaign(db)
  const license = await aLicense(db, campaign.from, { quantity: 10 })
  const { typed, notification_id } = await aNotification(
    ...([db, upgrading.config, campaign.campaign_id, license.customer_id] as const),
  )
  const selected = [{ license_id: license.id, quantity: 1 }]
  const contenders = []
  for (let n = 0; n < 8; n++) {
    const actor = await aMember(db)
    await openNotification(db, actor, { id: typed }, upgrading.config)
    const input = { notification_id, path_id: campaign.path_id, selected }
    contenders.push({ actor, draft: await aVerifiedUpgrade(db, actor, upgrading, input) })
  }
  const results = await Promise.all(
    contenders.map(({ actor, draft }) => persist(() => complete(db, actor, upgrading, draft))),
  )
  const winners = contenders.filter((_, n) => results[n]!.ok)
  assert.equal(winners.length, 1, JSON.stringify(results))
  assert.equal((await licenseOf(db, license.serial)).owner_id, winners[0]!.actor.organization_id)
})

test('Upgrade pressed eight times at once makes one draft', async () => {
  const actor = await aMember(db)
  const campaign = await aCampaign(db)
  const license = await aLicense(db, campaign.from)
  await register(db, actor, upgrading, license.serial, {})
  const { notification_id } = await aNotification(db, upgrading.config, campaign.campaign_id, license.customer_id)
  const input = { notification_id, path_id: campaign.path_id }
  const started = await Promise.all(Array.from({ length: 8 }, () => startUpgrade(db, actor, input, upgrading.config)))
  assert.equal(new Set(started.map((one) => one.ok && one.draft_id)).size, 1)
})

test('two nodes that end overlaps at once end each upgrade once', async () => {
  const actor = await aMember(db)
  const campaign = await aCampaign(db, { key_scheme: 'file_host' })
  const licenses = []
  for (let n = 0; n < 6; n++) {
    const license = await aLicense(db, campaign.from, { quantity: 10 })
    await register(db, actor, upgrading, license.serial, { [`host-${n}`]: 10 })
    const { notification_id } = await aNotification(db, upgrading.config, campaign.campaign_id, license.customer_id)
    const selected = [{ license_id: license.id, quantity: n % 2 ? 10 : 4 }]
    const draft = await aVerifiedUpgrade(db, actor, upgrading, { notification_id, path_id: campaign.path_id, selected })
    assert.ok((await complete(db, actor, upgrading, draft)).ok)
    licenses.push(license)
  }
  const settle = () => settleDue(db, systemActor('upgrades'), upgrading, '2999-01-01').catch(() => undefined)
  await Promise.all([settle(), settle(), settle()])
  await settle()
  for (const [n, license] of licenses.entries()) {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from events
      where license_id = ${license.id} and action = 'license.overlap_ended'`.execute(db)
    assert.equal(rows[0]!.n, 1, license.serial)
    const expected = n % 2 ? { superseded: true, quantity: 10 } : { superseded: false, quantity: 6 }
    assert.partialDeepStrictEqual(await licenseOf(db, license.serial), expected)
    assert.deepEqual(await deployed(db, license.serial), n % 2 ? [] : [`host-${n} 6`])
  }
})
