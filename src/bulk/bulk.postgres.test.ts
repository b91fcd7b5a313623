/** Races and crashes on real connections. Seen red with the lock of `lockBulk` deleted. */
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { sql } from 'kysely'
import { freshPostgres } from '../../test/database.ts'
import { anIssuing } from '../../test/issuing.ts'
import { aLicense, aMember } from '../../test/licenses.ts'
import type { Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import type { Issuing } from '../registration/index.ts'
import type { BulkAction } from './action.ts'
import { bulkActions } from './actions.ts'
import { getBulk } from './queries.ts'
import { startBulkFromList } from './start-bulk.ts'
import { cancelBulk, checkBulk, runBulk } from './submit-bulk.ts'
import { workOnBulk } from './work-on-bulk.ts'

let db: Db
let issuing: Issuing
let ann: Member
const count = 40
const serials: string[] = []

before(async (t) => {
  ;({ db } = await freshPostgres(t as never))
  issuing = await anIssuing(db)
  ann = await aMember(db)
  for (let n = 0; n < count; n += 1) serials.push((await aLicense(db, ann)).serial)
})

/** One whose batches are small, so that many workers meet in it. */
const tags = bulkActions.find(({ name }) => name === 'tags') as { -readonly [K in keyof BulkAction]: BulkAction[K] }
tags.batch = 4

async function aCheckedBulk(tag: string): Promise<{ bulk_id: string; revision: number }> {
  const lines = serials.map((serial) => ({ serial, cells: [] }))
  const started = await startBulkFromList(db, ann, { columns: [], lines, repeated: 0 })
  assert.ok(started.ok)
  const { bulk_id } = started
  await checkBulk(db, ann, { bulk_id, action: 'tags', input: { add: [tag], remove: [] } })
  await workOnBulk(db, ann, bulk_id, issuing)
  return { bulk_id, revision: (await getBulk(db, ann, bulk_id)).revision }
}

/** How often licenses were tagged so, according to their history. */
async function tagged(tag: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from events where action = 'license.tagged' and details -> 'added' ? ${tag}`.execute(db)
  return rows[0]!.count
}

test('the button pressed by eight at once, and eight workers on it, do each license once', async () => {
  const { bulk_id, revision } = await aCheckedBulk('race')
  const pressed = await Promise.all(Array.from({ length: 8 }, () => runBulk(db, ann, { bulk_id, revision })))
  assert.ok(pressed.every(({ ok }) => ok))
  const started = await db.selectFrom('events').select('id').where('action', '=', 'bulk.started').execute()
  assert.equal(started.length, 1)
  await Promise.all(Array.from({ length: 8 }, () => workOnBulk(db, ann, bulk_id, issuing)))
  const { state, accepted, progress_done } = await getBulk(db, ann, bulk_id)
  assert.deepEqual({ state, accepted, progress_done }, { state: 'done', accepted: count, progress_done: count })
  assert.equal(await tagged('race'), count)
})

test('killed in the middle it goes on where it stopped, and does nothing twice', async () => {
  const { bulk_id, revision } = await aCheckedBulk('crash')
  await runBulk(db, ann, { bulk_id, revision })
  const { run } = tags
  let batches = 0
  tags.run = async (...given) => {
    const outcomes = await run(...given)
    batches += 1
    if (batches === 3) throw new Error('killed after the command, before the commit')
    return outcomes
  }
  try {
    await assert.rejects(workOnBulk(db, ann, bulk_id, issuing), /killed/)
    const half = await getBulk(db, ann, bulk_id)
    assert.deepEqual([half.state, half.progress_done, await tagged('crash')], ['running', 8, 8])
    await workOnBulk(db, ann, bulk_id, issuing)
  } finally {
    tags.run = run
  }
  const { state, accepted } = await getBulk(db, ann, bulk_id)
  assert.deepEqual([state, accepted, await tagged('crash')], ['done', count, count])
})

test('cancelled in the middle, what is done is done and the rest is left alone', async () => {
  const { bulk_id, revision } = await aCheckedBulk('cancel')
  await runBulk(db, ann, { bulk_id, revision })
  const { run } = tags
  const begun = Promise.withResolvers<void>()
  tags.run = async (...given) => {
    begun.resolve()
    return run(...given)
  }
  try {
    const working = workOnBulk(db, ann, bulk_id, issuing)
    await begun.promise
    await cancelBulk(db, ann, bulk_id)
    await working
  } finally {
    tags.run = run
  }
  const { state, accepted, refused } = await getBulk(db, ann, bulk_id)
  assert.equal(state, 'cancelled')
  assert.equal(accepted + refused, count)
  assert.ok(accepted < count, `${accepted} were done`)
  assert.equal(await tagged('cancel'), accepted)
})

test('a batch whose command refuses altogether is undone, told so, and stops nothing', async () => {
  const { bulk_id, revision } = await aCheckedBulk('gone')
  await runBulk(db, ann, { bulk_id, revision })
  await db
    .updateTable('bulk_actions')
    .set({ action: 'fields', input: JSON.stringify({ locale: 'en', fields: [{ id: ann.user_id, value: 'x' }] }) })
    .where('id', '=', bulk_id)
    .execute()
  await workOnBulk(db, ann, bulk_id, issuing)
  const rows = await db
    .selectFrom('bulk_action_rows')
    .select('outcome')
    .distinct()
    .where('bulk_action_id', '=', bulk_id)
    .execute()
  assert.deepEqual(rows, [{ outcome: 'gone' }])
  assert.equal((await getBulk(db, ann, bulk_id)).state, 'done')
})
