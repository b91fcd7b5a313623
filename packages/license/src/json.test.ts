import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readJson } from './json.ts'
import { Refused } from './result.ts'

const runs = Number(process.env.FUZZ ?? 2_000)
const refused = (text: string) => assert.throws(() => readJson(text), Refused, text.slice(0, 60))

test('what JSON.stringify writes is read as JSON.parse reads it', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 8 }), (text) => {
      if (/"(?:__proto__|constructor|prototype)"/.test(text)) return
      assert.deepEqual(plain(readJson(text)), plain(JSON.parse(text)))
    }),
    { numRuns: runs },
  )
})

test('what this reader accepts, JSON.parse reads the same', () => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    '"a"',
    '"\\u0041"',
    '"',
    '\\',
    '1',
    '-0',
    '1e5',
    '.5',
    'true',
    'null',
    ' ',
    '\n',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
      const text = pieces.join('')
      let value: unknown
      try {
        value = readJson(text)
      } catch (error) {
        assert.ok(error instanceof Refused)
        return
      }
      assert.deepEqual(plain(value), plain(JSON.parse(text)))
    }),
    { numRuns: runs * 5 },
  )
})

test('the reader is stricter than JSON.parse', () => {
  for (const text of ['{"a":1,"a":1}', '{"a":1,"\\u0061":2}', '{"__proto__":1}', '{"constructor":1}']) refused(text)
  for (const text of ['"\\ud800"', '"\ud800"', '1e999', '['.repeat(18) + ']'.repeat(18)]) refused(text)
})

test('what is not JSON is refused', () => {
  const texts = [
    '',
    ' ',
    '{',
    '[1,]',
    '{"a"}',
    '{"a":}',
    '{a:1}',
    "'a'",
    '01',
    '+1',
    '1.',
    '.1',
    '-',
    'NaN',
    'tru',
    'nulll',
  ]
  for (const text of [...texts, '"\n"', '"\\x"', '"a', '"a\\"', '\u00a01', '[1 2]', '1 2', '/**/1', '\ufeff1'])
    refused(text)
})

test('objects have no prototype', () => {
  const value = readJson('{"a":{}}') as Record<string, unknown>
  assert.equal(value.toString, undefined)
  assert.equal(Object.getPrototypeOf(value.a), null)
})

test('a megabyte of quotes, backslashes or brackets is judged at once', () => {
  for (const piece of ['\\"', '\\\\', '"', '[', '{"a":', ' ', '1,']) {
    const started = performance.now()
    refused(`"${piece.repeat(1_000_000 / piece.length)}`)
    refused(piece.repeat(1_000_000 / piece.length))
    assert.ok(performance.now() - started < 5_000, piece)
  }
})

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_name, inner) => (Object.is(inner, -0) ? 0 : inner))
}
