import { readTable, TableError } from '../platform/tables/index.ts'
import { mostSerials } from './schemas.ts'

/** How the column of serial numbers is called in exports of this portal and in people's own lists. */
const heading = /serial|série|serie|seriennummer|シリアル|序列号/i
/** Far more cells than a basket takes: what follows would be refused anyway. */
const mostCells = mostSerials * 20

/**
 * Reads the cells of an uploaded CSV or XLSX that may hold serial numbers: those of the column with that heading,
 * or all. @returns them one a line, or undefined for a file that cannot be read.
 */
export async function readSerialFile(bytes: Uint8Array): Promise<string | undefined> {
  const cells: string[] = []
  let column: number | undefined
  let isFirst = true
  try {
    for await (const rows of readTable({ bytes })) {
      for (const row of rows) {
        const found = isFirst ? row.cells.findIndex((cell) => heading.test(cell)) : -1
        isFirst = false
        if (found >= 0) column = found
        else if (column !== undefined) cells.push(row.cells[column] ?? '')
        else for (const cell of row.cells) cells.push(cell)
      }
      if (cells.length > mostCells) break
    }
  } catch (error) {
    if (error instanceof TableError) return undefined
    throw error
  }
  return cells.join('\n')
}
