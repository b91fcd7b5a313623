import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { before, test } from 'node:test'
import { sql } from 'kysely'
import { aKey, aLicense } from '../../test/licenses.ts'
import { anAccount, openPortal, type Portal, signedIn } from '../../test/portal.ts'
import { aGrant } from '../../test/sharing.ts'
import { fieldOf, Visitor } from '../../test/visitor.ts'
import { addField, listFields } from '../fields/index.ts'
import type { Member, Role } from '../platform/actor.ts'
import { systemActor } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { runDueJobs } from '../platform/jobs/index.ts'
import { sheetRow, xlsxStream } from '../platform/tables/index.ts'
import { urls } from '../urls.ts'
import { bulkJob } from './submit-bulk.ts'

const { bulk: at } = urls
let portal: Portal
let db: Db

before(async (t) => {
  portal = await openPortal(t as never, { KEY_ENCRYPTION_KEY: randomBytes(32).toString('base64') })
  db = portal.db
})

let count = 0

/** Somebody signed in, of a new organization unless told which. */
async function someone(role: Role = 'manager', organization_id?: string) {
  const email = `bulk${++count}@example.com`
  const account = await anAccount(portal, email, { company: `Company ${count}` })
  const change = organization_id ? { organization_id, role } : { role }
  await db.updateTable('memberships').set(change).where('user_id', '=', account.user_id).execute()
  const visitor = await signedIn(portal, email, { 'x-forwarded-for': `10.1.${count >> 8}.${count & 255}` })
  const member = { ...systemActor('Ann Miller', new Date()), kind: 'user', role, email } as unknown as Member
  return Object.assign(visitor, {
    member: { ...member, user_id: account.user_id, organization_id: organization_id ?? account.organization_id },
  })
}
type Someone = Awaited<ReturnType<typeof someone>>

async function licensesOf(owner: Someone, n: number): Promise<{ id: string; serial: string }[]> {
  const licenses: { id: string; serial: string }[] = []
  for (let i = 0; i < n; i += 1) licenses.push(await aLicense(db, owner.member))
  return licenses
}

const idIn = (location: string | null) => location!.split('/').at(-1)!.split('?')[0]!

/** Starts with pasted text. @returns the bulk action's id. */
async function startWith(visitor: Visitor, serials: string): Promise<string> {
  const answer = await visitor.post(at.start.to(), { serials })
  assert.equal(answer.status, 303, answer.html)
  return idIn(answer.location)
}

async function check(visitor: Visitor, bulk: string, fields: Record<string, string>) {
  const answer = await visitor.post(at.check.to({ bulk }), fields)
  assert.equal(answer.status, 303, answer.html)
  return (await visitor.get(at.show.to({ bulk }))).html
}

async function run(visitor: Visitor, bulk: string, revision?: string) {
  const page = await visitor.get(at.show.to({ bulk }))
  return visitor.post(at.run.to({ bulk }), { revision: revision ?? fieldOf(page.html, 'revision') })
}

async function outcomes(bulk: string): Promise<Record<string, string | null>> {
  const rows = await db
    .selectFrom('bulk_action_rows')
    .select(['serial', 'outcome'])
    .where('bulk_action_id', '=', bulk)
    .execute()
  return Object.fromEntries(rows.map(({ serial, outcome }) => [serial, outcome]))
}

async function tagsOf(license_id: string): Promise<string[]> {
  const rows = await db
    .selectFrom('license_tags')
    .select('tag')
    .where('license_id', '=', license_id)
    .orderBy('tag')
    .execute()
  return rows.map(({ tag }) => tag)
}

