import assert from 'node:assert/strict'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import yazl from 'yazl'
import { readTable, TableError } from './index.ts'

const namespace = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const sheetOf = (rows: string) => `<worksheet ${namespace}><sheetData>${rows}</sheetData></worksheet>`
const usual = {
  'xl/workbook.xml': `<workbook ${namespace}><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels':
    '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
  'xl/worksheets/sheet1.xml': sheetOf('<row><c t="inlineStr"><is><t>a</t></is></c></row>'),
}

async function workbook(parts: Record<string, string | Buffer>): Promise<Buffer> {
  const zip = new yazl.ZipFile()
  for (const [name, content] of Object.entries({ ...usual, ...parts })) zip.addBuffer(Buffer.from(content), name)
  zip.end()
  return buffer(zip.outputStream as Readable)
}

async function read(bytes: Buffer): Promise<string[][]> {
  const cells: string[][] = []
  for await (const rows of readTable({ bytes })) cells.push(...rows.map((row) => row.cells))
  return cells
}

const refused =
  (...codes: string[]) =>
  (error: unknown) =>
    error instanceof TableError && codes.includes(error.code)

test('a workbook made by hand is read', async () => {
  assert.deepEqual(await read(await workbook({})), [['a']])
})

test('entities and document types are refused, within the file or outside', async () => {
  const doctypes = [
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">',
  ]
  for (const doctype of doctypes) {
    const sheet = `${doctype}${sheetOf('<row><c t="inlineStr"><is><t>&a;</t></is></c></row>')}`
    await assert.rejects(read(await workbook({ 'xl/worksheets/sheet1.xml': sheet })), refused('damaged'))
  }
  const undeclared = sheetOf('<row><c t="inlineStr"><is><t>&a;</t></is></c></row>')
  await assert.rejects(read(await workbook({ 'xl/worksheets/sheet1.xml': undeclared })), refused('damaged'))
})

test('a part that unfolds beyond its limit is refused before it is held', async () => {
  const bomb = Buffer.alloc(130 * 1024 ** 2, ' ')
  const bytes = await workbook({ 'xl/sharedStrings.xml': bomb })
  assert.ok(bytes.length < 1024 ** 2)
  const before = process.memoryUsage().rss
  await assert.rejects(read(bytes), refused('too_large'))
  assert.ok(process.memoryUsage().rss - before < 100 * 1024 ** 2)
})

test('an upload may unfold less than a file on disk, which an operator chose', async () => {
  const bytes = await workbook({ 'xl/worksheets/sheet1.xml': sheetOf(' '.repeat(33 * 1024 ** 2)) })
  await assert.rejects(read(bytes), refused('too_large'))
})

test('markup without an end is refused before it is held', async () => {
  const endless = 'a'.repeat(10 * 1024 ** 2)
  for (const start of ['<a x="', '<!--', '<a', '<a><?a ', '<a>&']) {
    const bytes = await workbook({ 'xl/worksheets/sheet1.xml': start + endless })
    const begun = performance.now()
    await assert.rejects(read(bytes), refused('damaged'))
    assert.ok(performance.now() - begun < 1_000, start)
  }
})

test('a part larger than the archive says is refused as damaged', async () => {
  const bytes = await workbook({ 'xl/worksheets/sheet1.xml': sheetOf('<row><c><v>1</v></c></row>'.repeat(50_000)) })
  const name = Buffer.from('xl/worksheets/sheet1.xml')
  const inDirectory = bytes.lastIndexOf(name) - 46
  bytes.writeUInt32LE(1000, inDirectory + 24)
  await assert.rejects(read(bytes), refused('damaged'))
})

test('rows and columns out of all bounds do not fill the memory', async () => {
  const far = '<row r="1"><c r="ZZZZZZ1"><v>1</v></c><c r="A1"><v>2</v></c></row>'
  assert.deepEqual(await read(await workbook({ 'xl/worksheets/sheet1.xml': sheetOf(far) })), [['2']])
  const long = `<row><c t="inlineStr"><is><t>${'x'.repeat(2_000_000)}</t></is></c></row>`
  const [cells] = await read(await workbook({ 'xl/worksheets/sheet1.xml': sheetOf(long) }))
  assert.equal(cells![0]!.length, 32_768)
  const deep = sheetOf('<a>'.repeat(100_000))
  await assert.rejects(read(await workbook({ 'xl/worksheets/sheet1.xml': deep })), refused('damaged'))
})

test('a relation cannot lead out of the archive', async () => {
  const rels = '<Relationships><Relationship Id="rId1" Target="../../../../etc/passwd"/></Relationships>'
  await assert.rejects(read(await workbook({ 'xl/_rels/workbook.xml.rels': rels })), refused('damaged'))
})

test('an archive of thousands of parts is refused', async () => {
  const parts = Object.fromEntries(Array.from({ length: 2000 }, (_, n) => [`xl/p${n}.xml`, '']))
  await assert.rejects(read(await workbook(parts)), refused('too_large'))
})
