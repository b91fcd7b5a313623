import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { sql } from 'kysely'
import { freshDatabase } from '../../test/database.ts'
import { deployed, register } from '../../test/deploying.ts'
import { aLicense, aMember, aProduct, fillPool } from '../../test/licensing.ts'
import {
  aCampaign,
  aNotification,
  anUpgrading,
  aVerifiedUpgrade,
  complete,
  licenseOf,
  type SomeCampaign,
  serialsOf,
  type Upgrading,
} from '../../test/upgrading.ts'
import { type Member, systemActor } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { listIssuedKeys } from '../registration/issued-keys.ts'
import { endOverlap } from './end-overlap.ts'
import { getNotification, listMyNotifications, listPaths } from './notifications.ts'
import { lookUpNotification, openNotification } from './open-notification.ts'
import { selectAll, selectLicenses, selectNone } from './select-licenses.ts'
import { countChosen, getUpgradeDraft, listCandidates } from './selection.ts'
import { settleDue } from './settle-overlaps.ts'
import { startUpgrade, startUpgradeOf } from './start-upgrade.ts'

let db: Db
let upgrading: Upgrading

before(async (t) => {
  db = (await freshDatabase(t as never)).db
  upgrading = await anUpgrading(db)
})

const notFound = (error: unknown) => error instanceof AppError && error.code === 'not_found'
const today = '2999-01-01'
const settle = (day = today) => settleDue(db, systemActor('upgrades'), upgrading, day)

/** An owned license of the campaign's old version with a notification for its customer. */
async function anOwned(actor: Member, campaign: SomeCampaign, quantity = 10, hosts: Record<string, number> = {}) {
  const license = await aLicense(db, campaign.from, { quantity })
  await register(db, actor, upgrading, license.serial, hosts)
  const notification = await aNotification(db, upgrading.config, campaign.campaign_id, license.customer_id)
  return { ...license, ...notification, license_id: license.id }
}

async function upgrade(
  actor: Member,
  campaign: SomeCampaign,
  owned: { notification_id: string; license_id: string },
  quantity: number,
) {
  const { notification_id, license_id } = owned
  const input = { notification_id, path_id: campaign.path_id, selected: [{ license_id, quantity }] }
  const done = await complete(db, actor, upgrading, await aVerifiedUpgrade(db, actor, upgrading, input))
  assert.ok(done.ok, JSON.stringify(done))
  return { registration_id: done.registration_id, serial: (await serialsOf(db, done.registration_id))[0]! }
}

const activeKeys = async (serial: string) => {
  const { rows } = await sql<{
    n: number
  }>`select count(*)::int as n from license_keys k join licenses l on l.id = k.license_id
    where l.serial = ${serial} and k.superseded_at is null and k.revoked_at is null`.execute(db)
  return rows[0]!.n
}

test('a whole license gets a new serial number and new keys; the old keys work until the overlap is over', async () => {
  const actor = await aMember(db)
  const campaign = await aCampaign(db)
  const owned = await anOwned(actor, campaign)
  await sql`update licenses set maintenance_until = '2027-03-31' where id = ${owned.id}`.execute(db)
  const { serial, registration_id } = await upgrade(actor, campaign, owned, 10)

  assert.notEqual(serial, owned.serial)
  const made = await licenseOf(db, serial)
  assert.partialDeepStrictEqual(made, {
    quantity: 10,
    version: '2.0',
    owner_id: actor.organization_id,
    upgraded_from: owned.serial,
    maintenance_until: '2027-03-31',
  })
  const [key] = await listIssuedKeys(db, { id: registration_id, organization_id: actor.organization_id }, { limit: 10 })
  assert.match(key!.file_name!, /\.slf$/)
  assert.partialDeepStrictEqual(await licenseOf(db, owned.serial), { upgraded_quantity: 10, superseded: false })
  assert.equal(await activeKeys(owned.serial), 1, 'both work meanwhile')

  await settle('2026-01-01')
  assert.equal(await activeKeys(owned.serial), 1, 'the overlap is not over')
  await settle()
  assert.partialDeepStrictEqual(await licenseOf(db, owned.serial), {
    quantity: 10,
    superseded: true,
    upgraded_quantity: 0,
  })
  assert.equal(await activeKeys(owned.serial), 0)
  assert.equal(await activeKeys(serial), 1)
  await settle()
  const { rows } = await sql<{
    action: string
  }>`select action from events where license_id = ${owned.id} order by chain_number`.execute(db)
  assert.deepEqual(
    rows.map(({ action }) => action),
    ['license.registered', 'license.upgraded', 'license.overlap_ended'],
  )
})

