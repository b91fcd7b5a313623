/** One row: its line in the file (the first is 1) and its cells as text; a row that could not be read has a problem. */
export type TableRow = { line: number; cells: string[]; problem?: 'broken_row' }

/**
 * `unreadable` the file cannot be opened or read · `empty` no row at all · `encoding` not in the encoding it should be
 * in · `damaged` cut off or not what its name says · `too_large` a part is larger than a spreadsheet can be.
 */
export type TableErrorCode = 'unreadable' | 'empty' | 'encoding' | 'damaged' | 'too_large'

/** A file that cannot be read as a table. */
export class TableError extends Error {
  readonly code: TableErrorCode

  constructor(code: TableErrorCode, cause?: unknown) {
    super(`table ${code}`, { cause })
    this.name = 'TableError'
    this.code = code
  }
}

/** Rows handed over at a time. */
export const rowsAtATime = 5_000
