import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { aCampaign, campaignConfig, dayFromNow, threeVersions, type Versions } from '../../test/campaigns.ts'
import { freshDatabase } from '../../test/database.ts'
import { aCustomer, aLicense, aMember } from '../../test/licenses.ts'
import type { Db } from '../platform/db/index.ts'
import { getCampaign } from './campaign-queries.ts'
import type { CampaignTerms } from './campaign-rules.ts'
import { ensureNotification } from './create-notifications.ts'
import { hashOfNotificationId, notificationIdOf } from './notification-id.ts'
import { pauseCampaign, publishCampaign, resumeCampaign } from './publish-campaign.ts'
import { publish, tellNewlyEligible } from './publish-job.ts'

const config = campaignConfig()
const contacts = (...emails: string[]) =>
  JSON.stringify(emails.map((email) => ({ name: `Tech ${email}`, email, phone: null })))
const covered = { maintenance_until: '2026-12-31' }

/** Publishes without the job. */
async function published(db: Db, versions: Versions, given: Partial<CampaignTerms> = {}, vendor = config) {
  const { campaign_id, operator } = await aCampaign(db, versions, given)
  assert.ok((await publishCampaign(db, operator, { campaign_id, revision: 1 }, vendor)).ok)
  return { campaign_id, operator }
}

type Mail = { to_address: string; to_name: string | null; locale: string; text: string; unsubscribe_url: string | null }

async function mailsOf(db: Db): Promise<Mail[]> {
  const { rows } = await sql<Mail>`
    select to_address, to_name, locale, text, unsubscribe_url from mails where template = 'upgrade'
    order by to_address, id`.execute(db)
  return rows
}

const addresses = async (db: Db) => (await mailsOf(db)).map(({ to_address }) => to_address)
const stateOf = async (db: Db, id: string) => {
  const { state, progress_done, progress_total } = await getCampaign(db, id)
  return [state, progress_done, progress_total]
}

test('administrators of owners, technical contacts, and contacts of orders of unowned licenses are told, once each', async (t) => {
  const { db } = await freshDatabase(t)
  const versions = await threeVersions(db)
  const customer_id = await aCustomer(db, 'C-1', 'Acme <b>Inc.</b>')
  await db.updateTable('customers').set({ locale: 'fr' }).where('id', '=', customer_id).execute()
  const [ann, bob] = [await aMember(db, 'administrator'), await aMember(db, 'administrator')]
  await sql`update auth."user" set locale = 'pt-BR' where id = ${bob.user_id}`.execute(db)
  const manager = await aMember(db, 'manager', ann)
  const license = { ...covered, product_version_id: versions.old, customer_id }
  await aLicense(db, ann, {
    ...license,
    quantity: 10,
    contacts: contacts('tia@acme.example', ann.email!.toUpperCase()),
  })
  await aLicense(db, bob, { ...license, quantity: 5 })
  await aLicense(db, null, { ...license, quantity: 3 }, { contact_email: 'Buyer@acme.example', contact_name: 'Bea' })
  // Nothing of these counts: the contact of an order whose license is owned, and contacts of what is not eligible.
  await aLicense(db, ann, license, { contact_email: 'owned@acme.example' })
  await aLicense(db, ann, { ...license, maintenance_until: '2026-02-28', contacts: contacts('lapsed@acme.example') })
  await aLicense(db, null, license, { contact_email: 'cancelled@acme.example', cancelled_at: new Date() })
  const { campaign_id } = await published(db, versions)
  await publish({ db, config }, campaign_id)

  const mails = new Map((await mailsOf(db)).map((mail) => [mail.to_address, mail]))
  const expected = [ann.email!, bob.email!, 'buyer@acme.example', 'tia@acme.example'].sort()
  assert.deepEqual([...mails.keys()].sort(), expected)
  assert.ok(!mails.has(manager.email!))
  const of = (email: string) => mails.get(email)!
  assert.deepEqual(
    expected.map((email) => of(email).locale),
    expected.map((email) => ({ [ann.email!]: 'en', [bob.email!]: 'pt-BR' })[email] ?? 'fr'),
  )
  assert.equal(of('tia@acme.example').to_name, 'Tech tia@acme.example')
  assert.match(of(ann.email!).text, /to Backup Server 2\.0: 2 licenses, quantity 11/)
  assert.match(of(ann.email!).text, /One further license has no maintenance that reaches the release/)
  assert.match(of(bob.email!).text, /quantidade 5/)
  assert.match(of('buyer@acme.example').text, /quantité 3/)
  assert.match(of('tia@acme.example').text, /quantité 11/)
  for (const { unsubscribe_url } of mails.values()) assert.match(unsubscribe_url!, /notifications\/unsubscribe\?token=/)

  const { id, id_hash } = await db.selectFrom('upgrade_notifications').selectAll().executeTakeFirstOrThrow()
  const shown = notificationIdOf(config, id)
  for (const { text } of mails.values()) {
    assert.ok(text.includes(`: ${shown}`) || text.includes(` ${shown}`), 'in plain sight')
    assert.ok(text.includes(`https://licensing.example/version-upgrade?id=${shown}`), text)
  }
  assert.deepEqual(Buffer.from(id_hash), hashOfNotificationId(shown))
  const kinds = await db.selectFrom('upgrade_notification_mails').select(['email', 'recipient']).execute()
  assert.deepEqual(
    new Map(kinds.map(({ email, recipient }) => [email, recipient])),
    new Map([
      [ann.email, 'administrator'],
      [bob.email, 'administrator'],
      ['buyer@acme.example', 'order_contact'],
      ['tia@acme.example', 'technical_contact'],
    ]),
  )
})

