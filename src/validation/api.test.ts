import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { CODE_ALPHABET, MAX_LICENSE_LENGTH } from '@keyport/license'
import { sql } from 'kysely'
import { aDeployedLicense, register } from '../../test/deploying.ts'
import { anIssuing } from '../../test/issuing.ts'
import { aLicense, aMember, aProduct, fillPool } from '../../test/licensing.ts'
import { openPortal, type Portal } from '../../test/portal.ts'
import { getDeployment, reissueKeys } from '../deployments/index.ts'
import { dayOf, type Member } from '../platform/actor.ts'
import type { Issuing } from '../registration/index.ts'
import { answerSchema, type Proven, type Unproven } from './schemas.ts'

let portal: Portal
let actor: Member
let issuing: Issuing

beforeEach(async (t) => {
  portal = await openPortal(t as never)
  issuing = await anIssuing(portal.db)
  actor = await aMember(portal.db)
})

const path = '/api/v1/validate'

function post(body: string, headers: Record<string, string> = {}) {
  return portal.app.request(path, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } })
}

/** The answer to a question, which must be as described. */
async function ask(question: object, headers: Record<string, string> = {}): Promise<Proven | Unproven> {
  const response = await post(JSON.stringify(question), headers)
  assert.equal(response.status, 200, await response.clone().text())
  return answerSchema.parse(await response.json())
}

async function problemOf(response: Response | Promise<Response>) {
  const answer = await response
  assert.equal(answer.headers.get('content-type'), 'application/problem+json')
  const { type, status, errors } = (await answer.json()) as { type: string; status: number; errors?: object[] }
  assert.equal(status, answer.status)
  assert.equal(answer.headers.get('cache-control'), 'no-store')
  return { type: type.replace('urn:keyport:problem:', ''), status, errors }
}

type Scheme = 'code' | 'signed' | 'file' | 'file_host'

/** A registered license of ten and its only key, as the customer has it. */
async function aKey(key_scheme: Scheme, more: { ends_on?: string } = {}) {
  const license = await aDeployedLicense(portal.db, actor, issuing, {
    ...{ key_scheme, ...more },
    ...(key_scheme !== 'file_host' && { hosts: {} }),
  })
  return { ...license, ...(await keyOf(license.id)) }
}

async function keyOf(license_id: string) {
  const query = portal.db.selectFrom('license_keys').selectAll().where('license_id', '=', license_id)
  const { id: key_id, key_text, file_content } = await query.orderBy('id', 'desc').executeTakeFirstOrThrow()
  return { key_id, text: (key_text ?? file_content)! }
}

const day = (days: number) => dayOf(new Date(Date.now() + days * 86_400_000), 'UTC')
const statusOf = async (question: object) => (await ask(question)).status
const unknown = { ok: false, status: 'unknown_key' }

test('whoever holds a key of any scheme learns what it is worth, and no names', async () => {
  for (const scheme of ['code', 'signed', 'file'] as const) {
    const { text, key_id, serial, product } = await aKey(scheme)
    const answer = (await ask({ key: text, product: product.code })) as Proven
    const { issued_at, ...key } = answer.key
    assert.deepEqual(
      { ...answer, key },
      {
        ok: true,
        status: 'valid',
        key: {
          ...{ id: key_id, quantity: 10, temporary: false },
          ...{ starts_on: null, ends_on: null, grace_until: null, ended: null },
        },
        product: { code: product.code, version: '1.0' },
        license: {
          ...{ status: 'active', kind: 'product', meter: 'device', quantity: 10 },
          ...{ starts_on: null, ends_on: null, maintenance_until: null },
        },
      },
      scheme,
    )
    assert.ok(Math.abs(Date.parse(issued_at) - Date.now()) < 60_000)
    assert.doesNotMatch(JSON.stringify(answer), new RegExp(`${serial}|${actor.name}|Customer|ACME`, 'i'))
  }
})

