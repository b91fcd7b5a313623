/**
 * S6: judging a license file, against the bare Ed25519 verification of the same bytes with the same Web Crypto call,
 * alternating in one run. Node's own `crypto.verify` is shown beside them: it is not available to browsers.
 * Usage: node bench/license-verify.ts [--full | --check]
 */
import { createPublicKey, verify as nodeVerify } from 'node:crypto'
import process from 'node:process'
import { verifyLicense } from '../packages/license/src/index.ts'
import { claims, signJws, signKey, testKey } from '../packages/license/tools/test-signer.ts'
import { atLeast, report, sizeOfRun } from './report.ts'

const { rounds, calls } = sizeOfRun({
  check: { rounds: 1, calls: 16 },
  small: { rounds: 41, calls: 320 },
  full: { rounds: 101, calls: 1_600 },
})
const key = testKey('vendor')
const keys = { keys: [key.jwk] }
const file = signJws({ ...claims, host: { type: 'mac', id: '00:1a:2b:3c:4d:5e' } }, [key])
const signed_key = signKey(claims, key)
const { payload, signatures } = JSON.parse(file)
const signed = Buffer.from(`${signatures[0].protected}.${payload}`)
const signature = Buffer.from(signatures[0].signature, 'base64url')
const public_key = await crypto.subtle.importKey('jwk', key.jwk as JsonWebKey, 'Ed25519', false, ['verify'])
const key_object = createPublicKey(key.private_key)
const host = { type: 'mac', id: '00:1a:2b:3c:4d:5e' }
const options = { keys, product: 'ATLAS-PRO', host, at: new Date('2026-06-15') }

const works: Record<string, () => Promise<boolean> | boolean> = {
  'library, file': async () => (await verifyLicense(file, options)).ok,
  'library, signed key': async () => (await verifyLicense(signed_key, options)).ok,
  'bare subtle.verify': () => crypto.subtle.verify('Ed25519', public_key, signature, signed),
  'bare crypto.verify': () => nodeVerify(null, signed, key_object, signature),
}

console.log(`OpenSSL ${process.versions.openssl}, file of ${file.length} bytes (${signed.length} signed)`)
for (const at_once of [1, 16]) {
  const times = await measure(at_once)
  const of = (name: string) => median(times[name]!)
  for (const name of Object.keys(times)) console.log(`  ${name.padEnd(20)} ${of(name).toFixed(1).padStart(7)} µs`)
  const ratio = of('bare subtle.verify') / of('library, file')
  report({
    id: 'S6',
    work: `license file verified, ${at_once === 1 ? 'one after another' : `${at_once} at once`}, medians of ${rounds} rounds`,
    figure: `${of('library, file').toFixed(1)} µs`,
    limit: `${of('bare subtle.verify').toFixed(1)} µs, bare Ed25519 of the same bytes`,
    ratio,
    target: atLeast(0.8, ratio),
  })
}

/** Microseconds a call, per round, of each work; the first rounds warm up. */
async function measure(at_once: number): Promise<Record<string, number[]>> {
  const times: Record<string, number[]> = Object.fromEntries(Object.keys(works).map((name) => [name, []]))
  for (let round = -3; round < rounds; round++) {
    for (const [name, work] of Object.entries(works)) {
      const started = performance.now()
      for (let call = 0; call < calls; call += at_once) {
        const answers = await Promise.all(Array.from({ length: at_once }, work))
        if (answers.includes(false)) throw new Error(`${name} gave a wrong answer`)
      }
      if (round >= 0) times[name]!.push(((performance.now() - started) * 1000) / calls)
    }
  }
  return times
}

function median(all: number[]): number {
  return all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)]!
}
