/** Races on a real server: each was seen red without its lock. */
import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { sql } from 'kysely'
import { freshPostgres } from '../../test/database.ts'
import { aMember, aProduct } from '../../test/licensing.ts'
import { aFile, aStore, someTerms } from '../../test/releases.ts'
import { testServices } from '../../test/services.ts'
import { systemActor } from '../platform/actor.ts'
import { openStorage, partSize } from '../platform/storage/index.ts'
import { beginUpload } from './begin-upload.ts'
import { withdrawRelease } from './change-release.ts'
import { createRelease } from './create-release.ts'
import { finishUpload } from './finish-upload.ts'
import { listDownloads } from './history.ts'
import { publishRelease } from './publish-release.ts'
import { receivePart } from './receive-part.ts'
import { activeReleaseKey, listReleaseKeys } from './release-keys.ts'
import { saveTerms } from './save-terms.ts'

const actor = systemActor('race')
const sixteen = Array.from({ length: 16 }, (_, n) => n)
const facts = { platform: 'any', language: null, countries: [], sha256: null } as const

async function aPlace(t: TestContext) {
  const services = testServices(await freshPostgres(t), await aStore(t))
  const { db, config } = services
  const product = await aProduct(db)
  const created = await createRelease(db, actor, {
    product: product.code,
    version: '2.0',
    released_on: null,
    notes: '',
  })
  assert.ok(created.ok)
  return { db, config, storage: openStorage(config), product, release_id: created.release_id }
}

test('of sixteen that send one part of a file, each with other bytes, exactly one is taken: what is stored is what was hashed', async (t) => {
  const place = await aPlace(t)
  for (let round = 0; round < 5; round++) {
    const file = { ...facts, countries: [], name: `${round}.bin`, size: 2 * partSize, release_id: place.release_id }
    const begun = await beginUpload(place, actor, file)
    assert.ok(begun.ok)
    const send = (offset: number) =>
      receivePart(place, actor, { upload_id: begun.upload_id, offset, bytes: randomBytes(partSize) })
    for (const offset of [0, partSize]) {
      const results = await Promise.all(sixteen.map(() => send(offset)))
      assert.equal(results.filter(({ ok }) => ok).length, 1)
    }
    const finished = await finishUpload(place, actor, begun.upload_id)
    const stored = await place.storage.read(`releases/${place.release_id}/${begun.upload_id}`)
    const content = Buffer.from(await new Response(stored).arrayBuffer())
    assert.equal(finished.ok && finished.sha256, createHash('sha256').update(content).digest('hex'))
  }
})

test('of sixteen that finish one upload, all hear of the same one file', async (t) => {
  const place = await aPlace(t)
  const file = { ...facts, countries: [], name: 'a.bin', size: 10, release_id: place.release_id }
  const begun = await beginUpload(place, actor, file)
  assert.ok(begun.ok)
  await receivePart(place, actor, { upload_id: begun.upload_id, offset: 0, bytes: randomBytes(10) })
  const results = await Promise.all(sixteen.map(() => finishUpload(place, actor, begun.upload_id)))
  assert.ok(results.every(({ ok }) => ok))
  assert.equal((await place.db.selectFrom('release_files').select('id').execute()).length, 1)
  const added = await place.db.selectFrom('events').select('id').where('action', '=', 'release.file_added').execute()
  assert.equal(added.length, 1)
})

test('of sixteen that publish or withdraw one release, one publishes, and what is withdrawn stays so', async (t) => {
  const place = await aPlace(t)
  await aFile(place, place.release_id)
  await someTerms(place.db)
  const { release_id } = place
  const published = await Promise.all(sixteen.map(() => publishRelease(place, actor, { release_id })))
  assert.equal(published.filter(({ ok }) => ok).length, 1)
  await aFile(place, release_id, { name: 'later.bin' })
  const mixed = await Promise.all(
    sixteen.map((n) =>
      n % 2
        ? publishRelease(place, actor, { release_id })
        : withdrawRelease(place.db, actor, { release_id, reason: 'x' }),
    ),
  )
  assert.equal(mixed.filter(({ ok }, n) => ok && n % 2 === 0).length, 1)
  const { state } = await place.db.selectFrom('releases').select('state').executeTakeFirstOrThrow()
  assert.equal(state, 'withdrawn')
  const told = await place.db.selectFrom('events').select('id').where('action', '=', 'release.withdrawn').execute()
  assert.equal(told.length, 1)
})

test('of sixteen that make one release, one does; of sixteen first keys there is one; terms are numbered without a gap', async (t) => {
  const { db, config, product } = await aPlace(t)
  const wanted = { product: product.code, version: '3.0', released_on: null, notes: '' }
  const made = await Promise.all(sixteen.map(() => createRelease(db, actor, wanted)))
  assert.equal(made.filter(({ ok }) => ok).length, 1)
  const keys = await Promise.all(sixteen.map(() => activeReleaseKey(db, config)))
  assert.equal(new Set(keys.map(({ id }) => id)).size, 1)
  assert.equal((await listReleaseKeys(db)).length, 1)
  const texts = { product: null, eula: { en: 'A' }, export_statement: { en: 'B' } }
  const saved = await Promise.all(sixteen.map(() => saveTerms(db, actor, texts)))
  const numbers = saved.map((each) => each.ok && each.number).sort((a, b) => Number(a) - Number(b))
  assert.deepEqual(
    numbers,
    sixteen.map((n) => n + 1),
  )
})

test('pages of the history and of statistics read what they show, however much was downloaded', async (t) => {
  const place = await aPlace(t)
  const { db, release_id } = place
  const file_id = await aFile(place, release_id)
  const [one, other] = [await aMember(db), await aMember(db)]
  await sql`insert into downloads (id, file_id, release_id, organization_id, user_id, started_at, last_at)
    select gen_random_uuid(), ${file_id}, ${release_id}, case when n % 10 = 0 then ${one.organization_id}::uuid
      else ${other.organization_id}::uuid end, ${one.user_id}, now() - n * interval '1 minute', now()
    from generate_series(1, 40000) n`.execute(db)
  await sql`vacuum analyze downloads`.execute(db)
  const asked = [{ organization_id: one.organization_id }, { release_id }, {}]
  for (const filter of asked) {
    const touched = await db.transaction().execute(async (trx) => {
      const { rows, after } = await listDownloads(trx, filter)
      assert.equal(rows.length, 50)
      await listDownloads(trx, { ...filter, after })
      const stats = await sql<{ read: number }>`select seq_tup_read + coalesce(idx_tup_fetch, 0) as read
        from pg_stat_xact_user_tables where relname = 'downloads'`.execute(trx)
      return stats.rows[0]!.read
    })
    assert.ok(touched < 2000, `${JSON.stringify(filter)} touched ${touched} rows`)
  }
})
