import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dueAt, urgencyOf } from './rules.ts'

const noon = new Date('2026-06-15T12:00:00Z')
const hoursFrom = (moment: Date, hours: number) => new Date(moment.getTime() + hours * 3_600_000)

test('what stands still is to be decided sooner', () => {
  assert.deepEqual(dueAt('rehost', noon), hoursFrom(noon, 24))
  assert.deepEqual(dueAt('address', noon), hoursFrom(noon, 48))
  assert.deepEqual(dueAt('customer_number', noon), hoursFrom(noon, 72))
})

test('a request becomes urgent half a day before its target, and late after it', () => {
  assert.equal(urgencyOf({ due_at: hoursFrom(noon, 12), waiting_since: null }, noon), 'in_time')
  assert.equal(urgencyOf({ due_at: hoursFrom(noon, 11.9), waiting_since: null }, noon), 'due_soon')
  assert.equal(urgencyOf({ due_at: noon, waiting_since: null }, noon), 'due_soon')
  assert.equal(urgencyOf({ due_at: hoursFrom(noon, -0.1), waiting_since: null }, noon), 'overdue')
})
