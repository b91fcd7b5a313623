/** Rules of RFC 5545 that calendar programs insist on. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { escapeText, fold, writeCalendar } from './ics.ts'

const entry = {
  uid: 'abc@keyport.example',
  day: '2028-02-29',
  summary: 'Größe, Länge; "x"\\y',
  description: 'one\r\ntwo\u0000',
  url: 'https://licensing.example.com/licenses?product=A&ends_from=2028-02-29',
}
const calendar = { name: 'Acme', language: 'pt-BR', stamp: new Date('2026-06-15T10:11:12.345Z'), entries: [entry] }

test('a day is an entry of whole days that blocks nobody, and ends on the day after', () => {
  const lines = writeCalendar(calendar).split('\r\n')
  assert.equal(lines.at(-1), '', 'the last line is ended, too')
  const wanted = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'DTSTAMP:20260615T101112Z',
    'DTSTART;VALUE=DATE:20280229',
    'DTEND;VALUE=DATE:20280301',
    'TRANSP:TRANSPARENT',
    'SUMMARY;LANGUAGE=pt-BR:Größe\\, Länge\\; "x"\\\\y',
    'DESCRIPTION;LANGUAGE=pt-BR:one\\ntwo ',
    'UID:abc@keyport.example',
    'END:VCALENDAR',
  ]
  for (const line of wanted) assert.ok(lines.includes(line), line)
  assert.ok(!writeCalendar(calendar).replaceAll('\r\n', '').includes('\n'), 'lines end with CRLF only')
})

test('text comes back as it was, and can end no line', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const escaped = escapeText(text)
      assert.doesNotMatch(escaped, /[\r\n]/)
      const back = escaped.replaceAll(/\\([\\;,n])/g, (_, sign: string) => (sign === 'n' ? '\n' : sign))
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must go
      assert.equal(back, text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, ' '))
    }),
  )
})

test('lines are folded at 75 octets, never within a character, and unfold to what they were', () => {
  const texts = fc.string({ unit: fc.constantFrom('a', 'é', '漢', '😀', ' '), maxLength: 300 })
  fc.assert(
    fc.property(texts, (text) => {
      const folded = fold(text)
      assert.equal(folded.replaceAll('\r\n ', ''), text)
      for (const line of folded.split('\r\n')) {
        assert.ok(Buffer.byteLength(line) <= 75)
        assert.equal(Buffer.from(line).toString('utf8'), line)
        assert.ok(!line.includes('\ufffd'))
      }
    }),
  )
  assert.equal(fold('x'.repeat(75)), 'x'.repeat(75))
  assert.equal(fold('x'.repeat(76)), `${'x'.repeat(75)}\r\n x`)
})
