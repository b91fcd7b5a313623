import { mkdirSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'

const block = 512

/** Writes the files of a tar, as PGlite makes them, under a new folder, and forces them to the disk. */
export async function unpackTar(tar: Uint8Array, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const written = [folder]
  for (const entry of entriesOf(Buffer.from(tar.buffer, tar.byteOffset, tar.byteLength))) {
    const path = join(folder, entry.name)
    if (entry.isFolder) mkdirSync(path, { recursive: true, mode: 0o700 })
    else writeFileSync(path, entry.content, { mode: 0o600 })
    written.push(path)
  }
  await forceToDisk(written)
}

/** Headers of 512 bytes, each followed by the file's bytes filled up to a multiple of that; a zero byte ends it. */
function* entriesOf(tar: Buffer) {
  for (let at = 0; at < tar.length && tar[at] !== 0; ) {
    const name = tar.toString('latin1', at, tar.indexOf(0, at))
    const size = Number.parseInt(tar.toString('latin1', at + 124, at + 136), 8)
    const isFolder = tar.toString('latin1', at + 156, at + 157) === '5'
    yield { name, isFolder, content: tar.subarray(at + block, at + block + size) }
    at += block + Math.ceil(size / block) * block
  }
}

/** Makes files and folders survive a power cut: several at a time, since a disk merges them into fewer writes. */
export async function forceToDisk(paths: string[]): Promise<void> {
  const rest = paths.values()
  const work = async () => {
    for (const path of rest) {
      const handle = await open(path, 'r')
      await handle.sync()
      await handle.close()
    }
  }
  await Promise.all(Array.from({ length: 16 }, work))
}
