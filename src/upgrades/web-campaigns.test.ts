import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { parse } from 'csv-parse/sync'
import { sql } from 'kysely'
import { aCampaign, anUpgrade, dayFromNow, threeVersions, type Versions } from '../../test/campaigns.ts'
import { aCustomer, aLicense, aMember } from '../../test/licenses.ts'
import { openPortal, type Portal, password, signedIn } from '../../test/portal.ts'
import { fieldOf, type Visitor } from '../../test/visitor.ts'
import { createOperator } from '../accounts/index.ts'
import { type OperatorRole, systemActor } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { runDueJobs } from '../platform/jobs/index.ts'
import { urls } from '../urls.ts'
import { getCampaign } from './campaign-queries.ts'
import { notificationIdOf } from './notification-id.ts'
import { publishCampaign } from './publish-campaign.ts'
import { publish, publishJob } from './publish-job.ts'

const { admin: at } = urls
let portal: Portal
let db: Db
let catalog: Visitor
let versions: Versions

before(async (t) => {
  portal = await openPortal(t as never)
  db = portal.db
  catalog = await operator('catalog')
  versions = await threeVersions(db)
})

async function operator(role: OperatorRole): Promise<Visitor> {
  const email = `${role}@vendor.example`
  await createOperator(db, systemActor('test'), { email, name: `Op ${role}`, role, password })
  return signedIn(portal, email)
}

/** What a browser sends for a campaign from the first to the second version. */
function typed(given: Record<string, string | string[]> = {}): Record<string, string | string[]> {
  return {
    name: 'Spring upgrade',
    'paths.0.from_version_id': versions.old,
    'paths.0.to_version_id': versions.next,
    starts_on: dayFromNow(),
    ends_on: '',
    overlap_days: '30',
    notification_days: '365',
    needs_maintenance: 'on',
    kinds: ['product', 'subscription'],
    countries: '',
    ...given,
  }
}

const idIn = (location: string | null) => location!.split('/').at(-1)!.split('?')[0]!

async function aSavedCampaign(given: Record<string, string | string[]> = {}): Promise<string> {
  const answer = await catalog.post(at.newCampaign.to(), typed(given))
  assert.equal(answer.status, 303, answer.html)
  return idIn(answer.location)
}

test('GET /admin leads operators of the catalog to campaigns, support to notifications, auditors to neither', async () => {
  const links = async (visitor: Visitor) => {
    const { html } = await visitor.get(at.home.to())
    return [html.includes(`href="${at.campaigns.to()}"`), html.includes(`href="${at.notifications.to()}"`)]
  }
  assert.deepEqual(await links(catalog), [true, true])
  assert.deepEqual(await links(await operator('support')), [false, true])
  assert.deepEqual(await links(await operator('auditor')), [false, false])
})

