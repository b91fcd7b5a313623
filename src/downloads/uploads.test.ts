import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { sql } from 'kysely'
import { commandIo } from '../../test/command-io.ts'
import { freshDatabase } from '../../test/database.ts'
import { aProduct } from '../../test/licensing.ts'
import { aFile, aRelease, aStore, someTerms } from '../../test/releases.ts'
import { anOperator } from '../../test/requests.ts'
import { testServices } from '../../test/services.ts'
import { systemActor } from '../platform/actor.ts'
import { AppError } from '../platform/errors.ts'
import { openStorage, partSize } from '../platform/storage/index.ts'
import { abandonUpload, beginUpload } from './begin-upload.ts'
import { removeFile, saveNotes, withdrawRelease } from './change-release.ts'
import { createRelease } from './create-release.ts'
import { finishUpload } from './finish-upload.ts'
import { giveUp } from './jobs.ts'
import { verifiedComment } from './minisign.ts'
import { publishRelease } from './publish-release.ts'
import { receivePart } from './receive-part.ts'
import { listReleaseKeys, rotateReleaseKey } from './release-keys.ts'
import { releasesCommand } from './releases-command.ts'
import { uploadDays } from './rules.ts'

const actor = systemActor('test')
const facts = {
  name: 'app.tar.gz',
  platform: 'linux-x64',
  language: null,
  countries: [] as string[],
  sha256: null,
} as const
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

async function aPlace(t: TestContext) {
  const env = await aStore(t)
  const services = testServices(await freshDatabase(t), env)
  const { db, config } = services
  const product = await aProduct(db)
  const created = await createRelease(db, actor, {
    product: product.code,
    version: '2.0',
    released_on: null,
    notes: '',
  })
  assert.ok(created.ok)
  const storage = openStorage(config)
  return { services, db, config, storage, product, release_id: created.release_id, needs: { db, config, storage }, env }
}

type Place = Awaited<ReturnType<typeof aPlace>>

async function begin({ needs, release_id }: Place, bytes: Uint8Array, more: { sha256?: string } = {}) {
  const begun = await beginUpload(needs, actor, {
    ...facts,
    ...more,
    countries: [],
    size: bytes.byteLength,
    release_id,
  })
  assert.ok(begun.ok)
  return begun
}

function send({ needs }: Place, upload_id: string, bytes: Uint8Array, offset: number) {
  return receivePart(needs, actor, { upload_id, offset, bytes: bytes.subarray(offset, offset + partSize) })
}

/** What a crash may leave anywhere: nothing of it may be visible outside. */
const filesOf = (place: Place) =>
  readdir(join(place.env.DATA_DIR, 'files', 'releases'), { recursive: true }).catch(() => [])

test('a file in parts is whole, hashed and signed, and in place only when finished', async (t) => {
  const place = await aPlace(t)
  const { needs, db, storage } = place
  const bytes = randomBytes(partSize + 12_345)
  const { upload_id } = await begin(place, bytes)
  assert.deepEqual(await finishUpload(needs, actor, upload_id), { ok: false, refusal: 'incomplete' })
  assert.deepEqual(await send(place, upload_id, bytes, 0), { ok: true, received: partSize })
  assert.deepEqual(await finishUpload(needs, actor, upload_id), { ok: false, refusal: 'incomplete' })
  assert.deepEqual(await filesOf(place), [])
  assert.deepEqual(await send(place, upload_id, bytes, partSize), { ok: true, received: bytes.byteLength })
  const finished = await finishUpload(needs, actor, upload_id)
  assert.deepEqual(finished, { ok: true, file_id: upload_id, sha256: sha256(bytes) })
  assert.deepEqual(await finishUpload(needs, actor, upload_id), finished)

  const file = await db.selectFrom('release_files').selectAll().executeTakeFirstOrThrow()
  assert.equal(file.published_at, null)
  assert.equal(await storage.head(file.storage_key), bytes.byteLength)
  const [key] = await listReleaseKeys(db)
  const digest = createHash('blake2b512').update(bytes).digest()
  assert.match(verifiedComment(key!, digest, file.signature) ?? '', /\tfile:app\.tar\.gz\thashed$/)
  assert.deepEqual(await db.selectFrom('release_uploads').select('id').execute(), [])
})

