import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { aDeployedLicense } from '../../test/deploying.ts'
import { anAccount, anUnconfirmedAccount, openPortal, type Portal, signedIn } from '../../test/portal.ts'
import { fieldOf, type Visitor } from '../../test/visitor.ts'
import { findMemberByEmail } from '../accounts/index.ts'
import { addField } from '../fields/index.ts'
import { activeSigner } from '../keys/index.ts'
import type { Member } from '../platform/actor.ts'
import { urls } from '../urls.ts'
import { endShares, refreshSearches } from './jobs.ts'

type Scope = Parameters<typeof openPortal>[0]
const show = (serial: string) => urls.licenses.show.to({ serial })

/** Ann of Acme owns a license on a host; Bo of Beta has an account. */
async function annAndBo(t: Scope) {
  const env = { KEY_ENCRYPTION_KEY: Buffer.alloc(32, 5).toString('base64') }
  const portal = await openPortal(t, env)
  await anAccount(portal, 'ann@acme.example', { company: 'Acme' })
  await anAccount(portal, 'bo@beta.example', { company: 'Beta', given_name: 'Bo' })
  const owner = (await findMemberByEmail(portal.db, 'ann@acme.example', new Date())) as Member
  const issuing = { config: portal.config, signer: await activeSigner(portal.db, portal.config) }
  const license = await aDeployedLicense(portal.db, owner, issuing)
  const { rows } = await sql<{ number: string }>`
    select c.number from licenses l join customers c on c.id = l.customer_id where serial = ${license.serial}`.execute(
    portal.db,
  )
  const [ann, bo] = [await signedIn(portal, 'ann@acme.example'), await signedIn(portal, 'bo@beta.example')]
  return { portal, owner, ann, bo, issuing, serial: license.serial, number: rows[0]!.number }
}

type Fields = Record<string, string | string[]>
const finish = (visitor: Visitor, fields: Fields) => visitor.post(urls.sharing.create.to(), fields)
const mailsTo = async ({ db }: Portal, email: string) =>
  db
    .selectFrom('mails')
    .select(['subject', 'text'])
    .where('to_address', '=', email)
    .where('template', '=', 'licenses-shared')
    .execute()

test('user name, Continue, customer numbers, Access Level, Finish: the other side sees the licenses, and who may what', async (t) => {
  const { portal, ann, bo, serial, number } = await annAndBo(t)
  assert.equal((await bo.get(show(serial))).status, 404)
  const start = await ann.get(urls.sharing.list.to())
  assert.match(start.html, /Share Your License Keys With Other Licensing Portal Users/)
  const choose = await ann.get(urls.sharing.choose.to({ email: 'Bo@Beta.example' }))
  assert.match(choose.html, /Select Customer Numbers/)
  assert.equal(fieldOf(choose.html, 'email'), 'bo@beta.example')
  const share = { email: 'bo@beta.example', scope: 'customers', customers: [number], level: 'view' }
  const done = await finish(ann, share)
  assert.deepEqual([done.status, done.location], [303, urls.sharing.list.to()])
  assert.match((await ann.get(urls.sharing.list.to())).html, /bo@beta\.example/)

  const [mail] = await mailsTo(portal, 'bo@beta.example')
  assert.match(mail!.subject, /Acme/)
  assert.ok(mail!.text.includes(urls.sharing.withMe.to()) && mail!.text.includes(urls.fields.list.to()))
  const withMe = await bo.get(urls.sharing.withMe.to())
  assert.match(withMe.html, /See the license keys shared with you by this user/)
  const results = /href="(\/licenses\?source=shared[^"]*)"/.exec(withMe.html)![1]!.replaceAll('&amp;', '&')
  const found = await bo.get(results)
  assert.match(found.html, /Licenses Shared With You Results/)
  assert.ok(found.html.includes(serial))
  assert.match((await bo.get(urls.home.to())).html, /organization shares licenses with you/)
  assert.match((await bo.get(urls.customers.numbers.to())).html, /Acme shares them: view only/)
})

test('a view-only grantee is refused every change, and takes no key', async (t) => {
  const { portal, ann, bo, serial, number } = await annAndBo(t)
  await finish(ann, { email: 'bo@beta.example', scope: 'customers', customers: [number], level: 'view' })
  const page = await bo.get(show(serial))
  assert.match(page.html, /Shared by Acme: view only/)
  const key = await portal.db.selectFrom('license_keys').select('id').executeTakeFirstOrThrow()
  assert.equal((await bo.get(urls.licenses.file.to({ serial, key: key.id }))).status, 404)
  const before = await license(portal, serial)
  const { rehost, deploy, split, return: giveBack, reissue } = urls.deployments
  for (const route of [rehost, deploy, split, giveBack, reissue]) {
    assert.equal((await bo.post(route.to({ serial }), { revision: '1', serial })).status, 404, route.pattern)
  }
  for (const route of [urls.licenses.address, urls.licenses.requestAddress, urls.licenses.contacts]) {
    const status = (await bo.post(route.to({ serial }), { revision: '1', was: '[]', address_id: key.id })).status
    assert.ok([404, 409, 422].includes(status), `${route.pattern} ${status}`)
  }
  const again = { email: 'cy@gamma.example', scope: 'licenses', serials: serial, level: 'view' }
  const further = await finish(bo, again)
  assert.equal(further.status, 422)
  assert.match(further.html, /not of a license that your organization owns/)
  assert.deepEqual(await license(portal, serial), before)
})

