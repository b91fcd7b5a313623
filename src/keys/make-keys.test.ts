import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CODE_ALPHABET, checkCode, type License, verifyLicense } from '@keyport/license'
import * as jose from 'jose'
import { type LicenseFacts, licenseClaims, licenseFileName, makeLicenseFile, makeSignedKey } from './index.ts'
import { makeCode } from './make-code.ts'
import { keySchemes } from './schemes.ts'
import { localSigner } from './signer.ts'
import { newKeyPair } from './signing-key-pair.ts'

const { private_key, public_jwk } = newKeyPair()
const signer = localSigner(public_jwk.kid, private_key)
const keys = { keys: [public_jwk] }

const facts: LicenseFacts = {
  issuer: 'https://licensing.example.com',
  key_id: '0197a3c4-5d6e-7f80-9a1b-2c3d4e5f6071',
  issued_at: new Date('2026-01-10T10:00:00.700Z'),
  serial: 'M0123456789',
  product: { code: 'ATLAS-PRO', name: 'Atlas Professional', version: '7.2' },
  kind: 'subscription',
  quantity: 5,
  meter: 'device',
  registered_to: 'Café São Paulo 株式会社',
  customer_number: '4711',
  host: { type: 'hostname', id: 'build-07.example.com' },
  starts_on: '2026-02-01',
  ends_on: '2027-01-31',
  maintenance_until: '2027-01-31',
  features: { reports: true, projects: 500, edition: 'pro' },
  warn_days: 30,
  grace_days: 7,
  replaces: [],
  temporary: false,
}

const verify = (fileOrKey: string, at: string) =>
  verifyLicense(fileOrKey, { keys, product: 'ATLAS-PRO', host: 'any', at: new Date(at), issuer: facts.issuer })

test('a license file says what the license is, and verifies', async () => {
  const result = await verify(await makeLicenseFile(signer, licenseClaims(facts)), '2026-06-15')
  assert.equal(result.status, 'valid', result.message)
  assert.deepEqual(result.signed_by, [public_jwk.kid])
  const expected: License = {
    slf: 1,
    iss: facts.issuer,
    jti: facts.key_id,
    iat: Date.parse('2026-01-10T10:00:00Z') / 1000,
    nbf: Date.parse('2026-02-01') / 1000,
    exp: Date.parse('2027-02-01') / 1000,
    serial: facts.serial,
    product: facts.product,
    kind: 'subscription',
    quantity: 5,
    meter: 'device',
    licensee: { name: facts.registered_to, customer_number: '4711' },
    host: { type: 'hostname', id: 'build-07.example.com' },
    maintenance_until: '2027-01-31',
    features: { reports: true, projects: 500, edition: 'pro' },
    warn_days: 30,
    grace_days: 7,
    replaces: [],
    temporary: false,
  }
  assert.deepEqual(JSON.parse(JSON.stringify(result.license)), JSON.parse(JSON.stringify(expected)))
})

test('a license counts from the first moment of its first day to the last of its last, in UTC', async () => {
  const file = await makeLicenseFile(signer, licenseClaims(facts))
  assert.equal((await verify(file, '2026-01-31T23:59:59Z')).status, 'not_yet_valid')
  assert.equal((await verify(file, '2026-02-01T00:00:00Z')).status, 'valid')
  assert.equal((await verify(file, '2027-01-31T23:59:59Z')).status, 'valid')
  assert.equal((await verify(file, '2027-02-01T00:00:00Z')).status, 'grace')
  assert.equal((await verify(file, '2027-02-08T00:00:00Z')).status, 'expired')
})

test('a perpetual license says nothing that it need not', async () => {
  const sparse: LicenseFacts = {
    ...facts,
    customer_number: null,
    host: null,
    starts_on: null,
    ends_on: null,
    maintenance_until: null,
  }
  const file = await makeLicenseFile(signer, licenseClaims(sparse))
  const claims = JSON.parse(Buffer.from(JSON.parse(file).payload, 'base64url').toString())
  for (const absent of ['nbf', 'exp', 'host', 'maintenance_until', 'replaces', 'temporary']) {
    assert.equal(absent in claims, false, absent)
  }
  assert.deepEqual(claims.licensee, { name: facts.registered_to })
  assert.equal((await verify(file, '2046-01-01')).status, 'valid')
})

