/** Each way of tampering is done as its author would do it: with the triggers off, straight in the tables. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { type RawBuilder, sql } from 'kysely'
import { commandIo } from '../../../test/command-io.ts'
import { freshDatabase } from '../../../test/database.ts'
import { aLicense, aMember } from '../../../test/licenses.ts'
import { testServices } from '../../../test/services.ts'
import { type Member, systemActor } from '../actor.ts'
import { pseudonymise, recordAll } from '../audit.ts'
import type { Db } from '../db/index.ts'
import { uuidv7 } from '../ids.ts'
import type { Services } from '../services.ts'
import { auditCommand } from './audit-command.ts'
import { checkpointHistory } from './checkpoint-history.ts'

const serial = 'M0123456789'

/** Two licenses with five lines of history each. */
async function aHistory(t: TestContext) {
  const services = testServices(await freshDatabase(t))
  const { db } = services
  const me = await aMember(db)
  const { id } = await aLicense(db, me, { serial })
  const other = await aLicense(db, me, { serial: 'M9999999999' })
  for (let n = 1; n <= 5; n++) await write(db, me, [id, other.id], n)
  const [line, next] = await db
    .selectFrom('events')
    .selectAll()
    .where('license_id', '=', id)
    .where('chain_number', 'in', [3, 4])
    .orderBy('chain_number')
    .execute()
  return { services, db, me, id, line: line!, next: next! }
}

function write(db: Db, actor: Member, licenses: string[], n: number) {
  const subjects = licenses.map((license_id) => ({ license_id, details: { note: `line ${n}`, n, half: n / 2 } }))
  return db.transaction().execute((trx) => recordAll(trx, actor, 'test.changed', subjects))
}

async function tamper(db: Db, ...statements: RawBuilder<unknown>[]) {
  const tables = ['events', 'history_checkpoints', 'history_heads'].map((name) => sql.table(name))
  await db.transaction().execute(async (trx) => {
    for (const table of tables) await sql`alter table ${table} disable trigger user`.execute(trx)
    for (const statement of statements) await statement.execute(trx)
    await sql`set constraints all immediate`.execute(trx)
    for (const table of tables) await sql`alter table ${table} enable trigger user`.execute(trx)
  })
}

async function audit(services: Services, ...argv: string[]) {
  const io = commandIo('/')
  const exit = await auditCommand(services, argv, io)
  const { stdout, stderr } = io.written()
  return { exit, stderr, lines: stdout.trimEnd().split('\n') }
}

/** What `keyport audit verify` finds: the lines about problems. */
async function problemsFound(services: Services, ...argv: string[]): Promise<string[]> {
  const { exit, lines } = await audit(services, 'verify', ...argv)
  const found = lines.slice(0, -1)
  assert.equal(exit, found.length > 0 ? 1 : 0)
  assert.ok(lines.at(-1)!.endsWith(`${found.length} problems found`))
  return found
}

test('history as it was written verifies, before and after checkpoints, and each line follows the one before', async (t) => {
  const { services, db, me, id } = await aHistory(t)
  assert.deepEqual(await problemsFound(services), [])
  await checkpointHistory(services)
  await write(db, me, [id, id, id], 6)
  await checkpointHistory(services)
  const { lines, exit } = await audit(services, 'verify')
  assert.deepEqual({ lines, exit }, { lines: ['13 lines and 2 checkpoints read, 0 problems found'], exit: 0 })
  const numbers = await db
    .selectFrom('events')
    .select('chain_number')
    .where('license_id', '=', id)
    .orderBy('id')
    .execute()
  assert.deepEqual(
    numbers.map(({ chain_number }) => chain_number),
    [1, 2, 3, 4, 5, 6, 7, 8],
  )
})

test('history longer than a page of the walk verifies, and a change at the seam of two pages is found', async (t) => {
  const { services, db, me, id } = await aHistory(t)
  await write(db, me, Array(10_100).fill(id), 6)
  assert.deepEqual(await problemsFound(services), [])
  for (const number of [5_000, 5_001, 5_002, 10_001]) {
    await tamper(db, sql`update events set details = '{}' where license_id = ${id} and chain_number = ${number}`)
  }
  const found = await problemsFound(services)
  assert.deepEqual(
    found.map((line) => /line (\d+)/.exec(line)![1]),
    ['5000', '5001', '5002', '10001'],
  )
})

