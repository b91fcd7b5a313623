import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { freshDatabase } from '../../../test/database.ts'

const one = sql<{ one: number }>`select 1 as one`

test('the outer handle inside a transaction throws at once, and the transaction rolls back', async (t) => {
  const { db } = await freshDatabase(t)
  const attempt = db.transaction().execute(async (trx) => {
    await trx
      .insertInto('agreements')
      .values({ id: crypto.randomUUID(), version: '1', published_at: new Date() })
      .execute()
    await one.execute(db)
  })
  await assert.rejects(attempt, /use the transaction \(`trx`\)/)
  assert.equal((await db.selectFrom('agreements').selectAll().execute()).length, 0)
})

test('a transaction inside a transaction throws at once, whatever its settings', async (t) => {
  const { db } = await freshDatabase(t)
  const outer = db.transaction().setAccessMode('read only').setIsolationLevel('repeatable read')
  await assert.rejects(
    outer.execute(() => db.transaction().execute((trx) => one.execute(trx))),
    /use the transaction/,
  )
})

test('work that a transaction started but did not wait for may use the outer handle afterwards', async (t) => {
  const { db } = await freshDatabase(t)
  let afterwards: Promise<unknown> = Promise.resolve()
  const { promise: ended, resolve: end } = Promise.withResolvers<void>()
  await db.transaction().execute(async () => {
    afterwards = ended.then(() => one.execute(db))
  })
  end()
  await afterwards
})

test('other databases may be used inside a transaction', async (t) => {
  const here = await freshDatabase(t)
  const there = await freshDatabase(t)
  const { rows } = await here.db.transaction().execute(() => one.execute(there.db))
  assert.deepEqual(rows, [{ one: 1 }])
})

test('transactions side by side do not see each other as nested', async (t) => {
  const { db } = await freshDatabase(t)
  const results = await Promise.all([1, 2, 3].map(() => db.transaction().execute((trx) => one.execute(trx))))
  assert.equal(results.length, 3)
})