test('part of a quantity: the old license keeps the rest, the part is divided off when the overlap is over', async () => {
  const actor = await aMember(db)
  const campaign = await aCampaign(db, { key_scheme: 'file_host' })
  const owned = await anOwned(actor, campaign, 10, { 'host-a': 6, 'host-b': 3 })
  const { serial } = await upgrade(actor, campaign, owned, 4)
  assert.deepEqual(await deployed(db, serial), ['host-a 4'], 'the hosts of the old license are proposed')
  assert.deepEqual(await deployed(db, owned.serial), ['host-a 6', 'host-b 3'])

  await settle()
  assert.partialDeepStrictEqual(await licenseOf(db, owned.serial), {
    quantity: 6,
    upgraded_quantity: 0,
    superseded: false,
  })
  assert.deepEqual(
    await deployed(db, owned.serial),
    ['host-a 3', 'host-b 3'],
    'where the new one works there is room made',
  )
  const part = await licenseOf(db, (await licenseOf(db, serial)).upgraded_from!)
  assert.partialDeepStrictEqual(part, { quantity: 4, superseded: true, split_from: owned.serial })
  const { rows } = await sql<{ total: number }>`select sum(quantity)::int as total from licenses
    where customer_id = ${owned.customer_id} and product_version_id = ${campaign.from.product_version_id}`.execute(db)
  assert.equal(rows[0]!.total, 10, 'nothing is gained or lost')
})

test('a key that says nothing of a quantity stays the same, for what is left', async () => {
  const actor = await aMember(db)
  const campaign = await aCampaign(db, { key_scheme: 'code' })
  const owned = await anOwned(actor, campaign)
  const key = async () =>
    (
      await sql<{ key_text: string; quantity: number }>`select key_text, quantity from license_keys
    where license_id = ${owned.id} and superseded_at is null`.execute(db)
    ).rows
  const [before] = await key()
  await upgrade(actor, campaign, owned, 3)
  await settle()
  assert.deepEqual(await key(), [{ key_text: before!.key_text, quantity: 7 }])
})

test('several upgrades of one license take no more than its quantity', async () => {
  const actor = await aMember(db)
  const campaign = await aCampaign(db)
  const owned = await anOwned(actor, campaign)
  await upgrade(actor, campaign, owned, 4)
  const started = await startUpgrade(db, actor, { ...owned, path_id: campaign.path_id }, upgrading.config)
  assert.ok(started.ok)
  const draft = await getUpgradeDraft(db, actor, started.draft_id, upgrading.config)
  const [candidate] = await listCandidates(db, actor, draft, { text: '', after: undefined, limit: 10 })
  assert.equal(candidate!.left, 6)
  for (const quantity of [7, 10]) {
    const selected = [{ license_id: owned.id, quantity }]
    const refused = await selectLicenses(db, actor, draft, { shown: [owned.id], selected })
    assert.deepEqual(refused, { ok: false, refusal: 'not_eligible' })
  }
  await upgrade(actor, campaign, owned, 6)
  await settle()
  assert.partialDeepStrictEqual(await licenseOf(db, owned.serial), { quantity: 6, superseded: true })
})

test('a license that nobody owns belongs to whoever upgrades it with the ID', async () => {
  const actor = await aMember(db)
  const campaign = await aCampaign(db)
  const license = await aLicense(db, campaign.from, { quantity: 5 })
  const { notification_id, typed } = await aNotification(
    db,
    upgrading.config,
    campaign.campaign_id,
    license.customer_id,
  )
  await assert.rejects(getNotification(db, actor, notification_id, upgrading.config), notFound)
  await assert.rejects(
    startUpgrade(db, actor, { notification_id, path_id: campaign.path_id }, upgrading.config),
    notFound,
  )

  const opened = await openNotification(
    db,
    actor,
    { id: ` ${typed.toLowerCase().replaceAll('-', ' ')} ` },
    upgrading.config,
  )
  assert.deepEqual(opened, { ok: true, notification_id })
  const { serial } = await upgrade(actor, campaign, { notification_id, license_id: license.id }, 2)
  assert.equal((await licenseOf(db, serial)).owner_id, actor.organization_id)
  assert.equal((await licenseOf(db, license.serial)).owner_id, actor.organization_id)
  await settle()
  assert.partialDeepStrictEqual(await licenseOf(db, license.serial), { quantity: 3, superseded: false })
})

