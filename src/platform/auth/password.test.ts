import assert from 'node:assert/strict'
import { argon2Sync } from 'node:crypto'
import { test } from 'node:test'
import { hashPassword, verifyPassword } from './password.ts'

test('a hash says how it was made: Argon2id, 19 MiB, two passes; each has its own salt', async () => {
  const first = await hashPassword('correct horse')
  const second = await hashPassword('correct horse')
  assert.match(first, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
  assert.notEqual(first, second)
})

test('only the same password verifies, however its accents were composed', async () => {
  const hash = await hashPassword('crème brûlée à 10 €')
  assert.equal(await verifyPassword(hash, 'crème brûlée à 10 €'.normalize('NFD')), true)
  assert.equal(await verifyPassword(hash, 'Crème brûlée à 10 €'), false)
  assert.equal(await verifyPassword(hash, ''), false)
})

test('hashes with other costs verify; what is no Argon2id hash, or asks for a gigabyte, does not', async () => {
  const nonce = Buffer.alloc(16, 7)
  const costs = { memory: 8192, passes: 3, parallelism: 1 }
  const tag = argon2Sync('argon2id', { ...costs, message: Buffer.from('secret'), nonce, tagLength: 32 })
  const parts = [nonce, tag].map((bytes) => bytes.toString('base64').replace(/=+$/, ''))
  assert.equal(await verifyPassword(`$argon2id$v=19$m=8192,t=3,p=1$${parts.join('$')}`, 'secret'), true)
  assert.equal(await verifyPassword(`$argon2id$v=19$m=1048576,t=3,p=1$${parts.join('$')}`, 'secret'), false)
  assert.equal(await verifyPassword('', 'secret'), false)
  assert.equal(await verifyPassword('a3f1:b2c4', 'secret'), false)
})
