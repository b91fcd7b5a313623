import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { aLicense, aMember, memberOf } from '../../test/licenses.ts'
import { anAccount, openPortal, type Portal, signedIn } from '../../test/portal.ts'
import { fieldOf, type Visitor } from '../../test/visitor.ts'
import { createColleague } from '../accounts/index.ts'
import { type Member, type Role, systemActor } from '../platform/actor.ts'
import { urls } from '../urls.ts'
import { addField } from './add-field.ts'
import { listFields, valuesOf } from './queries.ts'
import type { FieldType } from './rules.ts'
import type { Definition } from './schemas.ts'
import { setFieldValues } from './set-field-values.ts'

let portal: Portal
let count = 0

/** A new organization's manager, in a browser. */
async function aManager(locale: 'en' | 'fr' | 'pt-BR' = 'en'): Promise<{ actor: Member; visitor: Visitor }> {
  const account = await anAccount(portal, `manager${++count}@acme.example`, { locale })
  return { actor: memberOf(account), visitor: await signedIn(portal, account.email) }
}

async function aField(actor: Member, given: Partial<Definition> & { type?: FieldType } = {}): Promise<string> {
  const field = { name: `Field ${++count}`, type: 'text' as const, choices: [], flags: [], ...given }
  const added = await addField(portal.db, actor, field)
  assert.ok(added.ok)
  return added.field_id
}

const list = urls.fields.list.to()
const names = async (actor: Member) => (await listFields(portal.db, actor)).map(({ name }) => name)
const onLicense = (serial: string) => urls.fields.ofLicense.to({ serial })

before(async (t) => {
  portal = await openPortal(t as never)
})

test('a field is added, and stands in the list with its choices and settings', async () => {
  const { actor, visitor } = await aManager()
  const field = {
    name: ' Criticality ',
    type: 'choice',
    choices: 'High\r\n\r\nLow\r\nHigh',
    flags: ['required', 'shared'],
  }
  const answer = await visitor.post(list, field)
  assert.deepEqual([answer.status, answer.location], [303, list])
  const { html } = await visitor.get(list)
  assert.match(html, /Field Criticality added/)
  assert.match(html, /2 choices: High, Low/)
  assert.match(html, /Required · Shared/)
  const { id, revision, ...stored } = (await listFields(portal.db, actor))[0]!
  assert.deepEqual(stored, {
    name: 'Criticality',
    type: 'choice',
    choices: ['High', 'Low'],
    flags: ['required', 'shared'],
  })
})

test('a refused field comes back with all that was typed, and the reason beside it', async () => {
  const { visitor } = await aManager()
  await visitor.post(list, { name: 'Owner', type: 'text' })
  const refusals: [Record<string, string | string[]>, RegExp][] = [
    [{ name: '', type: 'text' }, /Name: Fill in this field/],
    [{ name: 'owner', type: 'date', flags: 'shared' }, /Another field has this name/],
    [{ name: 'Level', type: 'choice', choices: ' \n ' }, /Choices: Enter the choices/],
    [{ name: 'Level', type: 'choice', choices: Array.from({ length: 101 }, (_, n) => n).join('\n') }, /at most 100/],
    [{ name: 'Level', type: 'choice', choices: 'x'.repeat(81) }, /at most 80/],
    [{ name: 'x'.repeat(81), type: 'text' }, /at most 80 characters/],
    [{ name: 'Level', type: 'colour' }, /Type: Choose one/],
    [{ name: 'x'.repeat(10_000), type: ['text', 'date'] }, /There are \d problems|There is a problem/],
  ]
  for (const [fields, reason] of refusals) {
    const answer = await visitor.post(list, fields)
    assert.equal(answer.status, 422)
    assert.match(answer.html, reason)
    if (typeof fields.name === 'string' && fields.name) assert.ok(answer.html.includes(`value="${fields.name}"`))
  }
  const kept = await visitor.post(list, { name: 'owner', type: 'date', flags: 'shared' })
  assert.match(kept.html, /<option value="date" selected/)
  assert.match(kept.html, /value="shared" checked/)
})

test('of two hundred posted fields thirty are kept; the next is refused with the reason', async () => {
  const { actor, visitor } = await aManager()
  const statuses: number[] = []
  for (let n = 0; n < 200; n++) {
    const answer = await visitor.post(list, { name: `Field ${n}`, type: 'number' })
    statuses.push(answer.status)
    if (n === 30) assert.match(answer.html, /There are 30 fields already, the most that are possible/)
  }
  assert.deepEqual([...new Set(statuses.slice(0, 30))], [303])
  assert.deepEqual([...new Set(statuses.slice(30))], [422])
  assert.equal((await listFields(portal.db, actor)).length, 30)
  assert.match((await visitor.get(list)).html, /30 of 30 fields/)
})

