import { type Actor, mustOperate } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError, ok, type Result, refuse } from '../platform/errors.ts'
import type { Storage } from '../platform/storage/index.ts'
import { lockRelease } from './lock-release.ts'

/**
 * Writes the release notes anew; they may change after publication.
 * @throws AppError `forbidden` unless the actor is an operator for the catalog, `not_found`.
 */
export async function saveNotes(
  db: Db,
  actor: Actor,
  { release_id, revision, notes }: { release_id: string; revision: number; notes: string },
): Promise<Result<object, 'stale'>> {
  mustOperate(actor, 'catalog')
  return db.transaction().execute(async (trx) => {
    const release = await lockRelease(trx, release_id)
    if (release.revision !== revision) return refuse('stale')
    await trx
      .updateTable('releases')
      .set({ notes, revision: revision + 1 })
      .where('id', '=', release_id)
      .execute()
    await record(trx, actor, 'release.notes_changed', { subject_id: release_id })
    return ok({})
  })
}

/**
 * Takes a published release back: whoever downloaded it before keeps access, nobody else sees it any more. Links that
 * were given out to others stop working.
 * @throws AppError `forbidden` unless the actor is an operator for the catalog, `not_found`.
 */
export async function withdrawRelease(
  db: Db,
  actor: Actor,
  { release_id, revision, reason }: { release_id: string; revision?: number; reason: string },
): Promise<Result<object, 'stale' | 'not_published'>> {
  mustOperate(actor, 'catalog')
  return db.transaction().execute(async (trx) => {
    const release = await lockRelease(trx, release_id)
    if (revision !== undefined && release.revision !== revision) return refuse('stale')
    if (release.state !== 'published') return refuse('not_published')
    await trx
      .updateTable('releases')
      .set({ state: 'withdrawn', withdrawn_at: actor.now, withdrawn_reason: reason, revision: release.revision + 1 })
      .where('id', '=', release_id)
      .execute()
    await record(trx, actor, 'release.withdrawn', { subject_id: release_id, details: { reason } })
    return ok({})
  })
}

/**
 * Deletes a file that nobody outside has seen. What was published stays: others may have it.
 * @throws AppError `forbidden` unless the actor is an operator for the catalog, `not_found`.
 */
export async function removeFile(
  { db, storage }: { db: Db; storage: Storage },
  actor: Actor,
  { release_id, file_id }: { release_id: string; file_id: string },
): Promise<Result<object, 'published'>> {
  mustOperate(actor, 'catalog')
  const removed = await db.transaction().execute(async (trx) => {
    await lockRelease(trx, release_id)
    const file = await trx
      .selectFrom('release_files')
      .select(['name', 'storage_key', 'published_at'])
      .where('id', '=', file_id)
      .where('release_id', '=', release_id)
      .executeTakeFirst()
    if (!file) throw new AppError('not_found')
    if (file.published_at) return refuse('published')
    await trx.deleteFrom('release_files').where('id', '=', file_id).execute()
    await record(trx, actor, 'release.file_removed', { subject_id: release_id, details: { name: file.name } })
    return ok({ storage_key: file.storage_key })
  })
  if (removed.ok) await storage.delete(removed.storage_key)
  return removed
}
