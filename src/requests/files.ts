import type { Db, Trx } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import type { Storage } from '../platform/storage/index.ts'
import { mostOfRequest } from './file-rules.ts'
import type { Person } from './write-message.ts'

/** A file as the pages list it; without a message it came with the request itself. */
export type RequestFile = { id: string; message_id: string | null; name: string; size: number }

export function storageKey(id: string): string {
  return `requests/${id}`
}

/** Whether a locked request may have so many files more. */
export async function hasRoom(trx: Trx, request_id: string, files: readonly string[] = []): Promise<boolean> {
  if (files.length === 0) return true
  const before = await trx.selectFrom('request_files').select('id').where('request_id', '=', request_id).execute()
  return before.length + files.length <= mostOfRequest
}

/**
 * Makes files that the actor uploaded part of a locked request.
 * @throws AppError `invalid` for files of somebody else, or of another request.
 */
export async function keepFiles(
  trx: Trx,
  actor: Person,
  { ids, request_id, message_id }: { ids: readonly string[]; request_id: string; message_id: string | null },
): Promise<void> {
  if (ids.length === 0) return
  const kept = await trx
    .updateTable('request_files')
    .set({ request_id, message_id })
    .where('id', 'in', ids)
    .where('uploaded_by', '=', actor.user_id)
    .where('request_id', 'is', null)
    .returning('id')
    .execute()
  if (kept.length !== ids.length) throw new AppError('invalid')
}

/** Removes those of the files that became part of no request. */
export async function dropFiles(db: Db, storage: Storage, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const left = await db
    .selectFrom('request_files')
    .select('id')
    .where('id', 'in', ids)
    .where('request_id', 'is', null)
    .execute()
  await remove(db, storage, left)
}

/** Removes files that were uploaded before a moment and became part of no request: what a crash left behind. */
export async function purgeFiles(db: Db, storage: Storage, before: Date): Promise<number> {
  const left = await db
    .selectFrom('request_files')
    .select('id')
    .where('request_id', 'is', null)
    .where('uploaded_at', '<', before)
    .limit(1000)
    .execute()
  await remove(db, storage, left)
  return left.length
}

/** The bytes first: a row whose bytes are gone is removed again, bytes without a row are never found. */
async function remove(db: Db, storage: Storage, files: { id: string }[]): Promise<void> {
  for (const { id } of files) {
    await storage.delete(storageKey(id))
    await db.deleteFrom('request_files').where('id', '=', id).where('request_id', 'is', null).execute()
  }
}

/** The files of a request, in the order in which they came. `staff`: with those of internal notes. */
export function listFiles(db: Db, request_id: string, { staff }: { staff: boolean }): Promise<RequestFile[]> {
  return selectFiles(db, request_id, staff).orderBy('f.id').execute()
}

/**
 * One file of a request that the caller has found for the reader.
 * @throws AppError `not_found`
 */
export async function getFile(db: Db, request_id: string, id: string, { staff }: { staff: boolean }) {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) throw new AppError('not_found')
  const file = await selectFiles(db, request_id, staff).where('f.id', '=', id).executeTakeFirst()
  if (!file) throw new AppError('not_found')
  return file
}

function selectFiles(db: Db, request_id: string, staff: boolean) {
  return db
    .selectFrom('request_files as f')
    .leftJoin('request_messages as m', 'm.id', 'f.message_id')
    .select(['f.id', 'f.message_id', 'f.name', 'f.size'])
    .where('f.request_id', '=', request_id)
    .$if(!staff, (query) => query.where((eb) => eb.or([eb('m.id', 'is', null), eb('m.internal', '=', false)])))
}
