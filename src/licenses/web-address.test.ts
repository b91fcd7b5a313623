import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aLicense, memberOf } from '../../test/licenses.ts'
import { anAccount, openPortal, password, signedIn } from '../../test/portal.ts'
import { fieldOf } from '../../test/visitor.ts'
import { createColleague } from '../accounts/index.ts'
import { addAddress } from '../customers/index.ts'
import { type Role, systemActor } from '../platform/actor.ts'
import { hashPassword } from '../platform/auth/index.ts'
import { urls } from '../urls.ts'

const address = {
  ...{ company: 'Acme', street: 'High Street 1', street2: null, city: 'Leeds' },
  ...{ region: null, postal_code: 'LS1 4DY', country: 'GB' },
}
const entered = { company: 'Acme', street: '7 Long Road', city: 'Porto', country: 'PT', terms: 'on' }

async function annWithLicense(t: Parameters<typeof openPortal>[0]) {
  const portal = await openPortal(t)
  const me = memberOf(await anAccount(portal, 'ann@acme.example'))
  const { serial, id } = await aLicense(portal.db, me)
  const add = (given: Partial<typeof address>) =>
    portal.db.transaction().execute((trx) => addAddress(trx, me, { ...address, ...given }))
  const leeds = await add({})
  const york = await add({ company: 'Acme <York>', city: 'York' })
  const ann = await signedIn(portal, 'ann@acme.example')
  const addressOf = async () => {
    const query = portal.db.selectFrom('licenses').select('address_id').where('id', '=', id)
    return (await query.executeTakeFirstOrThrow()).address_id
  }
  return { portal, me, ann, serial, id, leeds, york, addressOf }
}

test('search, show, select, confirm: the license moves', async (t) => {
  const { ann, serial, leeds, york, addressOf } = await annWithLicense(t)
  const page = (query = {}) => urls.licenses.address.to({ serial }, query)
  const found = await ann.get(page({ city: 'yor' }))
  assert.match(found.html, /Search Addresses/)
  assert.match(found.html, /Acme &lt;York&gt;/)
  assert.ok(!found.html.includes(leeds) && found.html.includes(page({ address: york })))
  assert.match((await ann.get(page({ company: '%' }))).html, /No address matches/)

  const confirm = await ann.get(page({ address: york }))
  assert.match(confirm.html, /not given/)
  const revision = fieldOf(confirm.html, 'revision')
  const moved = await ann.post(page(), { address_id: york, revision })
  assert.deepEqual([moved.status, moved.location], [303, urls.licenses.show.to({ serial })])
  assert.equal(await addressOf(), york)

  const stale = await ann.post(page(), { address_id: leeds, revision })
  assert.equal(stale.status, 422)
  assert.match(stale.html, /changed while this page was open/)
  assert.match(stale.html, /Acme &lt;York&gt;/, 'shows where the license is now')
  assert.equal(await addressOf(), york)
  const checked = fieldOf(stale.html, 'revision')
  assert.equal((await ann.post(page(), { address_id: leeds, revision: checked })).status, 303)
})

test('a new address is asked for with every required field and the terms agreed', async (t) => {
  const { portal, ann, serial } = await annWithLicense(t)
  const path = urls.licenses.requestAddress.to({ serial })
  assert.match((await ann.get(path)).html, /Terms and conditions/)
  for (const [wrong, text] of [
    [{ terms: '' }, /Agree to the terms/],
    [{ country: 'ZZ' }, /id="field-country-error"/],
    [{ street: '' }, /id="field-street-error"/],
    [{ city: 'x'.repeat(101) }, /id="field-city-error"/],
  ] as const) {
    const refused = await ann.post(path, { ...entered, company: 'A "quoted" & <b> company', ...wrong })
    assert.equal(refused.status, 422)
    assert.match(refused.html, text)
    assert.match(refused.html, /A &quot;quoted&quot; &amp; &lt;b&gt; company/, 'what was typed is kept')
  }
  assert.deepEqual(await portal.db.selectFrom('service_requests').select('id').execute(), [])

  const asked = await ann.post(path, entered)
  assert.equal(asked.status, 303)
  assert.match(asked.location ?? '', /^\/requests\/SR-/)
  assert.match((await ann.get(asked.location!)).html, /7 Long Road/)
  const again = await ann.post(path, entered)
  assert.equal(again.status, 422)
  assert.match(again.html, /is open already/)
  assert.ok((await ann.get(path)).html.includes(asked.location!), 'the page leads to the open request instead')
})

test('foreign licenses and addresses answer like unknown ones, by page and by post', async (t) => {
  const { portal, ann, serial, leeds } = await annWithLicense(t)
  const eve = memberOf(await anAccount(portal, 'eve@evil.example'))
  const stranger = await signedIn(portal, 'eve@evil.example')
  const theirs = await aLicense(portal.db, eve)
  const foreign = await portal.db.transaction().execute((trx) => addAddress(trx, eve, address))
  for (const named of [serial, 'UNKNOWN1']) {
    assert.equal((await stranger.get(urls.licenses.address.to({ serial: named }))).status, 404)
    assert.equal((await stranger.get(urls.licenses.requestAddress.to({ serial: named }))).status, 404)
    assert.equal((await stranger.post(urls.licenses.requestAddress.to({ serial: named }), entered)).status, 404)
    const posted = await stranger.post(urls.licenses.address.to({ serial: named }), {
      address_id: foreign,
      revision: '1',
    })
    assert.equal(posted.status, 404)
  }
  for (const id of [foreign, '01900000-0000-7000-8000-000000000000', '%', 'x'.repeat(10_000)]) {
    assert.equal((await ann.get(urls.licenses.address.to({ serial }, { address: id }))).status, 404, id.slice(0, 40))
    const posted = await ann.post(urls.licenses.address.to({ serial }), { address_id: id, revision: '1' })
    assert.equal(posted.status, 404)
  }
  const others = await stranger.post(urls.licenses.address.to({ serial: theirs.serial }), {
    address_id: leeds,
    revision: '1',
  })
  assert.equal(others.status, 404)
})

test('viewers and downloaders are forbidden; a revoked license says why it stays', async (t) => {
  const { portal, me, ann, serial, leeds } = await annWithLicense(t)
  const person = { given_name: 'A', family_name: 'B', phone: null, locale: 'en', time_zone: 'UTC' } as const
  const login = { password_hash: await hashPassword(password), organization_id: me.organization_id }
  for (const role of ['viewer', 'downloader'] as Role[]) {
    const email = `${role}@acme.example`
    await createColleague(portal.db, systemActor('test'), { ...person, ...login, email, role })
    const colleague = await signedIn(portal, email)
    assert.equal((await colleague.get(urls.licenses.address.to({ serial }))).status, 403)
    const posted = await colleague.post(urls.licenses.address.to({ serial }), { address_id: leeds, revision: '1' })
    assert.equal(posted.status, 403)
    assert.equal((await colleague.post(urls.licenses.requestAddress.to({ serial }), entered)).status, 403)
  }
  const revoked = await aLicense(portal.db, me, { revoked_at: new Date(), revoked_reason: 'x' })
  const { html } = await ann.get(urls.licenses.address.to({ serial: revoked.serial }))
  assert.match(html, /The license is revoked/)
  assert.ok(!html.includes('Show Addresses'))
})
