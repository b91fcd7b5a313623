import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshDatabase } from '../../test/database.ts'
import { aLicense, aMember, now } from '../../test/licenses.ts'
import type { Db } from '../platform/db/index.ts'
import { uuidv7 } from '../platform/ids.ts'
import { type AssignContacts, assignContacts } from './assign-contacts.ts'
import { contactsAfter, newlyNamed, sameContacts } from './contact-rules.ts'
import { type Contact, contactSchema, listKnownContacts } from './contacts.ts'

const config = { base_url: 'https://portal.example', support_email: 'help@portal.example' }
const person = (name: string, phone: string | null = null): Contact => ({ name, email: `${name}@acme.example`, phone })
const [ann, ben, eve] = [person('ann'), person('ben'), person('eve')]

async function contactsOf(db: Db, id: string) {
  const row = await db
    .selectFrom('licenses')
    .select(['contacts', 'revision'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return { names: (row.contacts as Contact[]).map(({ name }) => name), revision: row.revision }
}

test('contacts are one per address; whoever is entered later takes the place of the earlier', () => {
  const ann2 = { ...ann, name: 'Ann B.', email: 'ANN@acme.example' }
  assert.deepEqual(contactsAfter([ann, ben], [eve], 'replace'), [eve])
  assert.deepEqual(contactsAfter([ann, ben], [eve], 'add'), [ann, ben, eve])
  assert.deepEqual(contactsAfter([ann, ben], [ann2], 'add'), [ann2, ben])
  assert.deepEqual(newlyNamed([ann], [ann2, ben]), [ben])
  assert.ok(sameContacts([ann, ben], [{ ...ann }, { ...ben }]))
  for (const other of [[ben, ann], [ann], [ann, { ...ben, phone: '1' }]]) assert.ok(!sameContacts([ann, ben], other))
})

test('many licenses at once: each gets its contacts, its line of history, and each person one mail', async (t) => {
  const { db } = await freshDatabase(t)
  const me = await aMember(db)
  const first = await aLicense(db, me, { contacts: JSON.stringify([ann]) })
  const more = [await aLicense(db, me), await aLicense(db, me, { contacts: JSON.stringify([ann, ben]) })]
  const license_ids = [first, ...more].map(({ id }) => id)
  const done = await assignContacts(db, me, { license_ids, contacts: [ben, eve], mode: 'add' }, config)
  assert.deepEqual(
    { ...done, changed: done.changed.toSorted() },
    { changed: license_ids.toSorted(), unchanged: 0, refused: [] },
  )
  assert.deepEqual(await contactsOf(db, first.id), { names: ['ann', 'ben', 'eve'], revision: 2 })

  const mails = await db.selectFrom('mails').select(['to_address', 'text', 'subject']).orderBy('to_address').execute()
  assert.deepEqual(
    mails.map(({ to_address }) => to_address),
    ['ben@acme.example', 'eve@acme.example'],
  )
  assert.match(mails[0]!.subject, /^2 licenses of /)
  assert.match(mails[1]!.subject, /^3 licenses of /)
  assert.ok(mails[1]!.text.includes(first.serial) && mails[1]!.text.includes(`${config.base_url}/licenses`))
  const events = await db
    .selectFrom('events')
    .select(['license_id', 'details'])
    .where('action', '=', 'license.contacts_assigned')
    .execute()
  assert.equal(events.length, 3)
  assert.deepEqual(events.find(({ license_id }) => license_id === first.id)!.details, {
    contacts: { before: ['ann'], after: ['ann', 'ben', 'eve'] },
  })

  const again = await assignContacts(db, me, { license_ids, contacts: [ben, eve], mode: 'add' }, config)
  assert.deepEqual(again, { changed: [], unchanged: 3, refused: [] })
  assert.equal((await contactsOf(db, first.id)).revision, 2)
})

test('each license that cannot be changed says why and leaves the others alone; a dry run changes nothing', async (t) => {
  const { db } = await freshDatabase(t)
  const [me, stranger] = [await aMember(db), await aMember(db)]
  const ten = Array.from({ length: 10 }, (_, n) => person(`p${n}`))
  const licenses = {
    free: await aLicense(db, me),
    foreign: await aLicense(db, stranger),
    unowned: await aLicense(db, null),
    revoked: await aLicense(db, me, { revoked_at: now }),
    replaced: await aLicense(db, me, { superseded_at: now }),
    full: await aLicense(db, me, { contacts: JSON.stringify(ten) }),
    changed: await aLicense(db, me),
  }
  const license_ids = [...Object.values(licenses).map(({ id }) => id), uuidv7()]
  const input: AssignContacts = { license_ids, contacts: [eve], mode: 'add', revisions: { [licenses.changed.id]: 7 } }
  const expected = {
    foreign: 'not_found',
    unowned: 'not_found',
    revoked: 'revoked',
    replaced: 'superseded',
    full: 'too_many',
    changed: 'changed',
  }
  for (const dry_run of [true, false]) {
    const done = await assignContacts(db, me, { ...input, dry_run }, config)
    assert.deepEqual(done.changed, [licenses.free.id])
    const refusals = new Map(done.refused.map(({ license_id, refusal }) => [license_id, refusal]))
    for (const [name, refusal] of Object.entries(expected)) {
      assert.equal(refusals.get(licenses[name as keyof typeof licenses].id), refusal, name)
    }
    assert.equal(refusals.get(license_ids.at(-1)!), 'not_found')
    const written = await db.selectFrom('mails').select('id').execute()
    assert.equal(written.length, dry_run ? 0 : 1)
    assert.deepEqual((await contactsOf(db, licenses.free.id)).names, dry_run ? [] : ['eve'])
  }
})

test('contacts are for managers, ten at most; whoever names himself gets no mail', async (t) => {
  const { db } = await freshDatabase(t)
  const me = await aMember(db)
  const { id } = await aLicense(db, me)
  const input: AssignContacts = { license_ids: [id], contacts: [{ ...ann, email: me.email! }], mode: 'replace' }
  for (const role of ['viewer', 'downloader'] as const) {
    await assert.rejects(assignContacts(db, await aMember(db, role, me), input, config), { code: 'forbidden' })
  }
  const eleven = Array.from({ length: 11 }, (_, n) => person(`p${n}`))
  await assert.rejects(assignContacts(db, me, { ...input, contacts: eleven }, config), { code: 'invalid' })
  await assignContacts(db, me, input, config)
  assert.deepEqual(await db.selectFrom('mails').select('id').execute(), [])
})

test('an organization makes us mail to strangers some hundred times, not without end; what is tried costs nothing', async (t) => {
  const { db } = await freshDatabase(t)
  const me = await aMember(db)
  const { id } = await aLicense(db, me)
  const name = (n: number, dry_run = false) => {
    const contacts = Array.from({ length: 10 }, (_, m) => person(`p${n}x${m}`))
    return assignContacts(db, me, { license_ids: [id], contacts, mode: 'replace', dry_run }, config)
  }
  for (let n = 0; n < 30; n++) await name(n)
  await name(30, true)
  await assert.rejects(name(30), { code: 'too_many_requests' })
  assert.equal((await db.selectFrom('mails').select('id').execute()).length, 300)
})

test('colleagues come first among known contacts, then those named most; each once; strangers never', async (t) => {
  const { db } = await freshDatabase(t)
  const [me, stranger] = [await aMember(db), await aMember(db)]
  await aLicense(db, me, { contacts: JSON.stringify([ann, ben]) })
  await aLicense(db, me, {
    contacts: JSON.stringify([ben, { name: 'Me', email: me.email!.toUpperCase(), phone: null }]),
  })
  await aLicense(db, stranger, { contacts: JSON.stringify([eve]) })
  assert.deepEqual(
    (await listKnownContacts(db, me)).map(({ email }) => email),
    [me.email, ben.email, ann.email],
  )
})

test('a contact has a name and a single address, as short as the column and mail servers take them', () => {
  assert.deepEqual(contactSchema.parse({ name: ' Ann ', email: ' Ann@Acme.example ', phone: '' }), {
    ...{ name: 'Ann', email: 'ann@acme.example', phone: null },
  })
  for (const email of ['', 'ann', 'a@b', 'a@b.example, c@d.example', `${'x'.repeat(255)}@acme.example`]) {
    assert.ok(!contactSchema.safeParse({ name: 'Ann', email }).success, email)
  }
  assert.ok(!contactSchema.safeParse({ name: 'x'.repeat(201), email: ann.email }).success)
})