test('a list is tried first, then done, and every row says what became of it', async () => {
  const [ann, bob] = [await someone(), await someone()]
  const [one, two] = await licensesOf(ann, 2)
  const [foreign] = await licensesOf(bob, 1)
  const bulk = await startWith(ann, `${one!.serial}, ${foreign!.serial} NOSUCHSERIAL\n${two!.serial} ${one!.serial}`)
  const chosen = await ann.get(at.show.to({ bulk }))
  assert.match(chosen.html, /2 of 4 are licenses of your organization/)
  assert.match(chosen.html, /One line named a license a second time/)

  const tried = await check(ann, bulk, { action: 'tags', add: 'Lab, <b>bold</b>' })
  assert.match(tried, /This can be done for 2 licenses/)
  assert.match(tried, /Do it for 2 licenses/)
  assert.match(tried, /Lab, &lt;b&gt;bold&lt;\/b&gt;/)
  assert.deepEqual(await tagsOf(one!.id), [], 'nothing is changed by trying')
  const expected = {
    [one!.serial]: 'ok',
    [two!.serial]: 'ok',
    [foreign!.serial]: 'not_found',
    NOSUCHSERIAL: 'not_found',
  }
  assert.deepEqual(await outcomes(bulk), expected)

  assert.equal((await run(ann, bulk)).status, 303)
  assert.deepEqual(await tagsOf(one!.id), ['<b>bold</b>', 'Lab'])
  assert.deepEqual(await tagsOf(foreign!.id), [])
  assert.match((await ann.get(at.show.to({ bulk }))).html, /Done for 2 licenses/)
  const report = await ann.get(at.report.to({ bulk }))
  assert.equal(report.headers.get('content-type'), 'text/csv; charset=utf-8')
  const lines = report.html.replace('\ufeff', '').trim().split('\r\n')
  assert.equal(lines[0], 'Serial number,Product,Outcome')
  const reason = 'No license of your organization has this serial number'
  assert.equal(lines[2], `${foreign!.serial},,${reason}`)
  assert.equal(lines[3], `NOSUCHSERIAL,,${reason}`)
  assert.match((await ann.get(at.start.to())).html, /Add and remove tags/)
  assert.doesNotMatch((await bob.get(at.start.to())).html, /Add and remove tags<\/a>/)
})

test('rows chosen in the catalog, and all that a search finds, become a list', async () => {
  const ann = await someone()
  const licenses = await licensesOf(ann, 3)
  const [foreign] = await licensesOf(await someone(), 1)
  const chosen = [licenses[0]!.id, licenses[1]!.serial, foreign!.id]
  const picked = idIn((await ann.post(at.start.to(), { license: chosen })).location)
  assert.deepEqual(await outcomes(picked), {
    [licenses[0]!.serial]: null,
    [licenses[1]!.serial]: null,
    [foreign!.id]: 'not_found',
  })
  const all = idIn((await ann.post(at.start.to(), { query: '?sort=serial&direction=up' })).location)
  assert.deepEqual(Object.keys(await outcomes(all)).sort(), licenses.map(({ serial }) => serial).sort())
  const every = await ann.post(at.start.to(), { query: '', choose: 'all', license: [licenses[0]!.id] })
  assert.equal(Object.keys(await outcomes(idIn(every.location))).length, 3)
  const untouched = await ann.post(at.start.to(), { query: 'sort=serial', choose: 'selected' })
  assert.equal(untouched.status, 422, 'nothing chosen is not everything')
  const none = await ann.post(at.start.to(), { query: 'q=nothing-like-this' })
  assert.equal(none.status, 422)
  assert.match(none.html, /There is no license in this/)
})

async function upload(visitor: Visitor, name: string, bytes: Uint8Array) {
  const body = new FormData()
  body.set('file', new File([bytes as BlobPart], name))
  const cookie = [...visitor.cookies].map(([k, v]) => `${k}=${v}`).join('; ')
  const headers = { ...visitor.headers, cookie, origin: 'http://localhost' }
  return portal.app.request(`http://localhost${at.start.to()}`, { method: 'POST', headers, body })
}

async function aField(owner: Someone, name: string, type: 'text' | 'number' | 'yes_no' = 'text'): Promise<string> {
  const added = await addField(db, owner.member, { name, type, choices: [], flags: [] } as never)
  assert.ok(added.ok, JSON.stringify(added))
  return (await listFields(db, owner.member)).find((field) => field.name === name)!.id
}

async function valuesOf(field_id: string): Promise<string[]> {
  const rows = await db
    .selectFrom('license_field_values')
    .select('value')
    .where('field_id', '=', field_id)
    .orderBy('value')
    .execute()
  return rows.map(({ value }) => value)
}

