import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { freshDatabase } from '../../../test/database.ts'
import { statement } from './statement.ts'

test('a statement is made once and takes other values each time, wherever they stand', async (t) => {
  const { db } = await freshDatabase(t)
  let made = 0
  const sums = statement<{ sum: number; again: number; ten: number }, 'a' | 'b'>(['a', 'b'], ({ a, b }) => {
    made += 1
    return sql`select ${a}::int + ${b}::int as sum, ${a}::int as again, ${10}::int as ten`
  })
  for (const [a, b] of [
    [1, 2],
    [30, 4],
  ] as const) {
    assert.deepEqual(await sums.rows(db, { a, b }), [{ sum: a + b, again: a, ten: 10 }])
  }
  assert.equal(made, 1)
})
