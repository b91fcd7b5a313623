/** Races on real connections. The first was seen red with the lock of claim-number.ts deleted. */
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { freshPostgres } from '../../test/database.ts'
import { aLicense, aMember, aProduct } from '../../test/licensing.ts'
import { requestConfig } from '../../test/requests.ts'
import type { Db } from '../platform/db/index.ts'
import { associateNumber } from './associate-number.ts'
import { claimNumber } from './claim-number.ts'

let db: Db

before(async (t) => {
  db = (await freshPostgres(t as never)).db
})

test('claiming a number eight times at once opens one claim', async () => {
  const ann = await aMember(db)
  const claim = { number: 'C-1', explanation: 'We bought it.' }
  const results = await Promise.all(Array.from({ length: 8 }, () => claimNumber(db, ann, claim, requestConfig())))
  assert.equal(results.filter(({ ok }) => ok).length, 1)
})

test('proving a number eight times at once associates it once, with one line of history', async () => {
  const ann = await aMember(db)
  const { serial: proof, customer_id } = await aLicense(db, await aProduct(db))
  const customer = db.selectFrom('customers').select('number').where('id', '=', customer_id)
  const { number } = await customer.executeTakeFirstOrThrow()
  const results = await Promise.all(Array.from({ length: 8 }, () => associateNumber(db, ann, { number, proof })))
  assert.equal(results.filter(({ ok }) => ok).length, 1)
  const history = db.selectFrom('events').select('id').where('customer_id', '=', customer_id)
  assert.equal((await history.execute()).length, 1)
})
