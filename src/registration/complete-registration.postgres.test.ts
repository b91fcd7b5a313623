/** Races on real connections. Each was seen red with its lock deleted. */
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { freshPostgres } from '../../test/database.ts'
import { anIssuing } from '../../test/issuing.ts'
import { aLicense, aMember, aProduct, fillPool, type SomeLicense, type SomeProduct } from '../../test/licensing.ts'
import { aVerifiedDraft } from '../../test/registering.ts'
import type { Database, Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { addSerials } from './add-serials.ts'
import { type Completion, completeRegistration, type Issuing } from './complete-registration.ts'
import { mostSerials } from './schemas.ts'
import { startDraft } from './start-draft.ts'

let database: Database
let db: Db
let issuing: Issuing
let product: SomeProduct
const contenders = 16

before(async (t) => {
  database = await freshPostgres(t as never)
  db = database.db
  issuing = await anIssuing(db)
  product = await aProduct(db, { key_scheme: 'code' })
})

async function many<V>(count: number, make: (n: number) => Promise<V>): Promise<V[]> {
  return Promise.all(Array.from({ length: count }, (_, n) => make(n)))
}

/** A draft of a new organization's manager, verified; `complete` presses the button. */
async function aContender(licenses: SomeLicense[]) {
  const actor = await aMember(db)
  const draft = await aVerifiedDraft(
    db,
    actor,
    licenses.map(({ serial }) => serial),
  )
  return { actor, draft, complete: () => completeRegistration(db, actor, draft, issuing) }
}

const won = (results: Completion[]) => results.filter((result) => result.ok)

async function countOf(table: 'license_keys' | 'registrations', where: ReturnType<typeof sql>): Promise<number> {
  const { rows } = await sql<{
    count: number
  }>`select count(*) as count from ${sql.table(table)} where ${where}`.execute(db)
  return rows[0]!.count
}

for (let round = 1; round <= 5; round++) {
  test(`of sixteen organizations registering one serial number exactly one wins, the others are told (round ${round})`, async () => {
    const license = await aLicense(db, product)
    const all = await many(contenders, () => aContender([license]))
    const results = await Promise.all(all.map((one) => one.complete()))
    assert.equal(won(results).length, 1)
    for (const result of results.filter((result) => !result.ok)) {
      assert.deepEqual(result, { ok: false, refusal: 'refused_serials', serials: [license.serial] })
    }
    assert.equal(await countOf('license_keys', sql`license_id = ${license.id}`), 1)
    const winner = all[results.findIndex((result) => result.ok)]!
    const row = await db.selectFrom('licenses').selectAll().where('id', '=', license.id).executeTakeFirstOrThrow()
    assert.equal(row.owner_id, winner.actor.organization_id)
    const events = await db.selectFrom('events').select('id').where('license_id', '=', license.id).execute()
    assert.equal(events.length, 1)
  })
}

test('sixteen submissions of one draft give one registration, and all of them the same', async () => {
  const one = await aContender([await aLicense(db, product), await aLicense(db, product)])
  const results = await many(contenders, () => one.complete())
  assert.equal(new Set(results.map((result) => JSON.stringify(result))).size, 1)
  assert.equal(won(results).length, contenders)
  assert.equal(await countOf('registrations', sql`draft_id = ${one.draft.draft_id}`), 1)
})

test('a draft submitted again while it completes gives the same registration, whenever that comes', async () => {
  for (let round = 0; round < 10; round++) {
    const one = await aContender([await aLicense(db, product), await aLicense(db, product)])
    const results = await many(contenders, (n) => wait(2 * n).then(() => one.complete()))
    assert.equal(won(results).length, contenders)
    assert.equal(new Set(results.map((result) => JSON.stringify(result))).size, 1)
  }
})

test('colleagues with two drafts of the same serial number: one registers it, the other is told', async () => {
  const license = await aLicense(db, product)
  const actor = await aMember(db)
  const colleague = await aMember(db, { organization_id: actor.organization_id })
  const both = await Promise.all(
    [actor, colleague].map(async (who) => ({ who, draft: await aVerifiedDraft(db, who, [license.serial]) })),
  )
  const results = await Promise.all(both.map(({ who, draft }) => completeRegistration(db, who, draft, issuing)))
  assert.equal(won(results).length, 1)
})

test('a serial number added while its basket completes is refused, not lost', async () => {
  const [license, late] = [await aLicense(db, product), await aLicense(db, product)]
  const { actor, draft, complete } = await aContender([license])
  const blocker = await database.pool.connect()
  await blocker.query('begin')
  await blocker.query('select 1 from licenses where id = $1 for update', [license.id])
  const completing = complete()
  await someoneWaits()
  const adding = addSerials(db, actor, { draft_id: draft.draft_id, text: late.serial })
  await Promise.race([adding.catch(() => {}), wait(300)])
  await blocker.query('commit')
  blocker.release()
  assert.equal((await completing).ok, true)
  await assert.rejects(adding, (error) => error instanceof AppError && error.code === 'stale')
})

/** Until a statement waits for a lock that another transaction holds. */
async function someoneWaits() {
  for (;;) {
    const { rows } = await sql<{ waiting: number }>`
      select count(*) as waiting from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(db)
    if (rows[0]!.waiting > 0) return
    await wait(10)
  }
}

test('baskets that overlap in opposite orders wait for one another instead of deadlocking', async () => {
  for (let round = 0; round < 5; round++) {
    const licenses = await many(40, () => aLicense(db, product))
    const all = await many(8, (n) => aContender(n % 2 ? licenses : licenses.toReversed()))
    const results = await Promise.all(all.map((one) => one.complete()))
    assert.equal(won(results).length, 1)
  }
})

test('a pool with ten keys serves ten of sixteen registrations, each key once', async () => {
  const pooled = await aProduct(db, { key_scheme: 'pool' })
  await fillPool(db, pooled, 10)
  const all = await many(contenders, async () => aContender([await aLicense(db, pooled)]))
  const results = await Promise.all(all.map((one) => one.complete()))
  const winners = won(results).length
  assert.ok(winners >= 1 && winners <= 10)
  for (const result of results) assert.ok(result.ok || result.refusal === 'pool_empty')
  const { rows } = await sql<{ used: number; texts: number }>`
    select count(*) as used, count(distinct k.key_text) as texts
    from license_keys k join pool_keys p on p.license_key_id = k.id where p.product_id = ${pooled.product_id}`.execute(
    db,
  )
  assert.deepEqual(rows[0], { used: winners, texts: winners })
})

test('sixteen renewals of one license raise its maintenance to the latest end, with one active key', async () => {
  const base = await aProduct(db)
  const maintenance = await aProduct(db, {
    kind: 'maintenance',
    key_scheme: 'none',
    covers_product_id: base.product_id,
  })
  const covered = await aLicense(db, base)
  const actor = await aMember(db)
  const first = await aVerifiedDraft(db, actor, [covered.serial])
  assert.equal((await completeRegistration(db, actor, first, issuing)).ok, true)
  const drafts = await many(contenders, async (n) => {
    const ends_on = `20${30 + n}-12-31`
    const { serial } = await aLicense(db, maintenance, { ends_on, covers_license_id: covered.id })
    return { ends_on, draft: await aVerifiedDraft(db, actor, [serial]) }
  })
  const results = await Promise.all(drafts.map(({ draft }) => completeRegistration(db, actor, draft, issuing)))
  const ends = drafts.filter((_, n) => results[n]!.ok).map(({ ends_on }) => ends_on)
  assert.ok(ends.length >= 1)
  for (const result of results) assert.ok(result.ok || result.refusal === 'taken')
  const row = await db.selectFrom('licenses').selectAll().where('id', '=', covered.id).executeTakeFirstOrThrow()
  assert.equal(row.maintenance_until, ends.sort().at(-1))
  assert.equal(await countOf('license_keys', sql`license_id = ${covered.id} and superseded_at is null`), 1)
})

test('a basket filled from many tabs never holds more than it may', async () => {
  const actor = await aMember(db)
  const draft_id = await startDraft(db, actor)
  await sql`insert into registration_draft_serials (draft_id, position, serial)
    select ${draft_id}, n, 'FILL' || n from generate_series(1, ${mostSerials - 3}) n`.execute(db)
  const licenses = await many(contenders, () => aLicense(db, product))
  const results = await Promise.all(licenses.map(({ serial }) => addSerials(db, actor, { draft_id, text: serial })))
  assert.equal(results.filter((result) => result.ok).length, 3)
})