test('a signed key is one line that verifies and names its signing key', async () => {
  const key = await makeSignedKey(signer, licenseClaims({ ...facts, replaces: ['older'], temporary: true }))
  assert.match(key, /^K1\.[\w-]+\.[\w-]{86}$/)
  const result = await verify(key, '2026-06-15')
  assert.equal(result.status, 'valid', result.message)
  assert.deepEqual([result.license?.replaces, result.license?.temporary], [['older'], true])
})

test('an independent JOSE library verifies a license file', async () => {
  const file = JSON.parse(await makeLicenseFile(signer, licenseClaims(facts)))
  const trusted = jose.createLocalJWKSet(keys)
  const { payload, protectedHeader } = await jose.generalVerify(file, trusted, { algorithms: ['EdDSA'] })
  assert.deepEqual(protectedHeader, { alg: 'EdDSA', kid: public_jwk.kid, typ: 'slf+jws' })
  assert.equal(JSON.parse(new TextDecoder().decode(payload)).serial, facts.serial)
})

test('what a verifier would refuse is never signed', async () => {
  const wrong: Partial<LicenseFacts>[] = [
    { features: { reports: false } },
    { features: JSON.parse('{"__proto__":1}') },
    { quantity: 0 },
    { registered_to: '' },
    { ends_on: '2026-01-01' },
    { maintenance_until: '2026-02-30' },
    { product: { ...facts.product, name: '\ud800' } },
    { registered_to: 'x'.repeat(70_000) },
  ]
  for (const change of wrong) {
    const claims = licenseClaims({ ...facts, ...change })
    await assert.rejects(makeLicenseFile(signer, claims), /license M0123456789 cannot be signed/)
    await assert.rejects(makeSignedKey(signer, claims), /license M0123456789 cannot be signed/)
  }
})

test('a license file has a name that is safe everywhere', () => {
  assert.equal(licenseFileName(facts), 'ATLAS-PRO-M0123456789-build-07.example.com.slf')
  assert.equal(
    licenseFileName({ ...facts, host: { type: 'mac', id: '00:1a:2b:3c:4d:5e' } }),
    'ATLAS-PRO-M0123456789-00-1a-2b-3c-4d-5e.slf',
  )
  const odd = licenseFileName({ ...facts, host: { type: 'x', id: `../../etc/passwd\u0000${'é'.repeat(300)}` } })
  assert.match(odd, /^[A-Za-z0-9.-]{1,120}$/)
  assert.equal(odd.includes('/'), false)
  assert.ok(licenseFileName({ ...facts, host: { type: 'x', id: 'a'.repeat(200) } }).length <= 120)
})

test('codes are right, different, and use each character about equally often', () => {
  const codes = Array.from({ length: 3_000 }, makeCode)
  assert.ok(codes.every((code) => checkCode(code).ok))
  assert.equal(new Set(codes).size, codes.length)
  const seen = new Map<string, number>()
  for (const code of codes) {
    for (const character of code.replaceAll('-', '').slice(0, 23)) seen.set(character, (seen.get(character) ?? 0) + 1)
  }
  const fair = (codes.length * 23) / CODE_ALPHABET.length
  assert.equal(seen.size, CODE_ALPHABET.length)
  for (const [character, count] of seen)
    assert.ok(Math.abs(count - fair) < fair * 0.15, `${character} ${count} of ${fair}`)
})

test('only schemes with a host ask for one, and only what can be verified offline is signed', () => {
  const having = (test: (facts: (typeof keySchemes)[keyof typeof keySchemes]) => boolean) =>
    Object.entries(keySchemes).flatMap(([scheme, facts]) => (test(facts) ? scheme : []))
  assert.deepEqual(
    having(({ asks_host }) => asks_host),
    ['file_host'],
  )
  assert.deepEqual(
    having(({ signed }) => signed),
    ['signed', 'file', 'file_host'],
  )
  assert.deepEqual(
    having(({ gives }) => gives === 'nothing'),
    ['none'],
  )
})
