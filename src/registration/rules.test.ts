import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  type Candidate,
  type Outcome,
  outcomeOf,
  outcomesOf,
  proposeRelations,
  type Relating,
  type SerialFacts,
  shareQuantity,
} from './rules.ts'

const mine = 'org-mine'
const now = new Date('2026-11-22T00:00:00Z')
const free: SerialFacts = {
  belongs_to: 'license',
  owner_id: null,
  registered_at: null,
  revoked_at: null,
  superseded_at: null,
  order_cancelled_at: null,
  key_scheme: 'file',
  register_alone: false,
}

const cases: [string, SerialFacts | undefined, Outcome][] = [
  ['a serial number nobody knows', undefined, 'not_found'],
  ['an unregistered license', free, 'ready'],
  ['an unregistered license assigned to my organization', { ...free, owner_id: mine }, 'ready'],
  ['a product without keys', { ...free, key_scheme: 'none' }, 'support_only'],
  ['a key printed on the certificate', { ...free, key_scheme: 'printed' }, 'printed'],
  ['a product whose keys come from elsewhere', { ...free, key_scheme: 'external' }, 'external'],
  ['registered by my organization', { ...free, owner_id: mine, registered_at: now }, 'registered_by_you'],
  ['registered by another organization', { ...free, owner_id: 'x', registered_at: now }, 'registered_elsewhere'],
  ['assigned to another organization', { ...free, owner_id: 'x' }, 'registered_elsewhere'],
  ['revoked', { ...free, revoked_at: now }, 'revoked'],
  ['mine and revoked', { ...free, owner_id: mine, registered_at: now, revoked_at: now }, 'revoked'],
  ["another's and revoked: nothing more is told", { ...free, owner_id: 'x', revoked_at: now }, 'registered_elsewhere'],
  ['its order was cancelled', { ...free, order_cancelled_at: now }, 'order_cancelled'],
  ['replaced by another license', { ...free, superseded_at: now }, 'superseded'],
  ['part of a flex contract', { ...free, belongs_to: 'flex' }, 'flex'],
  ['a voucher', { ...free, belongs_to: 'voucher' }, 'voucher'],
]

for (const [name, facts, outcome] of cases) {
  test(`outcome of ${name}: ${outcome}`, () => assert.equal(outcomeOf(facts, mine), outcome))
}

test('a license that must be registered alone is refused in company, and accepted alone', () => {
  const alone = { ...free, register_alone: true }
  assert.deepEqual(outcomesOf([alone], mine), ['ready'])
  assert.deepEqual(outcomesOf([alone, free], mine), ['alone', 'ready'])
  assert.deepEqual(outcomesOf([alone, alone], mine), ['alone', 'alone'])
  assert.deepEqual(outcomesOf([alone, undefined], mine), ['ready', 'not_found'])
})

const host = (id: string, quantity: number | null) => ({ type: 'mac', id, quantity })

test('hosts share a quantity: all of it, what is named, or the rest', () => {
  assert.deepEqual(shareQuantity([host('a', null)], 10), [host('a', 10)])
  assert.deepEqual(shareQuantity([host('a', 4), host('b', null)], 10), [host('a', 4), host('b', 6)])
  assert.deepEqual(shareQuantity([host('a', 4)], 10), [host('a', 4)])
})

test('hosts that cannot share a quantity are refused with the reason', () => {
  assert.equal(shareQuantity([], 10), 'host_missing')
  assert.equal(shareQuantity([host('a', 6), host('b', 5)], 10), 'host_quantity')
  assert.equal(shareQuantity([host('a', 10), host('b', null)], 10), 'host_quantity')
  assert.equal(shareQuantity([host('a', null), host('b', null)], 10), 'host_quantity')
  assert.equal(shareQuantity([host('a', 0)], 10), 'host_quantity')
  assert.equal(shareQuantity([host('a', 1), host('a', 1)], 10), 'host_twice')
})

test('whatever hosts are entered, their shares are positive and never exceed the quantity', () => {
  const entered = fc.array(fc.record({ id: fc.string(), quantity: fc.option(fc.integer({ min: -5, max: 50 })) }))
  fc.assert(
    fc.property(entered, fc.integer({ min: 1, max: 100 }), (hosts, quantity) => {
      const shares = shareQuantity(
        hosts.map(({ id, quantity }) => host(id, quantity)),
        quantity,
      )
      if (typeof shares === 'string') return
      assert.ok(shares.every((share) => share.quantity >= 1))
      assert.ok(shares.reduce((sum, share) => sum + share.quantity, 0) <= quantity)
    }),
  )
})

const asking = (license_id: string, more: Partial<Relating> = {}): Relating => ({
  license_id,
  relation: 'covers',
  product_id: 'suite',
  customer_id: 'acme',
  order_id: null,
  quantity: 10,
  covers_license_id: null,
  renews_license_id: null,
  renewed_covers_license_id: null,
  ...more,
})
const owned = (license_id: string, more: Partial<Candidate> = {}): Candidate => ({
  license_id,
  serial: license_id,
  product_id: 'suite',
  customer_id: 'acme',
  order_id: null,
  quantity: 10,
  maintenance_until: null,
  ...more,
})
const proposal = (one: Relating, candidates: Candidate[]) => proposeRelations([one], candidates).get(one.license_id)

test('maintenance is proposed for what its order names, before anything else', () => {
  const candidates = [owned('a', { order_id: 'o' }), owned('b', { customer_id: 'other' })]
  assert.equal(proposal(asking('m', { order_id: 'o', covers_license_id: 'b' }), candidates), 'b')
})

test('a renewal of maintenance is proposed for what the renewed maintenance covered', () => {
  assert.equal(proposal(asking('m', { renewed_covers_license_id: 'b' }), [owned('a'), owned('b')]), 'b')
})

test('maintenance is proposed for the license of the same order, then of the same customer', () => {
  const candidates = [owned('a'), owned('b', { order_id: 'o' })]
  assert.equal(proposal(asking('m', { order_id: 'o' }), candidates), 'b')
  assert.equal(proposal(asking('m', { order_id: 'p' }), candidates), 'a')
  assert.equal(proposal(asking('m', { customer_id: 'other' }), [owned('a')]), undefined)
  assert.equal(proposal(asking('m', { product_id: 'other' }), [owned('a')]), undefined)
})

test('among equals the same quantity is proposed, then the one whose maintenance ends first', () => {
  assert.equal(proposal(asking('m'), [owned('a', { quantity: 5 }), owned('b')]), 'b')
  const ends = [owned('a', { maintenance_until: '2028-01-01' }), owned('b', { maintenance_until: '2027-01-01' })]
  assert.equal(proposal(asking('m'), ends), 'b')
})

test('no license is proposed twice, and a renewal only where lineage names it', () => {
  const proposals = proposeRelations([asking('m'), asking('n'), asking('o')], [owned('a'), owned('b')])
  assert.deepEqual([...proposals.values()].sort(), ['a', 'b'])
  assert.equal(proposal(asking('s', { relation: 'renews' }), [owned('a')]), undefined)
  assert.equal(proposal(asking('s', { relation: 'renews', renews_license_id: 'a' }), [owned('a')]), 'a')
})