test('a code is known however it is typed; pool keys and printed ones as they are', async () => {
  const { db } = portal
  const { text } = await aKey('code')
  assert.equal(await statusOf({ key: ` ${text.toLowerCase().replaceAll('-', '  ')}\n` }), 'valid')

  const pool = await aProduct(db, { key_scheme: 'pool' })
  await fillPool(db, pool, 1)
  const pooled = await aLicense(db, pool)
  const waiting = await db.selectFrom('pool_keys').select('key_text').executeTakeFirstOrThrow()
  assert.deepEqual(await ask({ key: waiting.key_text }), unknown)
  await register(db, actor, issuing, pooled.serial, {})
  assert.equal(await statusOf({ key: ` ${waiting.key_text} ` }), 'valid')
  assert.deepEqual(await ask({ key: waiting.key_text.toLowerCase() }), unknown)

  const printed = await aLicense(db, await aProduct(db, { key_scheme: 'printed' }), { printed_key: 'PRINTED-1' })
  assert.deepEqual(await ask({ key: 'PRINTED-1' }), unknown)
  await register(db, actor, issuing, printed.serial, {})
  assert.equal(await statusOf({ key: 'PRINTED-1' }), 'valid')
})

test('unknown keys, mistyped ones, ids and serial numbers are answered alike', async () => {
  const { text, key_id, serial, id } = await aKey('code')
  const last = CODE_ALPHABET[(CODE_ALPHABET.indexOf(text.at(-1)!) + 1) % CODE_ALPHABET.length]
  const wrong = [
    `${text.slice(0, -1)}${last}`,
    'AAAAA-AAAAA-AAAAA-AAAAA-AAAAA',
    key_id,
    id,
    serial,
    '%',
    "' or true --",
    ' ',
  ]
  for (const key of wrong) assert.deepEqual(await ask({ key }), unknown, key)
})

test('what is signed is believed by its signature alone', async () => {
  const { text, key_id } = await aKey('signed')
  const [head, claims, signature] = text.split('.') as [string, string, string]
  const more = Buffer.from(Buffer.from(claims, 'base64url').toString().replace('"quantity":10', '"quantity":99'))
  const forged = `${head}.${more.toString('base64url')}.${signature}`
  assert.deepEqual(await ask({ key: forged }), { ok: false, status: 'bad_signature' })
  assert.deepEqual(await ask({ key: text.replace('K1.', 'K2.') }), { ok: false, status: 'unsupported_version' })
  assert.deepEqual(await ask({ key: `${head}.${claims}` }), { ok: false, status: 'malformed' })
  assert.deepEqual(await ask({ key: '{"payload":"","signatures":[]}' }), { ok: false, status: 'malformed' })
  const broken = `${text.slice(0, 70)}\n  ${text.slice(70)}`
  assert.equal(await statusOf({ key: broken }), 'valid')
  await sql`delete from license_keys where id = ${key_id}`.execute(portal.db)
  assert.deepEqual(await ask({ key: text }), unknown)
})

test('keys of a vendor that is not this one, or of none, are unknown', async (t) => {
  const { text } = await aKey('file')
  const other = await openPortal(t)
  const asked = async () => {
    const headers = { 'content-type': 'application/json' }
    const answer = await other.app.request(path, { method: 'POST', body: JSON.stringify({ key: text }), headers })
    return answer.json()
  }
  assert.deepEqual(await asked(), unknown)
  await anIssuing(other.db)
  assert.deepEqual(await asked(), unknown)
})

test('a key says that it is for another product or another host', async () => {
  const { text, product } = await aKey('file_host')
  const host = { type: 'hostname', id: 'OLD-HOST' }
  const elsewhere = { type: 'mac', id: '00:1a:2b:3c:4d:5e' }
  assert.equal(await statusOf({ key: text, product: 'OTHER', host }), 'wrong_product')
  assert.equal(await statusOf({ key: text, product: product.code, host: elsewhere }), 'wrong_host')
  assert.equal(await statusOf({ key: text }), 'wrong_host')
  assert.equal(await statusOf({ key: text, host }), 'valid')
  assert.equal(await statusOf({ key: text, host: [elsewhere, host] }), 'valid')
  assert.equal(await statusOf({ key: text, host: 'any' }), 'valid')
  assert.doesNotMatch(JSON.stringify(await ask({ key: text, host: 'any' })), /old-host/)
})