function license({ db }: Portal, serial: string) {
  return db.selectFrom('licenses').selectAll().where('serial', '=', serial).executeTakeFirst()
}

test('full access moves a license to a new host; its history names both organizations, and never more to either', async (t) => {
  const { portal, ann, bo, serial, number } = await annAndBo(t)
  await finish(ann, { email: 'bo@beta.example', scope: 'customers', customers: [number], level: 'full' })
  const form = await bo.get(urls.deployments.rehost.to({ serial }))
  const key = await portal.db.selectFrom('license_keys').select('id').executeTakeFirstOrThrow()
  const revision = fieldOf(form.html, 'revision')
  const move = { revision, key: key.id, host_type: 'hostname', host_id: 'new-host', quantity: '', removed: 'on' }
  const moved = await bo.post(urls.deployments.rehost.to({ serial }), move)
  assert.equal(moved.status, 303, moved.html)
  for (const reader of [ann, bo]) {
    assert.match((await reader.get(show(serial))).html, /by Bo Miller of Beta, on behalf of Acme/)
  }
  await ann.post(urls.licenses.tags.to({ serial }), { add: 'secret plan' })
  const theirs = (await bo.get(show(serial))).html
  assert.ok(
    !theirs.includes('secret plan') && !theirs.includes('Registered by Ann'),
    'what the owner notes is the owner’s',
  )
  const back = await bo.post(urls.deployments.return.to({ serial }), { revision: String(Number(revision) + 1), serial })
  assert.equal(back.status, 422)
  assert.equal((await license(portal, serial))!.owner_id !== null, true)
})

test('what a grantee takes, the owner reads; what it asks for is told to whoever asked', async (t) => {
  const { portal, ann, bo, serial, number } = await annAndBo(t)
  await finish(ann, { email: 'bo@beta.example', scope: 'customers', customers: [number], level: 'full' })
  const key = await portal.db.selectFrom('license_keys').select('id').executeTakeFirstOrThrow()
  assert.equal((await bo.get(urls.licenses.file.to({ serial, key: key.id }))).status, 200)
  assert.match((await ann.get(show(serial))).html, /License file [^<]* downloaded/)
  const address = {
    company: 'Beta',
    street: '1 Long Road',
    city: 'Porto',
    country: 'PT',
    postal_code: '4000',
    terms: 'on',
  }
  const asked = await bo.post(urls.licenses.requestAddress.to({ serial }), address)
  assert.equal(asked.status, 303)
  assert.equal((await bo.get(asked.location!)).status, 200)
  assert.equal((await ann.get(asked.location!)).status, 200, 'the owner, whose request it is')
})

test('Delete, Remove Sharing: at the next request the other side sees nothing, in the middle of a form, too', async (t) => {
  const { portal, ann, bo, serial, number } = await annAndBo(t)
  await finish(ann, { email: 'bo@beta.example', scope: 'customers', customers: [number], level: 'full' })
  const form = await bo.get(urls.deployments.reissue.to({ serial }))
  const revision = fieldOf(form.html, 'revision')
  const { id: share } = await portal.db.selectFrom('license_grants').select('id').executeTakeFirstOrThrow()
  assert.match((await ann.get(urls.sharing.remove.to({ share }))).html, /Remove Sharing/)
  assert.equal((await bo.post(urls.sharing.remove.to({ share }))).status, 404, 'a share of others')
  assert.equal((await ann.post(urls.sharing.remove.to({ share }))).status, 303)
  assert.equal((await bo.post(urls.deployments.reissue.to({ serial }), { revision })).status, 404)
  assert.equal((await bo.get(show(serial))).status, 404)
  assert.ok(!(await bo.get(urls.licenses.catalog.to())).html.includes(serial))
})

test('nothing that a sharer sees tells whether a user name has an account; who signs up later gets the share', async (t) => {
  const { portal, ann, serial, number } = await annAndBo(t)
  const answers: string[] = []
  for (const email of ['bo@beta.example', 'new@gamma.example']) {
    const share = { email, scope: 'customers', customers: [number], level: 'download' }
    const { status, location } = await finish(ann, share)
    const { html } = await ann.get(urls.sharing.list.to())
    answers.push(`${status} ${location} ${html.includes(email)} ${html.split(email).length}`)
  }
  assert.equal(answers[0], answers[1])
  const [invited] = await mailsTo(portal, 'new@gamma.example')
  assert.match(invited!.text, /create an account/)
  await anUnconfirmedAccount(portal, 'new@gamma.example', { company: 'Gamma' })
  const [grant] = await portal.db
    .selectFrom('license_grants')
    .selectAll()
    .where('grantee_email', '=', 'new@gamma.example')
    .execute()
  assert.equal(grant!.grantee_id, null, 'an address that nobody has confirmed shows nothing')
  await sql`update auth."user" set "emailVerified" = true where email = 'new@gamma.example'`.execute(portal.db)
  const cy = await signedIn(portal, 'new@gamma.example')
  assert.ok((await cy.get(urls.licenses.catalog.to())).html.includes(serial))
})

