import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshPostgres } from '../../test/database.ts'
import { testServices } from '../../test/services.ts'
import { systemActor } from '../platform/actor.ts'
import { uuidv7 } from '../platform/ids.ts'
import { createAccount } from './index.ts'

const person = {
  given_name: 'Ann',
  family_name: 'Miller',
  company: 'Acme',
  country: 'FR',
  phone: null,
  locale: 'en',
  time_zone: 'UTC',
  email: 'ann@acme.example',
  password_hash: 'not used here',
} as const

test('sixteen presses of Accept at once make one account and one mail', async (t) => {
  const { db, config } = testServices(await freshPostgres(t), { SECRET: 'only for tests: thirty-two characters' })
  const input = { ...person, user_id: uuidv7(), config }
  const presses = Array.from({ length: 16 }, () => createAccount(db, systemActor('test'), input))
  const results = await Promise.all(presses)
  assert.equal(new Set(results.map((each) => `${each?.user_id} ${each?.organization_id}`)).size, 1)
  assert.equal((await db.selectFrom('organizations').select('id').execute()).length, 1)
  assert.equal((await db.selectFrom('mails').select('id').execute()).length, 1)
})

test('of sixteen people who sign up with one address at once one gets it; its owner is told of the others', async (t) => {
  const { db, config } = testServices(await freshPostgres(t), { SECRET: 'only for tests: thirty-two characters' })
  const people = Array.from({ length: 16 }, () =>
    createAccount(db, systemActor('test'), { ...person, user_id: uuidv7(), config }),
  )
  const results = await Promise.all(people)
  assert.equal(results.filter(Boolean).length, 1)
  assert.equal((await db.selectFrom('organizations').select('id').execute()).length, 1)
  assert.equal((await db.selectFrom('auth.account').select('id').execute()).length, 1)
  const mails = await db.selectFrom('mails').select('template').execute()
  assert.equal(mails.filter(({ template }) => template === 'confirm-email').length, 1)
  assert.equal(mails.filter(({ template }) => template === 'account-exists').length, 15)
})

test('many nodes that start at once publish the default agreement once', async (t) => {
  const { db } = await freshPostgres(t)
  const people = Array.from({ length: 12 }, (_, n) =>
    createAccount(db, systemActor('test'), { ...person, email: `user${n}@acme.example`, confirmed: true }),
  )
  assert.equal((await Promise.all(people)).filter(Boolean).length, 12)
  assert.equal((await db.selectFrom('agreements').select('id').execute()).length, 1)
  assert.equal((await db.selectFrom('agreement_texts').select('locale').execute()).length, 3)
})
