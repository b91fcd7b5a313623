import sax from 'sax'
import yauzl from 'yauzl'
import type { TableSource } from './read-table.ts'
import { rowsAtATime, TableError, type TableRow } from './table.ts'

const megabyte = 1024 ** 2
const limits = { columns: 200, cell: 32_767 }
/** Uncompressed bytes of a part that is held in memory, and of the sheet, which is not. */
type Sizes = { held: number; sheet: number }
const fileSizes: Sizes = { held: 128 * megabyte, sheet: 4096 * megabyte }
/** Each takes seconds to read, and anybody may upload: 8 megabytes could unfold to eight thousand. */
const uploadSizes: Sizes = { held: 32 * megabyte, sheet: 32 * megabyte }

type Book = { zip: yauzl.ZipFile; entries: Map<string, yauzl.Entry>; sizes: Sizes }

/** Reads the first sheet of a workbook (ECMA-376) row by row. @throws TableError */
export async function* readXlsx(source: TableSource): AsyncGenerator<TableRow[]> {
  const book = await openBook(source)
  try {
    const { sheet, dates1904 } = await findSheet(book)
    const texts = await readSharedTexts(book)
    const dateStyles = await readDateStyles(book)
    yield* readRows(book, sheet, { texts, dateStyles, dates1904 })
  } finally {
    book.zip.close()
  }
}

async function openBook(source: TableSource): Promise<Book> {
  try {
    const options = { lazyEntries: true, autoClose: false }
    const zip =
      'file' in source
        ? await yauzl.openPromise(source.file, options)
        : await yauzl.fromBufferPromise(Buffer.from(source.bytes), options)
    const entries = new Map<string, yauzl.Entry>()
    for await (const entry of zip.eachEntry()) {
      entries.set(entry.fileName, entry)
      if (entries.size > 1_000) throw new TableError('too_large')
    }
    return { zip, entries, sizes: 'file' in source ? fileSizes : uploadSizes }
  } catch (error) {
    throw error instanceof TableError ? error : new TableError('damaged', error)
  }
}

type Attributes = Record<string, string>
type Handlers = {
  open?(name: string, attributes: Attributes): void
  text?(text: string): void
  close?(name: string): void
}

/** Feeds a part of the workbook to handlers, yielding after each chunk so that the caller can hand rows on. */
async function* parsePart(book: Book, name: string, limit: number, handlers: Handlers): AsyncGenerator<void> {
  const entry = book.entries.get(name)
  if (!entry) throw new TableError('damaged')
  if (entry.uncompressedSize > limit) throw new TableError('too_large')
  const parser = parserFor(handlers)
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const chunk of await book.zip.openReadStreamPromise(entry)) {
      const text = decoder.decode(chunk as Uint8Array, { stream: true })
      // By its position the parser bounds names, values and comments; told not to track it, it must be given.
      parser.position += text.length
      parser.write(text)
      yield
    }
    parser.write(decoder.decode()).close()
  } catch (error) {
    throw error instanceof TableError ? error : new TableError('damaged', error)
  }
  yield
}

