import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { createAdaptorServer } from '@hono/node-server'
import { aLicense, aProduct } from '../../test/licensing.ts'
import { anAccount, openPortal, type Portal } from '../../test/portal.ts'
import { aRelease, aStore, ownLicense } from '../../test/releases.ts'
import { startS3 } from '../../test/s3-server.ts'
import { aGrant } from '../../test/sharing.ts'
import { findMemberByEmail } from '../accounts/index.ts'
import type { Member } from '../platform/actor.ts'
import { keyFor, seal } from '../platform/auth/index.ts'
import { uuidv7 } from '../platform/ids.ts'
import { urls } from '../urls.ts'
import { acceptTerms } from './accept-terms.ts'
import { withdrawRelease } from './change-release.ts'
import { linkTo } from './download-link.ts'

/** Larger than what a connection buffers, so that hanging up is felt. */
const bytes = randomBytes(1_000_000)
const digest = (of: Uint8Array) => createHash('sha256').update(of).digest('hex')
const etag = `"${digest(bytes)}"`

/** A portal with a member whose license gives the right to one published file. */
async function aDownload(t: TestContext, env: NodeJS.ProcessEnv = {}, content: Uint8Array = bytes) {
  const portal = await openPortal(t, { ...(await aStore(t)), ...env })
  const { db, config } = portal
  const account = await anAccount(portal, 'ann@acme.example')
  const member = (await findMemberByEmail(db, account.email, new Date()))!
  const product = await aProduct(db)
  const license = await aLicense(db, product)
  await ownLicense(db, license.id, member)
  const { release_id, file_ids } = await aRelease(portal, { product: product.code, files: [{ bytes: content }] })
  const { terms_id } = await db.selectFrom('releases').select('terms_id').executeTakeFirstOrThrow()
  const accept = (who: Member) => acceptTerms(db, who, { release_id, terms_id: terms_id!, locale: 'en' })
  await accept(member)
  const file = { id: file_ids[0]!, name: 'app.tar.gz' }
  const origin = await serve(t, portal)
  const ask = (address: string, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(new URL(new URL(address, origin).pathname, origin), { headers, method, redirect: 'manual' })
  return { ...portal, member, product, license, release_id, file, ask, accept, link: linkTo(config, member, file) }
}

/** Over a real connection, as everybody downloads. */
async function serve(t: TestContext, { app }: Portal): Promise<string> {
  const server = createAdaptorServer({ fetch: app.fetch }) as Server
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

type Made = Awaited<ReturnType<typeof aDownload>>

const bodyOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer())

/** Ends are counted a moment after the answer. */
async function downloadsOf({ db }: Made, done: (row: { bytes: number }) => boolean = ({ bytes }) => bytes > 0) {
  for (let tries = 0; tries < 100; tries++) {
    const rows = await db.selectFrom('downloads').selectAll().orderBy('id').execute()
    if (rows.length > 0 && rows.every(done)) return rows
    await setTimeout(20)
  }
  return db.selectFrom('downloads').selectAll().orderBy('id').execute()
}

test('a signed link gives the whole file without a cookie, and is one download', async (t) => {
  const made = await aDownload(t)
  const answer = await made.ask(made.link)
  assert.equal(answer.status, 200)
  assert.equal(digest(await bodyOf(answer)), digest(bytes))
  assert.equal(answer.headers.get('content-length'), '1000000')
  assert.equal(answer.headers.get('etag'), etag)
  assert.equal(answer.headers.get('accept-ranges'), 'bytes')
  assert.equal(answer.headers.get('content-encoding'), null)
  assert.match(answer.headers.get('content-disposition')!, /^attachment; filename="app\.tar\.gz"/)
  const [row] = await downloadsOf(made)
  assert.deepEqual([row!.bytes, row!.requests, row!.license_id], [1_000_000, 1, made.license.id])
  assert.ok(row!.completed_at)
  const event = await made.db
    .selectFrom('events')
    .selectAll()
    .where('action', '=', 'software.downloaded')
    .executeTakeFirstOrThrow()
  assert.deepEqual([event.license_id, event.actor_user_id], [made.license.id, made.member.user_id])
  assert.deepEqual(event.details, { product: made.product.code, version: '1.0', file: 'app.tar.gz', bytes: 1_000_000 })
})

test('HEAD says what GET would send, and is no download', async (t) => {
  const made = await aDownload(t)
  const answer = await made.ask(made.link, { range: 'bytes=0-1' }, 'HEAD')
  assert.deepEqual(
    [answer.status, answer.headers.get('content-length'), answer.headers.get('etag')],
    [200, '1000000', etag],
  )
  assert.equal((await bodyOf(answer)).byteLength, 0)
  assert.deepEqual(await made.db.selectFrom('downloads').select('id').execute(), [])
})

test('a download goes on at any byte; what was sent in parts is complete when no gap is left', async (t) => {
  const made = await aDownload(t)
  const parts = [
    [600_000, 999_999],
    [0, 300_000],
    [250_000, 599_998],
  ] as const
  for (const [start, end] of parts) {
    const answer = await made.ask(made.link, { range: `bytes=${start}-${end}`, 'if-range': etag })
    assert.equal(answer.status, 206)
    assert.equal(answer.headers.get('content-range'), `bytes ${start}-${end}/1000000`)
    assert.equal(answer.headers.get('content-length'), String(end - start + 1))
    assert.ok((await bodyOf(answer)).equals(bytes.subarray(start, end + 1)))
  }
  const sent = parts.reduce((sum, [start, end]) => sum + end - start + 1, 0)
  const [row] = await downloadsOf(made, ({ bytes }) => bytes === sent)
  assert.deepEqual([row!.bytes, row!.requests, row!.completed_at], [sent, 3, null])
  await bodyOf(await made.ask(made.link, { range: 'bytes=599999-599999' }))
  const [whole] = await downloadsOf(made, ({ bytes }) => bytes === sent + 1)
  assert.ok(whole!.completed_at)
})

const ranges: [header: string, status: number, from?: number, to?: number][] = [
  ['bytes=0-0', 206, 0, 0],
  ['bytes=999999-', 206, 999_999, 999_999],
  ['bytes=-5', 206, 999_995, 999_999],
  ['bytes=-99999999', 206, 0, 999_999],
  ['bytes=5-99999999', 206, 5, 999_999],
  ['bytes = 0-1', 200],
  ['BYTES=0-1', 206, 0, 1],
  ['bytes=1000000-', 416],
  ['bytes=1000000-1000001', 416],
  ['bytes=-0', 416],
  ['bytes=5-2', 200],
  ['bytes=-', 200],
  ['bytes=', 200],
  ['bytes=a-b', 200],
  ['bytes=0x1-2', 200],
  ['bytes=1.5-2', 200],
  ['bytes=--1', 200],
  ['bytes=0-1,5-9', 200],
  ['lines=0-1', 200],
  ['bytes=99999999999999999999-', 200],
  ['bytes=9007199254740993-', 416],
]

test('ranges of every kind: a part, the whole for what is malformed, or 416', async (t) => {
  const made = await aDownload(t)
  for (const [range, status, from, to] of ranges) {
    const answer = await made.ask(made.link, { range })
    const body = await bodyOf(answer)
    assert.equal(answer.status, status, range)
    if (status === 416) assert.equal(answer.headers.get('content-range'), 'bytes */1000000', range)
    else assert.ok(body.equals(from === undefined ? bytes : bytes.subarray(from, to! + 1)), range)
  }
})

test('If-Range with anything but this very file gives the whole; what the client has is not sent again', async (t) => {
  const made = await aDownload(t)
  const modified = (await made.ask(made.link, {}, 'HEAD')).headers.get('last-modified')!
  const status = async (headers: Record<string, string>) => {
    const answer = await made.ask(made.link, headers)
    await bodyOf(answer)
    return answer.status
  }
  const range = 'bytes=5-9'
  assert.equal(await status({ range, 'if-range': etag }), 206)
  assert.equal(await status({ range, 'if-range': modified }), 206)
  assert.equal(await status({ range, 'if-range': '"other"' }), 200)
  assert.equal(await status({ range, 'if-range': `W/${etag}` }), 200)
  assert.equal(await status({ range, 'if-range': 'Mon, 01 Jan 2001 00:00:00 GMT' }), 200)
  assert.equal(await status({ 'if-none-match': `"x", ${etag}` }), 304)
  assert.equal(await status({ 'if-none-match': '"x"' }), 200)
  assert.equal(await status({ 'if-modified-since': modified }), 304)
  assert.equal(await status({ 'if-modified-since': 'Mon, 01 Jan 2001 00:00:00 GMT' }), 200)
  assert.equal(await status({ 'if-modified-since': 'yesterday' }), 200)
})

test('whoever hangs up leaves a download that is not complete, over a connection and as a stream', async (t) => {
  // More than the system keeps for a connection.
  const large = Buffer.alloc(30_000_000, 'large')
  const made = await aDownload(t, {}, large)
  for (const answer of [
    await made.ask(made.link),
    await made.app.request(linkTo(made.config, made.member, made.file)),
  ]) {
    const reader = answer.body!.getReader()
    await reader.read()
    await reader.cancel()
  }
  const rows = await downloadsOf(made)
  assert.equal(rows.length, 2)
  for (const { bytes: sent, completed_at } of rows) {
    assert.ok(sent > 0 && sent < large.byteLength, String(sent))
    assert.equal(completed_at, null)
  }
})

test('a stream without a connection gives the same bytes', async (t) => {
  const made = await aDownload(t)
  const whole = await made.app.request(made.link)
  assert.deepEqual([whole.status, digest(await bodyOf(whole))], [200, digest(bytes)])
  const part = await made.app.request(made.link, { headers: { range: 'bytes=5-9' } })
  assert.deepEqual([part.status, part.headers.get('content-range')], [206, 'bytes 5-9/1000000'])
  assert.ok((await bodyOf(part)).equals(bytes.subarray(5, 10)))
})

test('forged, changed, foreign and expired links are gone; names are not paths', async (t) => {
  const made = await aDownload(t)
  const { config, member, file } = made
  const [, , , , sealed, name] = made.link.split('/')
  const status = async (link: string, as = name!) => (await made.ask(`/downloads/${link}/${as}`)).status
  const changed = Buffer.from(sealed!, 'base64url')
  changed[20]! ^= 1
  const old = { ...member, now: new Date(Date.now() - 25 * 3_600_000) }
  const stolen = seal(
    keyFor(config, 'unsubscribe'),
    { id: uuidv7(), file: file.id, user: member.user_id, organization: member.organization_id },
    new Date(Date.now() + 1e6),
  )
  const odd = seal(keyFor(config, 'download link'), { id: 'x', file: '../../etc/passwd' }, new Date(Date.now() + 1e6))
  for (const link of [
    'x',
    sealed!.slice(0, -1),
    changed.toString('base64url'),
    linkTo(config, old, file).split('/')[4]!,
    stolen,
    odd,
    'A'.repeat(5000),
  ]) {
    assert.equal(await status(link), 410, link.slice(0, 20))
  }
  for (const as of [
    'other.zip',
    '..%2f..%2fetc%2fpasswd',
    '%2e%2e',
    'app.tar.gz%00',
    'app.tar.gz%00.txt',
    'APP.TAR.GZ',
  ]) {
    assert.equal(await status(sealed!, as), 404, as)
  }
  assert.deepEqual(await made.db.selectFrom('downloads').select('id').execute(), [])
})

test('a link ends with what it was made for: role, membership, license, publication, terms', async (t) => {
  const made = await aDownload(t)
  const { db, member, license, release_id } = made
  const status = async () => {
    const answer = await made.ask(made.link, {}, 'HEAD')
    return answer.status
  }
  const role = (to: 'viewer' | 'downloader') => db.updateTable('memberships').set({ role: to }).execute()
  assert.equal(await status(), 200)
  await role('viewer')
  assert.equal(await status(), 404)
  await role('downloader')
  assert.equal(await status(), 200)
  await db
    .updateTable('licenses')
    .set({ revoked_at: new Date(), revoked_reason: 'x' })
    .where('id', '=', license.id)
    .execute()
  assert.equal(await status(), 404)
  await db.updateTable('licenses').set({ revoked_at: null, revoked_reason: null }).execute()
  assert.equal(await status(), 200)
  await db
    .updateTable('release_files')
    .set({ countries: ['DE'] })
    .execute()
  assert.equal(await status(), 404)
  await db.updateTable('organizations').set({ country: 'DE' }).execute()
  assert.equal(await status(), 200)
  await db.deleteFrom('software_terms_acceptances').execute()
  assert.equal(await status(), 404)
  await made.accept(member)
  await withdrawRelease(db, { ...member, kind: 'system' }, { release_id, reason: 'broken' })
  assert.equal(await status(), 404)
  await db.deleteFrom('memberships').execute()
  assert.equal(await status(), 404)
})

test('a license shared to be seen only gives no software; at the next level it does, until the share ends', async (t) => {
  const made = await aDownload(t)
  const { db, config, member, file, license } = made
  const { email } = await anAccount(made, 'bo@other.example', { company: 'Other' })
  const bo = (await findMemberByEmail(db, email, new Date()))!
  await made.accept(bo)
  const grant = await aGrant(db, member, bo, { license_ids: [license.id], level: 'view' })
  const status = async () => (await made.ask(linkTo(config, bo, file))).status
  assert.equal(await status(), 404)
  await db.updateTable('license_grants').set({ level: 'download' }).where('id', '=', grant).execute()
  assert.equal(await status(), 200)
  await db.updateTable('license_grants').set({ ended_at: new Date() }).where('id', '=', grant).execute()
  assert.equal(await status(), 404)
})

test('who downloaded a release before it was withdrawn keeps it', async (t) => {
  const made = await aDownload(t)
  await bodyOf(await made.ask(made.link))
  await withdrawRelease(made.db, { ...made.member, kind: 'system' }, { release_id: made.release_id, reason: 'broken' })
  const answer = await made.ask(linkTo(made.config, made.member, made.file))
  assert.equal(digest(await bodyOf(answer)), digest(bytes))
})

test('a file that the store has lost is an error that says so, not half an answer', async (t) => {
  const made = await aDownload(t)
  await rm(join(made.config.data_dir, 'files', 'releases'), { recursive: true })
  assert.equal((await made.ask(made.link)).status, 404)
})

test('in an S3 store the bytes go by presigned URL, not through the portal', async (t) => {
  const s3 = await startS3(t)
  const env = {
    S3_ENDPOINT: s3.endpoint,
    S3_ACCESS_KEY_ID: s3.access_key_id,
    S3_SECRET_ACCESS_KEY: s3.secret_access_key,
  }
  const made = await aDownload(t, env)
  assert.equal((await made.ask(made.link, {}, 'HEAD')).status, 200)
  const answer = await made.ask(made.link, { range: 'bytes=3-' })
  assert.equal(answer.status, 302)
  const away = answer.headers.get('location')!
  assert.ok(away.startsWith(`${s3.endpoint}/releases/`), away)
  const part = await fetch(away, { headers: { range: 'bytes=999990-' } })
  assert.deepEqual([part.status, part.headers.get('content-disposition')], [206, 'attachment; filename="app.tar.gz"'])
  assert.ok((await bodyOf(part)).equals(bytes.subarray(999_990)))
  const [row] = await downloadsOf(made, () => true)
  assert.deepEqual([row!.by_store, row!.bytes, row!.requests], [true, 0, 1])
})

test('the key that verifies is public, also after it was replaced', async (t) => {
  const made = await aDownload(t)
  const answer = await made.ask(urls.software.key.to())
  const text = await answer.text()
  assert.match(text, /^untrusted comment: minisign public key [0-9A-F]{16}\nRW/)
  const id = /key ([0-9A-F]{16})/.exec(text)![1]!
  assert.equal(await (await made.ask(urls.software.keyOf.to({ key: `${id}.pub` }))).text(), text)
  assert.equal((await made.ask(urls.software.keyOf.to({ key: 'AAAAAAAAAAAAAAAA.pub' }))).status, 404)
})
