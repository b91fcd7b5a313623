import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshPostgres } from '../../test/database.ts'
import { defineLimit, spend } from './rate-limits.ts'

const now = new Date('2026-03-01T12:00:00Z')

test('of forty contenders on many connections exactly seven get one of seven tokens', async (t) => {
  const { db } = await freshPostgres(t)
  const limit = defineLimit('race', { capacity: 7, refill_per_minute: 1 })
  for (const who of ['a fresh bucket', 'another', 'a third']) {
    const results = await Promise.allSettled(Array.from({ length: 40 }, () => spend(db, limit, who, now)))
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 7)
  }
})
