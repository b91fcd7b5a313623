import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { verifyLicense } from '@keyport/license'
import { claims } from '../../packages/license/tools/test-signer.ts'
import { freshDatabase } from '../../test/database.ts'
import { type Actor, systemActor } from '../platform/actor.ts'
import { AppError } from '../platform/errors.ts'
import {
  activeSigner,
  createSigningKey,
  ensureSigningKeys,
  listSigningKeys,
  makeLicenseFile,
  retireSigningKey,
  rotateSigningKeys,
} from './index.ts'
import { jwksOf } from './jwks.ts'
import { openPrivateKey, sealPrivateKey } from './seal-private-key.ts'
import { localSigner } from './signer.ts'
import { newKeyPair } from './signing-key-pair.ts'

const sealing = { key_encryption_key: randomBytes(32).toString('base64') }
const now = new Date('2026-06-15T10:00:00Z')
const actor = systemActor('test', now)

test('a sealed private key opens only with its key-encryption key, for its kid, unchanged', () => {
  const { private_key, public_jwk } = newKeyPair()
  const { key_encryption_key } = sealing
  const sealed = sealPrivateKey(key_encryption_key, public_jwk.kid, private_key)
  assert.ok(openPrivateKey(key_encryption_key, public_jwk.kid, sealed).equals(private_key))
  assert.notDeepEqual(sealPrivateKey(key_encryption_key, public_jwk.kid, private_key), sealed)

  const refused = (key: string, kid: string, bytes: Uint8Array) =>
    assert.throws(() => openPrivateKey(key, kid, bytes), AppError)
  refused(randomBytes(32).toString('base64'), public_jwk.kid, sealed)
  refused(key_encryption_key, 'another', sealed)
  refused(key_encryption_key, public_jwk.kid, sealed.subarray(0, -1))
  refused(key_encryption_key, public_jwk.kid, new Uint8Array())
  for (let i = 0; i < sealed.length; i++) refused(key_encryption_key, public_jwk.kid, sealed.with(i, sealed[i]! ^ 1))
  assert.throws(() => sealPrivateKey('short', public_jwk.kid, private_key), TypeError)
})

test('only Ed25519 private keys sign', () => {
  const { private_key, public_jwk } = newKeyPair()
  assert.equal(localSigner(public_jwk.kid, private_key).kid, public_jwk.kid)
  assert.equal(public_jwk.kid.length, 43)
  assert.equal(JSON.stringify(public_jwk).includes('"d"'), false)
})

test('the first start makes one key that signs and the next one, the second start makes none', async (t) => {
  const { db } = await freshDatabase(t)
  await ensureSigningKeys(db, sealing, now)
  const keys = await listSigningKeys(db)
  assert.deepEqual(
    keys.map(({ state }) => state),
    ['active', 'next'],
  )
  await ensureSigningKeys(db, sealing, now)
  assert.deepEqual(await listSigningKeys(db), keys)
  assert.equal((await activeSigner(db, sealing)).kid, keys[0]!.kid)
})

test('the signer of a portal that never started is made when it is asked for', async (t) => {
  const { db } = await freshDatabase(t)
  const { kid } = await activeSigner(db, sealing)
  assert.equal((await listSigningKeys(db))[0]!.kid, kid)
})

test('another key-encryption key, or none, signs nothing and says so', async (t) => {
  const { db } = await freshDatabase(t)
  await activeSigner(db, sealing)
  const other = { key_encryption_key: randomBytes(32).toString('base64') }
  await assert.rejects(activeSigner(db, other), { name: 'AppError', code: 'internal', message: /does not open/ })
  await assert.rejects(activeSigner(db, { key_encryption_key: undefined }), { code: 'unavailable' })
})

test('files of before and after a rotation verify with the key list of today', async (t) => {
  const { db } = await freshDatabase(t)
  await ensureSigningKeys(db, sealing, now)
  const embedded = { keys: jwksOf(await listSigningKeys(db)).keys }
  const file = async (issued: Date) => {
    const signer = await activeSigner(db, sealing)
    return makeLicenseFile(signer, { ...claims, iat: issued.getTime() / 1000, nbf: undefined })
  }
  const before = await file(now)
  const later = new Date('2026-09-01T10:00:00Z')
  const rotated = await rotateSigningKeys(db, { ...actor, now: later }, sealing)
  assert.ok(rotated.ok)
  const after = await file(later)
  const today = { keys: jwksOf(await listSigningKeys(db)).keys }
  const verify = (text: string, keys: typeof today) =>
    verifyLicense(text, { keys, product: null, at: new Date('2026-10-01') })

  const [old, fresh] = [await verify(before, today), await verify(after, today)]
  assert.deepEqual([old.status, old.signed_by], ['valid', [rotated.retired]])
  assert.deepEqual([fresh.status, fresh.signed_by], ['valid', [rotated.active]])
  assert.equal((await verify(after, embedded)).status, 'valid', 'the next key was published before it signed')
})

