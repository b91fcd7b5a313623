import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import { freshDatabase } from '../../test/database.ts'
import { dayOf } from '../platform/actor.ts'
import { isOfferedIn, type LicenseFacts, type Refusal, type ReleaseFacts, refusalOf } from './rules.ts'

const license: LicenseFacts = {
  kind: 'product',
  registered: true,
  revoked: false,
  superseded: false,
  starts_on: null,
  ends_on: null,
  grace_days: 0,
  maintenance_until: null,
  own_version: false,
  view_only: false,
}
const release: ReleaseFacts = { released_on: '2026-06-30', withdrawn: false, used: false }
const today = '2026-11-28'

const cases: [what: string, license: Partial<LicenseFacts>, release: Partial<ReleaseFacts>, Refusal | null][] = [
  ['the version that was bought needs no maintenance', { own_version: true }, {}, null],
  ['another version does', {}, {}, 'no_maintenance'],
  ['released on the last day of maintenance', { maintenance_until: '2026-06-30' }, {}, null],
  ['released the day after', { maintenance_until: '2026-06-29' }, {}, 'after_maintenance'],
  ['an older version under maintenance', { maintenance_until: '2026-01-01' }, { released_on: '2020-01-01' }, null],
  ['lapsed maintenance keeps what came before', { maintenance_until: '2026-07-01' }, {}, null],
  ['own version after maintenance', { maintenance_until: '2020-01-01', own_version: true }, {}, null],
  ['not registered', { registered: false, own_version: true }, {}, 'unregistered'],
  ['revoked', { revoked: true, own_version: true }, {}, 'revoked'],
  ['superseded', { superseded: true, own_version: true }, {}, 'superseded'],
  ['shared to be seen only', { view_only: true, own_version: true }, {}, 'view_only'],
  ['begins tomorrow', { starts_on: '2026-11-29', own_version: true }, {}, 'not_started'],
  ['begins today', { starts_on: '2026-11-28', own_version: true }, {}, null],
  ['a term that ends today', { ends_on: '2026-11-28', own_version: true }, {}, null],
  ['a term that ended yesterday', { ends_on: '2026-11-27', own_version: true }, {}, 'ended'],
  ['the last day of grace', { ends_on: '2026-11-14', grace_days: 14, own_version: true }, {}, null],
  ['the day after grace', { ends_on: '2026-11-13', grace_days: 14, own_version: true }, {}, 'ended'],
  ['a subscription has every version', { kind: 'subscription', ends_on: '2026-12-31' }, {}, null],
  ['in grace as well', { kind: 'subscription', ends_on: '2026-11-20', grace_days: 14 }, {}, null],
  ['no longer', { kind: 'subscription', ends_on: '2026-11-20' }, {}, 'ended'],
  ['content while it runs', { kind: 'content', ends_on: '2026-12-31' }, {}, null],
  ['withdrawn', { own_version: true }, { withdrawn: true }, 'withdrawn'],
  ['withdrawn, but in use', { own_version: true }, { withdrawn: true, used: true }, null],
  ['in use gives no right of its own', {}, { used: true }, 'no_maintenance'],
]

for (const [what, facts, given, expected] of cases) {
  test(`${what}: ${expected ?? 'may'}`, () => {
    assert.equal(refusalOf({ ...license, ...facts }, { ...release, ...given }, today), expected)
  })
}

test('a subscription ends at midnight where its user is', () => {
  const subscription: LicenseFacts = { ...license, kind: 'subscription', ends_on: '2026-11-28' }
  const moment = new Date('2026-11-29T03:00:00Z')
  const at = (zone: string) => refusalOf(subscription, release, dayOf(moment, zone))
  assert.equal(at('America/New_York'), null)
  assert.equal(at('Europe/Paris'), 'ended')
  assert.equal(at('Asia/Tokyo'), 'ended')
})

test('the day of a release is the same everywhere: neither side wins a version by its time zone', () => {
  const covered: LicenseFacts = { ...license, maintenance_until: '2026-06-29' }
  for (const zone of ['Pacific/Kiritimati', 'UTC', 'Pacific/Niue']) {
    const day = dayOf(new Date('2026-06-30T00:30:00Z'), zone)
    assert.equal(refusalOf(covered, release, day), 'after_maintenance')
  }
})

test('what is offered everywhere needs no country, what is not does', () => {
  assert.equal(isOfferedIn([], null), true)
  assert.equal(isOfferedIn(['FR'], 'FR'), true)
  assert.equal(isOfferedIn(['FR'], 'DE'), false)
  assert.equal(isOfferedIn(['FR'], null), false)
})

const day = fc.integer({ min: -3, max: 3 }).map((n) => dayOf(new Date(Date.UTC(2026, 10, 28 + n)), 'UTC'))
const someLicense: fc.Arbitrary<LicenseFacts> = fc
  .record({
    kind: fc.constantFrom('product', 'maintenance', 'content', 'subscription'),
    registered: fc.boolean(),
    revoked: fc.boolean(),
    superseded: fc.boolean(),
    starts_on: fc.option(day),
    ends_on: fc.option(day),
    grace_days: fc.integer({ min: 0, max: 3 }),
    maintenance_until: fc.option(day),
    own_version: fc.boolean(),
    view_only: fc.constant(false),
  })
  .map((facts) => facts as LicenseFacts)
const someRelease: fc.Arbitrary<ReleaseFacts> = fc.record({
  released_on: day,
  withdrawn: fc.boolean(),
  used: fc.boolean(),
})

test('may_download in SQL agrees with the rule, for thousands of licenses and releases', async (t) => {
  const { db } = await freshDatabase(t)
  const pairs = fc.sample(fc.tuple(someLicense, someRelease), 4000)
  const rows = JSON.stringify(pairs.map(([l, r], n) => ({ n, ...l, ...r })))
  const found = await sql<{ n: number; may: boolean }>`
    select n, may_download(kind, own_version, case when registered then now() end, case when revoked then now() end,
      case when superseded then now() end, starts_on, ends_on, grace_days, maintenance_until, released_on, withdrawn,
      used, ${today}::date) as may
    from jsonb_to_recordset(${rows}::jsonb) as t (n integer, kind text, own_version boolean, registered boolean,
      revoked boolean, superseded boolean, starts_on date, ends_on date, grace_days integer, maintenance_until date,
      released_on date, withdrawn boolean, used boolean)`.execute(db)
  assert.equal(found.rows.length, pairs.length)
  for (const { n, may } of found.rows) {
    const [l, r] = pairs[n]!
    assert.equal(may, refusalOf(l, r, today) === null, JSON.stringify([l, r]))
  }
  assert.ok(found.rows.some(({ may }) => may) && found.rows.some(({ may }) => !may))
})
