/** Races on real connections. Seen red with the lock of lock-request.ts deleted. */
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { z } from 'zod'
import { freshPostgres } from '../../test/database.ts'
import { aMember } from '../../test/licensing.ts'
import { anOpenRequest, anOperator, requestConfig } from '../../test/requests.ts'
import type { Db } from '../platform/db/index.ts'
import { uuidv7 } from '../platform/ids.ts'
import { decideRequest } from './decide-request.ts'
import { type AnyRequestKind, defineRequestKind } from './kinds.ts'
import { getRequest } from './queries.ts'
import { withdrawRequest } from './withdraw-request.ts'

let db: Db
const config = requestConfig()

/** Accepting adds a customer, so that each acceptance is seen. */
const kinds: AnyRequestKind[] = [
  defineRequestKind({
    kind: 'customer_number',
    details: z.unknown(),
    facts: () => [],
    async accept(trx, { now }, { number }) {
      const id = uuidv7()
      await trx
        .insertInto('customers')
        .values({ id, number: id, name: number, country: 'FR', created_at: now })
        .execute()
      return { ok: true }
    },
  }),
]

before(async (t) => {
  db = (await freshPostgres(t as never)).db
})

for (let round = 1; round <= 5; round++) {
  test(`of eight operators who decide at once exactly one does, the others are told who and when (round ${round})`, async () => {
    const number = await anOpenRequest(db, await aMember(db))
    const operators = await Promise.all(Array.from({ length: 8 }, (_, n) => anOperator(db, 'support', `Op ${n}`)))
    const results = await Promise.all(
      operators.map((operator, n) => {
        const decision = n % 2 === 0 ? ('accept' as const) : ('refuse' as const)
        return decideRequest({ config, db }, operator, { number, decision, reason: `Said ${n}` }, kinds)
      }),
    )
    const winner = results.findIndex(({ ok }) => ok)
    assert.equal(results.filter(({ ok }) => ok).length, 1)
    const stored = await getRequest(db, number)
    assert.deepEqual([stored.decider_name, stored.reason], [`Op ${winner}`, `Said ${winner}`])
    for (const result of results) {
      if (result.ok) continue
      assert.equal(result.refusal, 'decided')
      assert.ok('request' in result)
      assert.equal(result.request.decider_name, `Op ${winner}`)
      assert.deepEqual(result.request.decided_at, stored.decided_at)
    }
    const done = await db.selectFrom('customers').select('id').where('name', '=', number).execute()
    assert.equal(done.length, winner % 2 === 0 ? 1 : 0)
  })
}

test('taking back and accepting at once: one of them counts', async () => {
  for (let round = 0; round < 10; round++) {
    const ann = await aMember(db)
    const number = await anOpenRequest(db, ann)
    const decision = { number, decision: 'accept' as const, reason: null }
    const [back, accepted] = await Promise.all([
      withdrawRequest(db, ann, number, kinds, config),
      decideRequest({ config, db }, await anOperator(db), decision, kinds),
    ])
    assert.notEqual(back.ok, accepted.ok)
    const done = await db.selectFrom('customers').select('id').where('name', '=', number).execute()
    assert.equal(done.length, accepted.ok ? 1 : 0)
  }
})
