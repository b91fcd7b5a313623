import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { freshPostgres } from '../../test/database.ts'
import { systemActor } from '../platform/actor.ts'
import { activeSigner, ensureSigningKeys, listSigningKeys, rotateSigningKeys } from './index.ts'

const sealing = { key_encryption_key: randomBytes(32).toString('base64') }

test('sixteen nodes that start at once make one active and one next key', async (t) => {
  const { db } = await freshPostgres(t)
  await Promise.all(Array.from({ length: 16 }, () => ensureSigningKeys(db, sealing)))
  const states = (await listSigningKeys(db)).map(({ state }) => state)
  assert.deepEqual(states, ['active', 'next'])
})

test('eight rotations at once happen one after another, and always one key is active', async (t) => {
  const { db } = await freshPostgres(t)
  await ensureSigningKeys(db, sealing)
  const rotations = Array.from({ length: 8 }, (_, n) => rotateSigningKeys(db, systemActor(`node ${n}`), sealing))
  const signing = Array.from({ length: 8 }, () => activeSigner(db, sealing))
  const results = await Promise.all(rotations)
  await Promise.all(signing)
  assert.ok(results.every(({ ok }) => ok))
  assert.equal(new Set(results.map((result) => result.ok && result.active)).size, 8)
  const states = (await listSigningKeys(db)).map(({ state }) => state)
  assert.deepEqual(states, ['active', 'next', ...Array(8).fill('retired')])
})
