import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshDatabase } from '../../test/database.ts'
import { AppError } from './errors.ts'
import { defineLimit, pruneRateLimits, refund, spend } from './rate-limits.ts'

const limit = defineLimit('test', { capacity: 3, refill_per_minute: 2 })
const start = new Date('2026-03-01T12:00:00Z')
const later = (seconds: number) => new Date(start.getTime() + seconds * 1000)

test('a bucket gives its capacity at once, then one token every half minute', async (t) => {
  const { db } = await freshDatabase(t)
  for (let n = 0; n < 3; n++) await spend(db, limit, 'ann', start)
  await assert.rejects(spend(db, limit, 'ann', start), { code: 'too_many_requests', retry_after: 30 })
  await assert.rejects(spend(db, limit, 'ann', later(20)), { code: 'too_many_requests', retry_after: 10 })
  await spend(db, limit, 'ann', later(30))
  await assert.rejects(spend(db, limit, 'ann', later(30)), AppError)
})

test('a refused attempt costs nothing, and a rested bucket holds no more than its capacity', async (t) => {
  const { db } = await freshDatabase(t)
  for (let n = 0; n < 3; n++) await spend(db, limit, 'ann', start)
  for (let n = 0; n < 5; n++) await assert.rejects(spend(db, limit, 'ann', later(29)))
  await spend(db, limit, 'ann', later(30))
  for (let n = 0; n < 3; n++) await spend(db, limit, 'ann', later(3600))
  await assert.rejects(spend(db, limit, 'ann', later(3600)))
})

test('each of two people, and each of two limits, has a bucket of its own', async (t) => {
  const { db } = await freshDatabase(t)
  const other = defineLimit('other', { capacity: 1, refill_per_minute: 1 })
  await spend(db, other, 'ann', start)
  await assert.rejects(spend(db, other, 'ann', start))
  await spend(db, other, 'bob', start)
  await spend(db, limit, 'ann', start)
})

test('a node whose clock is behind neither takes tokens away nor gives any', async (t) => {
  const { db } = await freshDatabase(t)
  await spend(db, limit, 'ann', start)
  await spend(db, limit, 'ann', later(-600))
  await spend(db, limit, 'ann', start)
  await assert.rejects(spend(db, limit, 'ann', start))
})

test('several tokens are taken together or not at all', async (t) => {
  const { db } = await freshDatabase(t)
  await assert.rejects(spend(db, limit, 'ann', start, 4))
  await spend(db, limit, 'ann', start, 2)
  await assert.rejects(spend(db, limit, 'ann', start, 2))
  await spend(db, limit, 'ann', start, 1)
})

test('a refund fills the bucket; the key tells nobody whom it counts', async (t) => {
  const { db } = await freshDatabase(t)
  for (let n = 0; n < 3; n++) await spend(db, limit, 'ann@acme.example', start)
  const rows = await db.selectFrom('rate_limits').select('key').execute()
  assert.equal(rows.length, 1)
  assert.doesNotMatch(rows[0]!.key, /ann|acme/)
  await refund(db, limit, 'ann@acme.example')
  for (let n = 0; n < 3; n++) await spend(db, limit, 'ann@acme.example', start)
})

test('pruning deletes the buckets that are full again, and only those', async (t) => {
  const { db } = await freshDatabase(t)
  await spend(db, limit, 'ann', start)
  await spend(db, limit, 'bob', later(3600))
  assert.equal(await pruneRateLimits(db, later(24 * 3600 + 1)), 1)
  assert.equal((await db.selectFrom('rate_limits').selectAll().execute()).length, 1)
})

test('a limit that needs more than a day to fill is refused, since pruning would fill it', () => {
  assert.throws(() => defineLimit('slow', { capacity: 100, refill_per_minute: 0.01 }), RangeError)
})
