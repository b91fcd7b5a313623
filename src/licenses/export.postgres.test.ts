/** What only a server has: one moment for all rows, and a connection that an export keeps. */
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { sql } from 'kysely'
import { freshPostgres } from '../../test/database.ts'
import { aLicense, aMember } from '../../test/licenses.ts'
import type { Member } from '../platform/actor.ts'
import type { Database } from '../platform/db/index.ts'
import { openExport } from './export-catalog.ts'
import { catalogQuerySchema } from './schemas.ts'

let database: Database
const all = catalogQuerySchema.parse({ sort: 'serial' })

before(async (t) => {
  database = await freshPostgres(t as never)
})

/** A member with more licenses than an export reads at a time. */
async function aMemberWithMany(count: number): Promise<Member> {
  const { db } = database
  const actor = await aMember(db)
  const { id } = await aLicense(db, actor, { serial: `A${actor.organization_id.slice(-12)}` })
  const prefix = `B${actor.organization_id.slice(-12)}`
  await sql`insert into licenses (id, serial, product_version_id, kind, meter, quantity, customer_id, owner_id,
      registration_id, registered_at, created_at)
    select gen_random_uuid(), ${prefix} || lpad(n::text, 6, '0'), product_version_id, kind, meter, 1, customer_id, owner_id,
      registration_id, registered_at, created_at from licenses, generate_series(2, ${count}::int) n where id = ${id}`.execute(
    db,
  )
  return actor
}

const others = sql`datname = current_database() and pid <> pg_backend_pid() and xact_start is not null
  and backend_type = 'client backend'`

/** Transactions besides the one that asks. */
async function openTransactions(): Promise<number> {
  const { rows } = await sql<{ open: number }>`select count(*) as open from pg_stat_activity where ${others}`.execute(
    database.db,
  )
  return rows[0]!.open
}

test('an export sees one moment, whatever is changed while it is read', async () => {
  const actor = await aMemberWithMany(3500)
  const { db } = database
  const opened = await openExport(database, actor, all, 'json')
  assert.equal(opened.count, 3500)
  const { value: first } = await opened.rows.next()
  await sql`update licenses set quantity = 99, owner_id = case when quantity = 1 and serial like '%9' then null
      else owner_id end, registered_at = case when serial like '%9' then null else registered_at end,
      registration_id = case when serial like '%9' then null else registration_id end
    where owner_id = ${actor.organization_id}`.execute(db)
  const rows = [...first!]
  for await (const part of opened.rows) rows.push(...part)
  await opened.close()
  assert.equal(rows.length, 3500)
  assert.ok(rows.every(({ quantity }) => quantity === 1))
  assert.equal(await openTransactions(), 0)
})

test('an export that nobody reads on gives its connection back', async () => {
  const actor = await aMemberWithMany(2500)
  for (const parts of [0, 1, 2]) {
    const opened = await openExport(database, actor, all, 'csv')
    for (let n = 0; n < parts; n++) await opened.rows.next()
    assert.equal(await openTransactions(), 1)
    await opened.close()
    assert.equal(await openTransactions(), 0)
  }
})

test('an export whose connection breaks ends with an error, and makes room for the next', async () => {
  const actor = await aMemberWithMany(3500)
  for (let n = 0; n < 3; n++) {
    const opened = await openExport(database, actor, all, 'csv')
    await opened.rows.next()
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where ${others}`.execute(database.db)
    await assert.rejects(async () => {
      for await (const part of opened.rows) assert.ok(part.length > 0)
    })
    await opened.close()
  }
  const opened = await openExport(database, actor, all, 'csv')
  assert.equal(opened.count, 3500)
  await opened.close()
})
