import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { anAccount, openPortal, type Portal, password, signedIn } from '../../test/portal.ts'
import { fieldOf, type Visitor } from '../../test/visitor.ts'
import { createOperator } from '../accounts/index.ts'
import { systemActor } from '../platform/actor.ts'
import { openStorage } from '../platform/storage/index.ts'
import { urls } from '../urls.ts'
import { largestFile } from './file-rules.ts'
import { purgeFiles } from './files.ts'

const png = Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010806000000', 'hex')
const text = { name: 'notes.txt', bytes: Buffer.from('Hello') }
type Given = { name: string; bytes: Buffer }

async function aPortal(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'service-files-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const portal = await openPortal(t, { STORAGE_DIR: folder })
  await anAccount(portal, 'ann@acme.example', { company: 'Acme' })
  return { portal, folder, ann: await signedIn(portal, 'ann@acme.example') }
}

async function robinIn(portal: Portal) {
  const operator = { email: 'robin@vendor.example', name: 'Robin', role: 'support' as const, password }
  await createOperator(portal.db, systemActor('test'), operator)
  return signedIn(portal, operator.email)
}

function multipart(visitor: Visitor, portal: Portal, path: string, fields: Record<string, string>, files: Given[]) {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  for (const { name, bytes } of files) body.append('files', new File([new Uint8Array(bytes)], name))
  const headers = { ...visitor.headers, origin: 'http://localhost', cookie: cookiesOf(visitor) }
  return portal.app.request(`http://localhost${path}`, { method: 'POST', headers, body })
}

const cookiesOf = ({ cookies }: Visitor) => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
const question = () => ({ type: 'other', description: 'Why?', serials: '', request_id: crypto.randomUUID() })

async function ask(portal: Portal, ann: Visitor, files: Given[] = []) {
  const asked = await multipart(ann, portal, urls.requests.new.to(), question(), files)
  assert.equal(asked.status, 303, await asked.text())
  return asked.headers.get('location')!.split('/').at(-1)!
}

async function write(portal: Portal, ann: Visitor, request: string, files: Given[]) {
  const { html } = await ann.get(urls.requests.show.to({ request }))
  const message = { message_id: fieldOf(html, 'message_id'), body: 'See the files.' }
  return multipart(ann, portal, urls.requests.messages.to({ request }), message, files)
}

const stored = async (folder: string) => (await readdir(join(folder, 'requests')).catch(() => [])).length
const rows = ({ db }: Portal) => db.selectFrom('request_files').selectAll().orderBy('id').execute()
const hrefsIn = (html: string) => [...html.matchAll(/href="([^"]*\/files\/[^"]*)"/g)].map(([, href]) => href!)

test('files come with the request and with messages, and go to both sides byte for byte, never inline', async (t) => {
  const { portal, ann } = await aPortal(t)
  const request = await ask(portal, ann, [{ name: 'photo.png', bytes: png }])
  assert.equal(
    (await write(portal, ann, request, [text, { name: '<b>"é.bat', bytes: Buffer.from('echo hi') }])).status,
    303,
  )
  const { html } = await ann.get(urls.requests.show.to({ request }))
  assert.match(html, /_b__é\.bat\.txt/)
  const [photo, notes] = hrefsIn(html)
  const robin = await robinIn(portal)
  const page = await robin.get(urls.admin.request.to({ request }))
  for (const [visitor, href, bytes, name] of [
    [ann, photo!, png, 'photo.png'],
    [ann, notes!, text.bytes, 'notes.txt'],
    [robin, hrefsIn(page.html)[0]!, png, 'photo.png'],
  ] as const) {
    const headers = { ...visitor.headers, cookie: cookiesOf(visitor) }
    const answer = await portal.app.request(`http://localhost${href}`, { headers })
    assert.equal(answer.status, 200)
    assert.deepEqual(Buffer.from(await answer.arrayBuffer()), bytes)
    assert.equal(answer.headers.get('content-type'), 'application/octet-stream')
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff')
    assert.ok(answer.headers.get('content-disposition')!.startsWith(`attachment; filename="${name}"`))
  }
})

test('files of an internal note are the vendor’s alone; strangers and wrong numbers find none', async (t) => {
  const { portal, ann } = await aPortal(t)
  const request = await ask(portal, ann)
  const other = await ask(portal, ann, [text])
  const robin = await robinIn(portal)
  const page = await robin.get(urls.admin.request.to({ request }))
  const note = { reason: 'Careful', internal: 'yes', message_id: fieldOf(page.html, 'message_id') }
  assert.equal((await multipart(robin, portal, urls.admin.answerRequest.to({ request }), note, [text])).status, 303)
  const [href] = hrefsIn((await robin.get(urls.admin.request.to({ request }))).html)
  assert.equal((await robin.get(href!)).status, 200)
  assert.deepEqual(hrefsIn((await ann.get(urls.requests.show.to({ request }))).html), [])
  const attachment = href!.split('/').at(-1)!
  assert.equal((await ann.get(urls.requests.file.to({ request, attachment }))).status, 404)
  assert.equal((await ann.get(href!)).status, 403)
  const [own] = hrefsIn((await ann.get(urls.requests.show.to({ request: other }))).html)
  const elsewhere = own!.replace(other, request)
  await anAccount(portal, 'eve@evil.example')
  const eve = await signedIn(portal, 'eve@evil.example')
  assert.deepEqual([(await ann.get(elsewhere)).status, (await eve.get(own!)).status], [404, 404])
  for (const odd of ['x', '%00', '..', attachment.toUpperCase()]) {
    assert.equal((await ann.get(urls.requests.file.to({ request, attachment: odd }))).status, 404, odd)
  }
})

