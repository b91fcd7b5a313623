import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { freshPostgres } from '../../../test/database.ts'
import { migrate, openDatabase, readMigrations } from './index.ts'

test('of eight nodes that start at once, each applies what the others have not', async (t) => {
  const { db, databaseUrl } = await freshPostgres(t)
  const texts = [
    'create table raced (id int)',
    'insert into raced values (1)',
    'select pg_sleep(0.05); insert into raced values (2)',
  ]
  const known = readMigrations()
  const added = texts.map((text, index) => {
    const number = known.length + index + 1
    return {
      number,
      name: `${String(number).padStart(4, '0')}_test`,
      text,
      checksum: createHash('sha256').update(text).digest('hex'),
    }
  })
  const nodes = await Promise.all(Array.from({ length: 8 }, () => openDatabase({ databaseUrl, dataDir: '' })))

  const applied = await Promise.all(nodes.map((node) => migrate(node, [...known, ...added])))

  await Promise.all(nodes.map((node) => node.close()))
  assert.deepEqual(
    applied.flat().sort(),
    added.map((each) => each.name),
  )
  assert.deepEqual((await sql`select id from raced order by id`.execute(db)).rows, [{ id: 1 }, { id: 2 }])
})
