import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileTypeOf, looksLikeText, safeFileName, textType } from './file-rules.ts'

test('what is in a file says what it is; what runs, and what browsers run, is not taken', () => {
  assert.equal(fileTypeOf('application/pdf', false), 'application/pdf')
  assert.equal(fileTypeOf(undefined, true), textType)
  assert.equal(fileTypeOf('application/xml', true), textType)
  for (const type of ['application/x-msdownload', 'application/x-elf', 'text/html', 'image/svg+xml', 'constructor']) {
    assert.equal(fileTypeOf(type, true), null, type)
  }
  assert.equal(fileTypeOf(undefined, false), null)
})

test('text is UTF-8 without NUL; a last character that is cut is no fault', () => {
  assert.ok(looksLikeText(Buffer.from('Grüße')))
  assert.ok(looksLikeText(Buffer.from('ü').subarray(0, 1)))
  assert.ok(!looksLikeText(Buffer.from([0x41, 0x00])))
  assert.ok(!looksLikeText(Buffer.from([0xff, 0xfe, 0x41])))
})

test('a name keeps what people gave it and loses what systems misread; its ending goes with the content', () => {
  const cases: [given: string, type: string, kept: string][] = [
    ['Vertrag März.pdf', 'application/pdf', 'Vertrag März.pdf'],
    ['C:\\temp\\a.PDF', 'application/pdf', 'a.pdf'],
    ['../../etc/passwd', textType, 'passwd.txt'],
    ['run.bat', textType, 'run.bat.txt'],
    ['page.html', textType, 'page.html.txt'],
    ['photo.exe', 'image/png', 'photo.exe.png'],
    ['\u202Egnp.exe', 'image/png', 'gnp.exe.png'],
    ['a\r\nb.txt', textType, 'ab.txt'],
    ['..', textType, 'file.txt'],
    ['CON', textType, 'CON_.txt'],
    ['=cmd|calc.csv', textType, '=cmd_calc.csv'],
    ['x'.repeat(500), textType, `${'x'.repeat(120)}.txt`],
  ]
  for (const [given, type, kept] of cases) assert.equal(safeFileName(given, type), kept)
})
