import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aBookmark, aCustomer, aLicense, aProduct, memberOf } from '../../test/licenses.ts'
import { anAccount, openPortal, type Portal, signedIn } from '../../test/portal.ts'
import { Visitor } from '../../test/visitor.ts'
import { dayAfter } from '../licenses/rules.ts'
import { inviteMember } from '../organizations/index.ts'
import { dayOf, type Role } from '../platform/actor.ts'
import { uuidv7 } from '../platform/ids.ts'
import { runDueJobs } from '../platform/jobs/index.ts'
import { urls } from '../urls.ts'
import { countAgain, getStatistics } from './statistics.ts'

const today = dayOf(new Date(), 'Europe/Paris')
const home = urls.home.to()

test('GET / sends an anonymous caller to the login page', async (t) => {
  const { app } = await openPortal(t)
  const { status, location } = await new Visitor(app).get(home)
  assert.deepEqual([status, location], [303, urls.accounts.signIn.to()])
})

test('GET / tells a newcomer how it works, and leads to the wizard', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, 'ann@acme.example', { given_name: 'Ann' })
  const { status, html } = await (await signedIn(portal, 'ann@acme.example')).get(home)
  assert.equal(status, 200)
  assert.match(html, /Welcome, Ann Miller/)
  assert.match(html, /How it works/)
  assert.ok(html.includes(`class="kp-tile kp-tile-primary" href="${urls.registration.start.to()}"`))
  assert.doesNotMatch(html, /Recently registered/)
})