test('a part that does not follow changes nothing', async (t) => {
  const place = await aPlace(t)
  const bytes = randomBytes(partSize + 10)
  const { upload_id } = await begin(place, bytes)
  const misplaced = { ok: false, refusal: 'misplaced' }
  assert.deepEqual(await send(place, upload_id, bytes, partSize), misplaced)
  const short = { upload_id, offset: 0, bytes: bytes.subarray(0, 100) }
  assert.deepEqual(await receivePart(place.needs, actor, short), misplaced)
  assert.deepEqual(await receivePart(place.needs, actor, { ...short, bytes }), misplaced)
  assert.ok((await send(place, upload_id, bytes, 0)).ok)
  assert.deepEqual(await send(place, upload_id, bytes, 0), misplaced)
})

test('after a crash the same file goes on where it was; another process reads nothing twice', async (t) => {
  const place = await aPlace(t)
  const bytes = randomBytes(2 * partSize)
  const { upload_id } = await begin(place, bytes)
  await send(place, upload_id, bytes, 0)
  // Killed while the second part was written: bytes are there that nobody noted, and the turn was never given back.
  await place.storage.writePart(...(await placeOf(place)), 2, randomBytes(partSize))
  const late = new Date(actor.now.getTime() + 50_000)
  await place.db.updateTable('release_uploads').set({ busy_until: late }).execute()
  assert.deepEqual(await send(place, upload_id, bytes, partSize), { ok: false, refusal: 'busy' })

  const again = await begin(place, bytes)
  assert.deepEqual(again, { ok: true, upload_id, received: partSize })
  const later = { ...actor, now: new Date(actor.now.getTime() + 120_000) }
  const part = { upload_id, offset: partSize, bytes: bytes.subarray(partSize) }
  assert.ok((await receivePart(place.needs, later, part)).ok)
  const finished = await finishUpload(place.needs, actor, upload_id)
  assert.equal(finished.ok && finished.sha256, sha256(bytes))
})

async function placeOf({ db }: Place): Promise<[string, string]> {
  const row = await db.selectFrom('release_uploads').select(['storage_key', 'storage_upload']).executeTakeFirstOrThrow()
  return [row.storage_key, row.storage_upload]
}

test('killed between the store and the database, finishing again makes the one file', async (t) => {
  const place = await aPlace(t)
  const bytes = randomBytes(1000)
  const { upload_id } = await begin(place, bytes)
  await send(place, upload_id, bytes, 0)
  await place.storage.completeUpload(...(await placeOf(place)), [], bytes.byteLength)
  const finished = await finishUpload(place.needs, actor, upload_id)
  assert.equal(finished.ok && finished.sha256, sha256(bytes))
})

test('a file with another checksum than was said is thrown away', async (t) => {
  const place = await aPlace(t)
  const bytes = randomBytes(1000)
  const { upload_id } = await begin(place, bytes, { sha256: sha256(Buffer.from('other')) })
  await send(place, upload_id, bytes, 0)
  assert.deepEqual(await finishUpload(place.needs, actor, upload_id), { ok: false, refusal: 'checksum' })
  assert.deepEqual(await place.db.selectFrom('release_files').select('id').execute(), [])
  assert.deepEqual(await readdir(join(place.env.DATA_DIR, 'files', '.incoming')), [])
  assert.ok((await begin(place, bytes, { sha256: sha256(bytes) })).ok)
})

test('a name is taken once; an upload that was given up gives it back, after a week by itself', async (t) => {
  const place = await aPlace(t)
  const { needs, release_id, services } = place
  await aFile(place, release_id)
  const wanted = { ...facts, countries: [], size: 5, release_id }
  assert.deepEqual(await beginUpload(needs, actor, wanted), { ok: false, refusal: 'name_taken' })
  const other = { ...wanted, name: 'other.zip' }
  const begun = await beginUpload(needs, actor, other)
  assert.ok(begun.ok)
  assert.deepEqual(await beginUpload(needs, actor, { ...other, size: 6 }), { ok: false, refusal: 'being_sent' })
  await abandonUpload(needs, actor, begun.upload_id)
  await assert.rejects(abandonUpload(needs, actor, begun.upload_id), AppError)
  assert.ok((await beginUpload(needs, actor, { ...other, size: 6 })).ok)
  await giveUp(services, new Date(actor.now.getTime() + (uploadDays - 1) * 86_400_000))
  assert.equal((await place.db.selectFrom('release_uploads').select('id').execute()).length, 1)
  await giveUp(services, new Date(actor.now.getTime() + (uploadDays + 1) * 86_400_000))
  assert.deepEqual(await place.db.selectFrom('release_uploads').select('id').execute(), [])
  assert.deepEqual(await readdir(join(place.env.DATA_DIR, 'files', '.incoming')), [])
})

