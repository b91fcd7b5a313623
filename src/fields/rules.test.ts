import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Locale } from '../platform/i18n.ts'
import { type FieldKind, type FieldType, problemOf, readFieldValue, sortValue, typedValue } from './rules.ts'

const of = (type: FieldType, choices: string[] = []): FieldKind => ({ type, choices })

const numbers: [Locale, typed: string, stored: string][] = [
  ['en', '1,234.50', '1234.5'],
  ['en', '-0.10', '-0.1'],
  ['en', '−7', '-7'],
  ['en', '+7', '7'],
  ['en', '007', '7'],
  ['en', '-0', '0'],
  ['en', '-0.0', '0'],
  ['en', '1 234 567', '1234567'],
  ['en', '1,234,567', '1234567'],
  ['fr', '1\u202f234,5', '1234.5'],
  ['fr', '1\u00a0234', '1234'],
  ['fr', '1234.5', '1234.5'],
  ['fr', '0,000001', '0.000001'],
  ['pt-BR', '1.234,5', '1234.5'],
  ['pt-BR', '1.234', '1234'],
  ['pt-BR', '1.5', '1.5'],
  ['pt-BR', '-12.345.678', '-12345678'],
]

test('numbers are read as the language writes them, and stored in one way', () => {
  for (const [locale, typed, value] of numbers) {
    assert.deepEqual(readFieldValue(of('number'), typed, locale), { ok: true, value }, `${locale} ${typed}`)
    assert.deepEqual(
      readFieldValue(of('number'), typedValue('number', value, locale), locale),
      { ok: true, value },
      `${locale} ${value} typed again`,
    )
  }
})

test('what is no number, or too large for one, is refused', () => {
  const wrong = ['twelve', '1,5', '1.2.3', '12,34', '1e3', '0x10', 'NaN', 'Infinity', '=1+1', '--1', '.', '1,234,5']
  for (const typed of wrong) {
    assert.deepEqual(readFieldValue(of('number'), typed, 'en'), { ok: false, problem: 'number' }, typed)
  }
  for (const typed of ['1234567890123456', '0.1234567']) {
    assert.deepEqual(readFieldValue(of('number'), typed, 'en'), { ok: false, problem: 'number_size' }, typed)
  }
})

test('days are ISO everywhere, and with the day first where that is meant', () => {
  const days: [Locale, string, string | null][] = [
    ['en', '2027-03-01', '2027-03-01'],
    ['fr', '1/3/2027', '2027-03-01'],
    ['pt-BR', '01.03.2027', '2027-03-01'],
    ['en', '01/03/2027', null],
    ['fr', '31/02/2027', null],
    ['en', '2027-02-29', null],
    ['en', '0000-01-01', null],
    ['en', 'tomorrow', null],
  ]
  for (const [locale, typed, value] of days) {
    const expected = value ? { ok: true, value } : { ok: false, problem: 'date' }
    assert.deepEqual(readFieldValue(of('date'), typed, locale), expected, `${locale} ${typed}`)
  }
})

test('a choice is one of the list, yes and no are true and false, nothing is nothing', () => {
  const field = of('choice', ['High', 'Low'])
  assert.deepEqual(readFieldValue(field, ' High ', 'en'), { ok: true, value: 'High' })
  assert.deepEqual(readFieldValue(field, 'high', 'en'), { ok: false, problem: 'choice' })
  assert.deepEqual(readFieldValue(of('yes_no'), 'true', 'en'), { ok: true, value: 'true' })
  assert.deepEqual(readFieldValue(of('yes_no'), 'on', 'en'), { ok: false, problem: 'yes_no' })
  for (const type of ['text', 'number', 'date', 'choice', 'yes_no'] as const) {
    assert.deepEqual(readFieldValue(of(type), ' \n', 'en'), { ok: true, value: null })
  }
})

test('a text is one line of at most 1,000 signs', () => {
  assert.deepEqual(readFieldValue(of('text'), 'a\u0000b\nc', 'en'), { ok: true, value: 'a b c' })
  assert.deepEqual(readFieldValue(of('text'), '😀'.repeat(1000), 'en'), { ok: true, value: '😀'.repeat(1000) })
  assert.deepEqual(readFieldValue(of('text'), 'x'.repeat(1001), 'en'), { ok: false, problem: 'too_long' })
})

test('a command takes values only in the form in which they are stored', () => {
  const wrong: [FieldType, string][] = [
    ['text', ''],
    ['text', ' x'],
    ['text', 'a\u0000'],
    ['number', '1,5'],
    ['number', '01'],
    ['number', '1.50'],
    ['number', '-0'],
    ['date', '1/3/2027'],
    ['yes_no', 'yes'],
  ]
  for (const [type, value] of wrong) assert.ok(problemOf(of(type), value), `${type} ${value}`)
})

test('values sort as their type does', () => {
  const sorted = (type: FieldType, values: string[]) =>
    values.toSorted((a, b) => Buffer.compare(Buffer.from(sortValue(type, a)), Buffer.from(sortValue(type, b))))
  const ordered = [
    '-999999999999999',
    '-10',
    '-9.5',
    '-9',
    '-0.1',
    '0',
    '0.000001',
    '2',
    '10',
    '10.5',
    '999999999999999.9',
  ]
  assert.deepEqual(sorted('number', ordered.toReversed()), ordered)
  assert.deepEqual(sorted('text', ['zebra', 'Éclair', 'apple', 'Eclipse']), ['apple', 'Éclair', 'Eclipse', 'zebra'])
  assert.deepEqual(sorted('date', ['2027-01-01', '2026-12-31']), ['2026-12-31', '2027-01-01'])
  assert.deepEqual(sorted('yes_no', ['true', 'false']), ['false', 'true'])
  assert.equal([...sortValue('text', '😀'.repeat(1000))].length, 200)
})