test('a workbook gives each license its own values; cells that are none are refused row by row', async () => {
  const ann = await someone()
  const [one, two, three] = await licensesOf(ann, 3)
  const [cost, spare, note] = [
    await aField(ann, 'Cost center', 'number'),
    await aField(ann, 'Spare', 'yes_no'),
    await aField(ann, 'Note'),
  ]
  const rows = [
    ['Owner', 'Serial number', 'Cost center', 'Spare?'],
    ['x', one!.serial, '4711', 'yes'],
    ['x', two!.serial, 'abc', 'no'],
    ['x', three!.serial, '4712', 'NON'],
  ]
  const chunks: Uint8Array[] = []
  for await (const chunk of xlsxStream(rows.map((row) => sheetRow(row)) as never)) chunks.push(chunk as Uint8Array)
  const answer = await upload(ann, 'list.xlsx', Buffer.concat(chunks))
  assert.equal(answer.status, 303)
  const bulk = idIn(answer.headers.get('location'))
  const form = await ann.get(at.show.to({ bulk }, { action: 'fields' }))
  assert.match(
    form.html,
    /<option value="column.1" selected[^>]*>From the column “Cost center”/,
    'proposed by its name',
  )
  const fields = {
    [`how.${cost}`]: 'column.1',
    [`how.${spare}`]: 'column.2',
    [`how.${note}`]: 'set',
    [`value.${note}`]: '=1+1',
  }
  const html = await check(ann, bulk, { action: 'fields', ...fields })
  assert.match(html, /The value does not fit the field Cost center/)
  assert.deepEqual(await outcomes(bulk), { [one!.serial]: 'ok', [two!.serial]: 'value_wrong', [three!.serial]: 'ok' })
  await run(ann, bulk)
  assert.deepEqual(await valuesOf(cost), ['4711', '4712'])
  assert.deepEqual(await valuesOf(spare), ['false', 'true'])
  assert.deepEqual(await valuesOf(note), ['=1+1', '=1+1'])
})

test('a value that was typed is set, though what to do with the field was left alone', async () => {
  const ann = await someone()
  const [one] = await licensesOf(ann, 1)
  const [note, other] = [await aField(ann, 'Note'), await aField(ann, 'Other')]
  const bulk = await startWith(ann, one!.serial)
  const typed = { [`how.${note}`]: '', [`value.${note}`]: 'typed', [`how.${other}`]: '', [`value.${other}`]: ' ' }
  await check(ann, bulk, { action: 'fields', ...typed })
  await run(ann, bulk)
  assert.deepEqual([await valuesOf(note), await valuesOf(other)], [['typed'], []])
})

test('a refused form keeps what was typed and says what is wrong', async () => {
  const ann = await someone()
  const [one] = await licensesOf(ann, 1)
  const cost = await aField(ann, 'Cost center', 'number')
  const bulk = await startWith(ann, one!.serial)
  const typed = { action: 'fields', [`how.${cost}`]: 'set', [`value.${cost}`]: 'forty "two"' }
  const answer = await ann.post(at.check.to({ bulk }), typed)
  assert.equal(answer.status, 422)
  assert.match(answer.html, /value="forty &quot;two&quot;"/)
  assert.equal((await ann.post(at.check.to({ bulk }), { action: 'fields' })).status, 422)
  assert.equal((await ann.post(at.check.to({ bulk }), { action: 'tags', add: ' , ' })).status, 422)
  assert.equal(
    (await ann.post(at.check.to({ bulk }), { action: 'contacts', 'name.0': 'Tess', 'email.0': 'x' })).status,
    422,
  )
  assert.equal((await ann.post(at.check.to({ bulk }), { action: 'address', address_id: one!.id })).status, 422)
  assert.equal((await ann.post(at.check.to({ bulk }), { action: 'constructor' })).status, 422)
  const empty = await ann.post(at.start.to(), { serials: '  ' })
  assert.equal(empty.status, 422)
  const garbage = await upload(ann, 'x.xlsx', Buffer.from('504b0304ffff', 'hex'))
  assert.equal(garbage.status, 422)
})

