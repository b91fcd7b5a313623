import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { CODE_ALPHABET, CODE_RANDOM_LENGTH, checkCode, completeCode } from './index.ts'

const digit = fc.constantFrom(...CODE_ALPHABET)
const code = fc
  .array(digit, { minLength: CODE_RANDOM_LENGTH, maxLength: CODE_RANDOM_LENGTH })
  .map((digits) => completeCode(digits.join('')))
const bare = (printed: string) => printed.replaceAll('-', '')
const without = (text: string, ...characters: string[]) => [...text].filter((one) => !characters.includes(one))

test('a code is 25 characters in five groups with at least 110 random bits', () => {
  assert.match(completeCode('2'.repeat(CODE_RANDOM_LENGTH)), /^(?:[2-9A-Z]{5}-){4}[2-9A-Z]{5}$/)
  assert.ok(CODE_RANDOM_LENGTH * Math.log2(CODE_ALPHABET.length) >= 110)
  assert.deepEqual(
    [...'0O1ILU'].filter((one) => CODE_ALPHABET.includes(one)),
    [],
  )
})

test('a code is accepted in any case, with any dashes and spaces, and comes back in its printed form', () => {
  fc.assert(
    fc.property(code, (printed) => {
      assert.deepEqual(checkCode(printed), { ok: true, code: printed })
      assert.deepEqual(checkCode(` ${bare(printed).toLowerCase()}\n`), { ok: true, code: printed })
      assert.deepEqual(checkCode(printed.replaceAll('-', ' – ')), { ok: true, code: printed })
    }),
  )
})

test('every single wrong character is noticed, at every place', () => {
  fc.assert(
    fc.property(code, (printed) => {
      const right = bare(printed)
      for (let i = 0; i < right.length; i++) {
        for (const wrong of without(CODE_ALPHABET, right[i]!)) {
          assert.equal(checkCode(right.slice(0, i) + wrong + right.slice(i + 1)).ok, false)
        }
      }
    }),
    { numRuns: 20 },
  )
})

test('every swap of neighbours, and of characters with one between them, is noticed', () => {
  fc.assert(
    fc.property(code, fc.constantFrom(1, 2), (printed, distance) => {
      const right = [...bare(printed)]
      for (let i = 0; i + distance < right.length; i++) {
        if (right[i] === right[i + distance]) continue
        const swapped = right.with(i, right[i + distance]!).with(i + distance, right[i]!)
        assert.equal(checkCode(swapped.join('')).ok, false)
      }
    }),
  )
})

test('of random texts of the right form about one in 887 passes', () => {
  let passed = 0
  const texts = fc.sample(fc.array(digit, { minLength: 25, maxLength: 25 }), { numRuns: 20_000, seed: 7 })
  for (const text of texts) if (checkCode(text.join('')).ok) passed++
  assert.ok(passed > 5 && passed < 60, `${passed} of 20000`)
})

test('a code says what is wrong with it', () => {
  const printed = completeCode('ABCDEFGHJKMNPQRSTVWXYZ2')
  assert.deepEqual(checkCode(printed.slice(0, -1)), { ok: false, reason: 'length' })
  assert.deepEqual(checkCode(`${printed}2`), { ok: false, reason: 'length' })
  assert.deepEqual(checkCode(''), { ok: false, reason: 'length' })
  assert.deepEqual(checkCode('A'.repeat(1_000_000)), { ok: false, reason: 'length' })
  assert.deepEqual(checkCode(printed.replace('C', '0')), { ok: false, reason: 'character', at: 2 })
  assert.deepEqual(checkCode(printed.replace('A', 'B')), { ok: false, reason: 'checksum' })
  assert.throws(() => completeCode('O'.repeat(CODE_RANDOM_LENGTH)), RangeError)
  assert.throws(() => completeCode('2'), RangeError)
})
