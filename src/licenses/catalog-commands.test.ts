/** What people keep about licenses: tags, saved searches, columns, license information added by serial number. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshDatabase } from '../../test/database.ts'
import { aBookmark, aField, aLicense, aMember } from '../../test/licenses.ts'
import { uuidv7 } from '../platform/ids.ts'
import {
  addLicenseInformation,
  listBookmarks,
  outcomesOf,
  removeLicenseInformation,
} from './add-license-information.ts'
import { allColumns, listColumns, saveColumns, usualColumns } from './catalog-columns.ts'
import { listCatalogFields } from './catalog-reach.ts'
import { listOwnNotes } from './catalog-rows.ts'
import { listTags } from './list-tags.ts'
import {
  changedSearchSchema,
  changeSearch,
  listSearches,
  mostSearches,
  newSearchSchema,
  removeSearch,
  saveSearch,
} from './saved-searches.ts'
import { mostDistinctTags, mostTags, tagLicenses, tagsSchema } from './tag-licenses.ts'
import { unknownSerials } from './unknown-serials.ts'

test('tags are added and removed on many licenses at once; each refusal names its license', async (t) => {
  const { db } = await freshDatabase(t)
  const [me, other] = [await aMember(db), await aMember(db)]
  const [a, b, foreign] = [await aLicense(db, me), await aLicense(db, me), await aLicense(db, other)]
  const unowned = await aLicense(db, null)
  const ids = [a.id, b.id, foreign.id, unowned.id, 'nonsense']
  const first = await tagLicenses(db, me, { license_ids: ids, add: ['Lab', ' lab ', 'Two\tWords'], remove: [] })
  assert.ok(first.ok)
  assert.deepEqual(first.changed.toSorted(), [a.id, b.id].toSorted())
  assert.deepEqual(
    first.refused.map(({ license_id }) => license_id),
    [foreign.id, unowned.id, 'nonsense'],
  )
  assert.deepEqual(await listTags(db, me), ['Two Words', 'lab'])
  assert.deepEqual(await listTags(db, other), [])

  const again = { license_ids: [a.id], add: ['LAB', 'new'], remove: ['two words'] }
  const tried = await tagLicenses(db, me, { ...again, dry_run: true })
  assert.ok(tried.ok && tried.changed.length === 1)
  assert.deepEqual(await listTags(db, me), ['Two Words', 'lab'], 'a dry run changes nothing')
  await tagLicenses(db, me, again)
  const { tags } = await listOwnNotes(db, me, [a.id, b.id], { fields: [], tags: true })
  assert.deepEqual(
    [tags.get(a.id), tags.get(b.id)],
    [
      ['lab', 'new'],
      ['Two Words', 'lab'],
    ],
  )
  const events = await db.selectFrom('events').select('details').where('license_id', '=', a.id).orderBy('id').execute()
  assert.deepEqual(events.at(-1)?.details, { added: ['new'], removed: ['Two Words'] })
  const unchanged = await tagLicenses(db, me, again)
  assert.ok(unchanged.ok && unchanged.unchanged === 1 && unchanged.changed.length === 0)
})

test('a license has so many tags and an organization so many different ones; only managers tag', async (t) => {
  const { db } = await freshDatabase(t)
  const me = await aMember(db)
  const licenses = await Promise.all(Array.from({ length: 11 }, () => aLicense(db, me)))
  const named = (from: number, count: number) => Array.from({ length: count }, (_, n) => `tag ${from + n}`)
  for (let n = 0; n < mostDistinctTags / mostTags; n++) {
    const add = named(n * mostTags, mostTags)
    assert.ok((await tagLicenses(db, me, { license_ids: [licenses[n]!.id], add, remove: [] })).ok)
  }
  const full = await tagLicenses(db, me, { license_ids: [licenses[0]!.id], add: ['tag 21'], remove: [] })
  assert.deepEqual(full.ok && full.refused, [{ license_id: licenses[0]!.id, refusal: 'too_many_tags' }])
  const last = { license_ids: [licenses[10]!.id], remove: [] }
  assert.deepEqual(await tagLicenses(db, me, { ...last, add: ['one more'] }), {
    ok: false,
    refusal: 'too_many_distinct',
  })
  assert.ok((await tagLicenses(db, me, { ...last, add: ['TAG 7'] })).ok, 'one in use may be used on')
  for (const role of ['viewer', 'downloader'] as const) {
    const actor = await aMember(db, role, me)
    await assert.rejects(tagLicenses(db, actor, { ...last, add: ['x'] }), { code: 'forbidden' })
  }
})

test('tags are read from what was typed, whatever stands around them', () => {
  assert.deepEqual(tagsSchema.parse(' a, b;a\nB ,, 😀 <script> '), ['a', 'B', '😀 <script>'])
  assert.equal(tagsSchema.safeParse('x'.repeat(41)).success, false)
  assert.equal(tagsSchema.safeParse(Array.from({ length: 21 }, (_, n) => n).join()).success, false)
  assert.deepEqual(tagsSchema.parse(undefined), [])
})

test('a search is kept without its page; colleagues see shared ones, and only managers share', async (t) => {
  const { db } = await freshDatabase(t)
  const me = await aMember(db)
  const [viewer, manager, stranger] = [
    await aMember(db, 'viewer', me),
    await aMember(db, 'manager', me),
    await aMember(db),
  ]
  const given = { name: '  Ends\tsoon ', query: 'status=expiring&q=a%00b&after=xyz&count=all&sort=end&nonsense=1' }
  const saved = await saveSearch(db, me, newSearchSchema.parse({ ...given, for_all: 'on' }))
  assert.ok(saved.ok)
  const [search] = await listSearches(db, viewer)
  assert.equal(search?.name, 'Ends soon')
  assert.equal(search?.query, 'q=ab&status=expiring&sort=end')
  assert.equal(search?.may_change, false)
  assert.deepEqual(await listSearches(db, stranger), [])
  const own = newSearchSchema.parse({ name: 'Mine', query: '' })
  assert.ok((await saveSearch(db, viewer, own)).ok)
  assert.deepEqual(await saveSearch(db, viewer, { ...own, name: 'MINE' }), { ok: false, refusal: 'name_taken' })
  assert.deepEqual(
    (await listSearches(db, me)).map(({ name }) => name),
    ['Ends soon'],
  )

  await assert.rejects(saveSearch(db, viewer, { ...own, name: 'x', for_all: 'on' }), { code: 'forbidden' })
  for (const actor of [viewer, stranger]) {
    await assert.rejects(changeSearch(db, actor, { id: saved.id, name: 'y' }), { code: 'not_found' })
    await assert.rejects(removeSearch(db, actor, { id: saved.id }), { code: 'not_found' })
  }
  await assert.rejects(removeSearch(db, me, { id: 'nonsense' }), { code: 'not_found' })
  assert.ok((await changeSearch(db, manager, { id: saved.id, ...changedSearchSchema.parse({ name: 'Soon' }) })).ok)
  assert.deepEqual(
    (await listSearches(db, viewer)).map(({ name }) => name),
    ['Mine'],
    'no longer shared',
  )
  await removeSearch(db, me, { id: saved.id })
  assert.deepEqual(await listSearches(db, me), [])
})

test('a user keeps so many searches, each with a name that is no other', async (t) => {
  const { db } = await freshDatabase(t)
  const me = await aMember(db)
  const save = (name: string) => saveSearch(db, me, newSearchSchema.parse({ name, query: 'q=1' }))
  for (let n = 0; n < mostSearches; n++) assert.ok((await save(`search ${n}`)).ok)
  assert.deepEqual(await save('one more'), { ok: false, refusal: 'too_many' })
  const [first, second] = await listSearches(db, me)
  assert.deepEqual(await changeSearch(db, me, { id: first!.id, name: second!.name.toUpperCase() }), {
    ok: false,
    refusal: 'name_taken',
  })
  assert.equal(newSearchSchema.safeParse({ name: ' ' }).success, false)
  assert.equal(newSearchSchema.safeParse({ name: 'x', query: `q=${'é'.repeat(2000)}` }).success, false)
})

test('columns are each user’s own; fields that are gone or not shown are left out', async (t) => {
  const { db } = await freshDatabase(t)
  const me = await aMember(db, 'viewer')
  const colleague = await aMember(db, 'viewer', me)
  const [shown, hidden] = [await aField(db, me), await aField(db, me, { in_catalog: false })]
  const fields = await listCatalogFields(db, me)
  assert.deepEqual(await listColumns(db, me, fields), ['product', 'customer', 'end', 'newest', `field:${shown}`])
  await saveColumns(db, me, ['tags', `field:${shown}`, 'tags', `field:${hidden}`, 'quantity'])
  assert.deepEqual(await listColumns(db, me, fields), ['tags', `field:${shown}`, 'quantity'])
  assert.deepEqual(await listColumns(db, me, []), ['tags', 'quantity'])
  assert.deepEqual(await listColumns(db, colleague, fields), usualColumns(fields))
  await saveColumns(db, me, [])
  assert.deepEqual(await listColumns(db, me, fields), [], 'the serial number alone')
  await saveColumns(db, me, null)
  assert.deepEqual(await listColumns(db, me, fields), usualColumns(fields))
  assert.ok(!allColumns(fields).includes(`field:${hidden}`))
})

test('license information is added by serial number: new, known, own, registered elsewhere, unknown', async (t) => {
  const { db } = await freshDatabase(t)
  const [me, other] = [await aMember(db), await aMember(db)]
  await aLicense(db, null, { serial: 'FREE-0001' })
  const known = await aLicense(db, null, { serial: 'KNOWN-0001' })
  await aBookmark(db, me, known.id)
  await aLicense(db, me, { serial: 'OWN-0001' })
  await aLicense(db, other, { serial: 'THEIRS-0001' })
  const text = 'Serials: FREE-0001;KNOWN-0001\nOWN-0001, THEIRS-0001 free-0001'
  const added = await addLicenseInformation(db, me, { text })
  assert.ok(added.ok)
  assert.deepEqual(
    added.typed.map(({ serial, outcome }) => `${serial} ${outcome}`),
    ['FREE-0001 added', 'KNOWN-0001 known', 'OWN-0001 own', 'THEIRS-0001 elsewhere', 'free-0001 not_found'],
  )
  const bookmarks = await listBookmarks(db, me, 10)
  assert.deepEqual(
    bookmarks.map(({ serial, elsewhere, product_name }) => [serial, elsewhere, product_name]).toSorted(),
    [
      ['FREE-0001', false, 'Backup Server'],
      ['KNOWN-0001', false, 'Backup Server'],
      ['THEIRS-0001', true, null],
    ],
  )
  const seen = await outcomesOf(db, me, ['FREE-0001', 'THEIRS-0001', 'free-0001'])
  assert.deepEqual(
    seen.map(({ serial }) => serial),
    ['FREE-0001', 'THEIRS-0001'],
  )
  assert.deepEqual(await outcomesOf(db, other, ['FREE-0001']), [], 'nothing is told to those who added nothing')

  assert.equal(await removeLicenseInformation(db, me, { serial: 'THEIRS-0001' }), true)
  assert.equal(await removeLicenseInformation(db, me, { serial: 'OWN-0001' }), false)
  assert.equal(await removeLicenseInformation(db, other, { serial: 'FREE-0001' }), false)
  assert.equal((await listBookmarks(db, me, 10)).length, 2)
})

test('misses cost tokens, and nothing is added once they are spent; only managers add', async (t) => {
  const { db } = await freshDatabase(t)
  const me = await aMember(db)
  await aLicense(db, null, { serial: 'FREE-0001' })
  const guesses = (count: number) => Array.from({ length: count }, () => `X${uuidv7().slice(-12)}`).join(' ')
  assert.ok((await addLicenseInformation(db, me, { text: guesses(unknownSerials.capacity) })).ok)
  const text = `FREE-0001 ${guesses(1)}`
  assert.deepEqual(await addLicenseInformation(db, me, { text }), { ok: false, refusal: 'too_many_unknown' })
  assert.deepEqual(await listBookmarks(db, me, 10), [])
  assert.ok((await addLicenseInformation(db, me, { text: 'FREE-0001' })).ok, 'a hit costs nothing')
  assert.deepEqual(await addLicenseInformation(db, me, { text: '?!' }), { ok: false, refusal: 'nothing_found' })
  assert.deepEqual(await addLicenseInformation(db, me, { text: guesses(501) }), { ok: false, refusal: 'too_many' })
  for (const role of ['viewer', 'downloader'] as const) {
    const actor = await aMember(db, role, me)
    await assert.rejects(addLicenseInformation(db, actor, { text: 'FREE-0001' }), { code: 'forbidden' })
    await assert.rejects(removeLicenseInformation(db, actor, { serial: 'FREE-0001' }), { code: 'forbidden' })
  }
})
