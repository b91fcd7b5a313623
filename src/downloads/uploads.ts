/** What is known of a file under way, and who may write to it. */
import type { Db, Trx } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { partSize, type StoredPart } from '../platform/storage/index.ts'

export type Upload = {
  id: string
  release_id: string
  name: string
  size: number
  sha256: string | null
  /** Bytes that are safe: the next part begins here. */
  received: number
  storage_key: string
  storage_upload: string
  parts: StoredPart[]
  sha256_state: Buffer | null
  blake2b_state: Buffer | null
  touched_at: Date
}

/** @throws AppError `not_found` when it was given up, or has become a file. */
export async function getUpload(db: Db | Trx, id: string): Promise<Upload> {
  const row = await findUpload(db, id)
  if (!row) throw new AppError('not_found')
  return row
}

export function findUpload(db: Db | Trx, id: string): Promise<Upload | undefined> {
  return selectUploads(db).where('id', '=', id).executeTakeFirst()
}

/** The uploads of a release, by name. */
export function listUploads(db: Db, release_id: string): Promise<Upload[]> {
  return selectUploads(db).where('release_id', '=', release_id).orderBy('name').execute()
}

/** An upload of the same file that was interrupted. */
export function findResumable(db: Db, wanted: { release_id: string; name: string; size: number }) {
  const { release_id, name, size } = wanted
  return selectUploads(db)
    .where('release_id', '=', release_id)
    .where('name', '=', name)
    .where('size', '=', size)
    .executeTakeFirst()
}

function selectUploads(db: Db | Trx) {
  return db
    .selectFrom('release_uploads')
    .select(['id', 'release_id', 'name', 'size', 'sha256', 'received', 'storage_key', 'storage_upload', 'parts'])
    .select(['sha256_state', 'blake2b_state', 'touched_at'])
    .$castTo<Upload>()
}

/** The number of the part that begins at an offset. */
export function partNumberAt(offset: number): number {
  return offset / partSize + 1
}

/** How many bytes the part at `received` must have. */
export function nextPartSize({ size, received }: Pick<Upload, 'size' | 'received'>): number {
  return Math.min(partSize, size - received)
}
