import assert from 'node:assert/strict'
import { test } from 'node:test'
import { areAllGone, domainOf, isGone, isPublic } from './rules.ts'

const now = new Date('2026-08-31T12:00:00Z')
const seen = (day: string) => new Date(`${day}T12:00:00Z`)
const there = { seen_at: seen('2026-08-01'), signed_in: false, refused_first_at: null, refused_last_at: null }

test('an administrator is gone after six silent months, or when mails are refused days apart, and never while signed in', () => {
  assert.equal(isGone(there, now), false)
  assert.equal(isGone({ ...there, seen_at: seen('2026-02-28') }, now), true)
  assert.equal(isGone({ ...there, seen_at: seen('2026-03-04') }, now), false)
  assert.equal(isGone({ ...there, seen_at: seen('2025-01-01'), signed_in: true }, now), false)
  const refused = { ...there, refused_first_at: seen('2026-08-02') }
  assert.equal(
    isGone({ ...refused, refused_last_at: seen('2026-08-02') }, now),
    false,
    'one mail is refused by mistake',
  )
  assert.equal(
    isGone({ ...refused, refused_last_at: seen('2026-08-04') }, now),
    false,
    'a mailbox may be full for days',
  )
  assert.equal(isGone({ ...refused, refused_last_at: seen('2026-08-05') }, now), true)
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