test('a key that was replaced names the one that took its place; what was withdrawn says why', async () => {
  const { db } = portal
  const { text, serial, id } = await aKey('signed')
  const { revision } = await getDeployment(db, actor, serial)
  assert.ok((await reissueKeys(db, actor, { serial, revision }, issuing)).ok)
  const newer = await keyOf(id)
  const { key, ...old } = (await ask({ key: text })) as Proven
  assert.deepEqual([old.ok, old.status], [false, 'revoked'])
  const { at: _, ...ended } = key.ended!
  assert.deepEqual(ended, { reason: 'superseded', replaced_by: newer.key_id })
  assert.equal(await statusOf({ key: newer.text }), 'valid')

  const revoked = { revoked_at: new Date('2026-01-02T03:04:05Z'), revoked_reason: 'They did not pay' }
  await db.updateTable('licenses').set(revoked).where('id', '=', id).execute()
  const withdrawn = (await ask({ key: newer.text })) as Proven
  assert.deepEqual([withdrawn.status, withdrawn.license.status], ['revoked', 'revoked'])
  const expected = { at: '2026-01-02T03:04:05.000Z', reason: 'revoked', replaced_by: null }
  assert.deepEqual(withdrawn.key.ended, expected)
})

test('a key counts from its first day in UTC to its last, then in its grace', async () => {
  const { db } = portal
  const { text, id, key_id } = await aKey('code', { ends_on: day(0) })
  const from = (starts_on: string | null, ends_on: string, grace_days: number) =>
    Promise.all([
      db.updateTable('licenses').set({ starts_on, ends_on, grace_days }).where('id', '=', id).execute(),
      db.updateTable('license_keys').set({ expires_on: ends_on }).where('id', '=', key_id).execute(),
    ])
  const judged = async () => {
    const { status, ok, key, license } = (await ask({ key: text })) as Proven
    return [status, ok, license.status, key.ends_on, key.grace_until]
  }
  assert.deepEqual(await judged(), ['valid', true, 'expiring', day(0), null])
  await from(null, day(-1), 0)
  assert.deepEqual(await judged(), ['expired', false, 'expired', day(-1), null])
  await from(null, day(-5), 5)
  assert.deepEqual(await judged(), ['grace', true, 'grace', day(-5), day(0)])
  await from(null, day(-6), 5)
  assert.deepEqual(await judged(), ['expired', false, 'expired', day(-6), day(-1)])
  await from(day(1), day(400), 0)
  assert.deepEqual(await judged(), ['not_yet_valid', false, 'planned', day(400), null])
})

test('a temporary key has no grace', async () => {
  const { db } = portal
  const { text, key_id, id } = await aKey('file_host')
  await db.updateTable('licenses').set({ grace_days: 30 }).where('id', '=', id).execute()
  await db
    .updateTable('license_keys')
    .set({ temporary: true, expires_on: day(-1) })
    .where('id', '=', key_id)
    .execute()
  const answer = (await ask({ key: text, host: 'any' })) as Proven
  assert.deepEqual([answer.status, answer.key.temporary, answer.key.grace_until], ['expired', true, null])
})

