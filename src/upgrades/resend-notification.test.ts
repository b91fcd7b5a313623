import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { aCampaign, campaignConfig, threeVersions } from '../../test/campaigns.ts'
import { freshDatabase } from '../../test/database.ts'
import { aCustomer, aLicense, aMember } from '../../test/licenses.ts'
import { anOperator } from '../../test/requests.ts'
import { operatorRoles } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { uuidv7 } from '../platform/ids.ts'
import { notificationQuerySchema } from './campaign-schemas.ts'
import { getNotification, listNotifications } from './list-notifications.ts'
import { notificationIdOf } from './notification-id.ts'
import { endCampaign, pauseCampaign, publishCampaign } from './publish-campaign.ts'
import { publish } from './publish-job.ts'
import { resendNotification } from './resend-notification.ts'

const config = campaignConfig()
const hasCode = (code: string) => (error: unknown) => error instanceof AppError && error.code === code

/** A campaign of which two customers were told: one with an administrator, one with the contact of an order. */
async function aToldCampaign(db: Db) {
  const versions = await threeVersions(db)
  const ann = await aMember(db, 'administrator')
  const [one, two] = [await aCustomer(db, 'C-100'), await aCustomer(db, 'C-200')]
  const license = { product_version_id: versions.old, maintenance_until: '2026-12-31', quantity: 7 }
  await aLicense(db, ann, { ...license, customer_id: one })
  await aLicense(db, null, { ...license, customer_id: two }, { contact_email: 'bea@buyer.example' })
  const { campaign_id, operator } = await aCampaign(db, versions)
  await publishCampaign(db, operator, { campaign_id, revision: 1 }, config)
  await publish({ db, config }, campaign_id)
  const list = await find(db, { campaign: campaign_id })
  const of = (customer_id: string) => list.find((each) => each.customer_id === customer_id)!
  return { ann, campaign_id, operator, one: of(one), two: of(two) }
}

const find = async (db: Db, query: object) =>
  (await listNotifications(db, notificationQuerySchema.parse(query))).notifications

const textTo = async (db: Db, email: string) =>
  await db
    .selectFrom('mails')
    .select(['text', 'locale'])
    .where('to_address', '=', email)
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()

test('a notification is found by customer number, by address, by ID however typed, and by its campaign', async (t) => {
  const { db } = await freshDatabase(t)
  const { ann, campaign_id, one, two } = await aToldCampaign(db)
  const id = notificationIdOf(config, one.id)
  const found = async (query: object) => (await find(db, query)).map((each) => each.id)
  assert.deepEqual(await found({}), [])
  assert.deepEqual((await found({ campaign: campaign_id })).sort(), [one.id, two.id].sort())
  for (const q of ['C-100', ' c-100 ', ann.email!.toUpperCase(), id, id.toLowerCase().replaceAll('-', ' ')]) {
    assert.deepEqual(await found({ q }), [one.id], q)
  }
  assert.deepEqual(await found({ q: 'C-200', campaign: campaign_id }), [two.id])
  assert.deepEqual(await found({ q: 'C-200', campaign: uuidv7() }), [])
  for (const q of ['C-1', 'nobody@acme.example', 'AAAA-BBBB-CCCC-DDDD-EEEE', "'; drop table customers; --"]) {
    assert.deepEqual(await found({ q }), [], q)
  }
})

test('what became of each mail is told: waiting, sent, refused with the server’s words, or no longer kept', async (t) => {
  const { db } = await freshDatabase(t)
  const { one, two } = await aToldCampaign(db)
  const mailOf = async (id: string) => (await getNotification(db, id)).mails[0]!
  assert.deepEqual([(await mailOf(one.id)).state, (await mailOf(one.id)).recipient], ['waiting', 'administrator'])
  const to = 'bea@buyer.example'
  await sql`update mails set parked_at = now(), last_error = '550 no such user' where to_address = ${to}`.execute(db)
  await sql`update mails set sent_at = now() where to_address <> ${to}`.execute(db)
  assert.equal((await mailOf(one.id)).state, 'sent')
  assert.ok((await mailOf(one.id)).sent_at instanceof Date)
  const { state, last_error, email, recipient } = await mailOf(two.id)
  assert.deepEqual([state, last_error, email, recipient], ['refused', '550 no such user', to, 'order_contact'])
  const refused = await find(db, { refused: 'yes' })
  assert.deepEqual(
    refused.map(({ id }) => id),
    [two.id],
  )
  await sql`delete from mails`.execute(db)
  assert.deepEqual([(await mailOf(one.id)).state, (await mailOf(two.id)).state], ['forgotten', 'forgotten'])
})

