import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import fc from 'fast-check'
import { csvLine, readTable, sheetRow, TableError, type TableRow, type TableSource, xlsxStream } from './index.ts'

async function rowsOf(source: TableSource | string | Uint8Array, encoding?: string): Promise<TableRow[]> {
  const given =
    typeof source === 'string'
      ? { bytes: Buffer.from(source) }
      : source instanceof Uint8Array
        ? { bytes: source }
        : source
  const rows: TableRow[] = []
  for await (const some of readTable(given, { encoding })) rows.push(...some)
  return rows
}

const cellsOf = async (source: Parameters<typeof rowsOf>[0], encoding?: string) =>
  (await rowsOf(source, encoding)).map(({ cells }) => cells)
const refusedAs = (code: string) => (error: unknown) => error instanceof TableError && error.code === code
const workbook = (rows: (string | number | null)[][]) => buffer(xlsxStream(rows.map(sheetRow)))

test('a CSV is read with comma, semicolon or tab', async () => {
  for (const mark of [',', ';', '\t'])
    assert.deepEqual(await cellsOf(`a${mark}b\n"1${mark}x"${mark}2\n`), [
      ['a', 'b'],
      [`1${mark}x`, '2'],
    ])
})

test('rows carry the line of the file they begin in, also after line breaks within cells and empty lines', async () => {
  for (const end of ['\n', '\r\n', '\r']) {
    const rows = await rowsOf(['a,b', '"x', 'y",1', '', 'z,2', ''].join(end))
    assert.deepEqual(
      rows.map(({ line, cells }) => [line, cells[0]]),
      [
        [1, 'a'],
        [2, 'x\ny'],
        [5, 'z'],
      ],
    )
  }
})

test('byte order marks tell UTF-8 and UTF-16 apart', async () => {
  const text = 'näme,東京\n'
  const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le')
  for (const bytes of [Buffer.from(`\ufeff${text}`), utf16, Buffer.from(utf16).swap16()]) {
    assert.deepEqual(await cellsOf(bytes), [['näme', '東京']])
  }
})

test('a file that is not UTF-8 is refused unless its encoding is told', async () => {
  const latin = Buffer.from('Müller,1\n', 'latin1')
  await assert.rejects(rowsOf(latin), refusedAs('encoding'))
  assert.deepEqual(await cellsOf(latin, 'windows-1252'), [['Müller', '1']])
  await assert.rejects(rowsOf(latin, 'no-such-encoding'), refusedAs('encoding'))
})

test('stray quotation marks are kept as text and stop nothing else', async () => {
  assert.deepEqual(await cellsOf('a,b\n1"x,2\n"x"y,3\n4,5\n'), [
    ['a', 'b'],
    ['1"x', '2'],
    ['"x"y', '3'],
    ['4', '5'],
  ])
})

test('a quotation mark that is never closed does not swallow memory', async () => {
  const rows = await rowsOf(`a,b\n1,2\n"${'x'.repeat(3_000_000)}`)
  assert.deepEqual(rows[1]?.cells, ['1', '2'])
  assert.ok(rows.some(({ problem }) => problem === 'broken_row'))
})

test('a workbook gives back the texts and numbers written to it', async () => {
  const rows = [
    ['a', 'b', 'c'],
    ['=1+1', 12, null],
    ['<&>"\u0001', 'Ünïcödé 東京 😀', 'x'],
  ]
  assert.deepEqual(await cellsOf(await workbook(rows)), [
    ['a', 'b', 'c'],
    ['=1+1', '12', ''],
    ['<&>"', 'Ünïcödé 東京 😀', 'x'],
  ])
})

test('a workbook cut off anywhere is refused as damaged', async () => {
  const whole = await workbook([
    ['a', 'b'],
    ['1', '2'],
  ])
  for (let length = 4; length < whole.length; length += 97) {
    await assert.rejects(rowsOf(whole.subarray(0, length)), refusedAs('damaged'))
  }
})

test('a missing, an empty and an unreadable file are told apart', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'tables-'))
  t.after(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'empty.csv'), '')
  await assert.rejects(rowsOf({ file: join(folder, 'none.csv') }), refusedAs('unreadable'))
  await assert.rejects(rowsOf({ file: folder }), refusedAs('unreadable'))
  await assert.rejects(rowsOf({ file: join(folder, 'empty.csv') }), refusedAs('empty'))
})

test('cells that a spreadsheet would run are written as text', () => {
  assert.equal(
    csvLine(['\n=1', '＝1', '＠a']),
    `"'\n=1",'＝1,'＠a\r\n`,
    'signs of full width are read like others, and an empty line is no protection',
  )
  assert.equal(
    csvLine(['=1+1', '+x', '@a', '-2', '-x', 'a,b', 'say "hi"', null, 3]),
    `'=1+1,'+x,'@a,-2,'-x,"a,b","say ""hi""",,3\r\n`,
  )
})

test('what is written as CSV is read back, whatever the texts', async () => {
  const cell = fc.string({ unit: 'binary' }).map((text) =>
    text
      .replace(/^[=+\-@\t\r\n\ufeff]+/g, '')
      .replace(/\r\n|\r/g, '\n')
      .replaceAll('\ufeff', '')
      .toWellFormed(),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(cell, { minLength: 2, maxLength: 5 }), async (cells) => {
      assert.deepEqual(await cellsOf(`a,b\r\n${csvLine(cells)}`), [['a', 'b'], cells])
    }),
  )
})

const fuzzRuns = Number(process.env.FUZZ_RUNS ?? 300)

test('no bytes make the readers crash or hang: rows, or a TableError', async () => {
  const whole = await workbook([
    ['a', 'b'],
    ['1', '2'],
  ])
  const mutated = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 8 }).map((changes) => {
    const bytes = Buffer.from(whole)
    for (const [at, value] of changes) bytes[at] = value
    return bytes
  })
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.uint8Array({ minLength: 1, maxLength: 400 }), mutated), async (bytes) => {
      await rowsOf(Buffer.from(bytes)).catch((error) => assert.ok(error instanceof TableError, String(error?.stack)))
    }),
    { numRuns: fuzzRuns },
  )
})
