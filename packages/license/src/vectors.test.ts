import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { type BitFlips, makeVectors, type VectorCase, type VectorFile } from '../tools/make-vectors.ts'
import type { Trust, VerifyOptions } from './index.ts'
import { verifyLicense } from './index.ts'

const folder = join(import.meta.dirname, '../vectors')
const read = (name: string) => readFileSync(join(folder, name), 'utf8')
const names = ['refusals.json', 'rotation.json', 'two-signatures.json', 'valid.json']

for (const name of names) {
  const { trusts, cases }: VectorFile = JSON.parse(read(name))
  for (const one of cases) {
    test(`vectors/${name}: ${one.name} is ${one.expect.status}`, async () => {
      const result = await verifyLicense(inputOf(one), optionsOf(one, trusts[one.trust]!))
      assert.equal(result.status, one.expect.status, result.message)
      assert.equal(result.ok, ['valid', 'grace'].includes(one.expect.status))
      if (!result.ok) assert.equal(result.about, one.expect.about)
      if (one.expect.signed_by) assert.deepEqual(result.signed_by, one.expect.signed_by)
    })
  }
}

test('vectors/bit-flips.json: no single flipped bit verifies', async () => {
  const { trust, at, file, legend, statuses }: BitFlips = JSON.parse(read('bit-flips.json'))
  const bytes = Buffer.from(file)
  const options: VerifyOptions = { keys: trust, product: 'p', at: new Date(at) }
  assert.equal((await verifyLicense(bytes, options)).status, 'valid')
  assert.equal(statuses.length, bytes.length * 8)
  for (let bit = 0; bit < statuses.length; bit++) {
    const flipped = Uint8Array.from(bytes)
    flipped[bit >> 3]! ^= 1 << (bit & 7)
    const result = await verifyLicense(flipped, options)
    assert.equal(result.ok, false, `bit ${bit}`)
    assert.equal(result.status, legend[statuses[bit]!], `bit ${bit}`)
  }
})

test('the vectors are what their generator makes', async () => {
  const made = await makeVectors()
  assert.deepEqual(readdirSync(folder).sort(), Object.keys(made).sort())
  for (const [name, content] of Object.entries(made)) assert.equal(read(name), content, name)
})

function inputOf({ input }: VectorCase): string | Uint8Array {
  return 'text' in input ? input.text : Buffer.from(input.base64, 'base64')
}

function optionsOf({ options }: VectorCase, keys: Trust): VerifyOptions {
  const { at, last_seen, ...rest } = options
  return { keys, at: new Date(at), ...(last_seen && { lastSeen: new Date(last_seen) }), ...rest }
}
