/** Files in a directory of this machine, or of one that all nodes mount. */
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '../errors.ts'
import { uuidv7 } from '../ids.ts'
import { type ByteRange, checkKey, partSize, type Storage } from './storage.ts'

/** Where files are collected; on the same file system as their place, so that renaming is at once. */
const incoming = '.incoming'

/** Bytes read at a time. */
const readSize = 256 * 1024

/** @param root is made when the first file comes, for the portal's user alone. */
export function openDirectory(root: string): Storage {
  const placeOf = (key: string) => join(root, checkKey(key))
  const draftOf = (upload: string) => join(root, incoming, checkKey(upload))

  async function beginUpload(key: string): Promise<string> {
    checkKey(key)
    await mkdir(join(root, incoming), { recursive: true, mode: 0o700 })
    const upload = uuidv7()
    await writing(async () => (await open(draftOf(upload), 'wx', 0o600)).close())
    return upload
  }

  async function abortUpload(_key: string, upload: string): Promise<void> {
    await rm(draftOf(upload), { force: true })
  }

  return {
    kind: 'directory',

    async put(key, body) {
      const upload = await beginUpload(key)
      try {
        const size = await writing(() => collect(draftOf(upload), body))
        await writing(() => moveInto(draftOf(upload), placeOf(key), root))
        return size
      } catch (error) {
        await abortUpload(key, upload)
        throw error
      }
    },

    async read(key, range) {
      const handle = await open(placeOf(key), 'r').catch(refuseMissing)
      return streamFrom(handle, range)
    },

    openFile: (key) => open(placeOf(key), 'r').catch(refuseMissing),

    async head(key) {
      return (await stat(placeOf(key)).catch(ignoreMissing))?.size
    },

    async delete(key) {
      await rm(placeOf(key), { force: true })
    },

    presign: async () => undefined,
    beginUpload,

    async writePart(_key, upload, number, bytes) {
      await writing(async () => {
        const handle = await open(draftOf(upload), 'r+').catch(refuseMissing)
        await using(handle, async () => {
          await writeAll(handle, bytes, (number - 1) * partSize)
          await handle.datasync()
        })
      })
      return { number, tag: String(bytes.byteLength) }
    },

    async completeUpload(key, upload, _parts, size) {
      const { size: arrived } = await stat(draftOf(upload)).catch(refuseMissing)
      if (arrived !== size) throw new Error(`an upload of ${size} bytes holds ${arrived}`)
      await writing(() => moveInto(draftOf(upload), placeOf(key), root))
    },

    abortUpload,

    async sweep(untouchedSince) {
      const names = (await readdir(join(root, incoming)).catch(ignoreMissing)) ?? []
      let removed = 0
      for (const name of names) {
        const draft = join(root, incoming, name)
        const found = await stat(draft).catch(ignoreMissing)
        if (!found || found.mtime >= untouchedSince) continue
        await rm(draft, { force: true })
        removed += 1
      }
      return removed
    },
  }
}

async function collect(draft: string, body: AsyncIterable<Uint8Array>): Promise<number> {
  let size = 0
  await using(await open(draft, 'r+'), async (handle) => {
    for await (const chunk of body) {
      await writeAll(handle, chunk, size)
      size += chunk.byteLength
    }
  })
  return size
}

/** One call may write less than it was given, above all when the disk is nearly full. */
async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.byteLength; ) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.byteLength - done, position + done)
    done += bytesWritten
  }
}

/** The content first, then the name, then every folder that knows a new name: after a power cut all or nothing is there. */
async function moveInto(draft: string, place: string, root: string): Promise<void> {
  await using(await open(draft, 'r+'), (handle) => handle.sync())
  const folder = dirname(place)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await rename(draft, place)
  for (let each = folder; each.startsWith(root); each = dirname(each)) {
    await using(await open(each, 'r'), (handle) => handle.sync())
  }
}

/**
 * Reads while what was read before is sent, a piece at a time. The file was opened before, so that a missing one is a
 * refusal and not a broken stream. Node's own bridge from its streams fails when a reader hangs up in the middle.
 */
function streamFrom(handle: FileHandle, range: ByteRange | undefined): ReadableStream<Uint8Array> {
  let at = range?.start ?? 0
  const end = range ? range.end + 1 : Number.POSITIVE_INFINITY
  return new ReadableStream({
    async pull(controller) {
      const piece = Buffer.allocUnsafe(Math.min(readSize, end - at))
      const bytesRead = at < end ? await readSome(handle, piece, at) : 0
      at += bytesRead
      if (bytesRead > 0) return controller.enqueue(piece.subarray(0, bytesRead))
      await handle.close()
      controller.close()
    },
    cancel: () => handle.close(),
  })
}

async function readSome(handle: FileHandle, into: Buffer, position: number): Promise<number> {
  try {
    return (await handle.read(into, 0, into.byteLength, position)).bytesRead
  } catch (error) {
    await handle.close()
    throw error
  }
}

async function using<T>(handle: FileHandle, work: (handle: FileHandle) => Promise<T>): Promise<T> {
  try {
    return await work(handle)
  } finally {
    await handle.close()
  }
}

async function writing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const full = ['ENOSPC', 'EDQUOT', 'EFBIG'].includes((error as NodeJS.ErrnoException).code ?? '')
    if (full) throw new AppError('storage_full', 'no space left for files', { cause: error })
    throw error
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}

function refuseMissing(error: NodeJS.ErrnoException): never {
  throw error.code === 'ENOENT' ? new AppError('not_found', 'no such file', { cause: error }) : error
}