test('texts that are cut within a character are kept all the same', async () => {
  const ann = await someone()
  const [one] = await licensesOf(ann, 1)
  const long = (length: number) => `${'x'.repeat(length - 1)}😀`
  const bulk = await startWith(ann, `Serial,New host,Note\n${one!.serial},a,${long(1000)}\n${long(100)},b,c`)
  const reason = { action: 'rehost', column: '0', reason: long(2000) }
  assert.match(await check(ann, bulk, reason), /not bound to a host/)
})

test('contacts are named on many licenses at once', async () => {
  const ann = await someone()
  const licenses = await licensesOf(ann, 2)
  await db
    .updateTable('licenses')
    .set({ revoked_at: new Date(), revoked_reason: 'test' })
    .where('id', '=', licenses[1]!.id)
    .execute()
  const bulk = await startWith(ann, licenses.map(({ serial }) => serial).join('\n'))
  const html = await check(ann, bulk, {
    action: 'contacts',
    mode: 'add',
    'name.0': 'Tess',
    'email.0': 'tess@example.com',
    'phone.0': '',
  })
  assert.match(html, /The license was revoked/)
  await run(ann, bulk)
  const { contacts } = await db
    .selectFrom('licenses')
    .select('contacts')
    .where('id', '=', licenses[0]!.id)
    .executeTakeFirstOrThrow()
  assert.deepEqual(contacts, [{ name: 'Tess', email: 'tess@example.com', phone: null }])
})

test('a license that changed after the trial is refused where something would be overwritten', async () => {
  const ann = await someone()
  const [one, two] = await licensesOf(ann, 2)
  const note = await aField(ann, 'Note')
  const bulk = await startWith(ann, `${one!.serial} ${two!.serial}`)
  await check(ann, bulk, { action: 'fields', [`how.${note}`]: 'set', [`value.${note}`]: 'new' })
  await db
    .updateTable('licenses')
    .set((e) => ({ revision: e('revision', '+', 1) }))
    .where('id', '=', one!.id)
    .execute()
  await run(ann, bulk)
  assert.deepEqual(await outcomes(bulk), { [one!.serial]: 'changed', [two!.serial]: 'done' })
  assert.match((await ann.get(at.show.to({ bulk }))).html, /Changed meanwhile by somebody else/)
})

test('the button pressed twice, a second tab, and an old one', async () => {
  const ann = await someone()
  const [one] = await licensesOf(ann, 1)
  const bulk = await startWith(ann, one!.serial)
  const old = fieldOf(await check(ann, bulk, { action: 'tags', add: 'old' }), 'revision')
  const fresh = fieldOf(await check(ann, bulk, { action: 'tags', add: 'new' }), 'revision')
  await run(ann, bulk, old)
  assert.deepEqual(await tagsOf(one!.id), [], 'the old tab shows what is no longer chosen')
  assert.match((await ann.get(at.show.to({ bulk }))).html, /changed in another tab/)
  await Promise.all([run(ann, bulk, fresh), run(ann, bulk, fresh)])
  assert.equal((await run(ann, bulk, fresh)).status, 303)
  assert.deepEqual(await tagsOf(one!.id), ['new'])
  const done = await db
    .selectFrom('events')
    .select('id')
    .where('license_id', '=', one!.id)
    .where('action', '=', 'license.tagged')
    .execute()
  assert.equal(done.length, 1)
  assert.equal(
    (await ann.post(at.check.to({ bulk }), { action: 'tags', add: 'later' })).status,
    409,
    'what is done stays',
  )
  const unread = await startWith(ann, one!.serial)
  assert.equal((await ann.post(at.run.to({ bulk: unread }), { revision: '1' })).status, 409, 'nothing is done untried')
})

