import type { FileHandle } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import type { Actor } from '../platform/actor.ts'
import type { Config } from '../platform/config.ts'
import type { Db } from '../platform/db/index.ts'
import { refuse } from '../platform/errors.ts'
import { partSize, type Storage } from '../platform/storage/index.ts'
import { beginUpload } from './begin-upload.ts'
import { finishUpload } from './finish-upload.ts'
import { receivePart } from './receive-part.ts'
import type { NewUpload } from './schemas.ts'

type Needs = { db: Db; storage: Storage; config: Pick<Config, 'key_encryption_key'> }

/** Times a part is tried while another process may still be writing it. */
const tries = 70

/** Sends a file of this machine, going on where an earlier attempt stopped. Memory: one part. */
export async function sendFile(
  needs: Needs,
  actor: Actor,
  input: NewUpload & { release_id: string },
  file: FileHandle,
  onProgress: (done: number) => void,
) {
  const begun = await beginUpload(needs, actor, input)
  if (!begun.ok) return begun
  const { upload_id } = begun
  let offset = begun.received
  for (let waits = 0; offset < input.size; onProgress(offset)) {
    const bytes = await readPart(file, offset, input.size)
    const part = await receivePart(needs, { ...actor, now: new Date() }, { upload_id, offset, bytes })
    if (part.ok) offset = part.received
    else if (part.refusal === 'misplaced' || ++waits > tries) return refuse('stuck')
    else await setTimeout(1000)
  }
  return finishUpload(needs, actor, upload_id)
}

/** @throws Error when the file became shorter meanwhile. */
async function readPart(file: FileHandle, offset: number, size: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(Math.min(partSize, size - offset))
  for (let filled = 0; filled < bytes.byteLength; ) {
    const { bytesRead } = await file.read(bytes, filled, bytes.byteLength - filled, offset + filled)
    if (bytesRead === 0) throw new Error('the file became shorter while it was sent')
    filled += bytesRead
  }
  return bytes
}
