import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readSerials } from './read-serials.ts'

const found = (text: string) => readSerials(text).serials

test('serial numbers are found in any layout', () => {
  const layouts = [
    'M0123456789\nM9876543210',
    'M0123456789;"M9876543210"',
    ' M0123456789,\tM9876543210.',
    '(M0123456789) / M9876543210',
  ]
  for (const text of layouts) assert.deepEqual(found(text), ['M0123456789', 'M9876543210'], text)
})

test('the case of a serial number is kept', () => assert.deepEqual(found('m0123456789'), ['m0123456789']))

test('dashes of word processors, full-width letters and invisible characters are mended', () => {
  assert.deepEqual(found('7K3M–9QXA—T5RW‑H2JD'), ['7K3M-9QXA-T5RW-H2JD'])
  assert.deepEqual(found('\u{feff}Ｍ０１２３４５６７８９\u200b'), ['M0123456789'])
})

test('what is too short or too long to be a serial number is left out', () => {
  assert.deepEqual(found(`12345 ${'A1'.repeat(30)} -- ------`), [])
})

test('a long line of hyphens is passed over as fast as any other text', () => {
  const begun = performance.now()
  assert.deepEqual(found(`a${'-'.repeat(100_000)}a --M0123456789--`), ['M0123456789'])
  assert.ok(performance.now() - begun < 1_000)
})

test('a repeated serial number counts once', () => {
  assert.deepEqual(found('M0123456789 M0123456789 M9876543210'), ['M0123456789', 'M9876543210'])
})

test('whatever is pasted, only what the column of serial numbers takes comes out', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      for (const serial of found(text)) assert.match(serial, /^[A-Za-z0-9-]{6,40}$/)
    }),
  )
})
