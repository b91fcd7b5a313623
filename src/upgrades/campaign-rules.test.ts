import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type CampaignTerms,
  changeRefusal,
  lastDayOf,
  pathFaultOf,
  phaseOf,
  type VersionFacts,
} from './campaign-rules.ts'
import type { CampaignState } from './rules.ts'

const terms: CampaignTerms = {
  name: 'Spring',
  starts_on: '2027-03-01',
  ends_on: '2027-06-30',
  overlap_days: 30,
  notification_days: 365,
  needs_maintenance: true,
  kinds: ['product'],
  countries: [],
  paths: [{ from_version_id: 'a', to_version_id: 'b' }],
}

test('where a campaign stands follows from its state and its days', () => {
  const cases: [CampaignState, today: string, phase: string][] = [
    ['draft', '2027-04-01', 'draft'],
    ['draft', '2028-04-01', 'draft'],
    ['publishing', '2027-02-28', 'scheduled'],
    ['publishing', '2027-03-01', 'telling'],
    ['published', '2027-06-30', 'open'],
    ['published', '2027-07-01', 'ended'],
    ['publishing', '2027-07-01', 'ended'],
    ['paused', '2027-04-01', 'paused'],
    ['paused', '2027-02-01', 'paused'],
    ['ended', '2027-04-01', 'ended'],
  ]
  for (const [state, today, phase] of cases)
    assert.equal(phaseOf({ ...terms, state }, today), phase, `${state} ${today}`)
})

test('a published campaign keeps its paths, and its first day once that has come', () => {
  const change = (state: CampaignState, after: Partial<CampaignTerms>, today = '2027-04-01') =>
    changeRefusal({ ...terms, state }, { ...terms, ...after }, today)
  const more = [...terms.paths, { from_version_id: 'a', to_version_id: 'c' }]
  assert.equal(change('draft', { paths: [], starts_on: '2020-01-01', ends_on: '2021-01-01' }), null)
  for (const state of ['publishing', 'published', 'paused'] as const) {
    assert.equal(change(state, { name: 'Summer', overlap_days: 0, paths: more }), null)
    assert.equal(change(state, { paths: more.slice(1) }), 'paths_kept')
    assert.equal(change(state, { starts_on: '2027-03-02' }), 'started')
    assert.equal(change(state, { starts_on: '2027-03-02' }, '2027-02-28'), null)
    assert.equal(change(state, { ends_on: '2027-03-31' }), 'over')
    assert.equal(change(state, { ends_on: '2027-04-01' }), null)
    assert.equal(change(state, { ends_on: null }, '2027-07-01'), null, 'one that is over may be prolonged')
    assert.equal(change(state, { name: 'Summer' }, '2027-07-01'), null)
  }
  assert.equal(change('ended', {}), 'ended')
})

test('a path leads to another version that takes over term and quantity, and not back', () => {
  const one: VersionFacts = { id: 'a', product_id: 'p', kind: 'product', meter: 'user', released_on: '2026-01-01' }
  const others: Record<string, Partial<VersionFacts>> = {
    newer: { released_on: '2026-02-01' },
    sameDay: {},
    older: { released_on: '2025-12-31' },
    olderOfAnother: { product_id: 'q', released_on: '2025-12-31' },
    counted: { product_id: 'q', meter: 'core' },
    subscribed: { product_id: 'q', kind: 'subscription' },
  }
  const versions = new Map([
    [one.id, one],
    ...Object.entries(others).map(([id, of]) => [id, { ...one, ...of, id }] as const),
  ])
  const to = (to_version_id: string) => ({ from_version_id: 'a', to_version_id })
  const faultOf = (id: string) => pathFaultOf([to(id)], versions)?.fault
  assert.deepEqual(['newer', 'sameDay', 'olderOfAnother', 'older', 'counted', 'subscribed', 'a', 'none'].map(faultOf), [
    undefined,
    undefined,
    undefined,
    'backwards',
    'unlike',
    'unlike',
    'same',
    'unknown',
  ])
  assert.deepEqual(pathFaultOf([to('newer'), to('sameDay'), to('newer')], versions), { index: 2, fault: 'twice' })
})

test('what expires at midnight was valid until the day before', () => {
  assert.equal(lastDayOf(new Date('2027-03-31T22:00:00Z'), 'Europe/Berlin'), '2027-03-31')
  assert.equal(lastDayOf(new Date('2027-03-31T22:00:01Z'), 'Europe/Berlin'), '2027-04-01')
})