test('whoever wants no mail about upgrades gets none, and what is no address stops nothing', async (t) => {
  const { db } = await freshDatabase(t)
  const versions = await threeVersions(db)
  const ann = await aMember(db, 'administrator')
  await db
    .insertInto('notification_preferences')
    .values({ user_id: ann.user_id, topic: 'upgrades', by_email: false })
    .execute()
  await db
    .insertInto('notification_opt_outs')
    .values([
      { email: 'no@acme.example', topic: 'upgrades', opted_out_at: new Date() },
      { email: 'yes@acme.example', topic: 'license_end', opted_out_at: new Date() },
    ])
    .execute()
  const wrong = ['no@acme.example', 'yes@acme.example', 'a@b@c', 'x,y@acme.example', '', '  ']
  await aLicense(db, ann, { ...covered, product_version_id: versions.old, contacts: contacts(...wrong) })
  const { campaign_id } = await published(db, versions)
  await publish({ db, config }, campaign_id)
  assert.deepEqual(await addresses(db), ['yes@acme.example'])
})

test('publishing again, paused and resumed in between, and the morning after tell nobody twice', async (t) => {
  const { db } = await freshDatabase(t)
  const versions = await threeVersions(db)
  const ann = await aMember(db, 'administrator')
  for (let n = 0; n < 3; n += 1) await aLicense(db, ann, { ...covered, product_version_id: versions.old })
  const { campaign_id, operator } = await published(db, versions)
  await publish({ db, config }, campaign_id)
  assert.equal((await mailsOf(db)).length, 3, 'one for each customer')
  assert.deepEqual(await stateOf(db, campaign_id), ['published', 3, 3])
  await publish({ db, config }, campaign_id)
  await pauseCampaign(db, operator, campaign_id)
  await publish({ db, config }, campaign_id)
  await resumeCampaign(db, operator, campaign_id)
  await publish({ db, config }, campaign_id)
  await tellNewlyEligible({ db, config })
  assert.equal((await mailsOf(db)).length, 3)
  assert.equal((await stateOf(db, campaign_id))[0], 'published')
  const { rows } = await sql<{ action: string; count: number }>`
    select action, count(*)::int as count from events where action in ('upgrade.announced', 'campaign.told')
    group by 1 order by 1`.execute(db)
  assert.deepEqual(rows, [
    { action: 'campaign.told', count: 2 },
    { action: 'upgrade.announced', count: 3 },
  ])
})

test('a renewal, a new order and a later registration are told the next morning, and by then only those', async (t) => {
  const { db } = await freshDatabase(t)
  const versions = await threeVersions(db)
  const ann = await aMember(db, 'administrator')
  const lapsed = await aLicense(db, ann, { product_version_id: versions.old, maintenance_until: '2026-02-28' })
  const silent = await aLicense(db, null, { ...covered, product_version_id: versions.old })
  const { campaign_id } = await published(db, versions)
  await publish({ db, config }, campaign_id)
  assert.deepEqual(await addresses(db), [])

  await db.updateTable('licenses').set({ maintenance_until: '2026-03-01' }).where('id', '=', lapsed.id).execute()
  await aLicense(db, null, { ...covered, product_version_id: versions.old }, { contact_email: 'new@acme.example' })
  await tellNewlyEligible({ db, config })
  assert.deepEqual(await addresses(db), [ann.email, 'new@acme.example'].sort())
  assert.deepEqual(await stateOf(db, campaign_id), ['published', 3, 3])
  const contact_email = 'found@acme.example'
  await sql`update orders set contact_email = ${contact_email}
    where id = (select order_id from order_lines ol join licenses l on l.order_line_id = ol.id where l.id = ${silent.id})`.execute(
    db,
  )
  await tellNewlyEligible({ db, config })
  assert.deepEqual(await addresses(db), [ann.email!, contact_email, 'new@acme.example'].sort())
})

