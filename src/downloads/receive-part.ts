import { sql } from 'kysely'
import { type Actor, mustOperate } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { ok, type Result, refuse } from '../platform/errors.ts'
import type { Storage, StoredPart } from '../platform/storage/index.ts'
import { type HashState, hashOn } from './file-hash.ts'
import { getUpload, nextPartSize, partNumberAt, type Upload } from './uploads.ts'

/** Milliseconds after which a part that nobody finished writing may be sent again: its process was killed. */
const writingAtMost = 60_000

/**
 * Stores the part of a file that begins at `offset`, durably, and hashes it on. Parts come in order, each of
 * `partSize` bytes, the last one excepted.
 * @returns how much is safe now; `misplaced` for an offset or length that does not follow, with nothing changed, and
 * `busy` while another part is being written.
 * @throws AppError `forbidden` unless the actor is an operator for the catalog, `not_found`, `storage_full`.
 */
export async function receivePart(
  { db, storage }: { db: Db; storage: Storage },
  actor: Actor,
  { upload_id, offset, bytes }: { upload_id: string; offset: number; bytes: Uint8Array },
): Promise<Result<{ received: number }, 'misplaced' | 'busy'>> {
  mustOperate(actor, 'catalog')
  const upload = await getUpload(db, upload_id)
  if (offset !== upload.received || bytes.byteLength !== nextPartSize(upload)) return refuse('misplaced')
  if (!(await takeTurn(db, actor, upload))) return refuse('busy')
  try {
    const { storage_key, storage_upload } = upload
    const part = await storage.writePart(storage_key, storage_upload, partNumberAt(offset), bytes)
    const received = await note(db, actor, upload, part, await hashOn(stateOf(upload), bytes))
    return received === undefined ? refuse('misplaced') : ok({ received })
  } finally {
    await db.updateTable('release_uploads').set({ busy_until: null }).where('id', '=', upload_id).execute()
  }
}

/** Two writers of one part could leave bytes that nobody hashed. No transaction is held while bytes are written. */
async function takeTurn(db: Db, { now }: Actor, { id, received }: Upload): Promise<boolean> {
  const until = new Date(now.getTime() + writingAtMost)
  const taken = await db
    .updateTable('release_uploads')
    .set({ busy_until: until })
    .where('id', '=', id)
    .where('received', '=', received)
    .where((where) => where.or([where('busy_until', 'is', null), where('busy_until', '<', now)]))
    .returning('id')
    .executeTakeFirst()
  return taken !== undefined
}

async function note(db: Db, { now }: Actor, upload: Upload, part: StoredPart, state: HashState) {
  const received = Math.min(upload.size, upload.received + nextPartSize(upload))
  const noted = await db
    .updateTable('release_uploads')
    .set({
      received,
      parts: sql`parts || ${JSON.stringify([part])}::jsonb`,
      sha256_state: state.sha256,
      blake2b_state: state.blake2b,
      touched_at: now,
    })
    .where('id', '=', upload.id)
    .where('received', '=', upload.received)
    .returning('id')
    .executeTakeFirst()
  return noted && received
}

/** The unfinished hashes of an upload; undefined before its first part. */
export function stateOf({ sha256_state, blake2b_state }: Upload): HashState | undefined {
  return sha256_state && blake2b_state ? { sha256: sha256_state, blake2b: blake2b_state } : undefined
}