test('a full disk leaves the upload as it was', async (t) => {
  const place = await aPlace(t)
  const bytes = randomBytes(100)
  const { upload_id } = await begin(place, bytes)
  const full = { ...place.storage, writePart: () => Promise.reject(new AppError('storage_full')) }
  const part = { upload_id, offset: 0, bytes }
  await assert.rejects(receivePart({ db: place.db, storage: full }, actor, part), { code: 'storage_full' })
  assert.ok((await receivePart(place.needs, actor, part)).ok)
})

test('a release is published with its terms and a signed list, once, and files added later follow', async (t) => {
  const place = await aPlace(t)
  const { db, config, release_id } = place
  const publish = () => publishRelease({ db, config }, actor, { release_id })
  assert.deepEqual(await publish(), { ok: false, refusal: 'nothing_new' })
  await aFile(place, release_id, { name: 'b.zip' })
  assert.deepEqual(await publish(), { ok: false, refusal: 'no_terms' })
  const terms_id = await someTerms(db)
  assert.deepEqual(await publish(), { ok: true, files: 1 })
  assert.deepEqual(await publish(), { ok: false, refusal: 'nothing_new' })
  await someTerms(db, place.product.code)
  await aFile(place, release_id, { name: 'A.zip', bytes: Buffer.from('A') })
  const staged = await db.selectFrom('release_files').select('name').where('published_at', 'is', null).execute()
  assert.deepEqual(staged, [{ name: 'A.zip' }])
  assert.deepEqual(await publish(), { ok: true, files: 1 })

  const release = await db.selectFrom('releases').selectAll().executeTakeFirstOrThrow()
  assert.equal(release.terms_id, terms_id)
  assert.match(release.manifest!, /^[0-9a-f]{64} {2}A\.zip\n[0-9a-f]{64} {2}b\.zip\n$/)
  const [key] = await listReleaseKeys(db)
  const digest = createHash('blake2b512').update(release.manifest!).digest()
  assert.match(
    verifiedComment(key!, digest, release.manifest_signature!) ?? '',
    new RegExp(`^${place.product.code} 2\\.0 `),
  )
  const jobs = await sql`select data from jobs.job_common where name = 'downloads.tell_about_release'`.execute(db)
  assert.deepEqual(jobs.rows, [{ data: { release_id } }])
})

test('a version whose day has not come is not published', async (t) => {
  const place = await aPlace(t)
  const { db, config, product } = place
  const wanted = { product: product.code, version: '9', released_on: '2999-01-01', notes: '' }
  const created = await createRelease(db, actor, wanted)
  assert.ok(created.ok)
  assert.deepEqual(await createRelease(db, actor, wanted), { ok: false, refusal: 'exists' })
  await aFile(place, created.release_id)
  await someTerms(db)
  const refused = await publishRelease({ db, config }, actor, created)
  assert.deepEqual(refused, { ok: false, refusal: 'too_early' })
})

test('what was published cannot be removed or changed unseen, only withdrawn', async (t) => {
  const place = await aPlace(t)
  const { db, needs, product } = place
  const { release_id, file_ids } = await aRelease(place, { product: product.code, version: '3.0' })
  const file = { release_id, file_id: file_ids[0]! }
  assert.deepEqual(await removeFile(needs, actor, file), { ok: false, refusal: 'published' })
  assert.deepEqual(await saveNotes(db, actor, { release_id, revision: 1, notes: 'x' }), { ok: false, refusal: 'stale' })
  assert.ok((await saveNotes(db, actor, { release_id, revision: 2, notes: 'x' })).ok)
  assert.ok((await withdrawRelease(db, actor, { release_id, reason: 'broken' })).ok)
  assert.deepEqual(await withdrawRelease(db, actor, { release_id, reason: 'x' }), {
    ok: false,
    refusal: 'not_published',
  })
  const staged = { release_id: place.release_id, file_id: await aFile(place, place.release_id) }
  assert.ok((await removeFile(needs, actor, staged)).ok)
  await assert.rejects(removeFile(needs, actor, staged), { code: 'not_found' })
})

