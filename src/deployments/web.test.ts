import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { aDeployedLicense, deployed, register } from '../../test/deploying.ts'
import { anAccount, openPortal, type Portal, password, signedIn } from '../../test/portal.ts'
import { fieldOf, type Visitor } from '../../test/visitor.ts'
import { createColleague, findMemberByEmail } from '../accounts/index.ts'
import { activeSigner } from '../keys/index.ts'
import { type Member, type Role, systemActor } from '../platform/actor.ts'
import { hashPassword } from '../platform/auth/index.ts'
import type { Issuing } from '../registration/index.ts'
import { urls } from '../urls.ts'

let portal: Portal
let issuing: Issuing
let actor: Member
let visitor: Visitor

beforeEach(async (t) => {
  portal = await openPortal(t as never, { KEY_ENCRYPTION_KEY: Buffer.alloc(32, 5).toString('base64') })
  issuing = { config: portal.config, signer: await activeSigner(portal.db, portal.config) }
  await anAccount(portal, 'ann@acme.example')
  actor = (await findMemberByEmail(portal.db, 'ann@acme.example', new Date()))!
  visitor = await signedIn(portal, 'ann@acme.example')
})

const aLicense = (given: Parameters<typeof aDeployedLicense>[3] = {}) =>
  aDeployedLicense(portal.db, actor, issuing, given)

/** The form of a page with everything that a browser would send of it. */
async function formOf(path: string): Promise<Record<string, string>> {
  const { html, status } = await visitor.get(path)
  assert.equal(status, 200, path)
  return { revision: fieldOf(html, 'revision') }
}

async function firstKey(serial: string): Promise<string> {
  const row = await portal.db
    .selectFrom('license_keys as k')
    .innerJoin('licenses as l', 'l.id', 'k.license_id')
    .select('k.id')
    .where('l.serial', '=', serial)
    .where('k.revoked_at', 'is', null)
    .where('k.superseded_at', 'is', null)
    .orderBy('k.id')
    .executeTakeFirstOrThrow()
  return row.id
}

const newHost = { host_type: 'hostname', host_id: 'new-host', quantity: '', removed: 'on' }

test('a license moves from its page to the new key, without script', async () => {
  const { serial } = await aLicense()
  const path = `/licenses/${serial}/rehost`
  const page = await visitor.get(path)
  assert.match(page.html, /0 of 3 moves in 12 months used/)
  assert.match(page.html, /2 are left after it/)
  const fields = { ...(await formOf(path)), ...newHost, key: await firstKey(serial) }
  const answer = await visitor.post(path, fields)
  assert.equal(answer.status, 303)
  const done = await visitor.get(answer.location!)
  assert.match(done.html, /The license was moved/)
  const [, file] = /href="([^"]+\/file)"/.exec(done.html)!
  assert.equal((await visitor.get(file!)).status, 200)
  assert.deepEqual(await deployed(portal.db, serial), ['new-host 10'])

  const again = await visitor.post(path, fields)
  assert.deepEqual([again.status, again.location], [303, answer.location])
  assert.deepEqual(await deployed(portal.db, serial), ['new-host 10'])
})

test('a refused form comes back with all that was typed, and what is wrong beside it', async () => {
  const { serial } = await aLicense()
  const path = `/licenses/${serial}/rehost`
  const good = { ...(await formOf(path)), ...newHost, key: await firstKey(serial) }
  const cases: [Record<string, string>, RegExp][] = [
    [{ removed: '' }, /Confirm that the license is removed/],
    [{ host_id: '<script>alert(1)</script>' }, /Enter a host name such as/],
    [{ host_id: 'old-host' }, /This is the host that it is on already/],
    [{ quantity: '11' }, /Enter a quantity from 1 to what there is/],
    [{ quantity: '0' }, /Enter a quantity from 1/],
    [{ quantity: '99999999999' }, /Enter a quantity from 1/],
    [{ quantity: '1.5' }, /whole number/],
    [{ quantity: '=1+1' }, /whole number/],
    [{ key: '' }, /Choose/],
    [{ key: serial }, /another key by now/],
    [{ revision: '999' }, /was changed meanwhile/],
    [{ host_type: 'dongle' }, /Enter the number printed/],
    [{ host_id: 'a\0b'.repeat(200) }, /at most 200/],
  ]
  for (const [wrong, text] of cases) {
    const { status, html } = await visitor.post(path, { ...good, ...wrong })
    assert.equal(status, 422, JSON.stringify(wrong))
    assert.match(html, text)
    assert.match(html, /name="host_id"[^>]*value="[^"]/)
    assert.doesNotMatch(html, /<script>alert/)
  }
  assert.equal((await visitor.post(path, {})).status, 422)
  assert.deepEqual(await deployed(portal.db, serial), ['old-host 10'])
})