test('each role may do what it may, and strangers find nothing', async () => {
  const ann = await someone()
  const [one] = await licensesOf(ann, 1)
  const bulk = await startWith(ann, one!.serial)
  const checked = await check(ann, bulk, { action: 'tags', add: 'Lab' })
  const revision = fieldOf(checked, 'revision')
  const pages = [at.show, at.report, at.keys, at.files]
  const posts: [{ to(names: { bulk: string }): string }, Record<string, string>][] = [
    [at.check, { action: 'tags', add: 'X' }],
    [at.run, { revision }],
  ]
  const { organization_id } = ann.member
  for (const role of ['viewer', 'downloader'] as const) {
    const visitor = await someone(role, organization_id)
    const expected = role === 'viewer' ? 403 : 200
    for (const page of pages) assert.equal((await visitor.get(page.to({ bulk }))).status, expected, role)
    assert.equal((await visitor.post(at.start.to(), { serials: one!.serial })).status, role === 'viewer' ? 403 : 303)
    for (const [post, fields] of posts) assert.equal((await visitor.post(post.to({ bulk }), fields)).status, 403, role)
    assert.equal((await visitor.post(at.cancel.to({ bulk }))).status, 403, `${role}: a colleague's`)
    if (role === 'viewer') continue
    const own = await startWith(visitor, one!.serial)
    assert.equal((await visitor.post(at.cancel.to({ bulk: own }))).status, 303, 'the own')
  }
  const stranger = await someone('administrator')
  for (const id of [bulk, 'x', '00000000-0000-0000-0000-000000000000']) {
    for (const page of pages) assert.equal((await stranger.get(page.to({ bulk: id }))).status, 404)
    for (const [post, fields] of posts) assert.equal((await stranger.post(post.to({ bulk: id }), fields)).status, 404)
    assert.equal((await stranger.post(at.cancel.to({ bulk: id }))).status, 404)
  }
  assert.match((await new Visitor(portal.app).get(at.show.to({ bulk }))).location ?? '', /^\/login/)
  assert.deepEqual(await tagsOf(one!.id), [])
  await run(await someone('administrator', organization_id), bulk)
  assert.deepEqual(await tagsOf(one!.id), ['Lab'])
})

test('keys in force are downloaded together; what was given away since is left out', async () => {
  const ann = await someone()
  const [one, two] = await licensesOf(ann, 2)
  await aKey(db, one!.id, { key_text: '=AAAA', issued_at: new Date() })
  await aKey(db, one!.id, { key_text: 'OLD', revoked_at: new Date() })
  await aKey(db, two!.id, { key_text: 'BBBB' })
  const bulk = await startWith(ann, `${one!.serial} ${two!.serial}`)
  const other = await someone()
  await db.updateTable('licenses').set({ owner_id: other.member.organization_id }).where('id', '=', two!.id).execute()
  const csv = (await ann.get(at.keys.to({ bulk }))).html
  assert.match(csv, new RegExp(`${one!.serial}.*'=AAAA`))
  assert.doesNotMatch(csv, /BBBB|OLD/)
  const zip = await ann.get(at.files.to({ bulk }))
  assert.equal(zip.headers.get('content-type'), 'application/zip')
  assert.equal(zip.headers.get('cache-control'), 'private, no-store')
})

test('many are done by a job, with progress, a mail, and a cancel that keeps what is done', async () => {
  const ann = await someone()
  const licenses = await licensesOf(ann, 210)
  const bulk = await startWith(ann, licenses.map(({ serial }) => serial).join('\n'))
  const checking = await check(ann, bulk, { action: 'tags', add: 'Lab' })
  assert.match(checking, /Trying each license/)
  assert.match(checking, /http-equiv="refresh"/)
  await runDueJobs(portal.services, [bulkJob])
  const running = await run(ann, bulk)
  assert.equal(running.status, 303)
  assert.match((await ann.get(at.show.to({ bulk }))).html, /Changing the licenses/)
  await runDueJobs(portal.services, [bulkJob])
  assert.match((await ann.get(at.show.to({ bulk }))).html, /Done for 210 licenses/)
  const mails = await db
    .selectFrom('mails')
    .selectAll()
    .where('to_address', '=', ann.member.email!)
    .where('template', '=', 'bulk.done')
    .execute()
  assert.deepEqual(
    mails.map(({ subject }) => subject),
    ['Add and remove tags: done for 210 of 210 licenses'],
  )
  assert.match(mails[0]!.text!, new RegExp(at.show.to({ bulk })))

  const second = await startWith(ann, licenses.map(({ serial }) => serial).join('\n'))
  await check(ann, second, { action: 'tags', add: 'Two' })
  await runDueJobs(portal.services, [bulkJob])
  await run(ann, second)
  await ann.post(at.cancel.to({ bulk: second }))
  await runDueJobs(portal.services, [bulkJob])
  assert.match((await ann.get(at.show.to({ bulk: second }))).html, /Cancelled before any license was changed/)
  assert.deepEqual(await tagsOf(licenses[0]!.id), ['Lab'])
})

