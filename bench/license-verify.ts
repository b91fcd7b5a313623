/**
 * S6: judging a license file, against the bare Ed25519 verification of the same bytes with the same Web Crypto call,
 * alternating in one run. Node's own `crypto.verify` is shown beside them: it is not available to browsers.
 * Usage: node bench/license-verify.ts [--full]
 */
import { createPublicKey, verify as nodeVerify } from 'node:crypto'
import process from 'node:process'
import { verifyLicense } from '../packages/license/src/index.ts'
import { claims, signJws, signKey, testKey } from '../packages/license/tools/test-signer.ts'

const [rounds, calls] = process.argv.includes('--full') ? [101, 1_600] : [41, 320]
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

const medians: Record<string, number> = {}
console.log(`S6 license verification: Node ${process.version}, OpenSSL ${process.versions.openssl}`)
console.log(`file of ${file.length} bytes (${signed.length} signed); medians of ${rounds} rounds of ${calls} calls`)
for (const at_once of [1, 16]) {
  console.log(at_once === 1 ? 'one after another' : `${at_once} at once`)
  const times = await measure(at_once)
  for (const [name, all] of Object.entries(times)) {
    const time = median(all)
    medians[name] = time
    console.log(`  ${name.padEnd(20)} ${time.toFixed(1).padStart(7)} µs   ${Math.round(1e6 / time)} a second`)
  }
  const ratio = (limit: string, work: string) => (medians[limit]! / medians[work]!).toFixed(2)
  console.log(`  ratio file / subtle.verify       ${ratio('bare subtle.verify', 'library, file')} (to reach: 0.8)`)
  console.log(`  ratio signed key / subtle.verify ${ratio('bare subtle.verify', 'library, signed key')}`)
  console.log(`  ratio file / crypto.verify       ${ratio('bare crypto.verify', 'library, file')}`)
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
