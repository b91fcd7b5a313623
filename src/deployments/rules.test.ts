import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keySchemes } from '../keys/index.ts'
import { type ActiveKey, planDeploy, planMove, planSplit } from './host-rules.ts'
import { allowanceFrom, type DeploymentFacts, type Operation, operations, refusalOf } from './rules.ts'

const facts: DeploymentFacts = {
  own: true,
  key_scheme: 'file_host',
  status: 'active',
  quantity: 10,
  keys: [{ quantity: 6, host: {}, temporary: false }],
  request_open: false,
  related: false,
  covers: false,
  upgrading: false,
  moves_left: 1,
  downgrade_right: true,
  earlier_versions: 2,
}

/** What each key scheme allows; `ok` where the license itself has nothing against it. */
const byScheme: Record<keyof typeof keySchemes, Record<Operation, string>> = {
  code: {
    rehost: 'not_bound',
    deploy: 'not_bound',
    split: 'ok',
    return: 'ok',
    reissue: 'nothing_signed',
    downgrade: 'ok',
  },
  signed: { rehost: 'not_bound', deploy: 'not_bound', split: 'ok', return: 'ok', reissue: 'ok', downgrade: 'ok' },
  file: { rehost: 'not_bound', deploy: 'not_bound', split: 'ok', return: 'ok', reissue: 'ok', downgrade: 'ok' },
  file_host: { rehost: 'ok', deploy: 'ok', split: 'ok', return: 'ok', reissue: 'ok', downgrade: 'ok' },
  pool: {
    rehost: 'not_bound',
    deploy: 'not_bound',
    split: 'pool_key',
    return: 'pool_key',
    reissue: 'nothing_signed',
    downgrade: 'pool_key',
  },
  printed: {
    rehost: 'not_bound',
    deploy: 'not_bound',
    split: 'printed_key',
    return: 'ok',
    reissue: 'nothing_signed',
    downgrade: 'printed_key',
  },
  none: { rehost: 'no_key', deploy: 'no_key', split: 'ok', return: 'ok', reissue: 'no_key', downgrade: 'no_key' },
  external: {
    rehost: 'external',
    deploy: 'external',
    split: 'external',
    return: 'external',
    reissue: 'external',
    downgrade: 'external',
  },
}

test('what may be done follows from how keys are made', () => {
  for (const key_scheme of Object.keys(keySchemes) as (keyof typeof keySchemes)[]) {
    for (const operation of operations) {
      const found = refusalOf(operation, { ...facts, key_scheme }) ?? 'ok'
      assert.equal(found, byScheme[key_scheme][operation], `${operation} of ${key_scheme}`)
    }
  }
})

test('what may be done follows from how the license stands', () => {
  const temporary = { quantity: 4, host: {}, temporary: true }
  const cases: [Operation, Partial<DeploymentFacts>, string | null][] = [
    ...operations.map((operation): [Operation, object, string] => [operation, { status: 'revoked' }, 'revoked']),
    ...operations.map((operation): [Operation, object, string] => [operation, { status: 'expired' }, 'ended']),
    ...operations.map((operation): [Operation, object, string] => [operation, { status: 'superseded' }, 'superseded']),
    ...operations.map((operation): [Operation, object, null] => [operation, { status: 'grace' }, null]),
    ['rehost', { keys: [] }, 'nothing_deployed'],
    ['rehost', { moves_left: 0 }, null],
    ['rehost', { keys: [temporary], request_open: true }, 'request_open'],
    ['rehost', { keys: [...facts.keys, temporary], request_open: true }, null],
    ['deploy', { quantity: 6 }, 'all_deployed'],
    ['split', { quantity: 1 }, 'single'],
    ['split', { upgrading: true }, 'upgrading'],
    ['return', { upgrading: true }, 'upgrading'],
    ['downgrade', { downgrade_right: false }, 'no_downgrade'],
    ['downgrade', { earlier_versions: 0 }, 'no_earlier'],
    ['downgrade', { keys: [] }, 'nothing_deployed'],
    ['split', { request_open: true }, 'request_open'],
    ['split', { covers: true, related: true }, 'related'],
    ['split', { related: true }, null],
    ['return', { request_open: true }, 'request_open'],
    ['return', { related: true }, 'related'],
    ['return', { moves_left: 0 }, 'allowance_used'],
    ['return', { moves_left: 0, keys: [{ quantity: 6, host: null, temporary: false }] }, null],
    ['return', { moves_left: 0, keys: [] }, null],
    ['reissue', { keys: [] }, 'nothing_deployed'],
    ['reissue', { keys: [temporary] }, 'nothing_deployed'],
  ]
  for (const [operation, given, expected] of cases) {
    assert.equal(refusalOf(operation, { ...facts, ...given }), expected, `${operation} ${JSON.stringify(given)}`)
  }
})

test('moves count until they are as old as the allowance says', () => {
  const now = new Date('2026-06-15T10:00:00Z')
  const at = (text: string) => new Date(text)
  const frees = [at('2026-06-15T10:00:00Z'), at('2027-01-01'), at('2026-08-01')]
  assert.deepEqual(allowanceFrom(frees, 3, 12, now), {
    ...{ allowed: 3, months: 12, used: 2, left: 1, next_at: at('2026-08-01') },
  })
  assert.deepEqual(allowanceFrom([], 3, 12, now), { allowed: 3, months: 12, used: 0, left: 3, next_at: null })
  assert.equal(allowanceFrom(frees, 1, 12, now).next_at?.getTime(), at('2027-01-01').getTime())
  assert.deepEqual(allowanceFrom(frees, 0, 12, now), { allowed: 0, months: 12, used: 2, left: 0, next_at: null })
})

const key = (id: string, host: string, quantity: number, temporary = false): ActiveKey => {
  return { id, host: { type: 'hostname', id: host }, quantity, temporary, expires_on: null }
}
const host = (id: string) => ({ type: 'hostname', id })

test('a temporary key shares its host with no other', () => {
  const keys = [key('1', 'a', 4), key('2', 'b', 2, true)]
  assert.equal(planMove(keys, { key_id: '1', host: host('b'), quantity: 1 }), 'host_in_use')
  assert.equal(planDeploy(keys, 4, { host: host('b'), quantity: 1 }), 'host_in_use')
})

test('what is refused brings everything back together: a move undone merges with what the old host kept', () => {
  const keys = [key('1', 'a', 4), key('2', 'b', 2, true)]
  assert.deepEqual(planMove(keys, { key_id: '2', host: host('a'), quantity: null }), {
    ...{ supersedes: ['1'], revokes: ['2'] },
    makes: [{ host: host('a'), quantity: 6, replaces_id: '1' }],
  })
})

test('a key that is not bound is made anew for both parts of a split', () => {
  const keys = [{ ...key('1', 'a', 10), host: null }]
  assert.deepEqual(planSplit({ quantity: 10, keys, bound: false }, { key_ids: [], quantity: 4 }), {
    ...{ quantity: 4, supersedes: ['1'] },
    stays: [{ host: null, quantity: 6, replaces_id: '1' }],
    goes: [{ host: null, quantity: 4, replaces_id: '1' }],
  })
  for (const quantity of [0, 10, 11, -1]) {
    assert.equal(planSplit({ quantity: 10, keys, bound: false }, { key_ids: [], quantity }), 'quantity')
  }
  assert.equal(planSplit({ quantity: 10, keys, bound: false }, { key_ids: ['1'], quantity: 1 }), 'unknown_key')
})
