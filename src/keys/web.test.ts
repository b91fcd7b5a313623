import assert from 'node:assert/strict'
import { createPrivateKey, randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { type TestContext, test } from 'node:test'
import { readRevocations, readSignedJwks, verifyLicense } from '@keyport/license'
import { sql } from 'kysely'
import { claims } from '../../packages/license/tools/test-signer.ts'
import { freshDatabase } from '../../test/database.ts'
import { aLicense, aProduct } from '../../test/licenses.ts'
import { testServices } from '../../test/services.ts'
import { createApp } from '../app.ts'
import { runCli } from '../cli.ts'
import { systemActor } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { uuidv7 } from '../platform/ids.ts'
import { activeSigner, ensureSigningKeys, makeLicenseFile, rotateSigningKeys } from './index.ts'
import { readRevocationPage, revocationsAfter } from './revocations.ts'
import { signingKeysCommand } from './signing-keys-cli.ts'

const KEY_ENCRYPTION_KEY = randomBytes(32).toString('base64')

async function aPortal(t: TestContext) {
  const database = await freshDatabase(t)
  const services = testServices(database, { KEY_ENCRYPTION_KEY, VENDOR_ISSUER: claims.iss })
  const { db, config } = services
  await ensureSigningKeys(db, config, new Date('2026-01-01'))
  const app = createApp(services)
  const get = (path: string, headers: Record<string, string> = {}) => app.request(path, { headers })
  const json = async (path: string) => (await get(path)).json()
  const jwks = () => json('/.well-known/jwks.json')
  return { services, db, config, get, jwks }
}

/** A file of a license of its own, stored as issued, and ended when `ended` says so. */
async function aFile(
  { db, config }: Pick<Awaited<ReturnType<typeof aPortal>>, 'db' | 'config'>,
  ended: { revoked_at?: Date; superseded_at?: Date; revoked_reason?: string; replaces_id?: string } = {},
) {
  const { id: license_id } = await aLicense(db, null)
  const signer = await activeSigner(db, config)
  const id = uuidv7()
  const file_content = await makeLicenseFile(signer, { ...claims, jti: id })
  const key = { id, license_id, scheme: 'file' as const, quantity: 1, kid: signer.kid, issued_at: new Date() }
  await db
    .insertInto('license_keys')
    .values({ ...key, file_name: 'a.slf', file_content, ...ended })
    .execute()
  return { id, file_content }
}

const at = new Date('2026-06-15')

test('GET /.well-known/jwks.json gives everyone the keys that verify what the portal signs', async (t) => {
  const portal = await aPortal(t)
  const { file_content } = await aFile(portal)
  const response = await portal.get('/.well-known/jwks.json')
  assert.equal(response.status, 200)
  assert.equal(response.headers.get('content-type'), 'application/jwk-set+json')
  assert.equal(response.headers.get('access-control-allow-origin'), '*')
  const text = await response.text()
  assert.doesNotMatch(text, /"d"|private/)
  const keys = JSON.parse(text)
  assert.equal((await verifyLicense(file_content, { keys, product: null, at })).status, 'valid')
})

test('GET /.well-known/jwks.json answers 304 to who has it, until a key changes', async (t) => {
  const { get, db, services } = await aPortal(t)
  const etag = (await get('/.well-known/jwks.json')).headers.get('etag')!
  const known = await get('/.well-known/jwks.json', { 'if-none-match': `"other", W/${etag}` })
  assert.deepEqual([known.status, await known.text()], [304, ''])
  await signingKeys(services, 'rotate')
  assert.equal((await get('/.well-known/jwks.json', { 'if-none-match': etag })).status, 200)
  assert.equal((await db.selectFrom('signing_keys').selectAll().execute()).length, 3)
})

test('GET revocations lists what no longer counts, signed, with its replacement, and nothing else', async (t) => {
  const portal = await aPortal(t)
  const good = await aFile(portal)
  const superseded = await aFile(portal, { superseded_at: new Date('2026-03-01') })
  const newer = await aFile(portal, { replaces_id: superseded.id })
  const revoked_at = new Date('2026-04-01')
  const revoked = await aFile(portal, { revoked_at, revoked_reason: 'order_cancelled' })
  const told = await aFile(portal, { revoked_at: new Date('2026-04-02'), revoked_reason: 'Mr. Doe never paid' })
  const later = await aFile(portal, { superseded_at: new Date('2026-12-01') })
  await aCode(portal.db, revoked_at)

  const response = await portal.get('/.well-known/keyport/revocations')
  assert.equal(response.status, 200)
  assert.equal(response.headers.get('link'), null)
  const text = await response.text()
  const keys = await portal.jwks()
  const revocations = await readRevocations(text, keys)
  assert.ok(revocations.ok)
  const seconds = (day: string) => Date.parse(day) / 1000
  const entries = [superseded, revoked, told, later].map(({ id }) => revocations.find(id))
  assert.deepEqual(entries, [
    { jti: superseded.id, at: seconds('2026-03-01'), reason: 'superseded', replaced_by: newer.id },
    { jti: revoked.id, at: seconds('2026-04-01'), reason: 'order_cancelled' },
    { jti: told.id, at: seconds('2026-04-02'), reason: 'revoked' },
    { jti: later.id, at: seconds('2026-12-01'), reason: 'superseded' },
  ])
  assert.equal(revocations.size, 4)
  const status = async ({ file_content }: { file_content: string }) =>
    (await verifyLicense(file_content, { keys, product: null, at, revocations: text })).status
  assert.deepEqual(await Promise.all([good, superseded, newer, revoked, later].map(status)), [
    'valid',
    'revoked',
    'valid',
    'revoked',
    'valid',
  ])
})

test('GET revocations?since= gives what came since, going back an hour for what was under way', async (t) => {
  const portal = await aPortal(t)
  const since = Date.parse('2026-05-01T12:00:00Z') / 1000
  const old = await aFile(portal, { revoked_at: new Date('2026-05-01T10:59:59Z') })
  const underWay = await aFile(portal, { revoked_at: new Date('2026-05-01T11:30:00Z') })
  const fresh = await aFile(portal, { superseded_at: new Date('2026-05-02') })
  const text = await (await portal.get(`/.well-known/keyport/revocations?since=${since}`)).text()
  const list = await readRevocations(text, await portal.jwks())
  assert.ok(list.ok)
  assert.deepEqual(
    [old, underWay, fresh].map(({ id }) => list.find(id) !== undefined),
    [false, true, true],
  )
})

test('GET revocations answers 304 to who has it, until one more key ends', async (t) => {
  const portal = await aPortal(t)
  await aFile(portal, { revoked_at: new Date('2026-04-01') })
  const first = await portal.get('/.well-known/keyport/revocations')
  const etag = first.headers.get('etag')!
  const again = () => portal.get('/.well-known/keyport/revocations', { 'if-none-match': etag })
  assert.equal((await again()).status, 304)
  await aFile(portal, { revoked_at: new Date('2026-04-02') })
  assert.equal((await again()).status, 200)
})

test('a long revocation list comes in pages that miss and repeat nothing, also within one moment', async (t) => {
  const portal = await aPortal(t)
  const ids: string[] = []
  for (const day of ['2026-04-01', '2026-04-02', '2026-04-02', '2026-04-02', '2026-04-03']) {
    ids.push((await aFile(portal, { revoked_at: new Date(day) })).id)
  }
  await sql`update license_keys set revoked_at = revoked_at + interval '123 microseconds' where id = ${ids[2]}`.execute(
    portal.db,
  )
  const seen: string[] = []
  let page = await readRevocationPage(portal.db, {}, 2)
  while (page.next) {
    seen.push(...page.entries.map(({ jti }) => jti))
    page = await readRevocationPage(portal.db, { after: page.next }, 2)
  }
  seen.push(...page.entries.map(({ jti }) => jti))
  assert.deepEqual(seen.toSorted(), ids.toSorted())
  const cursor = `1775000000000000_${ids[0]}`
  assert.equal((await portal.get(`/.well-known/keyport/revocations?after=${cursor}`)).status, 200)
})

test('GET revocations refuses a since or after that it never gave out', async (t) => {
  const { get } = await aPortal(t)
  for (const query of [
    'since=yesterday',
    'since=-1',
    'since=1e9',
    'since=',
    'since=999999999999',
    'after=1',
    'after=1_x',
    'after=',
  ]) {
    assert.equal((await get(`/.well-known/keyport/revocations?${query}`)).status, 400, query)
  }
})

test('a revocation page reads its index, in its order', async (t) => {
  const { db } = await aPortal(t)
  await db.transaction().execute(async (trx) => {
    await sql`set local enable_seqscan = off`.execute(trx)
    await sql`set local enable_bitmapscan = off`.execute(trx)
    const query = revocationsAfter({ micros: Date.now() * 1000, jti: uuidv7() }, 10)
    const { rows } = await sql<{ 'QUERY PLAN': string }>`explain ${query}`.execute(trx)
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
    assert.match(plan, /Index Scan using license_keys_ended_signed/)
    assert.match(plan, /Index Scan using license_keys_replaces/)
    assert.doesNotMatch(plan.split('SubPlan')[0]!, /Sort/)
  })
})

test('the root-signed key list: made offline, published after a check, and enough for a product to follow rotations', async (t) => {
  const portal = await aPortal(t)
  const { services, get, db, config } = portal
  const folder = aFolder(t)
  assert.equal((await get('/.well-known/keyport/jwks.jws')).status, 404)
  const offline = (...argv: string[]) => run((io) => runCli(['signing-keys', ...argv], io), folder)
  assert.equal((await offline('root', '--out', 'root.pem')).code, 0)
  assert.equal(statSync(join(folder, 'root.pem')).mode & 0o777, 0o600)
  assert.equal(createPrivateKey(readFileSync(join(folder, 'root.pem'))).asymmetricKeyType, 'ed25519')
  assert.equal((await offline('root', '--out', 'root.pem')).code, 1, 'never overwritten')

  const sign = async () => {
    writeFileSync(join(folder, 'jwks.json'), (await signingKeys(services, 'jwks')).stdout)
    assert.equal(
      (await offline('sign-jwks', '--root', 'root.pem', '--jwks', 'jwks.json', '--out', 'signed.json')).code,
      0,
    )
  }
  const publish = (file = 'signed.json', root = 'root.pem.public.json') =>
    run((io) => signingKeysCommand(services, ['publish', file, '--root-public', root], io), folder)
  await sign()
  assert.equal((await publish()).code, 0)
  const response = await get('/.well-known/keyport/jwks.jws')
  const content = await response.text()
  assert.equal(content, readFileSync(join(folder, 'signed.json'), 'utf8'))
  const root = JSON.parse(readFileSync(join(folder, 'root.pem.public.json'), 'utf8'))
  const { file_content } = await aFile(portal)
  const judge = (jwks: string) => verifyLicense(file_content, { keys: { root, jwks }, product: null, at })
  assert.equal((await judge(content)).status, 'valid')

  const rotated = await signingKeys(services, 'rotate')
  assert.match(rotated.stdout, /does not name .*: sign it again/)
  await rotateSigningKeys(db, systemActor('test'), config)
  assert.match((await publish()).stderr, /does not name the active key/)
  await sign()
  assert.equal((await publish()).code, 0)
  assert.doesNotMatch((await signingKeys(services, 'list')).stdout, /sign it again/)
  const list = await readSignedJwks({ root, jwks: await (await get('/.well-known/keyport/jwks.jws')).text() })
  assert.ok(list.ok && list.keys.length === 4)
})

test('a key list that the root did not sign, or that names foreign keys, is not published', async (t) => {
  const { services, get } = await aPortal(t)
  const folder = aFolder(t)
  const offline = (...argv: string[]) => run((io) => runCli(['signing-keys', ...argv], io), folder)
  await offline('root', '--out', 'one.pem')
  await offline('root', '--out', 'two.pem')
  writeFileSync(join(folder, 'jwks.json'), (await signingKeys(services, 'jwks')).stdout)
  writeFileSync(
    join(folder, 'foreign.json'),
    JSON.stringify({ keys: [JSON.parse(readFileSync(join(folder, 'two.pem.public.json'), 'utf8'))] }),
  )
  await offline('sign-jwks', '--root', 'one.pem', '--jwks', 'jwks.json', '--out', 'signed.json')
  await offline('sign-jwks', '--root', 'one.pem', '--jwks', 'foreign.json', '--out', 'signed-foreign.json')
  const publish = (file: string, root: string) =>
    run((io) => signingKeysCommand(services, ['publish', file, '--root-public', root], io), folder)
  assert.match((await publish('signed.json', 'two.pem.public.json')).stderr, /not signed by that root key/)
  assert.match((await publish('jwks.json', 'one.pem.public.json')).stderr, /not signed by that root key/)
  assert.match(
    (await publish('signed-foreign.json', 'one.pem.public.json')).stderr,
    /keys that this portal does not have/,
  )
  assert.equal((await get('/.well-known/keyport/jwks.jws')).status, 404)
})

test('keyport signing-keys lists, creates, rotates and retires', async (t) => {
  const { services } = await aPortal(t)
  const listed = await signingKeys(services, 'list')
  assert.match(listed.stdout, /^active +[\w-]{43} {2}created 2026-01-01 {2}active from 2026-01-01 {2}retired –\nnext /)
  assert.equal(JSON.parse((await signingKeys(services, 'list', '--json')).stdout).length, 2)
  const created = await signingKeys(services, 'create')
  const kid = /^next +([\w-]{43})\n/.exec(created.stdout)![1]!
  assert.deepEqual(await signingKeys(services, 'retire', kid), { code: 0, stdout: `retired  ${kid}\n`, stderr: '' })
  const refused = await signingKeys(services, 'retire', kid)
  assert.deepEqual([refused.code, refused.stdout], [1, ''])
  assert.match(refused.stderr, /retired already/)
  const hyphens = await signingKeys(services, 'retire', `-${'a'.repeat(42)}`)
  assert.deepEqual([hyphens.code, hyphens.stdout], [1, ''], 'an ID like any other')
  assert.match((await signingKeys(services, 'rotate')).stdout, /^active .*\nretired .*\nnext /)
})

test('keyport signing-keys rotate works on a portal that never started', async (t) => {
  const services = testServices(await freshDatabase(t), { KEY_ENCRYPTION_KEY })
  assert.equal((await signingKeys(services, 'rotate')).code, 0)
})

test('keyport signing-keys called wrongly explains itself with exit 2', async (t) => {
  const { services } = await aPortal(t)
  for (const argv of [
    [],
    ['nonsense'],
    ['toString'],
    ['retire'],
    ['retire', 'a', 'b'],
    ['publish'],
    ['publish', 'a'],
  ]) {
    const { code, stdout, stderr } = await signingKeys(services, ...argv)
    assert.deepEqual([code, stdout], [2, ''], argv.join(' '))
    assert.match(stderr, /Usage: keyport signing-keys/)
  }
  assert.equal((await signingKeys(services, '--help')).code, 0)
})

async function aCode(db: Db, revoked_at: Date) {
  const { id: license_id } = await aLicense(db, null, { product_version_id: await aProduct(db) })
  const key = { id: uuidv7(), license_id, scheme: 'code' as const, quantity: 1, issued_at: revoked_at }
  await db
    .insertInto('license_keys')
    .values({ ...key, key_text: 'A-CODE', revoked_at })
    .execute()
}

function aFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'keyport-root-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return folder
}

type Io = Parameters<typeof signingKeysCommand>[2]

function signingKeys(services: Parameters<typeof signingKeysCommand>[0], ...argv: string[]) {
  return run((io) => signingKeysCommand(services, argv, io), '.')
}

async function run(work: (io: Io) => Promise<number>, cwd: string) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const code = await work({ stdout, stderr, cwd, signal: new AbortController().signal })
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') }
}