test('an ID of none, and one that cannot be used, look alike to strangers; those concerned are told why', async () => {
  const stranger = await aMember(db)
  const owner = await aMember(db)
  for (const [given, refusal] of [
    [{ state: 'paused' as const }, 'paused'],
    [{ ends_on: '2026-02-01' }, 'ended'],
    [{ starts_on: '2999-01-01' }, 'not_started'],
  ] as const) {
    const campaign = await aCampaign(db, given)
    const { typed } = await anOwned(owner, campaign)
    assert.deepEqual(await openNotification(db, stranger, { id: typed }, upgrading.config), {
      ok: false,
      refusal: 'unknown',
    })
    assert.deepEqual(await openNotification(db, owner, { id: typed }, upgrading.config), { ok: false, refusal })
  }
  const campaign = await aCampaign(db)
  const { typed, notification_id } = await anOwned(owner, campaign)
  await sql`update upgrade_notifications set expires_at = now() - interval '1 day' where id = ${notification_id}`.execute(
    db,
  )
  assert.deepEqual(await openNotification(db, owner, { id: typed }, upgrading.config), {
    ok: false,
    refusal: 'expired',
  })
  for (const id of ['', 'nonsense', '2345-6789-ABCD-EFGH-JKMN', "' or 1=1", 'x'.repeat(100)]) {
    assert.deepEqual(await openNotification(db, stranger, { id }, upgrading.config), { ok: false, refusal: 'unknown' })
  }
})

test('guesses are counted: after twenty nobody learns more', async () => {
  const guesser = await aMember(db)
  const tries = async () => {
    for (let n = 0; n < 30; n++)
      await openNotification(db, guesser, { id: '2345-6789-ABCD-EFGH-JKMN' }, upgrading.config)
  }
  await assert.rejects(tries(), (error) => error instanceof AppError && error.code === 'too_many_requests')
})

test('customer number and order number together find the notification, alone neither does', async () => {
  const actor = await aMember(db)
  const campaign = await aCampaign(db)
  const { customer_id } = await aLicense(db, campaign.from)
  const { notification_id } = await aNotification(db, upgrading.config, campaign.campaign_id, customer_id)
  const { number: customer_number } = await db
    .selectFrom('customers')
    .select('number')
    .where('id', '=', customer_id)
    .executeTakeFirstOrThrow()
  const order = {
    id: crypto.randomUUID(),
    number: `LOOKUP-1`,
    customer_id,
    ordered_on: '2026-01-01',
    created_at: new Date(),
  }
  await db.insertInto('orders').values(order).execute()
  const look = (order_number: string, number = customer_number) =>
    lookUpNotification(db, actor, { customer_number: number, order_number }, upgrading.config)
  assert.deepEqual(await look('LOOKUP-2'), { ok: false, refusal: 'unknown' })
  assert.deepEqual(await look('LOOKUP-1', 'C-UNKNOWN'), { ok: false, refusal: 'unknown' })
  assert.deepEqual(await look('LOOKUP-1'), { ok: true, notification_id })
})

