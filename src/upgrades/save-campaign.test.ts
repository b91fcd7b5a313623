import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { aCampaign, campaignConfig, dayFromNow, termsFrom, threeVersions } from '../../test/campaigns.ts'
import { freshDatabase } from '../../test/database.ts'
import { aCustomer, aMember } from '../../test/licenses.ts'
import { anOperator } from '../../test/requests.ts'
import { operatorRoles, systemActor } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { uuidv7 } from '../platform/ids.ts'
import { getCampaign } from './campaign-queries.ts'
import { ensureNotification } from './create-notifications.ts'
import { discardCampaign, endCampaign, pauseCampaign, publishCampaign, resumeCampaign } from './publish-campaign.ts'
import { changeCampaign, createCampaign, termsOf } from './save-campaign.ts'

const config = campaignConfig()
const forbidden = (error: unknown) => error instanceof AppError && error.code === 'forbidden'
const notFound = (error: unknown) => error instanceof AppError && error.code === 'not_found'

async function published(db: Db, given: Parameters<typeof aCampaign>[2] = {}) {
  const versions = await threeVersions(db)
  const { campaign_id, operator } = await aCampaign(db, versions, given)
  const { revision } = await getCampaign(db, campaign_id)
  assert.ok((await publishCampaign(db, operator, { campaign_id, revision }, config)).ok)
  return { versions, operator, campaign: await getCampaign(db, campaign_id) }
}

const actionsOn = async (db: Db, subject_id: string) =>
  (await db.selectFrom('events').select('action').where('subject_id', '=', subject_id).orderBy('id').execute()).map(
    ({ action }) => action,
  )

test('only operators of the catalog and administrators make, change and publish campaigns', async (t) => {
  const { db } = await freshDatabase(t)
  const versions = await threeVersions(db)
  const { campaign_id } = await aCampaign(db, versions)
  const terms = termsFrom(versions)
  const may: string[] = []
  const member = await aMember(db, 'administrator')
  for (const role of operatorRoles) {
    const operator = await anOperator(db, role)
    if (await createCampaign(db, operator, terms).catch(() => undefined)) may.push(role)
  }
  assert.deepEqual(may, ['catalog', 'administrator'])
  for (const actor of [member, await anOperator(db, 'support')]) {
    await assert.rejects(createCampaign(db, actor, terms), forbidden)
    await assert.rejects(changeCampaign(db, actor, { campaign_id, revision: 1, terms }, config), forbidden)
    await assert.rejects(publishCampaign(db, actor, { campaign_id, revision: 1 }, config), forbidden)
    for (const command of [pauseCampaign, resumeCampaign, endCampaign, discardCampaign]) {
      await assert.rejects(command(db, actor, campaign_id), forbidden)
    }
  }
})

test('a campaign is stored as it was made, with a line of history, and a wrong path is named', async (t) => {
  const { db } = await freshDatabase(t)
  const versions = await threeVersions(db)
  const { old, next, last } = versions
  const terms = termsFrom(versions, {
    countries: ['DE', 'FR'],
    ends_on: dayFromNow(90),
    paths: [
      { from_version_id: old, to_version_id: next },
      { from_version_id: old, to_version_id: last },
    ],
  })
  const operator = await anOperator(db, 'catalog')
  const saved = await createCampaign(db, operator, terms)
  assert.ok(saved.ok)
  const campaign = await getCampaign(db, saved.campaign_id)
  assert.deepEqual([campaign.state, termsOf(campaign)], ['draft', terms])
  assert.deepEqual(await actionsOn(db, campaign.id), ['campaign.created'])

  const back = { ...terms, paths: [...terms.paths, { from_version_id: next, to_version_id: old }] }
  assert.deepEqual(await createCampaign(db, operator, back), {
    ok: false,
    refusal: 'path',
    index: 2,
    fault: 'backwards',
  })
  const gone = { ...terms, paths: [{ from_version_id: old, to_version_id: uuidv7() }] }
  assert.deepEqual(await createCampaign(db, operator, gone), { ok: false, refusal: 'path', index: 0, fault: 'unknown' })
  for (const id of [uuidv7(), 'x', '']) await assert.rejects(getCampaign(db, id), notFound)
})

test('a form made from an older revision changes nothing', async (t) => {
  const { db } = await freshDatabase(t)
  const versions = await threeVersions(db)
  const { campaign_id, operator } = await aCampaign(db, versions)
  const change = (name: string) =>
    changeCampaign(db, operator, { campaign_id, revision: 1, terms: termsFrom(versions, { name }) }, config)
  assert.ok((await change('First')).ok)
  assert.deepEqual(await change('Second'), { ok: false, refusal: 'changed' })
  const { name, revision } = await getCampaign(db, campaign_id)
  assert.deepEqual([name, revision], ['First', 2])
})

test('changing a published campaign outdates open drafts, keeps its paths, and tells whom it newly concerns', async (t) => {
  const { db } = await freshDatabase(t)
  const { versions, operator, campaign } = await published(db)
  const draft = await aDraftIn(db, campaign.id, campaign.paths[0]!.id)
  const other = await published(db)
  const elsewhere = await aDraftIn(db, other.campaign.id, other.campaign.paths[0]!.id)
  await db.updateTable('campaigns').set({ state: 'published', published_to: uuidv7() }).execute()
  const paths = [...termsOf(campaign).paths, { from_version_id: versions.old, to_version_id: versions.last }]
  const input = { campaign_id: campaign.id, revision: campaign.revision }
  const changed = await changeCampaign(db, operator, { ...input, terms: { ...termsOf(campaign), paths } }, config)
  assert.ok(changed.ok)
  const after = await getCampaign(db, campaign.id)
  assert.deepEqual([after.state, after.published_to, after.revision], ['publishing', null, campaign.revision + 1])
  assert.ok(
    after.paths.some(({ id }) => id === campaign.paths[0]!.id),
    'a path that stays keeps its id',
  )
  assert.equal(after.paths.length, 2)
  const revisions = await db.selectFrom('registration_drafts').select(['id', 'revision']).execute()
  assert.deepEqual(
    new Map(revisions.map(({ id, revision }) => [id, revision])),
    new Map([
      [draft, 2],
      [elsewhere, 1],
    ]),
  )

  const fewer = { ...termsOf(after), paths: paths.slice(1) }
  const refused = await changeCampaign(db, operator, { ...input, revision: after.revision, terms: fewer }, config)
  assert.deepEqual(refused, { ok: false, refusal: 'paths_kept' })
})

