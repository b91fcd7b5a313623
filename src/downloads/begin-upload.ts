import { type Actor, mustOperate } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { AppError, ok, type Result, refuse } from '../platform/errors.ts'
import { uuidv7 } from '../platform/ids.ts'
import type { Storage } from '../platform/storage/index.ts'
import { lockRelease } from './lock-release.ts'
import type { NewUpload } from './schemas.ts'
import { findResumable, type Upload } from './uploads.ts'

type Needs = { db: Db; storage: Storage }

/**
 * Begins a file that arrives in parts, or goes on with one of the same name and size that was interrupted.
 * @throws AppError `forbidden` unless the actor is an operator for the catalog, `not_found`.
 */
export async function beginUpload(
  { db, storage }: Needs,
  actor: Actor,
  input: NewUpload & { release_id: string },
): Promise<Result<{ upload_id: string; received: number }, 'name_taken' | 'being_sent' | 'withdrawn'>> {
  mustOperate(actor, 'catalog')
  const begun = await findResumable(db, input)
  if (begun && (begun.sha256 === input.sha256 || input.sha256 === null)) return answer(begun)
  const id = uuidv7()
  const storage_key = `releases/${input.release_id}/${id}`
  const storage_upload = await storage.beginUpload(storage_key)
  const made = await store(db, actor, input, { id, storage_key, storage_upload }).catch(async (error) => {
    await storage.abortUpload(storage_key, storage_upload)
    throw error
  })
  if (!made.ok) await storage.abortUpload(storage_key, storage_upload)
  return made
}

const answer = ({ id, received }: Upload) => ok({ upload_id: id, received })

type Place = { id: string; storage_key: string; storage_upload: string }

function store(db: Db, actor: Actor, input: NewUpload & { release_id: string }, place: Place) {
  return db.transaction().execute(async (trx) => {
    const release = await lockRelease(trx, input.release_id)
    if (release.state === 'withdrawn') return refuse('withdrawn')
    if (await isTaken(trx, input)) return refuse('name_taken')
    const { release_id, name, platform, language, countries, size, sha256 } = input
    const times = { created_at: actor.now, touched_at: actor.now, created_by: actor.user_id }
    const row = await trx
      .insertInto('release_uploads')
      .values({ ...place, ...times, release_id, name, platform, language, countries, size, sha256 })
      .onConflict((conflict) => conflict.columns(['release_id', 'name']).doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!row) return refuse('being_sent')
    await record(trx, actor, 'release.upload_begun', { subject_id: release_id, details: { name, size } })
    return ok({ upload_id: row.id, received: 0 })
  })
}

async function isTaken(trx: Trx, { release_id, name }: { release_id: string; name: string }): Promise<boolean> {
  const query = trx.selectFrom('release_files').select('id').where('release_id', '=', release_id)
  return (await query.where('name', '=', name).executeTakeFirst()) !== undefined
}

/** Forgets a file under way. Doing so twice is done already. @throws AppError `forbidden`. */
export async function abandonUpload({ db, storage }: Needs, actor: Actor, upload_id: string): Promise<void> {
  mustOperate(actor, 'catalog')
  const gone = await db.transaction().execute(async (trx) => {
    const row = await trx
      .deleteFrom('release_uploads')
      .where('id', '=', upload_id)
      .returning(['release_id', 'name', 'storage_key', 'storage_upload'])
      .executeTakeFirst()
    if (!row) throw new AppError('not_found')
    await record(trx, actor, 'release.upload_abandoned', { subject_id: row.release_id, details: { name: row.name } })
    return row
  })
  await storage.abortUpload(gone.storage_key, gone.storage_upload)
}
