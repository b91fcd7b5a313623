import { createHash } from 'node:crypto'
import { type Actor, mustOperate } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Config } from '../platform/config.ts'
import type { Db } from '../platform/db/index.ts'
import { ok, type Result, refuse } from '../platform/errors.ts'
import { uuidv7 } from '../platform/ids.ts'
import type { Storage } from '../platform/storage/index.ts'
import { lockRelease } from './lock-release.ts'
import { signDigest } from './minisign.ts'
import { activeReleaseKey } from './release-keys.ts'
import { largestFile } from './rules.ts'
import type { NewUpload } from './schemas.ts'

type Needs = { db: Db; storage: Storage; config: Pick<Config, 'key_encryption_key'> }
type Input = Omit<NewUpload, 'size'> & { release_id: string }
type Why = 'name_taken' | 'withdrawn' | 'checksum' | 'empty_file' | 'too_large'

/**
 * Takes a file that comes in one go, as a browser without script sends it: hashed and stored while it is read, in
 * place when it is whole, and thrown away when it cannot be kept.
 * @throws AppError `forbidden` unless the actor is an operator for the catalog, `not_found`, `storage_full`.
 */
export async function receiveFile(
  { db, storage, config }: Needs,
  actor: Actor,
  input: Input,
  body: AsyncIterable<Uint8Array>,
): Promise<Result<{ file_id: string; sha256: string }, Why>> {
  mustOperate(actor, 'catalog')
  const id = uuidv7()
  const storage_key = `releases/${input.release_id}/${id}`
  const key = await activeReleaseKey(db, config)
  const hashes = { sha256: createHash('sha256'), blake2b: createHash('blake2b512') }
  const size = await storage.put(storage_key, hashing(body, Object.values(hashes)))
  const sha256 = hashes.sha256.digest('hex')
  const comment = `timestamp:${Math.floor(actor.now.getTime() / 1000)}\tfile:${input.name}\thashed`
  const signature = signDigest(key, hashes.blake2b.digest(), comment)
  const row = { id, storage_key, size, sha256, signature, key_id: key.id }
  const stored = await store(db, actor, input, row).catch(async (error) => {
    await storage.delete(storage_key)
    throw error
  })
  if (!stored.ok) await storage.delete(storage_key)
  return stored
}

type Hash = { update(bytes: Uint8Array): unknown }

async function* hashing(body: AsyncIterable<Uint8Array>, hashes: Hash[]): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    for (const hash of hashes) hash.update(chunk)
    yield chunk
  }
}

type Row = { id: string; storage_key: string; size: number; sha256: string; signature: string; key_id: string }

function store(
  db: Db,
  actor: Actor,
  input: Input,
  row: Row,
): Promise<Result<{ file_id: string; sha256: string }, Why>> {
  const { release_id, name, platform, language, countries } = input
  if (row.size === 0) return Promise.resolve(refuse('empty_file'))
  if (row.size > largestFile) return Promise.resolve(refuse('too_large'))
  if (input.sha256 !== null && input.sha256 !== row.sha256) return Promise.resolve(refuse('checksum'))
  return db.transaction().execute(async (trx) => {
    const release = await lockRelease(trx, release_id)
    if (release.state === 'withdrawn') return refuse('withdrawn')
    const added = await trx
      .insertInto('release_files')
      .values({
        ...row,
        release_id,
        name,
        platform,
        language,
        countries,
        uploaded_at: actor.now,
        uploaded_by: actor.user_id,
      })
      .onConflict((conflict) => conflict.columns(['release_id', 'name']).doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!added) return refuse('name_taken')
    const { sha256, size } = row
    await record(trx, actor, 'release.file_added', { subject_id: release_id, details: { name, size, sha256 } })
    return ok({ file_id: row.id, sha256 })
  })
}
