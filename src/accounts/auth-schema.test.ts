import assert from 'node:assert/strict'
import { test } from 'node:test'
import { getMigrations } from 'better-auth/db/migration'
import { freshDatabase } from '../../test/database.ts'
import { testServices } from '../../test/services.ts'
import { authOptions } from './auth.ts'

const secret = { SECRET: 'only for tests: thirty-two characters' }

test('our migrations give better-auth every table, column and index it asks for', async (t) => {
  const services = testServices(await freshDatabase(t), secret)
  const { toBeCreated, toBeAdded, compileMigrations } = await getMigrations(authOptions(services))
  assert.deepEqual(toBeCreated, [])
  assert.deepEqual(toBeAdded, [])
  assert.equal(await compileMigrations(), ';')
})

test('a column that goes missing would be noticed', async (t) => {
  const services = testServices(await freshDatabase(t), secret)
  await services.db.schema.alterTable('auth.user').dropColumn('timeZone').execute()
  const { compileMigrations } = await getMigrations(authOptions(services))
  assert.match(await compileMigrations(), /"timeZone"/)
})