test('hostile names stay text, everywhere', async () => {
  const { actor, visitor } = await aManager()
  const { serial } = await aLicense(portal.db, actor)
  const hostile = ['<script>alert(1)</script>', `"'><img src=x>`, '=1+1', '100 % 😀 \\', 'nul\0led\nlines']
  for (const name of hostile) {
    assert.equal((await visitor.post(list, { name, type: 'choice', choices: name })).status, 303)
  }
  assert.deepEqual(await names(actor), [...hostile.slice(0, -1), 'nulled lines'])
  for (const page of [list, onLicense(serial)]) {
    const { html } = await visitor.get(page)
    assert.ok(!html.includes('<script>alert') && !html.includes('<img src=x'))
    assert.ok(html.includes('&lt;script&gt;alert(1)&lt;/script&gt;'))
  }
})

test('a field is moved by buttons that need no script', async () => {
  const { actor, visitor } = await aManager()
  const [, second] = [await aField(actor, { name: 'A' }), await aField(actor, { name: 'B' })]
  const answer = await visitor.post(urls.fields.move.to({ field: second }), { direction: 'up' })
  assert.equal(answer.status, 303)
  assert.deepEqual(await names(actor), ['B', 'A'])
  assert.equal((await visitor.post(urls.fields.move.to({ field: second }), { direction: 'left' })).status, 422)
})

test('a field changed meanwhile shows what changed, and is saved only when pressed again', async () => {
  const { actor, visitor } = await aManager()
  const id = await aField(actor, { name: 'Level', type: 'choice', choices: ['High'], flags: ['searchable'] })
  const page = urls.fields.edit.to({ field: id })
  const form = (html: string) => ({ revision: fieldOf(html, 'revision'), was: fieldOf(html, 'was') })
  const old = form((await visitor.get(page)).html)
  const mine = { name: 'Importance', choices: 'High\nLow', flags: 'searchable' }
  assert.equal((await visitor.post(page, { ...old, ...mine, name: 'Criticality', flags: 'shared' })).status, 303)
  const stale = await visitor.post(page, { ...old, ...mine })
  assert.equal(stale.status, 422)
  assert.match(stale.html, /Name: was Level, is now Criticality/)
  assert.match(stale.html, /Settings: was Searchable, is now Shared/)
  assert.match(stale.html, /value="Importance"/)
  assert.deepEqual(await names(actor), ['Criticality'])
  assert.equal((await visitor.post(page, { ...form(stale.html), ...mine })).status, 303)
  assert.deepEqual(await names(actor), ['Importance'])
  for (const was of [
    '',
    '[]',
    'null',
    '{"flags":{"a":1},"choices":7}',
    '{"choices":{"toString":1}}',
    'x'.repeat(30_000),
  ]) {
    assert.equal((await visitor.post(page, { ...mine, was, revision: '1' })).status, 422)
  }
})

test('deleting asks, names the licenses, and can be undone', async () => {
  const { actor, visitor } = await aManager()
  const license = await aLicense(portal.db, actor)
  const id = await aField(actor, { name: 'Owner' })
  await setFieldValues(portal.db, actor, { license_ids: [license.id], values: { [id]: 'Ada' } })
  const page = urls.fields.delete.to({ field: id })
  assert.match((await visitor.get(page)).html, /One license has a value in this field/)
  assert.deepEqual(await names(actor), ['Owner'])
  const answer = await visitor.post(page)
  assert.deepEqual([answer.status, answer.location], [303, urls.fields.list.to({ deleted: id })])
  assert.equal((await visitor.post(page)).status, 303)
  const { html } = await visitor.get(answer.location!)
  assert.match(html, /Field Owner deleted/)
  const undo = urls.fields.restore.to({ field: id })
  assert.ok(html.includes(`action="${undo}"`))
  assert.match(html, /Deleted fields/)
  assert.equal((await visitor.get(page)).status, 404)
  await visitor.post(undo)
  assert.match((await visitor.get(list)).html, /Field Owner is back, with its values/)
  assert.equal((await valuesOf(portal.db, actor, license.id)).get(id), 'Ada')
  await visitor.post(page)
  await aField(actor, { name: 'Owner' })
  await visitor.post(undo)
  assert.match((await visitor.get(list)).html, /Owner cannot come back: another field has its name/)
})

