import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { sql } from 'kysely'
import { register } from '../../test/deploying.ts'
import { aLicense } from '../../test/licensing.ts'
import { anAccount, openPortal, type Portal, signedIn } from '../../test/portal.ts'
import { aCampaign, aNotification, licenseOf, type SomeCampaign } from '../../test/upgrading.ts'
import type { Visitor } from '../../test/visitor.ts'
import { findMemberByEmail } from '../accounts/index.ts'
import { activeSigner } from '../keys/index.ts'
import type { Member } from '../platform/actor.ts'
import { runDueJobs } from '../platform/jobs/index.ts'
import { urls } from '../urls.ts'
import { completeUpgrade } from './jobs.ts'
import { settleOverlaps } from './settle-overlaps.ts'

let portal: Portal
let me: Member
let visitor: Visitor
let stranger: Visitor

before(async (t) => {
  const env = { KEY_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64') }
  portal = await openPortal(t as never, env)
  await anAccount(portal, 'ann@acme.example')
  await anAccount(portal, 'eve@else.example')
  me = (await findMemberByEmail(portal.db, 'ann@acme.example', new Date()))!
  visitor = await signedIn(portal, 'ann@acme.example')
  stranger = await signedIn(portal, 'eve@else.example')
})

async function anOwned(campaign: SomeCampaign, quantity = 10, customer_id?: string) {
  const { db, config } = portal
  const license = await aLicense(db, campaign.from, { quantity, ...(customer_id ? { customer_id } : {}) })
  await register(db, me, { config, signer: await activeSigner(db, config) }, license.serial, {})
  const notification = await aNotification(db, config, campaign.campaign_id, license.customer_id)
  return { ...license, ...notification }
}

type Owned = Awaited<ReturnType<typeof anOwned>>

async function begin(campaign: SomeCampaign, owned: Owned): Promise<string> {
  const names = { notification: owned.notification_id, path: campaign.path_id }
  const { status, location } = await visitor.post(urls.upgrades.upgrade.to(names), {})
  assert.equal(status, 303)
  return location!
}

const field = (license: { id: string }) => `quantity.${license.id}`
const draftIn = (location: string) => /drafts\/([0-9a-f-]+)\//.exec(location)![1]!

test('from the ID to new serial numbers, by plain forms', async () => {
  const campaign = await aCampaign(portal.db)
  const owned = await anOwned(campaign)
  const start = await visitor.get(urls.upgrades.start.to({ id: owned.typed }))
  assert.match(start.html, new RegExp(`value="${owned.typed}"`), 'the link of the e-mail fills the ID in')
  const opened = await visitor.post(urls.upgrades.start.to(), { id: owned.typed })
  assert.equal(opened.location, urls.upgrades.products.to({ notification: owned.notification_id }))
  assert.match((await visitor.get(opened.location!)).html, /Upgrade Product Selection/)

  const selection = await begin(campaign, owned)
  const chosen = { shown: owned.id, license: owned.id, [field(owned)]: '4', action: 'next' }
  const verify = (await visitor.post(selection, chosen)).location!
  assert.match(verify, /\/verification$/)
  const page = await visitor.get(verify)
  assert.match(page.html, /License Information Verification/)
  assert.match(page.html, new RegExp(owned.serial))
  const revision = /name="revision" value="(\d+)"/.exec(page.html)![1]!
  const done = await visitor.post(urls.upgrades.complete.to({ draft: draftIn(verify) }), { revision })
  assert.match(done.location!, /\/registrations\//)
  const confirmation = await visitor.get(done.location!)
  assert.match(confirmation.html, /License Key Confirmation/)
  assert.match(confirmation.html, new RegExp(owned.serial), 'the old serial number stands beside the new one')
  const again = await visitor.post(urls.upgrades.complete.to({ draft: draftIn(verify) }), { revision })
  assert.equal(again.location, done.location, 'pressed twice')
  assert.equal((await stranger.get(done.location!)).status, 404)
})

test('quantities that are none, or more than is left, come back beside their field, with everything typed', async () => {
  const campaign = await aCampaign(portal.db)
  const owned = await anOwned(campaign)
  const selection = await begin(campaign, owned)
  for (const typed of ['0', '-1', '11', '1.5', '1e2', 'ten', '', '99999999999999999999', '<b>']) {
    const sent = { shown: owned.id, license: owned.id, [field(owned)]: typed, action: 'next' }
    const { status, html } = await visitor.post(selection, sent)
    assert.equal(status, 422, typed)
    assert.match(html, /Enter a whole number from 1 to 10/)
    assert.match(
      html,
      new RegExp(
        `id="field-quantity-${owned.id}"[^>]* value="${typed.replaceAll('<', '&lt;').replaceAll('>', '&gt;')}"`,
      ),
    )
    assert.match(html, /<input[^>]*name="license"[^>]*checked/)
  }
  const none = await visitor.post(selection, { shown: owned.id, [field(owned)]: '1', action: 'next' })
  assert.equal(none.status, 422)
  assert.match(none.html, /Check at least one license first/)
})

test('a selection that was tampered with takes nothing that is not offered', async () => {
  const campaign = await aCampaign(portal.db)
  const owned = await anOwned(campaign)
  const other = await aLicense(portal.db, campaign.from)
  const selection = await begin(campaign, owned)
  for (const license of [other.id, '00000000-0000-4000-8000-000000000000']) {
    const sent = { shown: owned.id, license, [`quantity.${license}`]: '1', action: 'next' }
    assert.equal((await visitor.post(selection, sent)).status, 422)
  }
  for (const license of ['nonsense', "' or 1=1", '\u0000']) {
    assert.equal((await visitor.post(selection, { license, action: 'next' })).status, 422)
  }
  assert.equal((await visitor.post(selection, { action: 'everything' })).status, 422)
  for (const path of [
    selection,
    selection.replace('licenses', 'verification'),
    selection.replace('licenses', 'registration'),
  ]) {
    assert.equal((await stranger.get(path)).status, 404, path)
  }
  assert.equal((await stranger.post(selection, { action: 'none' })).status, 404)
  const asPurchase = urls.registration.serials.to({ draft: draftIn(selection) })
  assert.equal((await visitor.get(asPurchase)).status, 404, 'it is no New Purchase')
})

test('IDs of none are refused alike for everybody; a notification is nobody else’s business', async () => {
  const owned = await anOwned(await aCampaign(portal.db, { state: 'paused' }))
  const refused = async (who: Visitor, id: string) => {
    const { status, html } = await who.post(urls.upgrades.start.to(), { id })
    assert.equal(status, 422)
    return /id="field-id-error">(?:<svg.*?<\/svg>)?([^<]*)/s.exec(html)?.[1]
  }
  assert.equal(await refused(stranger, owned.typed), await refused(stranger, '2345-6789-ABCD-EFGH-JKMN'))
  assert.match((await refused(visitor, owned.typed))!, /has paused this upgrade/)
  const products = urls.upgrades.products.to({ notification: owned.notification_id })
  assert.equal((await stranger.get(products)).status, 404)
  assert.equal((await visitor.get(products)).status, 200)
  for (const notification of ['x', '%00', '0'.repeat(36), "' or 1=1"]) {
    assert.equal((await visitor.get(urls.upgrades.products.to({ notification }))).status, 404)
  }
})

test('searching keeps the question; hostile ones find nothing and harm nothing', async () => {
  const campaign = await aCampaign(portal.db)
  const owned = await anOwned(campaign)
  const selection = await begin(campaign, owned)
  assert.match((await visitor.get(`${selection}?search=${owned.serial}`)).html, /name="license"/)
  for (const search of ["' or 1=1 --", '%', '_', '\\', '😀', '\u0000', 'x'.repeat(10_000)]) {
    const { status, html } = await visitor.get(`${selection}?search=${encodeURIComponent(search)}`)
    assert.equal(status, 200)
    if (search !== '\u0000') assert.doesNotMatch(html, /name="license"/, search.slice(0, 20))
  }
})

test('a campaign that changes under an open draft is told before anything is done', async () => {
  const campaign = await aCampaign(portal.db)
  const owned = await anOwned(campaign)
  const selection = await begin(campaign, owned)
  const sent = { shown: owned.id, license: owned.id, [field(owned)]: '10', action: 'next' }
  const verify = (await visitor.post(selection, sent)).location!
  await sql`update campaigns set state = 'paused' where id = ${campaign.campaign_id}`.execute(portal.db)
  const back = await visitor.get(verify)
  assert.equal(back.location, `${selection}?problem=refused_serials`)
  const page = await visitor.get(back.location!)
  assert.match(page.html, /has paused the upgrade/)
  assert.partialDeepStrictEqual(await licenseOf(portal.db, owned.serial), { upgraded_quantity: 0 })
})

test('the catalog, the page of a license and Home say what can be upgraded', async () => {
  const campaign = await aCampaign(portal.db)
  const owned = await anOwned(campaign)
  assert.match((await visitor.get(urls.licenses.catalog.to({ q: owned.serial }))).html, /Upgrade to 2\.0/)
  const page = urls.upgrades.ofLicense.to({ serial: owned.serial })
  assert.match((await visitor.get(urls.licenses.show.to({ serial: owned.serial }))).html, new RegExp(`href="${page}"`))
  assert.match((await visitor.get(urls.home.to())).html, /can be upgraded to a new version/)
  assert.equal((await stranger.get(page)).status, 404)
  const started = await visitor.post(page, { path: campaign.path_id })
  assert.match(started.location!, /\/licenses$/)
  assert.match((await visitor.get(started.location!)).html, /One license is selected, quantity 10/)
  assert.equal((await visitor.post(page, { path: 'x' })).status, 422)
  const other = await aCampaign(portal.db)
  assert.equal((await visitor.post(page, { path: other.path_id })).status, 404)
})

test('three hundred licenses are upgraded in the background, and old keys end by a job', async () => {
  const { db, services } = portal
  const campaign = await aCampaign(db, { overlap_days: 0 })
  const owned = await anOwned(campaign, 1)
  await sql`insert into licenses (id, serial, product_version_id, kind, meter, quantity, customer_id, owner_id, created_at)
    select gen_random_uuid(), 'UP' || lpad(n::text, 8, '0'), product_version_id, kind, meter, 1, customer_id, owner_id, now()
    from licenses, generate_series(1, 299) n where id = ${owned.id}`.execute(db)
  const selection = await begin(campaign, owned)
  await visitor.post(selection, { action: 'all', search: '' })
  const page = await visitor.get(selection)
  assert.match(page.html, /300 licenses are selected, quantity 300/)
  assert.match(page.html, /Load more/)
  await visitor.post(selection, { action: 'none', search: '' })
  await visitor.post(selection, { action: 'all', search: '' })
  const draft = draftIn(selection)
  const verify = await visitor.get(urls.upgrades.verify.to({ draft }))
  const revision = /name="revision" value="(\d+)"/.exec(verify.html)![1]!
  const submitted = await visitor.post(urls.upgrades.complete.to({ draft }), { revision })
  assert.equal(submitted.location, urls.upgrades.progress.to({ draft }))
  assert.match((await visitor.get(submitted.location!)).html, /License keys made/)
  assert.equal((await visitor.get(selection)).location, submitted.location, 'nothing can be changed meanwhile')
  await runDueJobs(services, [completeUpgrade])
  assert.match((await visitor.get(submitted.location!)).location!, /\/registrations\//)
  await runDueJobs(services, [settleOverlaps])
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from licenses
    where product_version_id = ${campaign.from.product_version_id} and superseded_at is not null`.execute(db)
  assert.equal(rows[0]!.n, 300)
})
