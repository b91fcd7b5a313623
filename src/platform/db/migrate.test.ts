import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { sql } from 'kysely'
import { freshDatabase } from '../../../test/database.ts'
import { type Migration, MigrationRefused, migrate, readMigrations } from './migrate.ts'

/** The real migrations and then these. */
function more(...texts: string[]): Migration[] {
  const known = readMigrations()
  const added = texts.map((text, index) => {
    const number = known.length + index + 1
    const checksum = createHash('sha256').update(text).digest('hex')
    return { number, name: `${String(number).padStart(4, '0')}_test`, text, checksum }
  })
  return [...known, ...added]
}

function folderOf(t: TestContext, files: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'keyport-migrations-'))
  t.after(() => rmSync(folder, { recursive: true }))
  for (const file of files) writeFileSync(join(folder, file), 'select 1')
  return folder
}

test('a fresh database has every migration, and migrating again does nothing', async (t) => {
  const database = await freshDatabase(t)
  assert.deepEqual(await migrate(database), [])
  const rows = await database.db
    .selectFrom('schema_migrations')
    .select(['number', 'name', 'checksum'])
    .orderBy('number')
    .execute()
  assert.deepEqual(
    rows,
    readMigrations().map(({ number, name, checksum }) => ({ number, name, checksum })),
  )
})

test('new migrations are applied in order, each once', async (t) => {
  const database = await freshDatabase(t)
  const migrations = more('create table a (id int); create table b (id int)', 'insert into a values (1)')
  assert.deepEqual(
    await migrate(database, migrations),
    migrations.slice(-2).map((each) => each.name),
  )
  assert.deepEqual(await migrate(database, migrations), [])
  assert.deepEqual((await sql`select id from a`.execute(database.db)).rows, [{ id: 1 }])
})

test('a migration that fails leaves nothing of itself, and those before it stay', async (t) => {
  const database = await freshDatabase(t)
  const migrations = more('create table kept (id int)', 'create table lost (id int); select 1 / 0')
  await assert.rejects(migrate(database, migrations), /division by zero/)
  const { rows } = await sql`select to_regclass('kept') as kept, to_regclass('lost') as lost`.execute(database.db)
  assert.deepEqual(rows, [{ kept: 'kept', lost: null }])
})

test('an applied migration whose text changed is refused', async (t) => {
  const database = await freshDatabase(t)
  await migrate(database, more('create table a (id int)'))
  await assert.rejects(migrate(database, more('create table a (id bigint)')), (error: Error) => {
    assert.ok(error instanceof MigrationRefused)
    assert.match(error.message, /_test was applied with another content/)
    return true
  })
})

test('a database newer than the program is refused', async (t) => {
  const database = await freshDatabase(t)
  await migrate(database, more('create table a (id int)'))
  await assert.rejects(migrate(database), { name: 'MigrationRefused', message: /opened by a newer release/ })
})

test('migration files are numbered without gaps and named NNNN_name.sql', (t) => {
  assert.equal(readMigrations(folderOf(t, ['0001_one.sql', '0002_two.sql'])).length, 2)
  assert.throws(() => readMigrations(folderOf(t, ['0001_one.sql', '0003_three.sql'])), MigrationRefused)
  assert.throws(() => readMigrations(folderOf(t, ['0001_one.sql', '0001_two.sql'])), MigrationRefused)
  assert.throws(() => readMigrations(folderOf(t, ['0001_one.sql', 'notes.txt'])), MigrationRefused)
})
