import { type Actor, mustOperate } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Config } from '../platform/config.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError, ok, type Result, refuse } from '../platform/errors.ts'
import type { Storage } from '../platform/storage/index.ts'
import { abandonUpload } from './begin-upload.ts'
import { digestsOf } from './file-hash.ts'
import { lockRelease } from './lock-release.ts'
import { signDigest } from './minisign.ts'
import { stateOf } from './receive-part.ts'
import { activeReleaseKey } from './release-keys.ts'
import { findUpload, type Upload } from './uploads.ts'

type Needs = { db: Db; storage: Storage; config: Pick<Config, 'key_encryption_key'> }
type File = { file_id: string; sha256: string }

/**
 * Makes a file of an upload whose bytes have all come: compares the checksum, puts the file in place, signs it. A file
 * with another checksum than its sender said is thrown away. Finishing twice, or again after a crash, makes one file.
 * @throws AppError `forbidden` unless the actor is an operator for the catalog, `not_found`.
 */
export async function finishUpload(
  needs: Needs,
  actor: Actor,
  upload_id: string,
): Promise<Result<File, 'incomplete' | 'checksum'>> {
  mustOperate(actor, 'catalog')
  const { db, storage, config } = needs
  const upload = await findUpload(db, upload_id)
  if (!upload) return ok(await getFinished(db, upload_id))
  const state = stateOf(upload)
  if (upload.received < upload.size || !state) return refuse('incomplete')
  const digests = await digestsOf(state)
  if (upload.sha256 !== null && upload.sha256 !== digests.sha256) {
    await abandonUpload(needs, actor, upload_id)
    return refuse('checksum')
  }
  await putInPlace(storage, upload)
  const key = await activeReleaseKey(db, config)
  const comment = `timestamp:${Math.floor(actor.now.getTime() / 1000)}\tfile:${upload.name}\thashed`
  const signature = signDigest(key, digests.blake2b, comment)
  return ok(await store(db, actor, upload, { sha256: digests.sha256, signature, key_id: key.id }))
}

/** After a crash between this step and the next one the store knows no upload, but a whole file. */
async function putInPlace(storage: Storage, { storage_key, storage_upload, parts, size }: Upload): Promise<void> {
  try {
    await storage.completeUpload(storage_key, storage_upload, parts, size)
  } catch (error) {
    if ((await storage.head(storage_key)) !== size) throw error
  }
}

async function getFinished(db: Db, id: string): Promise<File> {
  const file = await db.selectFrom('release_files').select('sha256').where('id', '=', id).executeTakeFirst()
  if (!file) throw new AppError('not_found')
  return { file_id: id, sha256: file.sha256 }
}

type Signed = { sha256: string; signature: string; key_id: string }

function store(db: Db, actor: Actor, { id, release_id }: Upload, signed: Signed): Promise<File> {
  return db.transaction().execute(async (trx) => {
    await lockRelease(trx, release_id)
    const done = await trx
      .deleteFrom('release_uploads')
      .where('id', '=', id)
      .returning(['name', 'platform', 'language', 'countries', 'size', 'storage_key'])
      .executeTakeFirst()
    if (!done) return getFinished(trx, id)
    const row = { ...done, ...signed, id, release_id, uploaded_at: actor.now, uploaded_by: actor.user_id }
    await trx.insertInto('release_files').values(row).execute()
    const { name, size } = done
    await record(trx, actor, 'release.file_added', { subject_id: release_id, details: { name, size, ...signed } })
    return { file_id: id, sha256: signed.sha256 }
  })
}