test('whoever started from the own catalog is told once by mail, with the same ID', async (t) => {
  const { db } = await freshDatabase(t)
  const versions = await threeVersions(db)
  const ann = await aMember(db, 'administrator')
  const { customer_id } = await aLicense(db, ann, { ...covered, product_version_id: versions.old })
  const { campaign_id } = await published(db, versions)
  const about = { campaign_id, customer_id, now: new Date() }
  const id = await db.transaction().execute((trx) => ensureNotification(trx, config, about))
  await publish({ db, config }, campaign_id)
  const again = await db.transaction().execute((trx) => ensureNotification(trx, config, about))
  assert.equal(again, id)
  const [mail, ...more] = await mailsOf(db)
  assert.equal(more.length, 0)
  assert.ok(mail!.text.includes(notificationIdOf(config, id)))
})

test('a notification that expired is valid again for whoever starts from the own catalog', async (t) => {
  const { db } = await freshDatabase(t)
  const versions = await threeVersions(db)
  const { campaign_id } = await published(db, versions, { notification_days: 10 })
  const customer_id = await aCustomer(db, 'C-1')
  const at = (days: number) => new Date(Date.now() + days * 86_400_000)
  const ensure = async (now: Date) => {
    const id = await db
      .transaction()
      .execute((trx) => ensureNotification(trx, config, { campaign_id, customer_id, now }))
    const row = db.selectFrom('upgrade_notifications').select('expires_at').where('id', '=', id)
    return (await row.executeTakeFirstOrThrow()).expires_at.getTime()
  }
  const start = at(0)
  const first = await ensure(start)
  assert.equal(first, start.getTime() + 10 * 86_400_000)
  assert.equal(await ensure(at(5)), first, 'while it is valid nothing changes')
  const later = at(11)
  assert.equal(await ensure(later), later.getTime() + 10 * 86_400_000)
})

test('nobody is told before the first day has come where the vendor is', async (t) => {
  const { db } = await freshDatabase(t)
  const versions = await threeVersions(db)
  await aLicense(db, await aMember(db, 'administrator'), { ...covered, product_version_id: versions.old })
  // It is always a later day on Kiritimati (UTC+14) than on Baker Island (UTC-12).
  const [east, west] = [campaignConfig('Pacific/Kiritimati'), campaignConfig('Etc/GMT+12')]
  const { campaign_id } = await published(db, versions, { starts_on: dayFromNow(0, 'Pacific/Kiritimati') })
  await publish({ db, config: west }, campaign_id)
  assert.deepEqual([await addresses(db), (await stateOf(db, campaign_id))[0]], [[], 'publishing'])
  await publish({ db, config: east }, campaign_id)
  assert.equal((await addresses(db)).length, 1)
})

test('nobody is told after the last day where the vendor is, also not the newly eligible', async (t) => {
  const { db } = await freshDatabase(t)
  const versions = await threeVersions(db)
  await aLicense(db, await aMember(db, 'administrator'), { ...covered, product_version_id: versions.old })
  const [east, west] = [campaignConfig('Pacific/Kiritimati'), campaignConfig('Etc/GMT+12')]
  const last = dayFromNow(0, 'Etc/GMT+12')
  const { campaign_id } = await published(db, versions, { starts_on: dayFromNow(-30), ends_on: last }, west)
  await publish({ db, config: east }, campaign_id)
  await db.updateTable('campaigns').set({ state: 'published' }).execute()
  await tellNewlyEligible({ db, config: east })
  assert.deepEqual(await addresses(db), [])
  await tellNewlyEligible({ db, config: west })
  assert.equal((await addresses(db)).length, 1)
})

test('publishing that was cut off between two batches goes on where it stopped', async (t) => {
  const { db } = await freshDatabase(t)
  const versions = await threeVersions(db)
  for (let n = 0; n < 230; n += 1) {
    const contact = { contact_email: `c${String(n).padStart(3, '0')}@acme.example` }
    await aLicense(db, null, { ...covered, product_version_id: versions.old }, contact)
  }
  const { campaign_id } = await published(db, versions)
  let checks = 0
  const stopping = { throwIfAborted: () => assert.ok(++checks < 3, 'killed') } as AbortSignal
  await assert.rejects(publish({ db, config }, campaign_id, stopping), /killed/)
  assert.deepEqual(await stateOf(db, campaign_id), ['publishing', 100, 230])
  assert.equal((await mailsOf(db)).length, 100)
  await publish({ db, config }, campaign_id)
  assert.deepEqual(await stateOf(db, campaign_id), ['published', 230, 230])
  assert.equal(new Set(await addresses(db)).size, 230)
  assert.equal((await addresses(db)).length, 230)
})