test('what is in a file decides: a program named as a picture is refused with its name, and nothing is stored', async (t) => {
  const { portal, folder, ann } = await aPortal(t)
  const request = await ask(portal, ann)
  const program = { name: 'holiday.png', bytes: Buffer.concat([Buffer.from('MZ'), Buffer.alloc(300)]) }
  const elf = { name: 'a.txt', bytes: Buffer.concat([Buffer.from('7f454c460201010000', 'hex'), Buffer.alloc(100)]) }
  const refusals: [files: Given[], text: RegExp][] = [
    [[text, program], /holiday\.png is not taken/],
    [[elf], /a\.txt is not taken/],
    [[{ name: 'empty.txt', bytes: Buffer.alloc(0) }], /empty\.txt is empty/],
    [[{ name: 'big.txt', bytes: Buffer.alloc(largestFile + 1, 'a') }], /big\.txt is larger than 10 MB/],
    [Array.from({ length: 6 }, () => text), /At most 5 files/],
  ]
  for (const [files, wanted] of refusals) {
    const answer = await write(portal, ann, request, files)
    const html = await answer.text()
    assert.equal(answer.status, 422, wanted.source)
    assert.match(html, wanted)
    assert.match(html, />See the files\.<\/textarea>/, 'what was typed is kept')
  }
  assert.deepEqual([await stored(folder), await rows(portal)], [0, []])
  assert.equal(
    (await write(portal, ann, request, [{ name: 'full.txt', bytes: Buffer.alloc(largestFile, 'a') }])).status,
    303,
  )
})

test('a form that is refused, and one that comes too late, leave no file behind', async (t) => {
  const { portal, folder, ann } = await aPortal(t)
  const request = await ask(portal, ann)
  const path = urls.requests.messages.to({ request })
  const empty = await multipart(ann, portal, path, { message_id: crypto.randomUUID(), body: ' ' }, [text])
  assert.match(await empty.text(), /Choose the files again/)
  await ann.post(urls.requests.withdraw.to({ request }))
  const late = await multipart(ann, portal, path, { message_id: crypto.randomUUID(), body: 'Late' }, [text])
  assert.equal(late.status, 422)
  assert.match(await late.text(), /has ended meanwhile/)
  assert.deepEqual([await stored(folder), await rows(portal)], [0, []])
})

test('a decision with files is not made: they belong to an answer', async (t) => {
  const { portal, folder, ann } = await aPortal(t)
  const request = await ask(portal, ann)
  const robin = await robinIn(portal)
  const decision = { decision: 'accept', reason: 'So.' }
  const decided = await multipart(robin, portal, urls.admin.decideRequest.to({ request }), decision, [text])
  assert.deepEqual([decided.status, /Send the files with an answer/.test(await decided.text())], [422, true])
  assert.equal(await stored(folder), 0)
  assert.equal((await portal.db.selectFrom('service_requests').select('state').executeTakeFirst())?.state, 'open')
})

test('broken forms are refused as such; colleagues who may only read upload nothing', async (t) => {
  const { portal, folder, ann } = await aPortal(t)
  const request = await ask(portal, ann)
  const post = (type: string, body: string) =>
    portal.app.request(`http://localhost${urls.requests.messages.to({ request })}`, {
      ...{ method: 'POST', body },
      headers: { ...ann.headers, origin: 'http://localhost', cookie: cookiesOf(ann), 'content-type': type },
    })
  assert.equal((await post('multipart/form-data', 'x')).status, 400)
  assert.equal(
    (await post('multipart/form-data; boundary=b', '--b\r\ncontent-disposition: form-data; name="body"')).status,
    400,
  )
  assert.equal((await post('text/plain', 'x')).status, 415)
  await portal.db.updateTable('memberships').set({ role: 'viewer' }).execute()
  await portal.db.updateTable('service_requests').set({ opened_by: crypto.randomUUID() }).execute()
  const fields = { message_id: crypto.randomUUID(), body: 'x' }
  assert.equal((await multipart(ann, portal, urls.requests.messages.to({ request }), fields, [text])).status, 403)
  assert.equal(await stored(folder), 0)
})

test('what a crash left behind is removed, what belongs to a request stays', async (t) => {
  const { portal, folder, ann } = await aPortal(t)
  await ask(portal, ann, [text])
  const storage = openStorage(portal.config)
  const [kept] = await rows(portal)
  const left = { ...kept!, id: crypto.randomUUID(), request_id: null, uploaded_at: new Date(0) }
  await portal.db.insertInto('request_files').values(left).execute()
  await storage.put(`requests/${left.id}`, new Blob(['x']).stream() as never)
  assert.equal(await stored(folder), 2)
  assert.equal(await purgeFiles(portal.db, storage, new Date(1)), 1)
  assert.deepEqual(await rows(portal), [kept])
  assert.equal(await stored(folder), 1)
})
