import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { freshDatabase } from '../../test/database.ts'
import { register } from '../../test/deploying.ts'
import { aLicense, aMember } from '../../test/licensing.ts'
import { aGrant } from '../../test/sharing.ts'
import {
  aCampaign,
  aNotification,
  anUpgrading,
  aVerifiedUpgrade,
  complete,
  licenseOf,
  serialsOf,
} from '../../test/upgrading.ts'
import { getLicense } from '../licenses/license-details.ts'
import { AppError } from '../platform/errors.ts'
import { emailRegistration } from '../registration/email-registration.ts'
import { listIssuedKeys } from '../registration/issued-keys.ts'
import { shareLicenses } from '../sharing/index.ts'
import { listMyNotifications } from './notifications.ts'
import { startUpgrade, startUpgradeOf } from './start-upgrade.ts'

const notFound = (error: unknown) => error instanceof AppError && error.code === 'not_found'

async function shared(t: Parameters<typeof freshDatabase>[0], level: 'view' | 'download' | 'full') {
  const { db } = await freshDatabase(t)
  const upgrading = await anUpgrading(db)
  const [owner, grantee] = [await aMember(db, { role: 'administrator' }), await aMember(db)]
  const campaign = await aCampaign(db)
  const license = await aLicense(db, campaign.from, { quantity: 10 })
  await register(db, owner, upgrading, license.serial, {})
  const { notification_id } = await aNotification(db, upgrading.config, campaign.campaign_id, license.customer_id)
  const what = {
    scope: 'licenses' as const,
    serials: license.serial,
    customers: [],
    new_numbers: false,
    tag: '',
    search: '',
  }
  const done = await shareLicenses(
    db,
    owner,
    { email: grantee.email!, level, ends_on: null, ...what },
    upgrading.config,
  )
  assert.ok(done.ok, JSON.stringify(done))
  const share_id = done.share_id
  return { db, upgrading, owner, grantee, campaign, license, notification_id, share_id }
}

test('who has full access upgrades for the owner: the new license is the owner’s, and shared as the old one was', async (t) => {
  const { db, upgrading, owner, grantee, campaign, license, notification_id } = await shared(t, 'full')
  assert.deepEqual(
    (await listMyNotifications(db, grantee, upgrading.config)).map(({ available }) => available),
    [1],
  )
  const input = { notification_id, path_id: campaign.path_id, selected: [{ license_id: license.id, quantity: 4 }] }
  const done = await complete(db, grantee, upgrading, await aVerifiedUpgrade(db, grantee, upgrading, input))
  assert.ok(done.ok, JSON.stringify(done))
  const [serial] = await serialsOf(db, done.registration_id)
  assert.equal((await licenseOf(db, serial!)).owner_id, owner.organization_id)
  assert.equal((await licenseOf(db, license.serial)).owner_id, owner.organization_id)
  assert.equal((await getLicense(db, grantee, serial!)).level, 'full')
  const scope = { id: done.registration_id, organization_id: grantee.organization_id }
  assert.equal((await listIssuedKeys(db, scope, { limit: 9 })).length, 1)

  const { rows } = await sql<{ action: string; organization_id: string }>`select action, organization_id from events
    where license_id = ${license.id} and action = 'license.upgraded'`.execute(db)
  assert.deepEqual(rows, [{ action: 'license.upgraded', organization_id: owner.organization_id }])
  const associated = await db
    .selectFrom('customer_associations')
    .select('customer_id')
    .where('organization_id', '=', grantee.organization_id)
    .execute()
  assert.deepEqual(associated, [], 'using a license of others proves nothing about their customer number')
})

