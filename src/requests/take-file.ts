import { fileTypeFromBuffer } from 'file-type'
import type { Db } from '../platform/db/index.ts'
import { type ArrivingFile, FileTooLarge } from '../platform/http/form-with-files.ts'
import { uuidv7 } from '../platform/ids.ts'
import type { Storage } from '../platform/storage/index.ts'
import { fileTypeOf, looksLikeText, safeFileName } from './file-rules.ts'
import { storageKey } from './files.ts'
import type { Person } from './write-message.ts'

export type FileRefusal = 'type' | 'size' | 'empty'
/** A file that was stored, and belongs to no request until `keepFiles`; or why it was not. */
export type Taken = { ok: true; id: string; name: string } | { ok: false; refusal: FileRefusal; name: string }

/** Enough of a file to tell what it is. */
const headSize = 4100

/**
 * Stores one file while it arrives. It is noted before, so that whatever a crash leaves behind is found by the job that
 * removes it.
 */
export async function takeFile(db: Db, storage: Storage, actor: Person, file: ArrivingFile): Promise<Taken> {
  const content = file.content[Symbol.asyncIterator]()
  const head = await readHead(content)
  if (head.byteLength === 0) return { ok: false, refusal: 'empty', name: file.name }
  const type = fileTypeOf((await fileTypeFromBuffer(head))?.mime, looksLikeText(head))
  if (!type) return { ok: false, refusal: 'type', name: file.name }
  const id = uuidv7()
  const name = safeFileName(file.name, type)
  await db
    .insertInto('request_files')
    .values({ id, name, type, size: head.byteLength, uploaded_by: actor.user_id, uploaded_at: actor.now })
    .execute()
  try {
    const size = await storage.put(storageKey(id), rest(head, content))
    await db.updateTable('request_files').set({ size }).where('id', '=', id).execute()
    return { ok: true, id, name }
  } catch (error) {
    await db.deleteFrom('request_files').where('id', '=', id).execute()
    if (error instanceof FileTooLarge) return { ok: false, refusal: 'size', name: file.name }
    throw error
  }
}

async function readHead(content: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  while (size < headSize) {
    const { value, done } = await content.next()
    if (done) break
    chunks.push(value)
    size += value.byteLength
  }
  return Buffer.concat(chunks)
}

async function* rest(head: Uint8Array, content: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield head
  for (let next = await content.next(); !next.done; next = await content.next()) yield next.value
}