test('a retired key signs nothing more: its private key is gone, and a file from it dated later is refused', async (t) => {
  const { db } = await freshDatabase(t)
  const stolen = await activeSigner(db, sealing)
  const rotated = await rotateSigningKeys(db, { ...actor, now }, sealing)
  assert.ok(rotated.ok)
  const row = await db.selectFrom('signing_keys').selectAll().where('kid', '=', stolen.kid).executeTakeFirstOrThrow()
  assert.deepEqual([row.state, row.private_key, row.retired_at], ['retired', null, now])
  const iat = now.getTime() / 1000 + 2 * 86_400
  const forged = await makeLicenseFile(stolen, { ...claims, iat, nbf: undefined })
  const keys = { keys: jwksOf(await listSigningKeys(db)).keys }
  assert.equal((await verifyLicense(forged, { keys, product: null, at: new Date('2026-10-01') })).status, 'unknown_key')
})

test('the key list has the dates of each key and no secret', async (t) => {
  const { db } = await freshDatabase(t)
  await ensureSigningKeys(db, sealing, now)
  await rotateSigningKeys(db, actor, sealing)
  const { keys } = jwksOf(await listSigningKeys(db))
  const seconds = now.getTime() / 1000
  assert.deepEqual(
    keys.map(({ state, iat, nbf, exp }) => [state, iat, nbf, exp]),
    [
      ['active', seconds, seconds, undefined],
      ['next', seconds, undefined, undefined],
      ['retired', seconds, seconds, seconds],
    ],
  )
  for (const key of keys) assert.equal('d' in key || 'private_key' in key, false)
})

test('a next key can be retired, the active one only by rotating, and rotating needs a next key', async (t) => {
  const { db } = await freshDatabase(t)
  await ensureSigningKeys(db, sealing, now)
  const [active, next] = await listSigningKeys(db)
  assert.deepEqual(await retireSigningKey(db, actor, active!.kid), { ok: false, refusal: 'is_active' })
  assert.deepEqual(await retireSigningKey(db, actor, 'nothing'), { ok: false, refusal: 'unknown' })
  assert.deepEqual(await retireSigningKey(db, actor, next!.kid), { ok: true, kid: next!.kid })
  assert.deepEqual(await retireSigningKey(db, actor, next!.kid), { ok: false, refusal: 'is_retired' })
  assert.deepEqual(await rotateSigningKeys(db, actor, sealing), { ok: false, refusal: 'no_next_key' })
  const { kid } = await createSigningKey(db, actor, sealing)
  const rotated = await rotateSigningKeys(db, actor, sealing)
  assert.ok(rotated.ok)
  assert.deepEqual([rotated.active, rotated.retired], [kid, active!.kid])
})

test('every change is in the history, without secrets', async (t) => {
  const { db } = await freshDatabase(t)
  await ensureSigningKeys(db, sealing, now)
  await rotateSigningKeys(db, actor, sealing)
  const events = await db.selectFrom('events').select(['action', 'details']).orderBy('id').execute()
  assert.deepEqual(
    events.map(({ action }) => action.replace('signing_key.', '')),
    ['created', 'created', 'retired', 'activated', 'created'],
  )
  assert.doesNotMatch(JSON.stringify(events), /private|sealed/)
})

test('only administrators among the operators change signing keys', async (t) => {
  const { db } = await freshDatabase(t)
  await ensureSigningKeys(db, sealing, now)
  const [, next] = await listSigningKeys(db)
  const user: Actor = { ...actor, kind: 'user', role: 'administrator' }
  const support: Actor = { ...actor, kind: 'operator', operator_role: 'support' }
  for (const stranger of [user, support]) {
    await assert.rejects(createSigningKey(db, stranger, sealing), { code: 'forbidden' })
    await assert.rejects(rotateSigningKeys(db, stranger, sealing), { code: 'forbidden' })
    await assert.rejects(retireSigningKey(db, stranger, next!.kid), { code: 'forbidden' })
  }
  const administrator: Actor = { ...actor, kind: 'operator', operator_role: 'administrator' }
  assert.ok((await rotateSigningKeys(db, administrator, sealing)).ok)
})