test('every part of a line that was changed is found', async (t) => {
  const { services, db, line } = await aHistory(t)
  const changes = {
    at: sql`at + interval '1 microsecond'`,
    action: sql`'test.forged'`,
    actor_kind: sql`'operator'`,
    actor_user_id: sql`${uuidv7()}::uuid`,
    on_behalf_of: sql`(select id from organizations limit 1)`,
    organization_id: sql`(select id from organizations limit 1)`,
    customer_id: sql`${uuidv7()}::uuid`,
    subject_id: sql`${uuidv7()}::uuid`,
    request_id: sql`'another'`,
    details: sql`details || '{"n": 4}'`,
    chain_hash: sql`sha256(chain_hash)`,
  }
  for (const [column, value] of Object.entries(changes)) {
    const before = sql`select ${sql.ref(column)} as value from events where id = ${line.id}`
    const { value: kept } = (await sql<{ value: unknown }>`${before}`.execute(db)).rows[0]!
    await tamper(db, sql`update events set ${sql.ref(column)} = ${value} where id = ${line.id}`)
    const found = await problemsFound(services)
    assert.ok(found[0]?.startsWith(`license ${serial}: line 3 (`), `${column}: ${found}`)
    const back = column === 'details' ? JSON.stringify(kept) : kept
    const original = column === 'at' ? sql`at - interval '1 microsecond'` : sql`${back}`
    await tamper(db, sql`update events set ${sql.ref(column)} = ${original} where id = ${line.id}`)
    assert.deepEqual(await problemsFound(services), [], `${column}, put back`)
  }
})

