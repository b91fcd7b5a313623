import { createReadStream } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'
import { createZstdDecompress } from 'node:zlib'

/** Text of PostgreSQL, or null, for each column. */
export type Row = (string | null)[]

/**
 * A backup is a zstd stream of lines of JSON: a head, then for each table its name and columns, its rows and their
 * number; then the sequences and an end. It is the same from both engines.
 */
export type BackupLine =
  | { kind: 'head'; version: 1; made_at: string; engine: string; migrations: { name: string; checksum: string }[] }
  | { kind: 'table'; table: string; columns: string[] }
  | Row
  | { kind: 'table_end'; table: string; rows: number }
  | { kind: 'sequence'; sequence: string; last_value: number }
  | { kind: 'end'; tables: number; rows: number }

/** Why a backup is not restored; nothing was changed. */
export class RestoreRefused extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'RestoreRefused'
  }
}

/** @throws RestoreRefused where the file is damaged, cut short or no backup. */
export async function* readBackup(file: string): AsyncGenerator<BackupLine> {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  for await (const bytes of decompressed(file)) {
    const lines = (rest + decoder.write(bytes)).split('\n')
    rest = lines.pop()!
    for (const line of lines) yield parseLine(line, file)
  }
  if (rest !== '') throw new RestoreRefused(`${file} was cut short`)
}

async function* decompressed(file: string): AsyncGenerator<Buffer> {
  const input = createReadStream(file)
  const output = createZstdDecompress()
  input.on('error', (error) => output.destroy(error))
  try {
    for await (const bytes of input.pipe(output)) yield bytes
  } catch (error) {
    if (!(error as NodeJS.ErrnoException).code?.startsWith('Z')) throw error
    throw new RestoreRefused(`${file} is damaged, or not a backup of Keyport`, { cause: error })
  } finally {
    input.destroy()
  }
}

function parseLine(line: string, file: string): BackupLine {
  try {
    return JSON.parse(line)
  } catch (cause) {
    throw new RestoreRefused(`${file} is damaged, or not a backup of Keyport`, { cause })
  }
}