test('bodies that are no question are refused by what is wrong with them', async () => {
  const host = { type: 'mac', id: 'x' }
  const wrong: [body: string, type: string, status: number, errors?: object[]][] = [
    ['', 'malformed', 400],
    ['{"key":', 'malformed', 400],
    ['['.repeat(100_000), 'malformed', 400],
    ['"text"', 'invalid', 422, [{ pointer: '#', code: 'invalid_type' }]],
    ['{}', 'invalid', 422, [{ pointer: '#/key', code: 'invalid_type' }]],
    [`${'['.repeat(9_000)}${']'.repeat(9_000)}`, 'invalid', 422, [{ pointer: '#', code: 'invalid_type' }]],
    ...(
      [
        [{ key: '' }, '#/key', 'too_small'],
        [{ key: 'x'.repeat(MAX_LICENSE_LENGTH + 1) }, '#/key', 'too_big'],
        [{ key: 'a\0b' }, '#/key', 'custom'],
        [{ key: 'x', 'pro/d~uct': 'P' }, '#/pro~1d~0uct', 'unrecognized_keys'],
        [{ key: 'x', host: { ...host, id: 7 } }, '#/host/id', 'invalid_type'],
        [{ key: 'x', host: { ...host, id: '' } }, '#/host/id', 'too_small'],
        [{ key: 'x', host: [host, { type: 'mac' }] }, '#/host/1/id', 'invalid_type'],
        [{ key: 'x', host: [] }, '#/host', 'too_small'],
        [{ key: 'x', host: null }, '#/host', 'invalid_union'],
      ] as const
    ).map(([body, pointer, code]): [string, string, number, object[]] => [
      ...([JSON.stringify(body), 'invalid', 422] as const),
      [{ pointer, code }],
    ]),
    [`{"key":"x","__proto__":{}}`, 'invalid', 422, [{ pointer: '#/__proto__', code: 'unrecognized_keys' }]],
  ]
  for (const [body, type, status, errors] of wrong) {
    assert.deepEqual(await problemOf(post(body)), { type, status, errors }, body.slice(0, 80))
  }
})

test('other types of bodies, larger ones and other methods are refused', async () => {
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonx', '']) {
    const refused = await problemOf(post('{"key":"x"}', { 'content-type': type }))
    assert.deepEqual([refused.type, refused.status], ['unsupported_media_type', 415], type)
  }
  assert.equal((await post('{"key":"x"}', { 'content-type': 'application/json; charset=utf-8' })).status, 200)
  const large = await problemOf(post(JSON.stringify({ key: 'x'.repeat(300_000) })))
  assert.deepEqual([large.type, large.status], ['too_large', 413])
  for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS']) {
    const refused = await portal.app.request(path, { method })
    assert.deepEqual([refused.status, refused.headers.get('allow')], [405, 'POST'], method)
  }
  assert.equal((await problemOf(portal.app.request('/api/v1/nothing', { method: 'POST' }))).status, 404)
})

test('answers are kept by nobody, read by no other origin, and need no cookie', async () => {
  const { text } = await aKey('code')
  const answer = await post(JSON.stringify({ key: text }), { origin: 'https://elsewhere.example' })
  assert.equal(answer.status, 200)
  assert.equal(answer.headers.get('cache-control'), 'no-store')
  assert.equal(answer.headers.get('access-control-allow-origin'), null)
  assert.equal(answer.headers.get('set-cookie'), null)
  for (const { headers } of [answer, await post('{')]) {
    assert.equal(headers.get('content-security-policy'), "default-src 'none'; frame-ancestors 'none'")
    assert.equal(headers.get('x-content-type-options'), 'nosniff')
    assert.ok(headers.get('x-request-id'))
  }
})

test('misses are counted per network, shown hits are not; a network without any left is told nothing', async () => {
  const { text } = await aKey('code')
  const { text: signed } = await aKey('signed')
  const from = (address: string) => ({ 'x-forwarded-for': address })
  for (let n = 0; n < 3; n++) assert.equal((await ask({ key: text }, from('192.0.2.1'))).status, 'valid')
  assert.equal((await portal.db.selectFrom('rate_limits').selectAll().execute()).length, 0)
  await ask({ key: 'no such key' }, from('192.0.2.1'))
  await sql`update rate_limits set tokens = 1`.execute(portal.db)
  await ask({ key: 'no such key' }, from('192.0.2.77'))
  for (const key of ['no such key', text]) {
    const refused = await post(JSON.stringify({ key }), from('192.0.2.1'))
    assert.equal(refused.headers.get('retry-after'), '1')
    assert.equal((await problemOf(refused)).type, 'too_many_requests')
  }
  assert.equal((await ask({ key: text }, from('198.51.100.1'))).status, 'valid')
  // What is signed cannot be guessed.
  assert.equal((await ask({ key: signed }, from('192.0.2.1'))).status, 'valid')
  await sql`update rate_limits set refilled_at = refilled_at - interval '5 seconds'`.execute(portal.db)
  assert.equal((await ask({ key: text }, from('192.0.2.1'))).status, 'valid')
})
