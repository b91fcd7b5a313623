/** The formats are standards: an independent JOSE library must agree in both directions. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as jose from 'jose'
import { claims, signJwks, signJws, signRevocations, testKey } from '../tools/test-signer.ts'
import { JWKS_TYP, LICENSE_TYP, verifyLicense } from './index.ts'

const key = testKey('vendor')
const second = testKey('vendor-2')
const keys = { keys: [key.jwk, second.jwk] }
const options = { keys, product: 'ATLAS-PRO', at: new Date('2026-06-15') }
const joseKeys = jose.createLocalJWKSet(keys as jose.JSONWebKeySet)

async function readWithJose(text: string, typ: string, trusted = joseKeys) {
  const { payload, protectedHeader } = await jose.generalVerify(JSON.parse(text), trusted, { algorithms: ['EdDSA'] })
  assert.equal(protectedHeader?.typ, typ)
  return JSON.parse(new TextDecoder().decode(payload))
}

test('jose verifies our license files and reads the same claims', async () => {
  assert.deepEqual(await readWithJose(signJws(claims, [key]), LICENSE_TYP), claims)
  assert.deepEqual(await readWithJose(signJws(claims, [key, second]), LICENSE_TYP), claims)
})

test('jose refuses our tampered files', async () => {
  const tampered = JSON.parse(signJws(claims, [key]))
  tampered.payload = jose.base64url.encode(JSON.stringify({ ...claims, quantity: 1_000 }))
  await assert.rejects(readWithJose(JSON.stringify(tampered), LICENSE_TYP), jose.errors.JWSSignatureVerificationFailed)
})

test('jose verifies our revocation lists and root-signed key lists', async () => {
  const list = { slf: 1, iss: 'v', iat: claims.iat, revoked: [] }
  assert.deepEqual(await readWithJose(signRevocations(list, key), 'slf-revocations+jws'), list)
  const root = testKey('root')
  const trusted = jose.createLocalJWKSet({ keys: [root.jwk] } as jose.JSONWebKeySet)
  assert.deepEqual(await readWithJose(signJwks([key, second], root), JWKS_TYP, trusted), keys)
})

test('we verify files that jose signed, with one signature and with two', async () => {
  const payload = new TextEncoder().encode(JSON.stringify(claims))
  const header = (kid: string) => ({ alg: 'EdDSA', kid, typ: LICENSE_TYP })
  const jws = new jose.GeneralSign(payload)
  jws.addSignature(key.private_key).setProtectedHeader(header(key.kid))
  const one = await verifyLicense(JSON.stringify(await jws.sign()), { ...options, signatures: 'all' })
  assert.deepEqual([one.status, one.signed_by], ['valid', [key.kid]])
  jws.addSignature(second.private_key).setProtectedHeader(header(second.kid))
  const two = await verifyLicense(JSON.stringify(await jws.sign()), { ...options, signatures: 'all' })
  assert.deepEqual([two.status, two.signed_by], ['valid', [key.kid, second.kid]])
})

test('a file that jose signed with its own generated key verifies with the public part', async () => {
  const { publicKey, privateKey } = await jose.generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
  const jwk = { ...(await jose.exportJWK(publicKey)), kid: 'generated' }
  const jws = new jose.GeneralSign(new TextEncoder().encode(JSON.stringify(claims)))
  jws.addSignature(privateKey).setProtectedHeader({ alg: 'EdDSA', kid: 'generated', typ: LICENSE_TYP })
  const text = JSON.stringify(await jws.sign())
  assert.equal((await verifyLicense(text, { ...options, keys: { keys: [jwk] } })).status, 'valid')
  const foreign = { ...jwk, x: key.jwk.x }
  assert.equal((await verifyLicense(text, { ...options, keys: { keys: [foreign] } })).status, 'bad_signature')
})
