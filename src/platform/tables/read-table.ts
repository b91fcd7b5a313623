import { open } from 'node:fs/promises'
import { readCsv } from './read-csv.ts'
import { readXlsx } from './read-xlsx.ts'
import { TableError, type TableRow } from './table.ts'

/** A file on disk, or an upload already in memory. */
export type TableSource = { file: string } | { bytes: Uint8Array }

export type ReadOptions = {
  /** For CSV without a byte order mark; any label of the WHATWG Encoding Standard. Default: UTF-8. */
  encoding?: string
}

/**
 * Reads a CSV file or the first sheet of an XLSX workbook; which of the two it is, its first bytes tell.
 * Dates of a workbook come as `YYYY-MM-DD`.
 * @returns rows in file order, a few thousand at a time, empty rows left out.
 * @throws TableError
 */
export async function* readTable(source: TableSource, options: ReadOptions = {}): AsyncGenerator<TableRow[]> {
  const start = await firstBytes(source)
  if (start.length === 0) throw new TableError('empty')
  const isZip = start[0] === 0x50 && start[1] === 0x4b
  yield* isZip ? readXlsx(source) : readCsv(source, start, options.encoding)
}

async function firstBytes(source: TableSource): Promise<Uint8Array> {
  if ('bytes' in source) return source.bytes.subarray(0, 65_536)
  try {
    const handle = await open(source.file)
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(65_536), 0, 65_536, 0)
      return buffer.subarray(0, bytesRead)
    } finally {
      await handle.close()
    }
  } catch (error) {
    throw new TableError('unreadable', error)
  }
}
