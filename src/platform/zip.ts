import { once } from 'node:events'
import type { Readable } from 'node:stream'
import yazl from 'yazl'

/** A file to go into a ZIP: a short text is stored, a stream is compressed. */
export type ZipEntry = { name: string; content: string | Readable; modified?: Date }

/** A ZIP made while it is read, holding one entry at a time; an error of the entries becomes an error of the stream. */
export function zipStream(entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>): Readable {
  const zip = new yazl.ZipFile()
  const out = zip.outputStream as Readable & NodeJS.WritableStream & { writableNeedDrain: boolean }
  void fill(zip, out, entries)
  return out
}

async function fill(
  zip: yazl.ZipFile,
  out: Readable & { writableNeedDrain: boolean },
  entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>,
) {
  try {
    for await (const { name, content, modified } of entries) {
      if (out.destroyed) return
      const options = modified ? { mtime: modified } : {}
      if (typeof content === 'string') zip.addBuffer(Buffer.from(content), name, { ...options, compress: false })
      else {
        zip.addReadStream(content, name, options)
        await once(content, 'close')
      }
      if (out.writableNeedDrain) await drainedOrClosed(out)
    }
    zip.end()
  } catch (error) {
    out.destroy(error as Error)
  }
}

function drainedOrClosed(out: Readable): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      out.off('drain', done).off('close', done)
      resolve()
    }
    out.on('drain', done).on('close', done)
  })
}
