/** The catalog's pages as each role uses them, by form and by direct POST. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aBookmark, aField, aLicense, aValue, memberOf } from '../../test/licenses.ts'
import { anAccount, openPortal, type Portal, signedIn } from '../../test/portal.ts'
import type { Role } from '../platform/actor.ts'
import { uuidv7 } from '../platform/ids.ts'
import { urls } from '../urls.ts'

const { add, removeAdded, columns, searches, search, tags, catalog, show } = urls.licenses
const nasty = '<script>alert(1)</script>'

test('a manager adds license information: what is unknown stays in the form, what is not can be registered or removed', async (t) => {
  const portal = await openPortal(t)
  const { manager, member, stranger } = await people(portal)
  const { serial } = await aLicense(portal.db, null, { serial: 'FREE-0001' })
  await aLicense(portal.db, stranger.member, { serial: 'THEIRS-0001' })

  const mixed = await manager.post(add.to(), { serials: `${serial} FREE-0002\n${nasty}\u0000` })
  assert.equal(mixed.status, 422)
  assert.match(mixed.html, /<textarea[^>]*>FREE-0002<\/textarea>/)
  assert.ok(mixed.html.includes('Did you mean') === false, 'nobody may see a license like it')
  assert.ok(!mixed.html.includes('<script>alert'))
  const done = await manager.post(add.to(), { serials: `${serial},THEIRS-0001` })
  assert.equal(done.status, 303)
  const { html } = await manager.get(done.location!)
  assert.match(html, /One license was added/)
  assert.ok(html.includes(`href="${show.to({ serial })}"`))
  assert.ok(html.includes('Registered elsewhere') && !html.includes(show.to({ serial: 'THEIRS-0001' })))
  assert.match(html, new RegExp(`action="${urls.registration.drafts.to()}"[^]*name="serials" value="${serial}"`))
  assert.equal((await manager.get(show.to({ serial }))).status, 200)
  assert.equal((await manager.get(show.to({ serial: 'THEIRS-0001' }))).status, 404)
  assert.ok((await manager.get(catalog.to({ source: 'added' }))).html.includes(serial))

  assert.equal((await manager.post(removeAdded.to(), { serial })).status, 303)
  assert.equal((await manager.post(removeAdded.to(), { serial })).status, 303, 'twice is harmless')
  assert.equal((await manager.get(show.to({ serial }))).status, 404)
  for (const serials of ['', '?', 'x'.repeat(10_240), Array.from({ length: 501 }, (_, n) => `SERIAL${n}`).join()]) {
    assert.equal((await manager.post(add.to(), { serials })).status, 422, serials.slice(0, 20))
  }
  assert.equal((await member('viewer').then((visitor) => visitor.post(add.to(), { serials: serial }))).status, 403)
})

test('a search is saved, offered, changed and removed; others’ are not touched', async (t) => {
  const portal = await openPortal(t)
  const { manager, member, stranger } = await people(portal)
  const asked = 'status=expiring&sort=end'
  const offered = await manager.get(`${catalog.to()}?${asked}`)
  const link = searches.to({ query: asked }).replaceAll('&', '&amp;')
  assert.ok(offered.html.includes(`href="${link}"`))
  assert.match((await manager.get(searches.to({ query: asked }))).html, /Status: <bdi>Expiring/)

  const refused = await manager.post(searches.to(), { name: ' ', query: asked })
  assert.equal(refused.status, 422)
  assert.ok(refused.html.includes('name="query" value="status=expiring&amp;sort=end"'), 'what is saved is kept')
  const saved = await manager.post(searches.to(), { name: nasty, query: asked, for_all: 'on' })
  assert.equal(saved.location, `${catalog.to()}?${asked}`)
  assert.equal((await manager.post(searches.to(), { name: nasty.toUpperCase(), query: '' })).status, 422)
  const { id } = await portal.db.selectFrom('saved_searches').select('id').executeTakeFirstOrThrow()
  const viewer = await member('viewer')
  const page = await viewer.get(catalog.to())
  assert.ok(page.html.includes(`href="${catalog.to()}?status=expiring&amp;sort=end"`))
  assert.ok(!page.html.includes(nasty) && page.html.includes('&lt;script&gt;'))

  assert.equal((await viewer.post(searches.to(), { name: 'x', query: '', for_all: 'on' })).status, 403)
  assert.equal((await viewer.post(search.to({ search: id }), { name: 'x' })).status, 404)
  assert.equal((await viewer.post(search.to({ search: id }), { remove: 'on' })).status, 404)
  for (const unknown of [id, uuidv7(), 'x', '%00']) {
    assert.equal((await stranger.visitor.get(search.to({ search: unknown }))).status, 404)
    assert.equal((await stranger.visitor.post(search.to({ search: unknown }), { name: 'x' })).status, 404)
  }
  assert.equal((await manager.post(search.to({ search: id }), { name: '' })).status, 422)
  assert.equal((await manager.post(search.to({ search: id }), { name: 'Soon' })).status, 303)
  assert.ok(!(await viewer.get(catalog.to())).html.includes('>Soon<'), 'shared no longer')
  assert.match((await manager.get(search.to({ search: id }))).html, /value="Soon"/)
  await manager.post(search.to({ search: id }), { remove: 'on', name: '' })
  assert.equal((await manager.get(search.to({ search: id }))).status, 404)
})

test('columns are chosen, moved and brought back; a field shows its values', async (t) => {
  const portal = await openPortal(t)
  const { manager, self } = await people(portal)
  const { id } = await aLicense(portal.db, self, { quantity: 1234 }, { purchase_order: 'PO-77' })
  const field = await aField(portal.db, self, { name: nasty, type: 'date' })
  await aValue(portal.db, id, field, '2027-03-31')
  assert.match((await manager.get(catalog.to())).html, /Mar 31, 2027/)
  assert.equal((await manager.post(columns.to(), { column: ['quantity', 'purchase_order', 'nonsense'] })).status, 303)
  const { html } = await manager.get(catalog.to())
  assert.match(html, /1,234/)
  assert.match(html, /PO-77/)
  assert.ok(!html.includes('Mar 31, 2027'))
  const moved = await manager.post(columns.to(), {
    column: ['quantity', 'purchase_order', 'tags'],
    up: 'purchase_order',
  })
  assert.equal(moved.location, columns.to())
  const { columns: kept } = await portal.db.selectFrom('catalog_columns').select('columns').executeTakeFirstOrThrow()
  assert.deepEqual(kept, ['purchase_order', 'quantity', 'tags'])
  assert.ok(!(await manager.get(columns.to())).html.includes('<script>alert'))
  await manager.post(columns.to(), { usual: 'on' })
  assert.match((await manager.get(catalog.to())).html, /Mar 31, 2027/)
})

test('tags of a license are changed; only what the page showed is taken off', async (t) => {
  const portal = await openPortal(t)
  const { manager, member, self, stranger } = await people(portal)
  const { id, serial } = await aLicense(portal.db, self)
  const address = tags.to({ serial })
  assert.equal((await manager.post(address, { add: `Lab, ${nasty}` })).location, show.to({ serial }))
  await manager.post(address, { add: 'colleague’s' })
  await manager.post(address, { shown: ['Lab', nasty], keep: 'Lab', add: '=1+1' })
  const rows = await portal.db
    .selectFrom('license_tags')
    .select('tag')
    .where('license_id', '=', id)
    .orderBy('tag')
    .execute()
  assert.deepEqual(
    rows.map(({ tag }) => tag),
    ['=1+1', 'Lab', 'colleague’s'],
  )
  const long = await manager.post(address, { shown: ['Lab'], keep: 'Lab', add: 'x'.repeat(10_240) })
  assert.equal(long.status, 422)
  const many = Array.from({ length: 20 }, (_, n) => `t${n}`).join()
  assert.match((await manager.post(address, { add: many })).html, /at most 20 tags/)
  assert.ok((await manager.get(catalog.to({ tag: 'Lab' }))).html.includes(serial))
  assert.equal((await stranger.visitor.get(address)).status, 404)
  assert.equal((await stranger.visitor.post(address, { add: 'x' })).status, 404)
  assert.equal((await member('viewer').then((visitor) => visitor.post(address, { add: 'x' }))).status, 403)
})

test('the catalog counts, pages, filters and offers bulk changes to managers', async (t) => {
  const portal = await openPortal(t)
  const { manager, member, self } = await people(portal)
  for (let n = 0; n < 52; n++) await aLicense(portal.db, self, { quantity: n + 1 })
  const unowned = await aLicense(portal.db, null)
  await aBookmark(portal.db, self, unowned.id)
  const first = await manager.get(catalog.to({ sort: 'quantity' }))
  assert.match(first.html, /1–50 of 53 licenses/)
  const more = /id="licenses-more"><a[^>]*href="([^"]+)"/.exec(first.html)![1]!.replaceAll('&amp;', '&')
  assert.match((await manager.get(more)).html, /51–53 of 53 licenses/)
  assert.match(first.html, /<form class="kp-bulk" id="bulk" method="post" action="\/bulk"/)
  assert.match(first.html, /Change all 53 found…/)
  assert.match(first.html, /name="query" value="sort=quantity"/)
  assert.match(first.html, /<input[^>]*name="license"[^>]*form="bulk"/)
  const viewer = await (await member('viewer')).get(catalog.to())
  assert.ok(!viewer.html.includes('name="license"') && !viewer.html.includes('kp-bulk'))

  const filtered = await manager.get(catalog.to({ source: 'own', ends_to: '2030-01-01', customer: nasty }))
  assert.match(filtered.html, /Source: <bdi>Own licenses/)
  assert.match(filtered.html, /Ends until: <bdi>Jan 1, 2030/)
  assert.match(filtered.html, /<details class="kp-more-filters" open/)
  assert.ok(!filtered.html.includes('<script>alert'))
  const odd =
    '?ends_from=2026-02-30&field=x&value=y&source=none&tag=%00&sort=field:x&registered_to=%27&version=%F0%9F%98%80'
  assert.equal((await manager.get(`${catalog.to()}${odd}`)).status, 200)
})

/** A manager's browser, colleagues in each role on demand, and somebody of another organization. */
async function people(portal: Portal) {
  const account = await anAccount(portal, `manager-${uuidv7()}@acme.example`)
  const other = await anAccount(portal, `stranger-${uuidv7()}@other.example`, { company: 'Other' })
  const self = memberOf(account, 'administrator')
  return {
    self,
    manager: await signedIn(portal, account.email),
    stranger: { member: memberOf(other), visitor: await signedIn(portal, other.email) },
    async member(role: Role) {
      const email = `${role}-${uuidv7()}@acme.example`
      const { user_id } = await anAccount(portal, email)
      const { organization_id } = self
      await portal.db.deleteFrom('memberships').where('user_id', '=', user_id).execute()
      await portal.db
        .insertInto('memberships')
        .values({ organization_id, user_id, role, created_at: new Date() })
        .execute()
      return signedIn(portal, email)
    },
  }
}