test("a name of the vendor's systems that was changed is found", async (t) => {
  const { services, db, id } = await aHistory(t)
  const importer = systemActor('import')
  await db.transaction().execute((trx) => recordAll(trx, importer, 'test.changed', [{ license_id: id }]))
  await tamper(db, sql`update events set actor_name = 'somebody else' where actor_name = 'import'`)
  assert.match((await problemsFound(services)).join(), /line 6 \(test\.changed/)
})

test('a changed line whose hash was made to fit is found by the line after it', async (t) => {
  const { services, db, line } = await aHistory(t)
  await tamper(
    db,
    sql`update events set details = '{}' where id = ${line.id}`,
    sql`update events e set chain_hash = event_hash((select chain_hash from events p
      where p.license_id = e.license_id and p.chain_number = 2), e) where id = ${line.id}`,
  )
  assert.match((await problemsFound(services)).join(), new RegExp(`^license ${serial}: line 4 \\(`))
})

test('lines removed from the middle, from the start, or moved to no license or another are found', async (t) => {
  const { services, db, id, line } = await aHistory(t)
  const other = (await db.selectFrom('licenses').select('id').where('id', '<>', id).executeTakeFirstOrThrow()).id
  await tamper(
    db,
    sql`update events set license_id = ${other}, chain_number = 6 where id = ${line.id}`,
    sql`delete from events where license_id = ${id} and chain_number = 1`,
  )
  assert.deepEqual(await problemsFound(services), [
    `license ${serial}: line 1 is missing`,
    `license ${serial}: line 3 is missing`,
    `license M9999999999: line 6 (test.changed, ${line.at.toISOString()}) was changed, or is not in its place`,
  ])
})

test('lines in another order are found', async (t) => {
  const { services, db, line, next } = await aHistory(t)
  const to = (id: string, number: number) => sql`update events set chain_number = ${number} where id = ${id}`
  await tamper(db, to(line.id, 99), to(next.id, 3), to(line.id, 4))
  const found = await problemsFound(services)
  assert.deepEqual(
    found.map((text) => /line (\d)/.exec(text)![1]),
    ['3', '4', '5'],
  )
})

test('a line inserted between others, and one claiming a place that is taken, are found', async (t) => {
  const { services, db, id, line } = await aHistory(t)
  const insert = (number: number) => sql`
    insert into events (id, at, action, actor_kind, actor_name, license_id, chain_number, chain_hash)
    values (${uuidv7()}, ${line.at}, 'test.forged', 'system', 'x', ${id}, ${number}, ${line.chain_hash})`
  await tamper(
    db,
    sql`update events set chain_number = chain_number + 10 where license_id = ${id} and chain_number >= 3`,
    sql`update events set chain_number = chain_number - 9 where license_id = ${id} and chain_number >= 13`,
    insert(3),
  )
  const found = await problemsFound(services)
  assert.deepEqual(
    found.map((text) => /line (\d)/.exec(text)![1]),
    ['3', '4', '5', '6'],
  )
})

test('lines cut off the end and whole histories removed are found by the checkpoint before', async (t) => {
  const { services, db, id } = await aHistory(t)
  await checkpointHistory(services)
  await tamper(db, sql`delete from events where license_id = ${id} and chain_number >= 4`)
  assert.deepEqual(await problemsFound(services), [
    `license ${serial}: ended with line 5 at checkpoint 1; 3 lines are left`,
  ])
  await tamper(db, sql`delete from events where license_id = ${id}`)
  assert.deepEqual(await problemsFound(services), [
    `license ${serial}: ended with line 5 at checkpoint 1; 0 lines are left`,
  ])
})

test('a history written anew with hashes that fit is found by the checkpoint, once', async (t) => {
  const { services, db, me, id } = await aHistory(t)
  await checkpointHistory(services)
  await write(db, me, [id], 6)
  await checkpointHistory(services)
  await tamper(db, sql`delete from events where license_id = ${id}`)
  for (let n = 1; n <= 6; n++) await write(db, me, [id], n + 10)
  assert.deepEqual(await problemsFound(services), [
    `license ${serial}: the lines up to 5 were written anew after checkpoint 1`,
  ])
})

test('checkpoints that were changed, removed, or made with another secret are found', async (t) => {
  const { services, db, me, id } = await aHistory(t)
  await checkpointHistory(services)
  await write(db, me, [id], 6)
  await checkpointHistory(services)
  await checkpointHistory(services)
  const changed = (number: number) => `checkpoint ${number} was changed, or SECRET is not the one that it was made with`

  const foreign = testServices(services.database, { SECRET: 'another secret of thirty-two letters' })
  assert.deepEqual(await problemsFound(foreign), [1, 2, 3].map(changed))

  await tamper(db, sql`update history_checkpoints set at = at + interval '1 day' where number = 1`)
  assert.deepEqual(await problemsFound(services), [changed(1)])
  await tamper(db, sql`update history_checkpoints set at = at - interval '1 day' where number = 1`)

  await tamper(
    db,
    sql`delete from history_heads where checkpoint = 2`,
    sql`delete from history_checkpoints where number = 2`,
  )
  assert.deepEqual(await problemsFound(services), ['checkpoint 2 is missing', changed(3)])
})

test('what was cut off with its checkpoints is found by a checkpoint kept elsewhere', async (t) => {
  const { services, db, me, id } = await aHistory(t)
  const [first] = (await audit(services, 'checkpoint')).lines
  await write(db, me, [id], 6)
  const [second] = (await audit(services, 'checkpoint')).lines
  assert.deepEqual(await problemsFound(services, '--checkpoint', first!), [])
  assert.deepEqual(await problemsFound(services, '--checkpoint', second!), [])

  await tamper(
    db,
    sql`delete from events where license_id = ${id} and chain_number = 6`,
    sql`delete from history_heads where checkpoint = 2`,
    sql`delete from history_checkpoints where number = 2`,
  )
  assert.deepEqual(await problemsFound(services), [])
  assert.deepEqual(await problemsFound(services, '--checkpoint', first!), [])
  assert.deepEqual(await problemsFound(services, '--checkpoint', second!), ['checkpoint 2 is missing'])
  await checkpointHistory(services)
  assert.deepEqual(await problemsFound(services, '--checkpoint', second!), [
    'checkpoint 2 is not the one that was printed',
  ])
})

test('a checkpoint notes the histories that grew since the one before, and no others', async (t) => {
  const { services, db, me, id } = await aHistory(t)
  const { stderr } = await audit(services, 'checkpoint')
  assert.equal(stderr, 'checkpoint 1: 2 histories grew since the one before\n')
  assert.equal((await checkpointHistory(services)).histories, 0)
  await write(db, me, [id], 6)
  assert.equal((await checkpointHistory(services)).histories, 1)
})

test('history takes pseudonyms for users and no other change', async (t) => {
  const { services, db, me, id, line } = await aHistory(t)
  const importer = systemActor('import')
  await db.transaction().execute((trx) => recordAll(trx, importer, 'test.changed', [{ license_id: id }]))
  await sql`update events set address = '192.0.2.1' where id = ${line.id}`.execute(db)
  await db.transaction().execute((trx) => pseudonymise(trx, me.user_id, 'Former user 7'))
  const rows = await db.selectFrom('events').select(['actor_name', 'address']).where('license_id', '=', id).execute()
  assert.deepEqual([...new Set(rows.map(({ actor_name }) => actor_name))].sort(), ['Former user 7', 'import'])
  assert.ok(rows.every(({ address }) => address === null))
  assert.deepEqual(await problemsFound(services), [])

  for (const refused of [
    sql`update events set action = 'test.forged' where id = ${line.id}`,
    sql`update events set actor_name = 'x', details = '{}' where id = ${line.id}`,
    sql`update events set actor_name = 'x' where actor_name = 'import'`,
    sql`update events set chain_hash = sha256(''::bytea) where id = ${line.id}`,
    sql`delete from events where id = ${line.id}`,
    sql`truncate events`,
    sql`update history_checkpoints set at = now()`,
    sql`delete from history_heads`,
  ]) {
    await assert.rejects(refused.execute(db), { code: '23001' })
  }
})

test('keyport audit called wrongly explains itself', async (t) => {
  const services = testServices(await freshDatabase(t))
  for (const argv of [
    [],
    ['verify', 'all'],
    ['checkpoint', '--checkpoint', `1:${'a'.repeat(64)}`],
    ['verify', '--checkpoint', '1:xyz'],
  ]) {
    const { exit, stderr } = await audit(services, ...argv)
    assert.equal(exit, 2)
    assert.match(stderr, /^Usage: keyport audit/)
  }
  assert.equal((await audit(services, '--help')).exit, 0)
  assert.equal((await audit(services, 'verify')).lines[0], '0 lines and 0 checkpoints read, 0 problems found')
})