test('maintenance decides by the day of the release; a renewal opens the upgrade at once', async () => {
  const actor = await aMember(db)
  const campaign = await aCampaign(db, { needs_maintenance: true, released_on: '2026-06-01' })
  const owned = await anOwned(actor, campaign)
  const input = { serial: owned.serial, path_id: campaign.path_id }
  const attempt = () => startUpgradeOf(db, actor, input, upgrading.config)
  const until = (day: string | null) =>
    sql`update licenses set maintenance_until = ${day} where id = ${owned.id}`.execute(db)
  assert.deepEqual(await attempt(), { ok: false, refusal: 'no_maintenance' })
  await until('2026-05-31')
  assert.deepEqual(await attempt(), { ok: false, refusal: 'maintenance_lapsed' })
  assert.partialDeepStrictEqual(
    (await listPaths(db, actor, await getNotification(db, actor, owned.notification_id, upgrading.config)))[0],
    { available: 0, not_eligible: 1, upgraded: 0 },
  )
  await until('2026-06-01')
  assert.equal((await attempt()).ok, true, 'the day of the release counts')
  await until('2026-05-31')

  const maintenance = await aProduct(db, {
    kind: 'maintenance',
    key_scheme: 'none',
    covers_product_id: campaign.from.product_id,
  })
  const renewal = await aLicense(db, maintenance, {
    ...{ customer_id: owned.customer_id, starts_on: '2026-09-01', ends_on: '2027-08-31', covers_license_id: owned.id },
  })
  await register(db, actor, upgrading, renewal.serial, {})
  assert.equal((await attempt()).ok, true)
  assert.equal((await licenseOf(db, owned.serial)).maintenance_until, '2027-08-31')
})

test('days of a campaign are the vendor’s: it is open where the vendor is, whatever day the customer has', async () => {
  const now = new Date('2026-11-30T23:30:00Z')
  const actor = await aMember(db, { now })
  const campaign = await aCampaign(db, { starts_on: '2026-12-01', ends_on: '2026-12-01' })
  const { notification_id } = await anOwned(actor, campaign)
  const at = async (zone: string, moment: Date) => {
    const { config } = await anUpgrading(db, zone)
    return (await getNotification(db, { ...actor, now: moment }, notification_id, config)).closed
  }
  await sql`update upgrade_notifications set expires_at = '2999-01-01' where id = ${notification_id}`.execute(db)
  assert.equal(await at('UTC', now), 'not_started')
  assert.equal(await at('Europe/Paris', now), null, 'there it is the 1st already')
  const later = new Date('2026-12-02T05:00:00Z')
  assert.equal(await at('UTC', later), 'ended')
  assert.equal(await at('America/Los_Angeles', later), null, 'there it is the 1st still')
})

test('a license of another customer or another owner is in nobody else’s selection', async () => {
  const actor = await aMember(db)
  const other = await aMember(db)
  const campaign = await aCampaign(db)
  const owned = await anOwned(actor, campaign)
  const foreign = await anOwned(other, campaign)
  const started = await startUpgrade(db, actor, { ...owned, path_id: campaign.path_id }, upgrading.config)
  assert.ok(started.ok)
  const draft = await getUpgradeDraft(db, actor, started.draft_id, upgrading.config)
  const selected = [{ license_id: foreign.id, quantity: 1 }]
  const refused = await selectLicenses(db, actor, draft, { shown: [foreign.id], selected })
  assert.deepEqual(refused, { ok: false, refusal: 'not_eligible' })
  await assert.rejects(getUpgradeDraft(db, other, started.draft_id, upgrading.config), notFound)
  await assert.rejects(
    startUpgradeOf(db, other, { serial: owned.serial, path_id: campaign.path_id }, upgrading.config),
    notFound,
  )
  await assert.rejects(startUpgrade(db, other, { ...owned, path_id: campaign.path_id }, upgrading.config), notFound)
  await assert.rejects(
    startUpgrade(db, actor, { ...owned, path_id: (await aCampaign(db)).path_id }, upgrading.config),
    notFound,
  )
})

test('select all takes what is left of each, select none takes all out; a draft is resumed', async () => {
  const actor = await aMember(db)
  const campaign = await aCampaign(db)
  const owned = await anOwned(actor, campaign, 3)
  const second = await aLicense(db, campaign.from, { quantity: 4, customer_id: owned.customer_id })
  await register(db, actor, upgrading, second.serial, {})
  const start = () => startUpgrade(db, actor, { ...owned, path_id: campaign.path_id }, upgrading.config)
  const started = await start()
  assert.ok(started.ok)
  const draft = await getUpgradeDraft(db, actor, started.draft_id, upgrading.config)
  assert.deepEqual(await selectAll(db, actor, draft, { text: second.serial }), {
    added: 1,
    complete: true,
  })
  assert.deepEqual(await selectAll(db, actor, draft, { text: '' }), { added: 1, complete: true })
  assert.deepEqual(await countChosen(db, draft.id), { licenses: 2, quantity: 7 })
  assert.deepEqual(await start(), started)
  await selectNone(db, actor, draft)
  assert.deepEqual(await countChosen(db, draft.id), { licenses: 0, quantity: 0 })
})