test('one whose job was lost says that it does not move, and goes on when asked', async () => {
  const ann = await someone()
  const licenses = await licensesOf(ann, 201)
  const bulk = await startWith(ann, licenses.map(({ serial }) => serial).join('\n'))
  assert.ok(!(await check(ann, bulk, { action: 'tags', add: 'Lost' })).includes('Go on'))
  await sql`delete from jobs.job_common where name = ${bulkJob.name}`.execute(db)
  await db
    .updateTable('bulk_actions')
    .set({ updated_at: new Date(Date.now() - 3_600_000) })
    .where('id', '=', bulk)
    .execute()
  assert.match((await ann.get(at.show.to({ bulk }))).html, /Go on/)
  assert.equal((await run(ann, bulk)).status, 303)
  await runDueJobs(portal.services, [bulkJob])
  assert.match((await ann.get(at.show.to({ bulk }))).html, /This can be done for 201 licenses/)
})

test('a long one stops when its user may no longer do it, and tells that user nothing', async () => {
  const ann = await someone()
  const licenses = await licensesOf(ann, 201)
  const bulk = await startWith(ann, licenses.map(({ serial }) => serial).join('\n'))
  await check(ann, bulk, { action: 'tags', add: 'Lab' })
  await runDueJobs(portal.services, [bulkJob])
  await run(ann, bulk)
  await db.updateTable('memberships').set({ role: 'downloader' }).where('user_id', '=', ann.member.user_id).execute()
  await runDueJobs(portal.services, [bulkJob])
  assert.deepEqual(new Set(Object.values(await outcomes(bulk))), new Set(['cancelled']))
  assert.deepEqual(await tagsOf(licenses[0]!.id), [])
  const mails = db.selectFrom('mails').select('id').where('to_address', '=', ann.member.email!)
  assert.deepEqual(await mails.where('template', '=', 'bulk.done').execute(), [])
})

test('a list that nobody wants any more disappears', async () => {
  const ann = await someone()
  const [one] = await licensesOf(ann, 1)
  const bulk = await startWith(ann, one!.serial)
  assert.equal((await ann.post(at.cancel.to({ bulk }))).location, at.start.to())
  assert.equal((await ann.get(at.show.to({ bulk }))).status, 404)
})

test('owners read in the history of each license that others took its keys in a list or an export, and not which of their own', async () => {
  const [owner, grantee] = [await someone(), await someone()]
  const [open, seen] = await licensesOf(owner, 2)
  const [own] = await licensesOf(grantee, 1)
  for (const { id } of [open!, seen!, own!]) await aKey(db, id)
  await aGrant(db, owner.member, grantee.member, { level: 'download', license_ids: [open!.id] })
  await aGrant(db, owner.member, grantee.member, { level: 'view', license_ids: [seen!.id] })
  const bulk = await startWith(grantee, [open!, seen!, own!].map(({ serial }) => serial).join(' '))
  for (const download of [at.keys, at.files]) assert.equal((await grantee.get(download.to({ bulk }))).status, 200)
  for (const format of ['csv', 'cyclonedx']) await grantee.get(urls.licenses.export.to({ format }))
  const { rows } = await sql<{ license_id: string; organization_id: string; details: unknown }>`
    select license_id, organization_id, details from events where action = 'license.keys_taken'`.execute(db)
  const { organization_id } = owner.member
  const line = { license_id: open!.id, organization_id, details: { keys: 1 } }
  assert.deepEqual(rows, [line, line, line])
  const page = await owner.get(urls.licenses.show.to({ serial: open!.serial }))
  assert.match(page.html, /1 key downloaded in a list/)
})
