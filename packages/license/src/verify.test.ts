import assert from 'node:assert/strict'
import { test } from 'node:test'
import { claims, seconds, signJwks, signJws, signKey, signRevocations, testKey } from '../tools/test-signer.ts'
import { type Grace, type Jwks, type Refusal, readRevocations, type Valid, verifyLicense } from './index.ts'

const key = testKey('vendor')
const keys: Jwks = { keys: [key.jwk] }
const file = signJws(claims, [key])
const options = { keys, product: 'ATLAS-PRO', at: new Date('2026-06-15T12:00:00Z') }

test('a valid license comes with its claims, what was proven, and who signed it', async () => {
  const result = (await verifyLicense(file, { ...options, issuer: claims.iss })) as Valid
  assert.equal(result.status, 'valid')
  assert.equal(result.message, 'This license is valid until 2027-01-01.')
  assert.deepEqual(result.proven, ['format', 'signature', 'claims', 'issuer', 'product', 'started', 'not_expired'])
  assert.deepEqual(result.signed_by, ['vendor'])
  assert.deepEqual(JSON.parse(JSON.stringify(result.license)), { ...claims, replaces: [], temporary: false })
  assert.equal(result.license.features.toString, undefined)
})

test('text and bytes of a file, and the signed key, are judged alike', async () => {
  const expected = await verifyLicense(file, options)
  assert.deepEqual(await verifyLicense(new TextEncoder().encode(file), options), expected)
  assert.deepEqual(await verifyLicense(signKey(claims, key), options), expected)
})

test('a license says that it is expiring within its own warn_days', async () => {
  const on = async (date: string) => (await verifyLicense(file, { ...options, at: new Date(date) })) as Valid
  assert.deepEqual([(await on('2026-12-01')).days_left, (await on('2026-12-01')).expiring], [31, false])
  assert.deepEqual([(await on('2026-12-02')).days_left, (await on('2026-12-02')).expiring], [30, true])
  assert.deepEqual([(await on('2026-12-31T23:00Z')).days_left, (await on('2026-12-31T23:00Z')).expiring], [0, true])
})

test('a license in its grace says until when', async () => {
  const result = (await verifyLicense(file, { ...options, at: new Date('2027-01-05') })) as Grace
  assert.equal(result.grace_until, seconds('2027-01-15'))
  assert.equal(result.message, 'This license ended on 2027-01-01 and still works until 2027-01-15.')
})

test('a refusal shows the claims only when their signature is proven', async () => {
  const expired = (await verifyLicense(file, { ...options, at: new Date('2028-01-01') })) as Refusal
  assert.equal(expired.license?.serial, claims.serial)
  assert.deepEqual(expired.proven, ['format', 'signature', 'claims', 'product', 'started'])
  const forged = (await verifyLicense(signJws(claims, [testKey('stranger')]), options)) as Refusal
  assert.equal('license' in forged, false)
  assert.deepEqual(forged.proven, ['format'])
  assert.deepEqual(forged.signed_by, [])
})

test('without a moment the clock of the computer is asked', async () => {
  const { nbf, exp, ...perpetual } = claims
  assert.equal((await verifyLicense(signJws(perpetual, [key]), { keys, product: 'ATLAS-PRO' })).status, 'valid')
  const long_ago = signJws({ ...claims, nbf: seconds('2020-01-01'), exp: seconds('2021-01-01') }, [key])
  assert.equal((await verifyLicense(long_ago, { keys, product: 'ATLAS-PRO' })).status, 'expired')
})

test('a computer may have several host ids', async () => {
  const bound = signJws({ ...claims, host: { type: 'mac', id: '00:1a:2b:3c:4d:5e' } }, [key])
  const host = [
    { type: 'hostname', id: 'build-07' },
    { type: 'mac', id: '001A2B3C4D5E' },
  ]
  assert.equal((await verifyLicense(bound, { ...options, host })).status, 'valid')
  assert.equal((await verifyLicense(bound, { ...options, host: [] })).status, 'wrong_host')
})

