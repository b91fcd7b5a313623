/**
 * S2, its signing part: making 10,000 license files as registration does (250 under way at a time), against the bare
 * Ed25519 signatures of the same bytes on the same threads, alternating in one run.
 * Usage: node bench/license-sign.ts [--full | --check]
 */
import { sign } from 'node:crypto'
import process from 'node:process'
import { promisify } from 'node:util'
import { verifyLicense } from '../packages/license/src/index.ts'
import { claims, testKey } from '../packages/license/tools/test-signer.ts'
import { type LicenseClaims, makeLicenseFile, makeSignedKey } from '../src/keys/index.ts'
import { localSigner } from '../src/keys/signer.ts'
import { report, sizeOfRun } from './report.ts'

const { rounds, files } = sizeOfRun({
  check: { rounds: 1, files: 50 },
  small: { rounds: 5, files: 2_000 },
  full: { rounds: 11, files: 10_000 },
})
const atOnce = 250
const key = testKey('vendor')
const signer = localSigner(key.kid, key.private_key)
const all = Array.from(
  { length: files },
  (_, n): LicenseClaims => ({ ...claims, serial: `M${String(n).padStart(10, '0')}` }),
)
const inputs = await Promise.all(
  all.map(async (one) => {
    const { payload, signatures } = JSON.parse(await makeLicenseFile(signer, one))
    return Buffer.from(`${signatures[0].protected}.${payload}`)
  }),
)
const onThread = promisify(sign)

const works: Record<string, (n: number) => Promise<unknown>> = {
  'license files': (n) => makeLicenseFile(signer, all[n]!),
  'signed keys': (n) => makeSignedKey(signer, all[n]!),
  'bare signatures': (n) => onThread(null, inputs[n]!, key.private_key),
}

const times = Object.fromEntries(Object.keys(works).map((name) => [name, [] as number[]]))
for (let round = -1; round < rounds; round++) {
  for (const [name, work] of Object.entries(works)) {
    const started = performance.now()
    for (let from = 0; from < files; from += atOnce) {
      await Promise.all(Array.from({ length: Math.min(atOnce, files - from) }, (_, n) => work(from + n)))
    }
    if (round >= 0) times[name]!.push(performance.now() - started)
  }
}

const file = await makeLicenseFile(signer, all[7]!)
const checked = await verifyLicense(file, { keys: { keys: [key.jwk] }, product: null, at: new Date('2026-06-15') })
if (checked.status !== 'valid') {
  console.error(`a file that was made is ${checked.status}`)
  process.exit(1)
}

console.log(`S2 signing: Node ${process.version}, ${files} of each; medians of ${rounds} rounds`)
const medians = Object.fromEntries(
  Object.entries(times).map(([name, of]) => [name, of.toSorted((a, b) => a - b)[rounds >> 1]!]),
)
for (const [name, time] of Object.entries(medians)) {
  console.log(`  ${name.padEnd(16)} ${time.toFixed(0).padStart(6)} ms   ${((time * 1000) / files).toFixed(0)} µs each`)
}
const seconds = (name: string) => `${(medians[name]! / 1000).toFixed(2)} s`
report({
  id: 'S2',
  work: `its signing alone: ${files} license files made, ${atOnce} at once`,
  figure: seconds('license files'),
  limit: `${seconds('bare signatures')}, bare Ed25519 signatures`,
  ratio: medians['license files']! / medians['bare signatures']!,
})