test('everybody of the organization sees the fields; only managers get forms, by page and by post', async () => {
  const { actor, visitor: manager } = await aManager()
  const { serial } = await aLicense(portal.db, actor)
  const field = await aField(actor, { name: 'Cost center' })
  const person = { given_name: 'A', family_name: 'B', phone: null, locale: 'en', time_zone: 'UTC' } as const
  const { password: password_hash } = await portal.db
    .selectFrom('auth.account')
    .select('password')
    .where('userId', '=', actor.user_id)
    .executeTakeFirstOrThrow()
  const changes = [list, urls.fields.edit.to({ field }), urls.fields.move.to({ field }), onLicense(serial)]
  changes.push(urls.fields.delete.to({ field }), urls.fields.restore.to({ field }))
  for (const role of ['viewer', 'downloader'] as Role[]) {
    const email = `${role}${++count}@acme.example`
    const login = { password_hash: password_hash!, organization_id: actor.organization_id, role }
    await createColleague(portal.db, systemActor('test'), { ...person, ...login, email })
    const colleague = await signedIn(portal, email)
    const { html } = await colleague.get(list)
    assert.match(html, /Cost center/)
    assert.match(html, /Managers add and change them/)
    assert.doesNotMatch(html, /Add Field|\/move|\/delete/)
    for (const address of changes)
      assert.equal((await colleague.post(address, { name: 'X', type: 'text' })).status, 403)
    assert.equal((await colleague.get(onLicense(serial))).status, 403)
  }
  const { visitor: stranger } = await aManager()
  for (const address of changes.slice(1)) assert.equal((await stranger.post(address)).status, 404, address)
  assert.doesNotMatch((await stranger.get(list)).html, /Cost center/)
  assert.equal((await stranger.get(onLicense(serial))).status, 404)
  assert.equal((await manager.get(onLicense('NO-SUCH-SERIAL'))).status, 404)
  assert.equal((await manager.get(`${onLicense('NO-SUCH')}%00`)).status, 404)
  assert.deepEqual(await names(actor), ['Cost center'])
})

async function aLicenseWith(locale: 'en' | 'fr' | 'pt-BR', fields: Parameters<typeof aField>[1][]) {
  const { actor, visitor } = await aManager(locale)
  const license = await aLicense(portal.db, actor)
  const ids: string[] = []
  for (const field of fields) ids.push(await aField(actor, field))
  return { actor, visitor, license, ids, page: onLicense(license.serial) }
}

const was = (html: string) => fieldOf(html, 'was')

test('values of every type are typed in the reader’s language and stored in ISO form', async () => {
  const { actor, visitor, license, ids, page } = await aLicenseWith('fr', [
    { name: 'Prix', type: 'number' },
    { name: 'Jour', type: 'date' },
    { name: 'Niveau', type: 'choice', choices: ['Haut', 'Bas'] },
    { name: 'Actif', type: 'yes_no' },
    { name: 'Texte' },
  ])
  const [price, day, level, active, text] = ids.map((id) => `field.${id}`)
  const typed = { [price!]: '1 234,50', [day!]: '31/12/2027', [level!]: 'Bas', [active!]: 'false', [text!]: ' =1+1 ' }
  const first = await visitor.get(page)
  const answer = await visitor.post(page, { was: was(first.html), ...typed })
  assert.deepEqual([answer.status, answer.location], [303, urls.licenses.show.to({ serial: license.serial })])
  const stored = await valuesOf(portal.db, actor, license.id)
  assert.deepEqual(
    ids.map((id) => stored.get(id)),
    ['1234.5', '2027-12-31', 'Bas', 'false', '=1+1'],
  )
  const { html } = await visitor.get(page)
  assert.match(html, /value="1234,5"/)
  assert.match(html, /value="2027-12-31"/)
  const same = await visitor.post(page, { was: was(html), [price!]: '1234,5' })
  assert.equal(same.status, 303)
  assert.deepEqual(await valuesOf(portal.db, actor, license.id), stored)
})

test('what is refused comes back with its reason, and nothing is saved', async () => {
  const { actor, visitor, license, ids, page } = await aLicenseWith('en', [
    { name: 'Price', type: 'number' },
    { name: 'Day', type: 'date' },
    { name: 'Level', type: 'choice', choices: ['High'] },
    { name: 'Owner', flags: ['required'] },
  ])
  const [price, day, level, owner] = ids.map((id) => `field.${id}`)
  const wrong = { [price!]: '1,5 apples', [day!]: '31/12/2027', [level!]: 'Low', [owner!]: ' ' }
  const answer = await visitor.post(page, { was: '{}', ...wrong })
  assert.equal(answer.status, 422)
  for (const reason of [/Price: Enter a number/, /Day: Enter a date/, /Level: Choose/, /Owner: Fill in/]) {
    assert.match(answer.html, reason)
  }
  assert.match(answer.html, /value="1,5 apples"/)
  const long = await visitor.post(page, { was: '{}', [owner!]: 'x'.repeat(10_000) })
  assert.match(long.html, /at most 1,000 characters/)
  assert.equal((await visitor.post(page, {})).status, 422)
  assert.equal((await valuesOf(portal.db, actor, license.id)).size, 0)
})