test('a revocation list is read once and used for many licenses', async () => {
  const entry = { jti: claims.jti, at: seconds('2026-03-01'), reason: 'rehosted', replaced_by: 'newer' }
  const list = { iss: claims.iss, iat: seconds('2026-06-01'), revoked: [entry] }
  const revocations = await readRevocations(signRevocations(list, key), keys)
  assert.ok(revocations.ok)
  assert.equal(revocations.size, 1)
  assert.equal(revocations.iat, list.iat)
  const result = (await verifyLicense(file, { ...options, revocations })) as Refusal
  assert.deepEqual(result.revocation, entry)
  const other = signJws({ ...claims, jti: 'other' }, [key])
  assert.ok((await verifyLicense(other, { ...options, revocations })).proven.includes('not_revoked'))
})

test('a key that was retired signs no revocation list any more, whatever it takes back', async () => {
  const retired = { keys: [testKey('vendor', { exp: seconds('2026-01-01') }).jwk, testKey('next').jwk] }
  const signedOn = (day: string) => signRevocations({ iss: claims.iss, iat: seconds(day), revoked: [] }, key)
  const late = await verifyLicense(file, { ...options, keys: retired, revocations: signedOn('2026-06-01') })
  assert.deepEqual([late.status, (late as Refusal).about], ['unknown_key', 'revocations'])
  const before = await verifyLicense(file, { ...options, keys: retired, revocations: signedOn('2025-12-31') })
  assert.equal(before.status, 'valid')
})

test('a revocation list that is not signed by the vendor is a refusal about the list', async () => {
  const list = signRevocations({ iss: claims.iss, iat: claims.iat, revoked: [] }, testKey('stranger'))
  const refusal = await readRevocations(list, keys)
  assert.ok(!refusal.ok)
  assert.deepEqual([refusal.status, refusal.about], ['unknown_key', 'revocations'])
})

test('a broken root-signed key list is a refusal, a broken root is a programming error', async () => {
  const root = testKey('root')
  const jwks = signJwks([key], root)
  const broken = { root: root.jwk, jwks: jwks.slice(0, 90) }
  const result = await verifyLicense(file, { ...options, keys: broken })
  assert.deepEqual([result.status, !result.ok && result.about], ['malformed', 'keys'])
  const empty = await verifyLicense(file, { ...options, keys: { root: root.jwk, jwks: signJwks([], root) } })
  assert.deepEqual([empty.status, !empty.ok && empty.about], ['malformed', 'keys'])
  await assert.rejects(verifyLicense(file, { ...options, keys: { root: {}, jwks } }), TypeError)
})

test('keys of other kinds are passed over', async () => {
  const rsa = { kty: 'RSA', kid: 'rsa', n: 'AQAB', e: 'AQAB' }
  const pq = { kty: 'AKP', alg: 'ML-DSA-65', kid: 'pq', pub: 'AA' }
  assert.equal((await verifyLicense(file, { ...options, keys: { keys: [rsa, pq, key.jwk] } })).status, 'valid')
})

test('programming errors throw', async () => {
  const wrong: [string, object][] = [
    ['no keys', { keys: undefined }],
    ['an empty JWKS', { keys: { keys: [] } }],
    ['a JWKS without keys', { keys: {} }],
    ['a private key', { keys: { keys: [{ ...key.jwk, d: 'AA' }] } }],
    ['a key that is none', { keys: { keys: [{ ...key.jwk, x: 'AA' }] } }],
    ['two keys of one kid', { keys: { keys: [key.jwk, { ...key.jwk }] } }],
    ['a retirement that is no number', { keys: { keys: [{ ...key.jwk, exp: '2026' }] } }],
    ['no product', { product: undefined }],
    ['an invalid date', { at: new Date('x') }],
    ['a date as text', { lastSeen: '2026-01-01' }],
  ]
  for (const [name, changes] of wrong) {
    await assert.rejects(verifyLicense(file, { ...options, ...changes } as typeof options), TypeError, name)
  }
  await assert.rejects(readRevocations([], keys), TypeError)
})