test('GET / shows what ends soon, the soonest first, and what was registered last; only of the own organization', async (t) => {
  const portal = await openPortal(t)
  const me = memberOf(await anAccount(portal, 'ann@acme.example'))
  const stranger = memberOf(await anAccount(portal, 'eve@other.example'))
  const { db } = portal
  await aLicense(db, me, { serial: 'PERPETUAL1' })
  await aLicense(db, me, { serial: 'GRACE1', ends_on: dayAfter(today, -2), grace_days: 5 })
  await aLicense(db, me, { serial: 'SOONER1', ends_on: dayAfter(today, 3) })
  await aLicense(db, me, { serial: 'LATER1', ends_on: dayAfter(today, 20) })
  await aLicense(db, me, { serial: 'PLANNED1', ends_on: dayAfter(today, 60) })
  await aLicense(db, stranger, { serial: 'FOREIGN1', ends_on: dayAfter(today, 1) })

  const { html } = await (await signedIn(portal, 'ann@acme.example')).get(home)
  assert.ok(!html.includes('FOREIGN1'))
  const ending = html.slice(html.indexOf('id="ending"'), html.indexOf('id="recent"'))
  const order = ['GRACE1', 'SOONER1', 'LATER1'].map((serial) => ending.indexOf(serial))
  assert.deepEqual(
    order,
    [...order].sort((a, b) => a - b),
  )
  assert.ok(order[0]! > 0 && !ending.includes('PERPETUAL1') && !ending.includes('PLANNED1'))
  assert.match(html.slice(html.indexOf('id="recent"')), /PERPETUAL1/)
  const numbers = [...html.matchAll(/kp-stat-text"><strong>([^<]+)<\/strong>/g)].map(([, number]) => number)
  assert.deepEqual(numbers, ['5', '1', '2', '1'])
})

test('GET / does not call registered what was only added by serial number', async (t) => {
  const portal = await openPortal(t)
  const me = memberOf(await anAccount(portal, 'ann@acme.example'))
  await aLicense(portal.db, me, { serial: 'REGISTERED1' })
  const added = await aLicense(portal.db, null, { serial: 'ADDED1' })
  await aBookmark(portal.db, me, added.id)
  const { html } = await (await signedIn(portal, 'ann@acme.example')).get(home)
  const recent = html.slice(html.indexOf('id="recent"'))
  assert.deepEqual([recent.includes('REGISTERED1'), recent.includes('ADDED1')], [true, false])
})

test('GET / shows open invitations to whom they were sent, with a way to join', async (t) => {
  const portal = await openPortal(t)
  const ann = memberOf(await anAccount(portal, 'ann@acme.example', { company: 'Acme' }), 'administrator')
  await anAccount(portal, 'bo@other.example', { company: 'Other' })
  const homeOf = async (email: string) => (await (await signedIn(portal, email)).get(home)).html
  const invited = (html: string) => html.includes('You are invited to Acme')
  assert.equal(invited(await homeOf('bo@other.example')), false)
  const sent = await inviteMember(
    portal.db,
    { ...ann, now: new Date() },
    { email: 'bo@other.example', role: 'viewer' },
    portal.config,
  )
  assert.ok(sent.ok)
  const html = await homeOf('bo@other.example')
  assert.ok(invited(html) && html.includes(`href="${urls.organizations.join.to()}"`))
  assert.equal(invited(await homeOf('ann@acme.example')), false)
})

test('GET / leads somebody without an organization to joining one', async (t) => {
  const portal = await openPortal(t)
  const { user_id } = await anAccount(portal, 'cy@other.example')
  await portal.db.deleteFrom('memberships').where('user_id', '=', user_id).execute()
  const { html } = await (await signedIn(portal, 'cy@other.example')).get(home)
  assert.ok(html.includes(`class="kp-tile kp-tile-primary" href="${urls.organizations.join.to()}"`))
})

test('GET / offers managers to resume open baskets of the organization; other roles see none', async (t) => {
  const portal = await openPortal(t)
  const account = await anAccount(portal, 'ann@acme.example')
  const draft = await aDraft(portal, account, ['M0123456789', 'M0123456790', 'M0123456791'])
  const href = `href="${urls.registration.serials.to({ draft })}"`
  for (const role of ['administrator', 'manager', 'downloader', 'viewer'] as const) {
    await setRole(portal, account.user_id, role)
    const { html } = await (await signedIn(portal, 'ann@acme.example')).get(home)
    const mayRegister = role === 'manager' || role === 'administrator'
    assert.equal(html.includes(href), mayRegister, role)
    assert.equal(html.includes('M0123456789 and 2 more'), mayRegister, role)
    assert.equal(html.includes('Registering takes the role'), !mayRegister, role)
  }
  await anAccount(portal, 'eve@other.example')
  assert.ok(!(await (await signedIn(portal, 'eve@other.example')).get(home)).html.includes(href), 'a stranger')
})

test('GET / draws the licenses by status, product and month of their end, each with a table', async (t) => {
  const portal = await openPortal(t)
  const me = memberOf(await anAccount(portal, 'ann@acme.example'))
  const stranger = memberOf(await anAccount(portal, 'eve@other.example'))
  const product_version_id = await aProduct(portal.db, { name: '<Backup> & Co' })
  await aLicense(portal.db, me, { product_version_id })
  await aLicense(portal.db, me, { product_version_id, revoked_at: new Date(), ends_on: dayAfter(today, 1) })
  for (let n = 0; n < 9; n++) await aLicense(portal.db, me, { ends_on: dayAfter(today, 3) })
  await aLicense(portal.db, stranger)

  const { html } = await (await signedIn(portal, 'ann@acme.example')).get(home)
  const tables = [...html.matchAll(/<table class="kp-table kp-table-small">.*?<\/table>/g)].map(([table]) =>
    rowsOf(table),
  )
  assert.equal(tables.length, 3)
  const [byStatus, byProduct, byEnd] = tables as [string[], string[], string[]]
  assert.deepEqual(byStatus, ['Active 1', 'Expiring 9', 'Revoked 1'])
  assert.equal(byProduct[0], '&lt;Backup&gt; &amp; Co 2')
  assert.equal(byProduct.at(-1), 'Other products 2')
  assert.equal(byEnd.length, 24)
  assert.ok(byEnd[0]!.endsWith(' 9') || byEnd[1]!.endsWith(' 9'), 'the revoked one does not end')
})

function rowsOf(table: string): string[] {
  const rows = [...table.matchAll(/<tr><th scope="row">(.*?)<\/th><td[^>]*>(.*?)<\/td>/g)]
  return rows.map(([, label, value]) => `${label!.replace(/<[^>]+>/g, '')} ${value}`)
}

test('charts of a large account are what was counted before, and are counted again behind the page', async (t) => {
  const portal = await openPortal(t)
  const { db } = portal
  const me = memberOf(await anAccount(portal, 'ann@acme.example'))
  await aLicense(db, me)
  const countOf = async (minutes: number) => {
    const reader = { ...me, now: new Date(me.now.getTime() + minutes * 60_000) }
    return (await getStatistics(db, reader, portal.config, false)).statuses[0]!.count
  }
  assert.equal(await countOf(0), 1, 'nothing was counted before')
  await aLicense(db, me)
  assert.equal(await countOf(14), 1)
  assert.equal(await countOf(16), 1)
  await runDueJobs(portal.services, [countAgain])
  assert.equal(await countOf(16), 2)
})

test('GET / shows purchases that wait to those who may register them, and requests that are open', async (t) => {
  const portal = await openPortal(t)
  const { db } = portal
  const account = await anAccount(portal, 'ann@acme.example')
  const { organization_id } = account
  const customer_id = await aCustomer(db, 'C-1')
  const association = { proven_by: 'operator', proof: 'test', created_at: new Date() } as const
  await db
    .insertInto('customer_associations')
    .values({ ...association, organization_id, customer_id })
    .execute()
  await aLicense(db, null, { customer_id }, { number: 'SO-WAITING' })
  const { user_id: asker } = await anAccount(portal, 'asker@else.example')
  const asked = { id: uuidv7(), organization_id, user_id: asker, requested_at: new Date() }
  await db.insertInto('access_requests').values(asked).execute()
  const request = {
    id: uuidv7(),
    number: 'SR-1',
    kind: 'address',
    organization_id,
    opened_by: account.user_id,
  } as const
  const times = { locale: 'en', opened_at: new Date(), due_at: new Date() }
  await db
    .insertInto('service_requests')
    .values({ ...request, ...times })
    .execute()
  for (const role of ['administrator', 'manager', 'viewer'] as const) {
    await setRole(portal, account.user_id, role)
    const { html } = await (await signedIn(portal, 'ann@acme.example')).get(home)
    assert.equal(html.includes('SO-WAITING'), role !== 'viewer', role)
    assert.equal(html.includes('Purchases to register: 1 '), role !== 'viewer', role)
    assert.equal(html.includes('people ask for access'), role === 'administrator', role)
    assert.ok(html.includes('open service requests'), role)
  }
  const stranger = (await (await signedIn(portal, 'asker@else.example')).get(home)).html
  assert.ok(!stranger.includes('SO-WAITING') && !stranger.includes('open service requests'))
})

test('GET / welcomes somebody who works for no organization', async (t) => {
  const portal = await openPortal(t)
  const { user_id } = await anAccount(portal, 'olga@vendor.example')
  await portal.db.deleteFrom('memberships').where('user_id', '=', user_id).execute()
  const { status, html } = await (await signedIn(portal, 'olga@vendor.example')).get(home)
  assert.equal(status, 200)
  assert.match(html, /work for no organization/)
})

test('GET / speaks French and Portuguese', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, 'ann@acme.example')
  const visitor = await signedIn(portal, 'ann@acme.example')
  for (const [locale, words] of Object.entries({ fr: 'Comment ça marche', 'pt-BR': 'Como funciona' })) {
    await visitor.post(urls.preferences.locale.to(), { locale, back: home })
    assert.ok((await visitor.get(home)).html.includes(words))
  }
})

async function setRole({ db }: Portal, user_id: string, role: Role) {
  await db.updateTable('memberships').set({ role }).where('user_id', '=', user_id).execute()
}

async function aDraft({ db }: Portal, owner: { user_id: string; organization_id: string }, serials: string[]) {
  const [id, now] = [uuidv7(), new Date()]
  const { user_id: created_by, organization_id } = owner
  await db
    .insertInto('registration_drafts')
    .values({ id, organization_id, created_by, created_at: now, updated_at: now })
    .execute()
  const rows = serials.map((serial, position) => ({ draft_id: id, position, serial }))
  await db.insertInto('registration_draft_serials').values(rows).execute()
  return id
}