test('an earlier last day ends notifications earlier; a later one lets those it had cut live on', async (t) => {
  const { db } = await freshDatabase(t)
  const berlin = campaignConfig('Europe/Berlin')
  const { operator, campaign } = await published(db, { ends_on: dayFromNow(40), notification_days: 60 })
  const now = new Date()
  const ensure = { campaign_id: campaign.id, customer_id: await aCustomer(db, 'C-1'), now }
  const id = await db.transaction().execute((trx) => ensureNotification(trx, berlin, ensure))
  const expiry = async () =>
    (await db.selectFrom('upgrade_notifications').select('expires_at').where('id', '=', id).executeTakeFirstOrThrow())
      .expires_at
  const midnightAfter = async (day: string) => {
    const midnight = sql<{ at: Date }>`select (${day}::date + 1)::timestamp at time zone 'Europe/Berlin' as at`
    return (await midnight.execute(db)).rows[0]!.at
  }
  assert.deepEqual(await expiry(), await midnightAfter(dayFromNow(40)))
  const move = async (ends_on: string | null) => {
    const as = await getCampaign(db, campaign.id)
    const terms = { ...termsOf(as), ends_on }
    assert.ok((await changeCampaign(db, operator, { campaign_id: as.id, revision: as.revision, terms }, berlin)).ok)
  }
  await move(dayFromNow(10))
  assert.deepEqual(await expiry(), await midnightAfter(dayFromNow(10)))
  await move(null)
  assert.deepEqual(await expiry(), new Date(now.getTime() + 60 * 86_400_000))
})

test('published, paused, resumed, ended: each once, each with a line of history; then nothing more', async (t) => {
  const { db } = await freshDatabase(t)
  const { operator, campaign } = await published(db)
  const { id } = campaign
  const again = await publishCampaign(db, operator, { campaign_id: id, revision: 1 }, config)
  assert.ok(again.ok, 'pressed twice')
  for (const command of [pauseCampaign, pauseCampaign, resumeCampaign, resumeCampaign, endCampaign, endCampaign]) {
    assert.ok((await command(db, operator, id)).ok)
  }
  const names = ['created', 'published', 'paused', 'resumed', 'ended']
  assert.deepEqual(
    await actionsOn(db, id),
    names.map((name) => `campaign.${name}`),
  )
  for (const command of [pauseCampaign, resumeCampaign, discardCampaign]) {
    assert.deepEqual(await command(db, operator, id), { ok: false, refusal: 'state' })
  }
  const { revision } = await getCampaign(db, id)
  const publish = await publishCampaign(db, operator, { campaign_id: id, revision }, config)
  assert.deepEqual(publish, { ok: false, refusal: 'ended' })
  const change = await changeCampaign(db, operator, { campaign_id: id, revision, terms: termsOf(campaign) }, config)
  assert.deepEqual(change, { ok: false, refusal: 'ended' })
})

test('a draft is published as it was seen and not after its last day; it is discarded, not ended', async (t) => {
  const { db } = await freshDatabase(t)
  const versions = await threeVersions(db)
  const { campaign_id, operator } = await aCampaign(db, versions, {
    starts_on: dayFromNow(-9),
    ends_on: dayFromNow(-2),
  })
  const publish = (revision: number) => publishCampaign(db, operator, { campaign_id, revision }, config)
  assert.deepEqual(await publish(7), { ok: false, refusal: 'changed' })
  assert.deepEqual(await publish(1), { ok: false, refusal: 'over' })
  for (const command of [pauseCampaign, resumeCampaign, endCampaign]) {
    assert.deepEqual(await command(db, operator, campaign_id), { ok: false, refusal: 'state' })
  }
  assert.ok((await discardCampaign(db, operator, campaign_id)).ok)
  await assert.rejects(getCampaign(db, campaign_id), notFound)
  assert.deepEqual(await actionsOn(db, campaign_id), ['campaign.created', 'campaign.discarded'])
})

test('the command line acts as the system and may all of this', async (t) => {
  const { db } = await freshDatabase(t)
  const versions = await threeVersions(db)
  assert.ok((await createCampaign(db, systemActor('keyport campaigns'), termsFrom(versions))).ok)
})

/** A draft in which somebody upgrades along a path. @returns its id. */
async function aDraftIn(db: Db, campaign_id: string, path_id: string): Promise<string> {
  const member = await aMember(db)
  const id = uuidv7()
  const { organization_id, user_id: created_by } = member
  const times = { created_at: new Date(), updated_at: new Date() }
  await db
    .insertInto('registration_drafts')
    .values({ id, organization_id, created_by, purpose: 'upgrade', ...times })
    .execute()
  const customer_id = await aCustomer(db, `C${id.slice(-12)}`)
  const about = { campaign_id, customer_id, now: new Date() }
  const notification_id = await db.transaction().execute((trx) => ensureNotification(trx, config, about))
  await db.insertInto('upgrade_drafts').values({ draft_id: id, notification_id, path_id }).execute()
  return id
}
