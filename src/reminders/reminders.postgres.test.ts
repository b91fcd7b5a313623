/** Races on real connections. */
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { freshPostgres } from '../../test/database.ts'
import { aLicense, aMember, aProduct } from '../../test/licenses.ts'
import { testServices } from '../../test/services.ts'
import type { Services } from '../platform/services.ts'
import { findFeed, makeFeed, openFeed } from './calendar-feeds.ts'
import { remindAll } from './remind.ts'

let services: Services

before(async (t) => {
  services = testServices(await freshPostgres(t as never))
})

test('eight runs at once, at the same moment or not, remind of each end once', async () => {
  const { db } = services
  const owner = await aMember(db, 'administrator')
  const version = await aProduct(db)
  for (let n = 0; n < 30; n++) await aLicense(db, owner, { product_version_id: version, ends_on: '2026-12-31' })
  const moment = (n: number) => new Date(Date.parse('2026-12-24T05:23:00Z') + (n % 4))
  const runs = Array.from({ length: 8 }, (_, n) => remindAll(services, moment(n)))
  assert.deepEqual(await Promise.all(runs), Array(8).fill([]))
  assert.equal((await db.selectFrom('reminders').select('license_id').execute()).length, 30)
  const mails = await db.selectFrom('mails').select('subject').where('to_address', '=', owner.email!).execute()
  assert.equal(mails.length, 1)
  assert.match(mails[0]!.subject, /^30 licenses/)
})

test('of eight calendar addresses made at once one works', async () => {
  const { db } = services
  const actor = await aMember(db, 'viewer')
  const made = await Promise.all(Array.from({ length: 8 }, () => makeFeed(db, actor)))
  await db.updateTable('auth.user').set({ emailVerified: true }).where('id', '=', actor.user_id).execute()
  const open = await Promise.all(made.map(({ token }) => openFeed(db, token)))
  assert.equal(open.filter(Boolean).length, 1)
  assert.ok(await findFeed(db, actor))
})