test('a colleague and oneself, an empty choice and what others own are refused, each in words; what was typed stays', async (t) => {
  const { ann, number } = await annAndBo(t)
  const cases: [Fields, RegExp][] = [
    [{ email: 'ann@acme.example', scope: 'customers', customers: [number], level: 'view' }, /colleague of yours/],
    [{ email: 'bo@beta.example', scope: 'customers', level: 'view' }, /Select at least one customer number/],
    [{ email: 'bo@beta.example', scope: 'customers', customers: ['C-OTHER'], level: 'view' }, /not your organization/],
    [{ email: 'bo@beta.example', scope: 'licenses', serials: 'M0000000000', level: 'view' }, /not of a license/],
    [{ email: 'bo@beta.example', scope: 'tag', tag: 'none', level: 'view' }, /Choose a tag/],
    [{ email: 'bo@beta.example', scope: 'search', search: 'x', level: 'view' }, /Choose a saved search/],
    [{ email: 'bo@beta.example', scope: 'customers', customers: [number], level: 'all' }, /Access Level/],
    [
      { email: 'bo@beta.example', scope: 'customers', customers: [number], level: 'view', ends_on: '2020-01-01' },
      /day is over/,
    ],
    [{ email: 'nobody', scope: 'customers', customers: [number], level: 'view' }, /User name/],
  ]
  for (const [fields, words] of cases) {
    const answer = await finish(ann, fields)
    assert.equal(answer.status, 422, JSON.stringify(fields))
    assert.match(answer.html, words)
    assert.ok(answer.html.includes(String(fields.email)))
  }
})

test('tags and saved searches are shared as they are from time to time; a last day ends a share', async (t) => {
  const { portal, owner, ann, bo, issuing, serial } = await annAndBo(t)
  await ann.post(urls.licenses.tags.to({ serial }), { add: 'lab' })
  await finish(ann, { email: 'bo@beta.example', scope: 'tag', tag: 'lab', level: 'view' })
  assert.equal((await bo.get(show(serial))).status, 200)
  await ann.post(urls.licenses.tags.to({ serial }), { shown: 'lab' })
  assert.equal((await bo.get(show(serial))).status, 404)

  await ann.post(urls.licenses.searches.to(), { name: 'Mine', query: '' })
  const { id: search } = await portal.db.selectFrom('saved_searches').select('id').executeTakeFirstOrThrow()
  const last = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
  await finish(ann, { email: 'bo@beta.example', scope: 'search', search, level: 'view', ends_on: last })
  assert.equal((await bo.get(show(serial))).status, 200)
  const later = await aDeployedLicense(portal.db, owner, issuing)
  assert.equal((await bo.get(show(later.serial))).status, 404)
  await refreshSearches(portal.db, new Date())
  assert.equal((await bo.get(show(later.serial))).status, 200)

  await sql`update license_grants set ends_at = now() - interval '1 minute' where scope = 'search'`.execute(portal.db)
  assert.equal((await bo.get(show(serial))).status, 404, 'before a job has noted it')
  assert.equal(await endShares(portal.db, new Date()), 1)
  assert.equal(await endShares(portal.db, new Date()), 0)
})

test('shared user-defined fields are shown, and changed with full access only; own fields are the reader’s', async (t) => {
  const { portal, owner, ann, bo, serial, number } = await annAndBo(t)
  const field = async (name: string, flags: ('shared' | 'required')[]) => {
    const added = await addField(portal.db, owner, { name, type: 'text', choices: [], flags })
    assert.ok(added.ok)
    return added.field_id
  }
  const [open, closed] = [await field('Site', ['shared']), await field('Price', [])]
  const ofLicense = urls.fields.ofLicense.to({ serial })
  const fill = async (visitor: Visitor, values: Fields) => {
    const { html } = await visitor.get(ofLicense)
    return visitor.post(ofLicense, { was: fieldOf(html, 'was'), ...values })
  }
  await fill(ann, { [`field.${open}`]: 'Lyon', [`field.${closed}`]: '900 euros' })
  await finish(ann, { email: 'bo@beta.example', scope: 'customers', customers: [number], level: 'view' })
  const seen = (await bo.get(show(serial))).html
  assert.ok(seen.includes('Lyon') && seen.includes('Site (of Acme)'))
  assert.ok(!seen.includes('900 euros') && !seen.includes('Price'))
  assert.ok(!(await bo.get(ofLicense)).html.includes(open), 'view only changes nothing of the owner’s')
  await finish(ann, { email: 'bo@beta.example', scope: 'licenses', serials: serial, level: 'full' })
  const full = (await bo.get(ofLicense)).html
  assert.ok(full.includes(open) && !full.includes(closed))
  assert.equal((await fill(bo, { [`field.${open}`]: 'Porto' })).status, 303)
  assert.match((await ann.get(show(serial))).html, /Porto/)
})
