import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { freshDatabase } from '../../test/database.ts'
import { answersOf, endsBetween, factsOf, foldSerial, type LicenseDates, maintenanceOf, statuses } from './rules.ts'

const license: LicenseDates = {
  status: 'active',
  kind: 'subscription',
  starts_on: null,
  ends_on: '2026-07-01',
  grace_days: 10,
  superseded_on: '2026-01-02',
  revoked_on: '2026-01-03',
}

test('every status comes with the day it turns on and the consequence of that day', () => {
  const cases: [Partial<LicenseDates>, string | null, string][] = [
    [{}, '2026-07-01', 'use_runs'],
    [{ ends_on: null }, null, 'perpetual'],
    [{ status: 'start_planning' }, '2026-07-01', 'use_ending'],
    [{ status: 'expiring', kind: 'maintenance' }, '2026-07-01', 'coverage_ending'],
    [{ status: 'grace' }, '2026-07-11', 'use_grace'],
    [{ status: 'expired', kind: 'content' }, '2026-07-01', 'coverage_ended'],
    [{ status: 'planned', starts_on: '2026-06-30' }, '2026-06-30', 'planned'],
    [{ status: 'superseded' }, '2026-01-02', 'superseded'],
    [{ status: 'revoked' }, '2026-01-03', 'revoked'],
    [{ status: 'unregistered' }, null, 'unregistered'],
  ]
  for (const [given, day, consequence] of cases) {
    const { status } = { ...license, ...given }
    assert.deepEqual(factsOf({ ...license, ...given }), { status, day, consequence })
  }
})

test('maintenance covers its last day', () => {
  assert.deepEqual(maintenanceOf('2026-06-15', '2026-06-15'), { state: 'covered', until: '2026-06-15' })
  assert.deepEqual(maintenanceOf('2026-06-15', '2026-06-16'), { state: 'lapsed', until: '2026-06-15' })
  assert.deepEqual(maintenanceOf(null, '2026-06-16'), { state: 'none' })
})

test('the end dates that a status is looked for in hold every license with that status', async (t) => {
  const { db } = await freshDatabase(t)
  const { rows } = await sql<{ status: (typeof statuses)[number]; first: string; last: string }>`
    select status, min(ends_on) as first, max(ends_on) as last from (
      select d::date as ends_on, license_status(now(), null, d::date, grace, null, null, '2026-06-15') as status
      from generate_series('2024-01-01'::timestamp, '2028-01-01'::timestamp, '1 day') d, unnest(array[0, 1, 365]) grace
    ) each group by status`.execute(db)
  const found = new Map(rows.map((row) => [row.status, row]))
  assert.equal(found.size, 5)
  for (const status of statuses) {
    const range = endsBetween(status, '2026-06-15', 365)
    if (!range) continue
    const { first, last } = found.get(status)!
    assert.ok(range.from <= first && last <= range.to, `${status}: ${first}..${last} in ${range.from}..${range.to}`)
  }
})

test('a serial number is folded as the database folds it', async (t) => {
  const { db } = await freshDatabase(t)
  const serials = ['M0123456789', 'oiluq-OILUQ', 'AbC-dEf-123', 'zzzzzz']
  const { rows } = await sql<{ serial: string; folded: string }>`
    select serial, translate(upper(serial), 'OILUQ-', '011V0') as folded from unnest(${serials}::text[]) serial`.execute(
    db,
  )
  for (const { serial, folded } of rows) assert.equal(foldSerial(serial), folded)
})

test("answers stand in the order of the questions, in the reader's language; answers without a question come last", () => {
  const schema = { properties: { a: { title: 'A', 'x-locales': { fr: { title: 'Ah' } } }, b: {}, c: { title: 'C' } } }
  assert.deepEqual(answersOf({ old: 1, c: true, a: 'x' }, schema, 'fr'), [
    { question: 'Ah', value: 'x' },
    { question: 'C', value: true },
    { question: 'old', value: 1 },
  ])
  assert.deepEqual(answersOf({ constructor: 1 }, null, 'en'), [{ question: 'constructor', value: 1 }])
})