test('keys of an owner stand in mails of an upgrade only if the owner allows that, too', async (t) => {
  for (const allowed of [false, true]) {
    const { db, upgrading, owner, grantee, campaign, license, notification_id } = await shared(t, 'full')
    await sql`update organizations set keys_in_email = ${allowed} or id <> ${owner.organization_id}`.execute(db)
    const input = { notification_id, path_id: campaign.path_id, selected: [{ license_id: license.id, quantity: 4 }] }
    const done = await complete(db, grantee, upgrading, await aVerifiedUpgrade(db, grantee, upgrading, input))
    assert.ok(done.ok)
    const { registration_id } = done
    const scope = { id: registration_id, organization_id: grantee.organization_id }
    const [key] = await listIssuedKeys(db, scope, { limit: 1 })
    const emails = ['somebody@else.example']
    assert.ok((await emailRegistration(db, grantee, { registration_id, emails }, upgrading.config)).ok)
    const mails = await db.selectFrom('mails').select('text').where('template', 'like', 'registration.%').execute()
    const about = mails.filter(({ text }) => text.includes(key!.serial))
    assert.ok(about.length >= 2, 'to who acted, and to somebody else')
    assert.deepEqual(
      new Set(about.map(({ text }) => text.includes(key!.key_text ?? key!.file_name!))),
      new Set([allowed]),
    )
  }
})

test('who may only look or take keys upgrades nothing', async (t) => {
  for (const level of ['view', 'download'] as const) {
    const { db, upgrading, grantee, campaign, license, notification_id } = await shared(t, level)
    const { path_id } = campaign
    await assert.rejects(startUpgradeOf(db, grantee, { serial: license.serial, path_id }, upgrading.config), notFound)
    const started = await startUpgrade(db, grantee, { notification_id, path_id }, upgrading.config)
    assert.ok(started.ok, 'that there is an upgrade may be seen')
    const selected = [{ license_id: license.id, quantity: 1 }]
    const input = { notification_id, path_id, selected }
    await assert.rejects(aVerifiedUpgrade(db, grantee, upgrading, input), /not_eligible/)
  }
})

test('a share that ends in the middle of the wizard upgrades nothing any more', async (t) => {
  const { db, upgrading, grantee, campaign, license, notification_id, share_id } = await shared(t, 'full')
  const input = { notification_id, path_id: campaign.path_id, selected: [{ license_id: license.id, quantity: 4 }] }
  const draft = await aVerifiedUpgrade(db, grantee, upgrading, input)
  await sql`update license_grants set ended_at = now() where id = ${share_id}`.execute(db)
  const done = await complete(db, { ...grantee, now: new Date() }, upgrading, draft)
  assert.equal(done.ok, false)
  assert.partialDeepStrictEqual(await licenseOf(db, license.serial), { upgraded_quantity: 0 })
})

test('a partner who acts for a customer upgrades what was delegated, and nothing else that the customer could', async (t) => {
  const { db } = await freshDatabase(t)
  const upgrading = await anUpgrading(db)
  const [owner, partner] = [await aMember(db), await aMember(db)]
  const campaign = await aCampaign(db)
  const [delegated, other] = [await aLicense(db, campaign.from), await aLicense(db, campaign.from)]
  for (const { serial } of [delegated, other]) await register(db, owner, upgrading, serial, {})
  const unowned = await aLicense(db, campaign.from, { customer_id: other.customer_id })
  const notifications = [delegated, other].map(({ customer_id }) =>
    aNotification(db, upgrading.config, campaign.campaign_id, customer_id),
  )
  const [ours, theirs] = await Promise.all(notifications)
  await aGrant(db, owner, partner, { kind: 'delegation', level: 'full', customer_ids: [delegated.customer_id] })
  const name = 'Partner'
  const acting = {
    ...partner,
    organization_id: owner.organization_id,
    via: { organization_id: partner.organization_id, name },
  }
  assert.deepEqual(
    (await listMyNotifications(db, acting, upgrading.config)).map(({ id }) => id),
    [ours!.notification_id],
  )
  const { path_id } = campaign
  await assert.rejects(startUpgrade(db, acting, { ...theirs!, path_id }, upgrading.config), notFound)
  for (const { serial } of [other, unowned]) {
    await assert.rejects(startUpgradeOf(db, acting, { serial, path_id }, upgrading.config), notFound)
  }
  const selected = [{ license_id: delegated.id, quantity: 2 }]
  const draft = await aVerifiedUpgrade(db, acting, upgrading, { ...ours!, path_id, selected })
  assert.equal((await complete(db, acting, upgrading, draft)).ok, true)
  assert.equal((await licenseOf(db, delegated.serial)).owner_id, owner.organization_id)
})
