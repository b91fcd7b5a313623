/** What there may be only so many of stays within its limit when several add at once; red without the locks. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { freshPostgres } from '../../test/database.ts'
import { aLicense, aMember, now } from '../../test/licenses.ts'
import { addLicenseInformation, mostBookmarks } from './add-license-information.ts'
import { listTags } from './list-tags.ts'
import { listSearches, mostSearches, newSearchSchema, saveSearch } from './saved-searches.ts'
import { mostDistinctTags, mostTags, tagLicenses } from './tag-licenses.ts'

const contenders = 8

test('of several managers who bring new tags at once, one brings the last that fits', async (t) => {
  const { db } = await freshPostgres(t)
  const me = await aMember(db)
  const managers = await Promise.all(Array.from({ length: contenders }, () => aMember(db, 'manager', me)))
  for (let n = 0; n < mostDistinctTags - 1; n += mostTags) {
    const { id } = await aLicense(db, me)
    const add = Array.from({ length: Math.min(mostTags, mostDistinctTags - 1 - n) }, (_, m) => `tag ${n + m}`)
    await tagLicenses(db, me, { license_ids: [id], add, remove: [] })
  }
  const licenses = await Promise.all(managers.map(() => aLicense(db, me)))
  const tried = await Promise.all(
    managers.map((actor, n) =>
      tagLicenses(db, actor, { license_ids: [licenses[n]!.id], add: [`new ${n}`], remove: [] }),
    ),
  )
  assert.equal(tried.filter(({ ok }) => ok).length, 1)
  assert.equal((await listTags(db, me)).length, mostDistinctTags)
})

test('a user who saves searches in several tabs at once has no more than there can be', async (t) => {
  const { db } = await freshPostgres(t)
  const me = await aMember(db)
  const save = (name: string) => saveSearch(db, me, newSearchSchema.parse({ name }))
  for (let n = 0; n < mostSearches - 1; n++) await save(`search ${n}`)
  // Connections for all, so that none has saved before another begins.
  await Promise.all(Array.from({ length: contenders }, () => sql`select pg_sleep(0.2)`.execute(db)))
  const tried = await Promise.all(Array.from({ length: contenders }, (_, n) => save(`new ${n}`)))
  assert.equal(tried.filter(({ ok }) => ok).length, 1)
  assert.equal((await listSearches(db, me)).length, mostSearches)
})

test('several managers who add license information at once stay within the limit', async (t) => {
  const { db } = await freshPostgres(t)
  const me = await aMember(db)
  const managers = await Promise.all(Array.from({ length: contenders }, () => aMember(db, 'manager', me)))
  const { id } = await aLicense(db, null)
  await sql`
    insert into licenses (id, serial, product_version_id, kind, meter, quantity, customer_id, created_at)
    select gen_random_uuid(), 'FILL-' || n, product_version_id, kind, meter, 1, customer_id, ${now}
    from licenses, generate_series(10, ${mostBookmarks + 8}::int) n where id = ${id}`.execute(db)
  await sql`
    insert into license_bookmarks (organization_id, license_id, created_by, created_at)
    select ${me.organization_id}, id, ${me.user_id}, ${now} from licenses
    where serial like 'FILL-%'`.execute(db)
  const { count } = await db
    .selectFrom('license_bookmarks')
    .select((e) => e.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  assert.equal(count, mostBookmarks - 1)
  const licenses = await Promise.all(managers.map(() => aLicense(db, null)))
  const tried = await Promise.all(
    managers.map((actor, n) => addLicenseInformation(db, actor, { text: licenses[n]!.serial })),
  )
  assert.equal(tried.filter(({ ok }) => ok).length, 1)
})