test('what changed between the verification and its completion is told, and nothing is half done', async () => {
  const actor = await aMember(db)
  const campaign = await aCampaign(db, { needs_maintenance: true })
  const owned = await anOwned(actor, campaign)
  await sql`update licenses set maintenance_until = '2027-01-01' where id = ${owned.id}`.execute(db)
  const selected = [{ license_id: owned.id, quantity: 10 }]
  const draft = await aVerifiedUpgrade(db, actor, upgrading, { ...owned, path_id: campaign.path_id, selected })
  const refusal = async (refusal: string) =>
    assert.partialDeepStrictEqual(await complete(db, actor, upgrading, draft), { ok: false, refusal })

  await sql`update campaigns set state = 'paused' where id = ${campaign.campaign_id}`.execute(db)
  await refusal('refused_serials')
  await sql`update campaigns set state = 'published' where id = ${campaign.campaign_id}`.execute(db)
  await sql`update licenses set maintenance_until = '2020-01-01' where id = ${owned.id}`.execute(db)
  await refusal('refused_serials')
  assert.partialDeepStrictEqual(await licenseOf(db, owned.serial), { upgraded_quantity: 0, superseded: false })
  await sql`update licenses set maintenance_until = '2027-01-01' where id = ${owned.id}`.execute(db)
  assert.equal((await complete(db, actor, upgrading, draft)).ok, true)
  const again = await complete(db, actor, upgrading, draft)
  assert.equal(again.ok, true, 'pressed twice it is one upgrade')
})

test('a pool that has no keys left refuses the whole upgrade', async () => {
  const actor = await aMember(db)
  const campaign = await aCampaign(db, { key_scheme: 'pool' })
  await fillPool(db, campaign.from, 1)
  const owned = await anOwned(actor, campaign)
  const selected = [{ license_id: owned.id, quantity: 10 }]
  const draft = await aVerifiedUpgrade(db, actor, upgrading, { ...owned, path_id: campaign.path_id, selected })
  assert.partialDeepStrictEqual(await complete(db, actor, upgrading, draft), { ok: false, refusal: 'pool_empty' })
  assert.partialDeepStrictEqual(await licenseOf(db, owned.serial), { upgraded_quantity: 0 })
})

test('old keys are ended early when their owner says so; nobody else can', async () => {
  const actor = await aMember(db)
  const campaign = await aCampaign(db)
  const owned = await anOwned(actor, campaign)
  const { serial } = await upgrade(actor, campaign, owned, 10)
  const input = { serial: owned.serial, upgraded: serial }
  await assert.rejects(endOverlap(db, await aMember(db), input, upgrading.config), notFound)
  await assert.rejects(endOverlap(db, actor, { ...input, upgraded: owned.serial }, upgrading.config), notFound)
  await endOverlap(db, actor, input, upgrading.config)
  await settleDue(db, systemActor('upgrades'), upgrading, actor.today)
  assert.partialDeepStrictEqual(await licenseOf(db, owned.serial), { superseded: true })
})

test('without overlap the old keys end with the upgrade', async () => {
  const actor = await aMember(db)
  const campaign = await aCampaign(db, { overlap_days: 0 })
  const owned = await anOwned(actor, campaign)
  await upgrade(actor, campaign, owned, 10)
  await settleDue(db, systemActor('upgrades'), upgrading, actor.today)
  assert.equal(await activeKeys(owned.serial), 0)
})

test('my notifications are those of my customer numbers and licenses, while they can be used', async () => {
  const actor = await aMember(db)
  const campaign = await aCampaign(db)
  const owned = await anOwned(actor, campaign)
  const mine = await listMyNotifications(db, actor, upgrading.config)
  assert.deepEqual(
    mine.map(({ id, available }) => [id, available]),
    [[owned.notification_id, 1]],
  )
  assert.deepEqual(await listMyNotifications(db, await aMember(db), upgrading.config), [])
  await upgrade(actor, campaign, owned, 10)
  const [after] = await listMyNotifications(db, actor, upgrading.config)
  assert.equal(after!.available, 0)
})