function parserFor(handlers: Handlers): sax.SAXParser {
  const parser = sax.parser(true, { position: false })
  parser.position = 0
  parser.onerror = (error) => {
    throw new TableError('damaged', error)
  }
  parser.ondoctype = () => {
    throw new TableError('damaged')
  }
  parser.onopentag = (tag) => handlers.open?.(localName(tag.name), tag.attributes as Attributes)
  parser.ontext = (text) => handlers.text?.(text)
  parser.oncdata = (text) => handlers.text?.(text)
  parser.onclosetag = (name) => handlers.close?.(localName(name))
  return parser
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

async function parseAll(book: Book, name: string, handlers: Handlers): Promise<void> {
  for await (const _ of parsePart(book, name, book.sizes.held, handlers));
}

async function findSheet(book: Book): Promise<{ sheet: string; dates1904: boolean }> {
  let relation: string | undefined
  let dates1904 = false
  await parseAll(book, 'xl/workbook.xml', {
    open(name, attributes) {
      if (name === 'workbookPr') dates1904 = /^(1|true)$/.test(attributes.date1904 ?? '')
      if (name === 'sheet') relation ??= attributes['r:id']
    },
  })
  let target: string | undefined
  await parseAll(book, 'xl/_rels/workbook.xml.rels', {
    open(name, attributes) {
      if (name === 'Relationship' && attributes.Id === relation) target = attributes.Target
    },
  })
  if (!target) throw new TableError('damaged')
  return { sheet: target.startsWith('/') ? target.slice(1) : `xl/${target}`, dates1904 }
}

async function readSharedTexts(book: Book): Promise<string[]> {
  const texts: string[] = []
  if (!book.entries.has('xl/sharedStrings.xml')) return texts
  let text = ''
  let inText = false
  let inPhonetic = false
  await parseAll(book, 'xl/sharedStrings.xml', {
    open(name) {
      if (name === 'si') text = ''
      else if (name === 't') inText = true
      else if (name === 'rPh') inPhonetic = true
    },
    text(part) {
      if (inText && !inPhonetic) text += part.slice(0, limits.cell + 1 - text.length)
    },
    close(name) {
      if (name === 'si') texts.push(text)
      else if (name === 't') inText = false
      else if (name === 'rPh') inPhonetic = false
    },
  })
  return texts
}

/** Number formats that show a date (ECMA-376 §18.8.30), by the index of the style that uses them. */
async function readDateStyles(book: Book): Promise<Set<number>> {
  const custom = new Map<string, string>()
  const styles = new Set<number>()
  if (!book.entries.has('xl/styles.xml')) return styles
  let inCells = false
  let index = 0
  await parseAll(book, 'xl/styles.xml', {
    open(name, attributes) {
      if (name === 'numFmt') custom.set(attributes.numFmtId ?? '', attributes.formatCode ?? '')
      else if (name === 'cellXfs') inCells = true
      else if (name === 'xf' && inCells) {
        if (isDateFormat(attributes.numFmtId ?? '0', custom)) styles.add(index)
        index++
      }
    },
    close(name) {
      if (name === 'cellXfs') inCells = false
    },
  })
  return styles
}

function isDateFormat(id: string, custom: Map<string, string>): boolean {
  const code = custom.get(id)
  if (code !== undefined) return /[dy]/i.test(code.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, ''))
  const number = Number(id)
  return (number >= 14 && number <= 17) || number === 22
}

type Meaning = { texts: string[]; dateStyles: Set<number>; dates1904: boolean }

async function* readRows(book: Book, sheet: string, meaning: Meaning): AsyncGenerator<TableRow[]> {
  const rows: TableRow[] = []
  for await (const _ of parsePart(book, sheet, book.sizes.sheet, rowHandlers(rows, meaning))) {
    while (rows.length >= rowsAtATime) yield rows.splice(0, rowsAtATime)
  }
  while (rows.length > 0) yield rows.splice(0, rowsAtATime)
}

function rowHandlers(rows: TableRow[], meaning: Meaning): Handlers {
  let line = 0
  let cells: string[] = []
  let column = -1
  let type = 'n'
  let style = 0
  let value = ''
  let inValue = false
  return {
    open(name, attributes) {
      if (name === 'row') {
        line = attributes.r ? Number(attributes.r) : line + 1
        cells = []
        column = -1
      } else if (name === 'c') {
        column = attributes.r ? columnOf(attributes.r) : column + 1
        type = attributes.t ?? 'n'
        style = Number(attributes.s ?? 0)
        value = ''
      } else if (name === 'v' || name === 't') inValue = true
    },
    text(part) {
      if (inValue) value += part.slice(0, limits.cell + 1 - value.length)
    },
    close(name) {
      if (name === 'v' || name === 't') inValue = false
      else if (name === 'c' && column < limits.columns) setCell(cells, column, cellText(value, type, style, meaning))
      else if (name === 'row' && cells.some((cell) => cell !== '')) rows.push({ line, cells })
    },
  }
}

function setCell(cells: string[], column: number, text: string) {
  while (cells.length < column) cells.push('')
  cells[column] = text
}

/** "BC12" → 54. */
function columnOf(reference: string): number {
  let column = 0
  for (const letter of reference) {
    const code = letter.charCodeAt(0) - 64
    if (code < 1 || code > 26) break
    column = column * 26 + code
  }
  return column - 1
}

function cellText(value: string, type: string, style: number, meaning: Meaning): string {
  if (type === 's') return meaning.texts[Number(value)] ?? ''
  if (type === 'b') return value === '1' ? 'yes' : 'no'
  if (type === 'd') return value.slice(0, 10)
  if (type === 'n' && value !== '' && meaning.dateStyles.has(style))
    return dayOfSerial(Number(value), meaning.dates1904)
  return value
}

/** Excel counts days from 1899-12-30 (its 1900 was a leap year), or from 1904-01-01. */
function dayOfSerial(serial: number, dates1904: boolean): string {
  const days = Math.floor(serial) + (dates1904 ? 1462 : 0)
  const moment = new Date(Date.UTC(1899, 11, 30) + days * 86_400_000)
  return Number.isNaN(moment.getTime()) ? '' : moment.toISOString().slice(0, 10)
}