test('over the allowance the page asks why, and leads to the temporary key and its request', async () => {
  const { serial } = await aLicense({ allowance: 0 })
  const path = `/licenses/${serial}/rehost`
  const { html } = await visitor.get(path)
  assert.match(html, /0 of 0 moves in 12 months used/)
  assert.match(html, /temporary key for 14 days/)
  const fields = { ...(await formOf(path)), ...newHost, key: await firstKey(serial) }
  const refused = await visitor.post(path, { ...fields, host_id: 'localhost', removed: '' })
  assert.equal(refused.status, 422)
  for (const name of ['host_id', 'reason', 'removed']) assert.match(refused.html, new RegExp(`href="#field-${name}"`))
  const answer = await visitor.post(path, { ...fields, reason: '=HYPERLINK("x") <b>burnt</b> 🔥' })
  const done = await visitor.get(answer.location!)
  assert.match(done.html, /Your request is with the vendor/)
  const [, request] = /href="(\/requests\/SR-[^"]+)"/.exec(done.html)!
  const shown = await visitor.get(request!)
  assert.equal(shown.status, 200)
  assert.match(shown.html, /&lt;b&gt;burnt&lt;\/b&gt; 🔥/)
  const now = await visitor.get(path)
  assert.match(now.html, /not decided yet/)
  assert.match(now.html, new RegExp(request!))
})

test('part of a license is deployed to a further host, and hosts go along when it is split', async () => {
  const { serial } = await aLicense({ hosts: { a: 4 } })
  const [hosts, split] = [`/licenses/${serial}/hosts`, `/licenses/${serial}/split`]
  assert.match((await visitor.get(hosts)).html, /6 devices/)
  const fields = { ...(await formOf(hosts)), host_type: 'hostname', host_id: 'b', quantity: '5' }
  const answer = await visitor.post(hosts, fields)
  assert.match((await visitor.get(answer.location!)).html, /The host has its key/)

  const nothing = await visitor.post(split, { ...(await formOf(split)), quantity: '' })
  assert.equal(nothing.status, 422)
  assert.match(nothing.html, /Choose what goes along/)
  const gone = await visitor.post(split, {
    ...(await formOf(split)),
    keys: [await firstKey(serial)] as never,
    quantity: '1',
  })
  assert.equal(gone.status, 303)
  const done = await visitor.get(gone.location!)
  assert.match(done.html, /This is the new license/)
  assert.match(done.html, new RegExp(`It came from ${serial}`))
  const part = gone.location!.split('/')[2]!
  assert.deepEqual([await deployed(portal.db, serial), await deployed(portal.db, part)], [['b 5'], ['a 4']])
})

test('a license is returned only by typing its serial number, and is registered again', async () => {
  const { serial } = await aLicense({ key_scheme: 'file' })
  const path = `/licenses/${serial}/return`
  const fields = await formOf(path)
  const wrong = await visitor.post(path, { ...fields, serial: 'yes' })
  assert.equal(wrong.status, 422)
  assert.match(wrong.html, new RegExp(`Type ${serial} exactly`))
  const answer = await visitor.post(path, { ...fields, serial: ` ${serial} ` })
  assert.deepEqual([answer.status, answer.location], [303, '/licenses'])
  assert.match((await visitor.get('/licenses')).html, new RegExp(`${serial} was returned`))
  assert.equal((await visitor.get(path)).status, 404)
})

test('keys and files of a returned license are nobody else’s: not of who adds it, nor of who registers it', async () => {
  const { serial } = await aLicense({ hosts: { 'secret-host': 10 } })
  const key = await firstKey(serial)
  const path = `/licenses/${serial}/return`
  assert.equal((await visitor.post(path, { ...(await formOf(path)), serial })).status, 303)
  await anAccount(portal, 'stranger@else.example')
  const stranger = await signedIn(portal, 'stranger@else.example')
  const other = (await findMemberByEmail(portal.db, 'stranger@else.example', new Date()))!
  const seesNothing = async () => {
    const page = await stranger.get(`/licenses/${serial}`)
    assert.equal(page.status, 200)
    assert.doesNotMatch(page.html, /secret-host/)
    assert.equal((await stranger.get(`/licenses/${serial}/keys/${key}/file`)).status, 404)
  }
  assert.equal((await stranger.post('/catalog/add', { serials: serial })).status, 303)
  await seesNothing()
  await register(portal.db, other, issuing, serial, { elsewhere: 10 })
  await seesNothing()
  assert.match((await stranger.get(`/licenses/${serial}`)).html, /elsewhere/)
  const own = await firstKey(serial)
  assert.equal((await stranger.get(`/licenses/${serial}/keys/${own}/file`)).status, 200)
})

