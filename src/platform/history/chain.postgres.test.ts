/** Races on real connections. Seen red (a line refused by `events_chain`) with the lock deleted from `chain_event`. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { freshPostgres } from '../../../test/database.ts'
import { aLicense, aMember } from '../../../test/licenses.ts'
import { testServices } from '../../../test/services.ts'
import { record, recordAll } from '../audit.ts'
import { migrate, readMigrations } from '../db/index.ts'
import { checkpointHistory } from './checkpoint-history.ts'
import { type HistoryProblem, verifyHistory } from './verify-history.ts'

async function problemsOf(services: ReturnType<typeof testServices>) {
  const found: HistoryProblem[] = []
  for await (const problem of verifyHistory(services)) found.push(problem)
  return found
}

test('of many writers at once each continues the history from the line of the one before', async (t) => {
  const services = testServices(await freshPostgres(t))
  const { db } = services
  const me = await aMember(db)
  const { id } = await aLicense(db, me)
  const writers = Array.from({ length: 64 }, (_, n) =>
    db.transaction().execute((trx) => record(trx, me, 'test.changed', { license_id: id, details: { n } })),
  )
  await Promise.all(writers)
  assert.deepEqual(await problemsOf(services), [])
  const { lines } = await db
    .selectFrom('events')
    .select(({ fn }) => fn.countAll<number>().as('lines'))
    .executeTakeFirstOrThrow()
  assert.equal(lines, 64)
})

test('writers about sets of licenses that overlap, and checkpoints meanwhile, wait for one another', async (t) => {
  const services = testServices(await freshPostgres(t))
  const { db } = services
  const me = await aMember(db)
  const ids: string[] = []
  for (let n = 0; n < 12; n++) ids.push((await aLicense(db, me)).id)
  const write = (n: number) =>
    db.transaction().execute(async (trx) => {
      const some = ids.filter((_, place) => (place * 7 + n) % 3 > 0)
      const chosen = n % 2 === 0 ? some : some.toReversed()
      await sql`select from licenses where id = any(${chosen}::uuid[]) order by id for no key update`.execute(trx)
      await recordAll(
        trx,
        me,
        'test.changed',
        chosen.map((license_id) => ({ license_id, details: { n } })),
      )
    })
  const checkpoints = Array.from({ length: 4 }, () => checkpointHistory(services))
  await Promise.all([...Array.from({ length: 40 }, (_, n) => write(n)), ...checkpoints])
  assert.deepEqual(await problemsOf(services), [])
  assert.deepEqual((await Promise.all(checkpoints)).map(({ number }) => number).sort(), [1, 2, 3, 4])
})

test('history written by an older release is chained in the order of its time when the database is brought up to date', async (t) => {
  const services = testServices(await freshPostgres(t))
  const { db, database } = services
  const known = readMigrations()
  const before = known.findIndex(({ name }) => name === '0011_history_chain')
  for (const schema of ['public', 'auth', 'jobs']) await sql`drop schema ${sql.ref(schema)} cascade`.execute(db)
  await sql`create schema public`.execute(db)
  await migrate(database, known.slice(0, before))
  await sql`
    insert into events (id, at, action, actor_kind, actor_name, license_id, details)
    select gen_random_uuid(), timestamptz '2026-01-01' + (7919 * n % 100) * interval '1 hour', 'test.old', 'system', 'x',
      case when n % 5 > 0 then ('00000000-0000-0000-0000-00000000000' || n % 5)::uuid end, jsonb_build_object('n', n)
    from generate_series(1, 100) n`.execute(db)
  await migrate(database, known)
  assert.deepEqual(await problemsOf(services), [])
  const { rows } = await sql<{ lines: number; disordered: number }>`
    select count(*) as lines, count(*) filter (where before > at) as disordered from (
      select at, lag(at) over (partition by license_id order by chain_number) as before
      from events where license_id is not null) e`.execute(db)
  assert.deepEqual(rows, [{ lines: 80, disordered: 0 }])
})