test('sent again to chosen addresses it keeps its ID, lives on, and tells strangers no numbers', async (t) => {
  const { db } = await freshDatabase(t)
  const { ann, one } = await aToldCampaign(db)
  await sql`update upgrade_notifications set expires_at = now() - interval '1 day'`.execute(db)
  const support = await anOperator(db, 'support')
  await sql`insert into auth."user" (id, name, email, "emailVerified", locale)
    values (${uuidv7()}, 'Zoé', 'zoe@elsewhere.example', true, 'fr')`.execute(db)
  const emails = [ann.email!, 'zoe@elsewhere.example', 'new@elsewhere.example']
  const input = { notification_id: one.id, emails }
  assert.ok((await resendNotification(db, support, config, input)).ok)
  const after = await getNotification(db, one.id)
  const days = (after.expires_at.getTime() - support.now.getTime()) / 86_400_000
  assert.equal(Math.round(days), 365)
  assert.deepEqual(
    after.mails.map(({ email, recipient }) => [email, recipient]).sort(),
    [
      [ann.email!, 'administrator'],
      [ann.email!, 'administrator'],
      ['new@elsewhere.example', 'other'],
      ['zoe@elsewhere.example', 'other'],
    ].sort(),
  )
  const id = notificationIdOf(config, one.id)
  assert.match((await textTo(db, ann.email!)).text, /1 license, quantity 7/)
  const { text, locale } = await textTo(db, 'zoe@elsewhere.example')
  assert.equal(locale, 'fr')
  assert.ok(text.includes(id))
  assert.match(text, /Backup Server 1\.0: vers Backup Server 2\.0/)
  assert.doesNotMatch(text, /quantité|licence 7/)
  const events = await db.selectFrom('events').select('actor_name').where('action', '=', 'upgrade.resent').execute()
  assert.deepEqual(events, [{ actor_name: support.name }])
})

test('who has upgraded everything is sent the ID again with the names of the versions', async (t) => {
  const { db } = await freshDatabase(t)
  const { two, operator } = await aToldCampaign(db)
  await sql`update licenses set upgraded_quantity = quantity`.execute(db)
  const email = 'bea@buyer.example'
  assert.ok((await resendNotification(db, operator, config, { notification_id: two.id, emails: [email] })).ok)
  assert.match((await textTo(db, email)).text, /Backup Server 1\.0: to Backup Server 2\.0/)
})

test('whoever wants no mail about upgrades gets it when an operator was asked to send it', async (t) => {
  const { db } = await freshDatabase(t)
  const { two, operator } = await aToldCampaign(db)
  const email = 'bea@buyer.example'
  await db.insertInto('notification_opt_outs').values({ email, topic: 'upgrades', opted_out_at: new Date() }).execute()
  assert.ok((await resendNotification(db, operator, config, { notification_id: two.id, emails: [email] })).ok)
  assert.equal((await getNotification(db, two.id)).mails.length, 2)
})

test('only operators of support and catalog send again, only what exists, and only while it opens something', async (t) => {
  const { db } = await freshDatabase(t)
  const { ann, one, campaign_id, operator } = await aToldCampaign(db)
  const input = { notification_id: one.id, emails: ['x@acme.example'] }
  await assert.rejects(resendNotification(db, ann, config, input), hasCode('forbidden'))
  const may: string[] = []
  for (const role of operatorRoles) {
    const sent = await resendNotification(db, await anOperator(db, role), config, input).catch(() => undefined)
    if (sent?.ok) may.push(role)
  }
  assert.deepEqual(may, ['support', 'catalog', 'administrator'])
  for (const notification_id of [uuidv7(), 'x']) {
    await assert.rejects(resendNotification(db, operator, config, { ...input, notification_id }), hasCode('not_found'))
  }
  const before = (await getNotification(db, one.id)).mails.length
  for (const close of [pauseCampaign, endCampaign]) {
    await close(db, operator, campaign_id)
    assert.deepEqual(await resendNotification(db, operator, config, input), { ok: false, refusal: 'closed' })
  }
  assert.equal((await getNotification(db, one.id)).mails.length, before)
})