test('a key that is rotated signs no more, and what it signed stays verifiable', async (t) => {
  const place = await aPlace(t)
  const { db, config } = place
  const id = await aFile(place, place.release_id)
  const { id: key } = await rotateReleaseKey(db, actor, config)
  const other = await aFile(place, place.release_id, { name: 'second.zip' })
  const rows = await db.selectFrom('release_files').select(['id', 'key_id']).execute()
  const keyOf = (file: string) => rows.find((row) => row.id === file)?.key_id
  assert.equal(keyOf(other), key)
  assert.notEqual(keyOf(id), key)
  const keys = await listReleaseKeys(db)
  assert.deepEqual(
    keys.map((each) => each.id),
    [key, keyOf(id)],
  )
})

test('operators for other things, and members, are refused', async (t) => {
  const place = await aPlace(t)
  const { db, needs, config, release_id } = place
  const support = await anOperator(db, 'support')
  const forbidden = { code: 'forbidden' }
  await assert.rejects(
    createRelease(db, support, { product: 'X', version: '1', released_on: null, notes: '' }),
    forbidden,
  )
  await assert.rejects(beginUpload(needs, support, { ...facts, countries: [], size: 1, release_id }), forbidden)
  await assert.rejects(
    receivePart(needs, support, { upload_id: release_id, offset: 0, bytes: Buffer.of(1) }),
    forbidden,
  )
  await assert.rejects(finishUpload(needs, support, release_id), forbidden)
  await assert.rejects(abandonUpload(needs, support, release_id), forbidden)
  await assert.rejects(publishRelease({ db, config }, support, { release_id }), forbidden)
  await assert.rejects(withdrawRelease(db, support, { release_id, reason: 'x' }), forbidden)
  await assert.rejects(saveNotes(db, support, { release_id, revision: 1, notes: '' }), forbidden)
  await assert.rejects(removeFile(needs, support, { release_id, file_id: release_id }), forbidden)
  await assert.rejects(rotateReleaseKey(db, await anOperator(db, 'catalog'), config), forbidden)
})

test('keyport releases: from nothing to a published and withdrawn release', async (t) => {
  const place = await aPlace(t)
  const { services, product, env } = place
  const io = commandIo(env.DATA_DIR)
  const of = ['--product', product.code, '--version', '7.1']
  const run = async (...argv: string[]) => {
    const before = { ...io.written() }
    const exit = await releasesCommand(services, argv, io)
    const { stdout, stderr } = io.written()
    return { exit, out: stdout.slice(before.stdout.length), err: stderr.slice(before.stderr.length) }
  }
  const bytes = randomBytes(partSize + 99)
  await writeFile(join(env.DATA_DIR, 'setup.exe'), bytes)
  await writeFile(join(env.DATA_DIR, 'eula.md'), '# Agreement')
  const upload = [
    'upload',
    'setup.exe',
    ...of,
    '--platform',
    'windows-x64',
    '--language',
    'pt-BR',
    '--countries',
    'DE fr',
  ]
  assert.equal((await run('create', ...of)).exit, 0)
  assert.equal((await run('create', ...of)).exit, 1)
  assert.equal((await run(...upload, '--sha256', sha256(Buffer.from('x')))).exit, 1)
  const sent = await run(...upload, '--sha256', sha256(bytes))
  assert.equal(sent.exit, 0, sent.err)
  assert.match(sent.out, new RegExp(`setup\\.exe {2}${bytes.byteLength} bytes {2}${sha256(bytes)}\n$`))
  assert.match((await run('publish', ...of)).err, /terms first/)
  assert.equal((await run('terms', '--eula', 'eula.md', '--export', 'eula.md')).exit, 0)
  assert.equal((await run('publish', ...of)).exit, 0)
  assert.match((await run('list', '--product', product.code)).out, /7\.1 {2}published {2}.* {2}1 files\n/)
  assert.equal((await run('withdraw', ...of)).exit, 2)
  assert.equal((await run('withdraw', ...of, '--reason', 'broken')).exit, 0)
  assert.match((await run('key')).out, /^untrusted comment: minisign public key [0-9A-F]{16}\nRW/)
  assert.notEqual((await run('key')).out, (await run('key', 'rotate')).out)
  assert.equal((await run(...upload.slice(0, 6), '--platform', 'toaster')).exit, 2)
  assert.equal((await run('publish', '--product', 'NONE', '--version', '1')).exit, 1)
  assert.equal((await run('nonsense')).exit, 2)
  const row = await services.db.selectFrom('release_files').select(['language', 'countries']).executeTakeFirstOrThrow()
  assert.deepEqual(row, { language: 'pt-BR', countries: ['DE', 'FR'] })
})