test('keys are made anew with what holds today', async () => {
  const { serial } = await aLicense({ key_scheme: 'signed' })
  const path = `/licenses/${serial}/reissue`
  const { html } = await visitor.get(path)
  assert.match(html, /ACME/)
  const answer = await visitor.post(path, await formOf(path))
  const done = await visitor.get(answer.location!)
  assert.match(done.html, /The keys were made anew/)
  assert.match(done.html, /data-copy="/)
})

test('what is not possible is explained with a way out, by page and by direct post', async () => {
  const { serial } = await aLicense({ key_scheme: 'code' })
  const page = await visitor.get(`/licenses/${serial}/rehost`)
  assert.equal(page.status, 200)
  assert.match(page.html, /not bound to a host/)
  assert.doesNotMatch(page.html, /name="host_id"/)
  const fields = { ...newHost, revision: '2', key: 'x' }
  const post = await visitor.post(`/licenses/${serial}/rehost`, fields)
  assert.equal(post.status, 422)
  assert.match(post.html, /not bound to a host/)
})

test('each page is for managers of the owner: others are refused, foreign serial numbers look unknown', async () => {
  const { serial } = await aLicense()
  const { organization_id } = actor
  const login = { password_hash: await hashPassword(password), organization_id, phone: null }
  const person = { given_name: 'A', family_name: 'B', locale: 'en', time_zone: 'UTC' } as const
  await anAccount(portal, 'stranger@else.example')
  const stranger = await signedIn(portal, 'stranger@else.example')
  const pages = ['rehost', 'hosts', 'split', 'return', 'reissue']
  for (const role of ['viewer', 'downloader'] satisfies Role[]) {
    const email = `${role}@acme.example`
    await createColleague(portal.db, systemActor('test'), { ...person, ...login, email, role })
    const colleague = await signedIn(portal, email)
    for (const page of pages) {
      assert.equal((await colleague.get(`/licenses/${serial}/${page}`)).status, 403)
      assert.equal((await colleague.post(`/licenses/${serial}/${page}`, { revision: '2', serial })).status, 403)
    }
  }
  const all = { ...newHost, key: await firstKey(serial), revision: '2', serial }
  for (const page of pages) {
    for (const foreign of [serial, 'M0000UNKNOWN', "'%20or%201=1", '%00', '🔥']) {
      assert.equal((await stranger.get(`/licenses/${foreign}/${page}`)).status, 404, foreign)
      assert.equal((await stranger.post(`/licenses/${foreign}/${page}`, all)).status, 404, foreign)
    }
  }
  const keys = `/licenses/${serial}/new-keys?keys=${all.key}`
  assert.equal((await stranger.get(keys)).status, 404)
  assert.deepEqual(await deployed(portal.db, serial), ['old-host 10'])
})

test('a page made before a colleague changed the license overwrites nothing, and shows how it stands', async () => {
  const { serial } = await aLicense()
  const path = `/licenses/${serial}/rehost`
  const key = await firstKey(serial)
  const before = await formOf(path)
  const { serial: _, ...fields } = { ...before, ...newHost, key, serial }
  assert.equal((await visitor.post(path, { ...fields, quantity: '4' })).status, 303)
  const split = await visitor.post(`/licenses/${serial}/reissue`, before)
  assert.equal(split.status, 422)
  assert.match(split.html, /was changed meanwhile/)
  const now = fieldOf(split.html, 'revision')
  assert.notEqual(now, before.revision)
  assert.equal((await visitor.post(`/licenses/${serial}/reissue`, { revision: now })).status, 303)
})

test('a serial number registered already leads to the move', async () => {
  const [bound, free] = [await aLicense(), await aLicense({ key_scheme: 'file' })]
  const answer = await visitor.post(urls.registration.drafts.to(), { serials: `${bound.serial} ${free.serial}` })
  const { html } = await visitor.get(answer.location!)
  assert.match(html, new RegExp(`href="/licenses/${bound.serial}/rehost"`))
  assert.doesNotMatch(html, new RegExp(`href="/licenses/${free.serial}/rehost"`))
})
