import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encode } from 'uqr'
import { appUri, codeOf, keyOf, newSecret, stepAt, stepOfCode } from './totp.ts'

const secret = Buffer.from('12345678901234567890')

test('codes are those of RFC 6238, appendix B', () => {
  const vectors: [seconds: number, code: string][] = [
    [59, '287082'],
    [1111111109, '081804'],
    [1111111111, '050471'],
    [1234567890, '005924'],
    [2000000000, '279037'],
    [20000000000, '353130'],
  ]
  for (const [seconds, code] of vectors) assert.equal(codeOf(secret, stepAt(new Date(seconds * 1000))), code)
})

test('a code counts in its half minute and the ones beside it, and never again', () => {
  const now = new Date('2026-03-01T12:00:15Z')
  const step = stepAt(now)
  for (const beside of [-1, 0, 1])
    assert.equal(stepOfCode(secret, codeOf(secret, step + beside), now, 0), step + beside)
  for (const far of [-2, 2]) assert.equal(stepOfCode(secret, codeOf(secret, step + far), now, 0), undefined)
  assert.equal(stepOfCode(secret, codeOf(secret, step), now, step), undefined)
  assert.equal(stepOfCode(secret, codeOf(secret, step - 1), now, step), undefined, 'older than the one used last')
  for (const nonsense of ['', '12345', '1234567', '######'])
    assert.equal(stepOfCode(secret, nonsense, now, 0), undefined)
})

test('an app learns the secret in base32, with whose it is', () => {
  assert.equal(keyOf(secret), 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ')
  assert.equal(newSecret().length, 20)
  const uri = appUri(secret, { issuer: 'Änder & Co', account: 'ann@acme.example' })
  assert.equal(new URL(uri).searchParams.get('issuer'), 'Änder & Co')
  assert.match(uri, /^otpauth:\/\/totp\/%C3%84nder%20%26%20Co:ann%40acme\.example\?secret=GEZD/)
  assert.ok(encode(uri).size > 20)
})