test('a stale form shows what changed; what the reader left alone follows, what was typed stays', async () => {
  const { actor, visitor, license, ids, page } = await aLicenseWith('en', [{ name: 'Owner' }, { name: 'Room' }])
  const [owner, room] = ids as [string, string]
  const license_ids = [license.id]
  await setFieldValues(portal.db, actor, { license_ids, values: { [owner]: 'Ada', [room]: '1' } })
  const { html } = await visitor.get(page)
  await setFieldValues(portal.db, actor, { license_ids, values: { [owner]: 'Grace', [room]: null } })
  const mine = { [`field.${owner}`]: 'Barbara', [`field.${room}`]: '1' }
  const stale = await visitor.post(page, { was: was(html), ...mine })
  assert.equal(stale.status, 422)
  assert.match(stale.html, /Owner: was Ada, is now Grace/)
  assert.match(stale.html, /Room: was 1, is now empty/)
  assert.equal(fieldOf(stale.html, `field.${owner}`), 'Barbara')
  assert.equal(fieldOf(stale.html, `field.${room}`), '')
  assert.equal((await valuesOf(portal.db, actor, license.id)).get(owner), 'Grace')
  const again = { was: was(stale.html), [`field.${owner}`]: 'Barbara', [`field.${room}`]: '' }
  assert.equal((await visitor.post(page, again)).status, 303)
  assert.deepEqual([...(await valuesOf(portal.db, actor, license.id))], [[owner, 'Barbara']])
})

test('a stale form may say of what it was made whatever it likes', async () => {
  const { actor, visitor, license, ids, page } = await aLicenseWith('en', [
    { name: 'Due', type: 'date' },
    { name: 'Price', type: 'number' },
  ])
  const values = { [ids[0]!]: '2030-01-31', [ids[1]!]: '7' }
  await setFieldValues(portal.db, actor, { license_ids: [license.id], values })
  for (const odd of ['x', '9999-99-99', '1e999', '{}']) {
    const forged = JSON.stringify({ [ids[0]!]: odd, [ids[1]!]: odd })
    assert.equal((await visitor.post(page, { was: forged })).status, 422, odd)
  }
})

test('another change of the license meanwhile stands in nobody’s way', async () => {
  const { actor, visitor, license, ids, page } = await aLicenseWith('en', [{ name: 'Owner' }])
  const { html } = await visitor.get(page)
  await portal.db.updateTable('licenses').set({ revision: 9 }).where('id', '=', license.id).execute()
  assert.equal((await visitor.post(page, { was: was(html), [`field.${ids[0]}`]: 'Ada' })).status, 303)
  assert.equal((await valuesOf(portal.db, actor, license.id)).get(ids[0]!), 'Ada')
})

test('a value taken off the list of choices stays until another is chosen', async () => {
  const { actor, visitor, license, ids, page } = await aLicenseWith('en', [
    { name: 'Level', type: 'choice', choices: ['High'], flags: ['required'] },
    { name: 'Owner' },
  ])
  const [level, owner] = ids as [string, string]
  await setFieldValues(portal.db, actor, { license_ids: [license.id], values: { [level]: 'High' } })
  const edit = { name: 'Level', choices: 'Low', flags: 'required', revision: '1' }
  assert.equal((await visitor.post(urls.fields.edit.to({ field: level }), edit)).status, 303)
  const { html } = await visitor.get(page)
  assert.match(html, /<option value="High" selected[^>]*>High \(no longer a choice\)/)
  const kept = { was: was(html), [`field.${level}`]: 'High', [`field.${owner}`]: 'Ada' }
  assert.equal((await visitor.post(page, kept)).status, 303)
  assert.equal((await valuesOf(portal.db, actor, license.id)).get(level), 'High')
})

test('a field added meanwhile is left alone; one deleted meanwhile is ignored', async () => {
  const { actor, visitor, license, ids, page } = await aLicenseWith('en', [{ name: 'Owner' }])
  const { html } = await visitor.get(page)
  await aField(actor, { name: 'New' })
  await visitor.post(urls.fields.delete.to({ field: ids[0]! }))
  assert.equal((await visitor.post(page, { was: was(html), [`field.${ids[0]}`]: 'Ada' })).status, 303)
  assert.equal((await valuesOf(portal.db, actor, license.id)).size, 0)
})

test('fields of another organization cannot be written', async () => {
  const { actor, visitor, license, page } = await aLicenseWith('en', [{ name: 'Owner' }])
  const foreign = await aField(await aMember(portal.db), { name: 'Theirs' })
  await visitor.post(page, { was: '{}', [`field.${foreign}`]: 'mine now' })
  assert.equal((await valuesOf(portal.db, actor, license.id)).size, 0)
})

test('without fields the page says where to add one', async () => {
  const { visitor, page } = await aLicenseWith('en', [])
  const { html } = await visitor.get(page)
  assert.ok(html.includes(`href="${list}"`))
  assert.match(html, /has no user-defined fields/)
})
