import { readTable, TableError } from '../platform/tables/index.ts'

/** One line of a list: a serial number, and what else stands in its row. */
export type ListLine = { serial: string; cells: string[] }
export type List = { columns: string[]; lines: ListLine[]; repeated: number }
export type ListRefusal = 'unreadable' | 'nothing_found' | 'too_many'

/** How the column of serial numbers is called in exports of this portal and in people's own lists. */
const serialHeading =
  /(?<![a-z0-9])(?:serials?(?:[ _-]?(?:n(?:umber|o|r)s?))?|n[uú]m(?:[eé]ro)?s? de s[eé]rie|s[eé]rie|seriennummer)(?![a-z0-9])|シリアル|序列号/iu
export const mostLines = 100_000
const mostColumns = 40
const longestCell = 1_000
const longestSerial = 100

/**
 * Reads a list of licenses: CSV, XLSX, or pasted text. With a heading for serial numbers each row is a license and
 * its other columns belong to it; without one, every word is a serial number.
 */
export async function readList(
  bytes: Uint8Array,
): Promise<({ ok: true } & List) | { ok: false; refusal: ListRefusal }> {
  const reader = new Reader()
  try {
    for await (const rows of readTable({ bytes })) {
      for (const { cells } of rows) reader.row(cells)
      if (reader.lines.size > mostLines) return { ok: false, refusal: 'too_many' }
    }
  } catch (error) {
    if (!(error instanceof TableError)) throw error
    return { ok: false, refusal: error.code === 'empty' ? 'nothing_found' : 'unreadable' }
  }
  if (reader.lines.size === 0) return { ok: false, refusal: 'nothing_found' }
  return { ok: true, columns: reader.columns, lines: [...reader.lines.values()], repeated: reader.repeated }
}

class Reader {
  columns: string[] = []
  /** By serial number: a license that is named again is counted, and its first line holds. */
  readonly lines = new Map<string, ListLine>()
  repeated = 0
  #serialAt: number | undefined
  #first = true

  row(cells: string[]): void {
    const heading = this.#first ? cells.findIndex((cell) => serialHeading.test(cell)) : -1
    this.#first = false
    if (heading >= 0) {
      this.#serialAt = heading
      this.columns = this.#others(cells)
    } else if (this.#serialAt === undefined) {
      for (const serial of cells.flatMap((cell) => cell.split(/[\s,;]+/))) this.#add(serial, [])
    } else this.#add(cells[this.#serialAt] ?? '', this.#others(cells))
  }

  #others(cells: string[]): string[] {
    const others = cells.filter((_, n) => n !== this.#serialAt).slice(0, mostColumns)
    return others.map((cell) => cut(clean(cell), longestCell))
  }

  #add(typed: string, cells: string[]): void {
    const serial = cut(clean(typed), longestSerial)
    if (serial === '') return
    if (this.lines.has(serial)) this.repeated += 1
    else this.lines.set(serial, { serial, cells })
  }
}

/** Half a character, of a cut or of the list itself, is nothing that the database keeps. */
function cut(text: string, longest: number): string {
  return text.slice(0, longest).toWellFormed()
}

/** A leading apostrophe disarms formulas in the portal's own exports. */
function clean(cell: string): string {
  return cell
    .replaceAll('\0', '')
    .trim()
    .replace(/^'(?=[=+\-@])/, '')
}
