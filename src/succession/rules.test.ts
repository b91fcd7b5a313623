import assert from 'node:assert/strict'
import { test } from 'node:test'
import { areAllGone, domainOf, isGone, isPublic } from './rules.ts'

const now = new Date('2026-08-31T12:00:00Z')
const seen = (day: string) => new Date(`${day}T12:00:00Z`)
const there = { seen_at: seen('2026-08-01'), signed_in: false, bounced_at: null }

test('an administrator is gone after six silent months, or when mails bounce, and never while signed in', () => {
  assert.equal(isGone(there, now), false)
  assert.equal(isGone({ ...there, seen_at: seen('2026-02-28') }, now), true)
  assert.equal(isGone({ ...there, seen_at: seen('2026-03-04') }, now), false)
  assert.equal(isGone({ ...there, seen_at: seen('2025-01-01'), signed_in: true }, now), false)
  assert.equal(isGone({ ...there, bounced_at: seen('2026-08-02') }, now), true)
  assert.equal(isGone({ ...there, bounced_at: seen('2026-07-31') }, now), false, 'signed in after the mail bounced')
})

test('one administrator who is there is enough; none at all is nobody', () => {
  const gone = { ...there, seen_at: seen('2025-01-01') }
  assert.equal(areAllGone([gone, there], now), false)
  assert.equal(areAllGone([gone, gone], now), true)
  assert.equal(areAllGone([], now), true)
})

test('a domain is what stands behind the last @; those where anybody gets an address prove nothing', () => {
  assert.equal(domainOf('"a@b"@Acme.Example'), 'acme.example')
  assert.deepEqual([isPublic('gmail.com'), isPublic('acme.example')], [true, false])
})
