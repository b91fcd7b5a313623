/** FUZZ=100000 sets the number of inputs per property; the default keeps the test short. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { claims, signJws, signKey, testKey } from '../tools/test-signer.ts'
import { MAX_LICENSE_LENGTH, verifyLicense } from './index.ts'

const runs = Number(process.env.FUZZ ?? 2_000)
const key = testKey('vendor')
const options = { keys: { keys: [key.jwk] }, product: null, host: 'any' as const, at: new Date('2026-06-15') }
const bound = { ...claims, host: { type: 'mac', id: '00:1a:2b:3c:4d:5e' } }
const file = Buffer.from(signJws(bound, [key]))
const signed_key = Buffer.from(signKey(bound, key))

/** What the signature covers, as the text has it; undefined when it is not readable at all. */
function essence(bytes: Uint8Array): string | undefined {
  const text = Buffer.from(bytes)
    .toString()
    .replace(/^\uFEFF/, '')
  if (text.trimStart().startsWith('K')) return text.replace(/\s/g, '')
  try {
    return JSON.stringify(JSON.parse(text))
  } catch {
    return undefined
  }
}

const edit = fc.record({
  at: fc.nat(),
  remove: fc.nat({ max: 4 }),
  insert: fc.oneof(
    fc.uint8Array({ maxLength: 4 }),
    fc
      .constantFrom('"', '\\', ' ', '\n', '{}', ',', ']', '=', 'A', '_', '\\u0070', '"signature": "",')
      .map((text) => Buffer.from(text)),
  ),
})
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never

function edited(bytes: Uint8Array, edits: readonly Edit[]): Uint8Array {
  return edits.reduce((now, { at, remove, insert }) => {
    const start = at % (now.length + 1)
    return Buffer.concat([now.subarray(0, start), insert, now.subarray(start + remove)])
  }, bytes)
}

for (const [name, original] of [['file', file] as const, ['signed key', signed_key] as const]) {
  test(`no edit of a ${name} verifies, but for white space between its parts`, async () => {
    assert.equal((await verifyLicense(original, options)).status, 'valid')
    let harmless = 0
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 4 }), async (edits) => {
        const mutated = edited(original, edits)
        if (!(await verifyLicense(mutated, options)).ok) return
        assert.equal(essence(mutated), essence(original))
        harmless++
      }),
      { numRuns: runs },
    )
    assert.ok(harmless < runs / 2, 'the edits change something')
  })
}

test('no changed value of the parts of a file verifies', async () => {
  const parts = JSON.parse(file.toString())
  const values = { payload: parts.payload, ...parts.signatures[0] } as Record<string, string>
  const change = fc.record({
    member: fc.constantFrom(...Object.keys(values)),
    at: fc.nat(),
    character: fc.constantFrom(...'ABYZabyz0189-_'),
  })
  await fc.assert(
    fc.asyncProperty(change, async ({ member, at, character }) => {
      const value = values[member]!
      const place = at % value.length
      if (value[place] === character) return
      const { payload, ...signature } = {
        ...values,
        [member]: value.slice(0, place) + character + value.slice(place + 1),
      }
      const result = await verifyLicense(JSON.stringify({ payload, signatures: [signature] }), options)
      assert.equal(result.ok, false)
    }),
    { numRuns: runs },
  )
})

test('whatever the input, there is a result and no exception', async () => {
  const json = fc.json()
  const member = fc.constantFrom('payload', 'signatures', 'protected', 'signature', 'header')
  const jws_like = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.stringMatching(/^[A-Za-z0-9_-]{0,40}$/),
      tie('list'),
      tie('object'),
      fc.jsonValue(),
    ),
    list: fc.array(tie('value'), { maxLength: 3 }),
    object: fc.dictionary(member, tie('value')),
  })).object
  const input = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.uint8Array({ maxLength: 200 }),
    json,
    json.map((text) => `{"payload":"${Buffer.from(text).toString('base64url')}","signatures":[]}`),
    json.map((text) => `K1.${Buffer.from(text).toString('base64url')}.AAAA`),
    fc.string().map((text) => `K1.${text}`),
    jws_like.map((value) => JSON.stringify(value)),
  )
  await fc.assert(
    fc.asyncProperty(input, async (anything) => {
      const result = await verifyLicense(anything, options)
      assert.equal(result.ok, false)
      assert.ok(result.message.length < 500)
    }),
    { numRuns: runs },
  )
})

test('whatever the signed claims, there is a result and no exception', async () => {
  const replacement = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.maxSafeInteger(),
    fc.constantFrom(undefined, -0, 1e21, '', {}),
  )
  const changes = fc.dictionary(
    fc.constantFrom(...Object.keys(bound), 'replaces', 'temporary', 'unknown'),
    replacement,
    { maxKeys: 3 },
  )
  await fc.assert(
    fc.asyncProperty(changes, async (changed) => {
      const result = await verifyLicense(signJws({ ...bound, ...changed }, [key]), options)
      assert.ok(result.proven.includes('signature'))
      if (result.ok) assert.ok(result.license.quantity >= 1)
    }),
    { numRuns: Math.ceil(runs / 4) },
  )
})

test('a text at the size limit is read, one over it is not', async () => {
  const padded = file.toString().padEnd(MAX_LICENSE_LENGTH, ' ')
  assert.equal((await verifyLicense(padded, options)).status, 'valid')
  assert.equal((await verifyLicense(`${padded} `, options)).status, 'malformed')
  assert.equal((await verifyLicense(Buffer.from(`${padded} `), options)).status, 'malformed')
})