test('GET and POST /admin/campaigns/new: rows are added without script, and what is typed stays', async () => {
  const empty = await catalog.get(at.newCampaign.to())
  assert.equal(empty.status, 200)
  assert.equal(fieldOf(empty.html, 'starts_on'), dayFromNow())
  const more = await catalog.post(at.newCampaign.to(), typed({ more: 'path', name: 'Kept', countries: 'de' }))
  assert.equal(more.status, 200, 'nothing is wrong yet')
  assert.match(more.html, /name="paths\.1\.to_version_id"/)
  assert.doesNotMatch(more.html, /name="paths\.2\./)
  assert.equal(fieldOf(more.html, 'name'), 'Kept')
  const rows = { 'paths.2.from_version_id': versions.old, 'paths.2.to_version_id': versions.last }
  const id = await aSavedCampaign({
    ...rows,
    countries: 'de, at;fr DE',
    kinds: 'product',
    name: ' Two <b>targets</b> ',
  })
  const { name, countries, kinds, paths, needs_maintenance } = await getCampaign(db, id)
  assert.deepEqual([name, countries, kinds], ['Two <b>targets</b>', ['DE', 'AT', 'FR'], ['product']])
  assert.deepEqual([paths.map(({ to_version }) => to_version), needs_maintenance], [['2.0', '3.0'], true])
  const { html } = await catalog.get(at.campaign.to({ campaign: id }))
  assert.match(html, /Two &lt;b&gt;targets&lt;\/b&gt;/)
  assert.match(html, /Germany, Austria, France/)
  const list = await catalog.get(at.campaigns.to())
  assert.ok(list.html.includes(at.campaign.to({ campaign: id })))
})

test('POST /admin/campaigns/new: what is wrong is said beside its field, and nothing is made', async () => {
  const count = async () => (await db.selectFrom('campaigns').select('id').execute()).length
  const before = await count()
  const cases: [given: Record<string, string | string[]>, field: string, text: RegExp][] = [
    [{ name: ' ' }, 'name', /Fill in this field/],
    [{ 'paths.0.from_version_id': '', 'paths.0.to_version_id': '' }, 'paths-0-from_version_id', /at least one path/],
    [{ 'paths.0.to_version_id': '' }, 'paths-0-to_version_id', /Choose one of the options/],
    [{ 'paths.0.to_version_id': versions.old }, 'paths-0-to_version_id', /two different versions/],
    [{ 'paths.0.to_version_id': crypto.randomUUID() }, 'paths-0-to_version_id', /does not exist any more/],
    [
      { 'paths.5.from_version_id': versions.next, 'paths.5.to_version_id': versions.old },
      'paths-1-to_version_id',
      /is a downgrade/,
    ],
    [{ starts_on: '2027-02-30' }, 'starts_on', /Enter a date/],
    [{ ends_on: dayFromNow(-1) }, 'ends_on', /before the first one/],
    [{ overlap_days: '-1' }, 'overlap_days', /0 or more/],
    [{ overlap_days: '1.5' }, 'overlap_days', /whole number/],
    [{ notification_days: '0' }, 'notification_days', /1 or more/],
    [{ notification_days: '1e9' }, 'notification_days', /whole number/],
    [{ notification_days: '3651' }, 'notification_days', /3650 or less/],
    [{ overlap_days: ' ' }, 'overlap_days', /whole number/],
    [{ kinds: [] }, 'kinds', /Choose one/],
    [{ kinds: 'nonsense' }, 'kinds', /Choose one/],
    [{ countries: 'DE XX' }, 'countries', /not known/],
  ]
  for (const [given, field, text] of cases) {
    const { status, html } = await catalog.post(at.newCampaign.to(), typed(given))
    assert.equal(status, 422, field)
    const error = new RegExp(`id="field-${field}-error"[^>]*>(.*?)</p>`, 's').exec(html)?.[1] ?? 'no error'
    assert.match(error, text, `${field}: ${error}`)
  }
  assert.equal(await count(), before)
})

test('POST /admin/campaigns/:campaign/edit: unticked stays unticked; a stale form shows what a colleague saved', async () => {
  const id = await aSavedCampaign()
  const edit = at.editCampaign.to({ campaign: id })
  const revision = fieldOf((await catalog.get(edit)).html, 'revision')
  const { needs_maintenance: _, ...unticked } = typed({ revision, name: 'First' })
  assert.equal((await catalog.post(edit, unticked)).status, 303)
  const { name, needs_maintenance } = await getCampaign(db, id)
  assert.deepEqual([name, needs_maintenance], ['First', false])
  assert.doesNotMatch((await catalog.get(edit)).html, /<input[^>]*name="needs_maintenance"[^>]*checked/)
  const stale = await catalog.post(edit, typed({ revision, name: 'Second' }))
  assert.equal(stale.status, 422)
  assert.match(stale.html, /A colleague changed this campaign meanwhile/)
  assert.equal(fieldOf(stale.html, 'name'), 'First')
  assert.equal((await catalog.post(edit, typed())).status, 400, 'a form of ours sends its revision')
})

test('publishing names the consequences first, happens once, and shows how far it is', async () => {
  const license = { product_version_id: versions.old, quantity: 1234 }
  await aLicense(db, null, { ...license, maintenance_until: '2026-12-31' }, { contact_email: 'bea@buyer.example' })
  const id = await aSavedCampaign({ name: 'Published' })
  const names = { campaign: id }
  const ask = await catalog.get(at.publishCampaign.to(names))
  assert.match(ask.html, /One customer is told by e-mail/)
  assert.match(ask.html, /One license can be upgraded/)
  assert.match(ask.html, /The mails go out at once/)
  const revision = fieldOf(ask.html, 'revision')
  const stale = await catalog.post(at.publishCampaign.to(names), { revision: '9' })
  assert.equal(stale.status, 422)
  assert.match(stale.html, /A colleague changed this campaign meanwhile/)
  for (let n = 0; n < 2; n += 1)
    assert.equal((await catalog.post(at.publishCampaign.to(names), { revision })).status, 303)
  const progress = await catalog.get(at.campaign.to(names))
  assert.match(progress.html, /Counting the customers/)
  await runDueJobs(portal.services, [publishJob])
  catalog.headers['hx-request'] = 'true'
  const done = await catalog.get(at.campaign.to(names, { progress: 1 }))
  delete catalog.headers['hx-request']
  assert.deepEqual([done.status, done.headers.get('hx-redirect')], [204, at.campaign.to(names)])
  assert.equal((await catalog.get(at.publishCampaign.to(names))).status, 303, 'there is nothing to publish any more')
  const state = async (what: string) => {
    assert.equal((await catalog.post(at.campaignState.to(names), { do: what })).status, 303)
    return (await getCampaign(db, id)).state
  }
  assert.equal(await state('pause'), 'paused')
  assert.match((await catalog.get(at.campaign.to(names))).html, /Paused: nobody can upgrade/)
  assert.equal(await state('resume'), 'publishing')
  assert.equal((await catalog.post(at.campaignState.to(names), { do: 'delete' })).status, 400)
  const end = await catalog.get(at.endCampaign.to(names))
  assert.match(end.html, /cannot be opened again/)
  assert.equal((await getCampaign(db, id)).state, 'publishing', 'asking ends nothing')
  assert.equal((await catalog.post(at.endCampaign.to(names))).status, 303)
  assert.match((await catalog.get(at.campaign.to(names))).html, /Ended: nobody can upgrade any more/)
  assert.equal((await catalog.get(at.editCampaign.to(names))).status, 303)
  assert.equal(await state('pause'), 'ended')
  assert.match((await catalog.get(at.campaign.to(names))).html, /in another state by now/)
})

test('a draft is discarded after a question, and is gone', async () => {
  const names = { campaign: await aSavedCampaign() }
  assert.match((await catalog.get(at.endCampaign.to(names))).html, /Nobody but operators has seen it/)
  assert.equal((await catalog.get(at.campaign.to(names))).status, 200)
  const answer = await catalog.post(at.endCampaign.to(names))
  assert.deepEqual([answer.status, answer.location], [303, at.campaigns.to()])
  assert.equal((await catalog.get(at.campaign.to(names))).status, 404)
})

test('one that begins later says so before and after it is published', async () => {
  const id = await aSavedCampaign({ starts_on: dayFromNow(9) })
  const names = { campaign: id }
  const { html } = await catalog.get(at.publishCampaign.to(names))
  assert.match(html, /The mails go out on /)
  await catalog.post(at.publishCampaign.to(names), { revision: fieldOf(html, 'revision') })
  assert.match((await catalog.get(at.campaign.to(names))).html, /customers are told from .* on/)
})

test('GET /admin/campaigns/:campaign/eligible counts, filters, goes on by key, and gives the same as CSV', async () => {
  const own = await threeVersions(db, 'Mail <i>Server</i>')
  const customer_id = await aCustomer(db, 'C-LIST', 'Many <b>licenses</b>')
  for (let n = 0; n < 60; n += 1) {
    const maintenance = n < 55 ? { maintenance_until: '2026-12-31' } : {}
    await aLicense(db, null, { product_version_id: own.old, customer_id, serial: `LISTED-${n}`, ...maintenance })
  }
  const { campaign_id } = await aCampaign(db, own)
  const names = { campaign: campaign_id }
  const { html } = await catalog.get(at.eligible.to(names))
  assert.match(html, /55 · Eligible/)
  assert.match(html, /5 · Without maintenance/)
  assert.match(html, /Many &lt;b&gt;licenses&lt;\/b&gt;/)
  const next = /href="([^"]*after=[^"]*)"/.exec(html)![1]!.replaceAll('&amp;', '&')
  const serials = (page: string) => [...page.matchAll(/LISTED-\d+/g)].map(([serial]) => serial)
  const [first, second] = [serials(html), serials((await catalog.get(next)).html)]
  assert.deepEqual([first.length, second.length, new Set([...first, ...second]).size], [50, 10, 60])
  const lacking = await catalog.get(at.eligible.to(names, { reason: 'no_maintenance' }))
  assert.equal(serials(lacking.html).length, 5)
  for (const query of ['reason=nonsense', 'after=x', "path=';--"]) {
    assert.equal((await catalog.get(`${at.eligible.to(names)}?${query}`)).status, 200, query)
  }
  const csv = await catalog.get(at.eligibleCsv.to(names, { reason: 'eligible' }))
  assert.match(csv.headers.get('content-disposition')!, /attachment; filename="eligible-licenses-/)
  assert.equal(parse(csv.html, { bom: true }).length, 56)
})

test('GET /admin/campaigns/:campaign/report: numbers by path, a chart with its table, refused mails', async () => {
  const own = await threeVersions(db)
  const { campaign_id, operator: maker } = await aCampaign(db, own)
  const campaign = await getCampaign(db, campaign_id)
  const names = { campaign: campaign_id }
  assert.match((await catalog.get(at.campaignReport.to(names))).html, /Nothing has been upgraded yet/)
  await publishCampaign(db, maker, { campaign_id, revision: 1 }, portal.config)
  await anUpgrade(db, campaign, { customer_id: await aCustomer(db, 'C-REPORT'), quantity: 1200 })
  const { html } = await catalog.get(at.campaignReport.to(names))
  assert.match(html, /1 \(quantity 1,200\)/)
  assert.match(html, /1,200 in 1 license/)
  assert.match(html, /<svg[^>]*role="img"/)
  const path = campaign.paths[0]!.id
  assert.match((await catalog.get(at.campaignReport.to(names, { path }))).html, /Quantity upgraded: Backup Server/)
  assert.equal((await catalog.get(at.campaignReport.to(names, { path: crypto.randomUUID() }))).status, 404)
})

test('notifications are found and sent again by support; wrong addresses are refused beside their field', async () => {
  const own = await threeVersions(db)
  const ann = await aMember(db, 'administrator')
  const customer_id = await aCustomer(db, 'C-FOUND', 'Found & Co')
  await aLicense(db, ann, { product_version_id: own.old, customer_id, maintenance_until: '2026-12-31' })
  const { campaign_id, operator: maker } = await aCampaign(db, own, { name: 'Told' })
  await publishCampaign(db, maker, { campaign_id, revision: 1 }, portal.config)
  await publish(portal.services, campaign_id)
  await sql`update mails set parked_at = now(), last_error = '550 <no> such user' where to_address = ${ann.email}`.execute(
    db,
  )
  const support = await signedIn(portal, 'support@vendor.example')
  assert.match((await support.get(at.notifications.to())).html, /Search for a customer/)
  const found = await support.get(at.notifications.to({ q: 'C-FOUND' }))
  assert.match(found.html, /Found &amp; Co/)
  assert.match(found.html, /Refused by the mail server/)
  const href = /href="(\/admin\/upgrade-notifications\/[0-9a-f-]+)"/.exec(found.html)![1]!
  const shown = await support.get(href)
  assert.ok(shown.html.includes(notificationIdOf(portal.config, idIn(href))))
  assert.match(shown.html, /550 &lt;no&gt; such user/)
  const nobody = await support.post(href, {})
  assert.match(nobody.html, /at least one address/)
  const wrong = await support.post(href, { more: 'x@acme.example\nnonsense<b>' })
  assert.deepEqual([nobody.status, wrong.status], [422, 422])
  assert.match(wrong.html, /not an e-mail address: nonsense&lt;b&gt;/)
  assert.match(wrong.html, /x@acme\.example/, 'what was typed stays')
  const many = Array.from({ length: 21 }, (_, n) => `a${n}@acme.example`).join('\n')
  assert.match((await support.post(href, { more: many })).html, /At most 20 addresses/)
  const sent = await support.post(href, { to: ann.email!, more: 'X@acme.example, x@acme.example' })
  assert.equal(sent.status, 303)
  assert.match((await support.get(href)).html, /on its way to 2 addresses/)
  assert.equal((await support.get(at.notification.to({ notification: crypto.randomUUID() }))).status, 404)
  assert.equal((await support.get(at.campaign.to({ campaign: campaign_id }))).status, 403)
})

test('a campaign that does not exist answers 404, whatever is asked of it', async () => {
  for (const campaign of [crypto.randomUUID(), 'nonsense']) {
    for (const url of [
      at.campaign,
      at.editCampaign,
      at.publishCampaign,
      at.endCampaign,
      at.eligible,
      at.campaignReport,
    ]) {
      assert.equal((await catalog.get(url.to({ campaign }))).status, 404, url.pattern)
    }
    assert.equal((await catalog.get(at.eligibleCsv.to({ campaign }))).status, 404)
    assert.equal((await catalog.post(at.campaignState.to({ campaign }), { do: 'pause' })).status, 404)
    assert.equal((await catalog.post(at.endCampaign.to({ campaign }))).status, 404)
    assert.equal((await catalog.post(at.publishCampaign.to({ campaign }), { revision: '1' })).status, 404)
  }
})
