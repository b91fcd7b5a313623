import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keyFor, seal, unseal } from './secret.ts'

const config = { secret: 'a secret of thirty-two characters!' }
const key = keyFor(config, 'test')
const now = new Date('2026-03-01T12:00:00Z')
const later = new Date('2026-03-01T12:30:00Z')

test('what was sealed comes back until it expires', () => {
  const sealed = seal(key, { email: 'ann@acme.example' }, later)
  assert.doesNotMatch(Buffer.from(sealed, 'base64url').toString('latin1'), /ann/)
  assert.deepEqual(unseal(key, sealed, now), { email: 'ann@acme.example' })
  assert.equal(unseal(key, sealed, later), undefined)
})

test('one changed bit anywhere, another purpose or nonsense opens nothing', () => {
  const sealed = Buffer.from(seal(key, 'x', later), 'base64url')
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed)
    changed[at]! ^= 1
    assert.equal(unseal(key, changed.toString('base64url'), now), undefined, `byte ${at}`)
  }
  assert.equal(unseal(keyFor(config, 'another'), sealed.toString('base64url'), now), undefined)
  for (const nonsense of ['', 'x', 'A'.repeat(500), '§']) assert.equal(unseal(key, nonsense, now), undefined)
})

test('without a secret there are no keys', () => {
  assert.throws(() => keyFor({ secret: undefined }, 'test'), /no secret/)
})
