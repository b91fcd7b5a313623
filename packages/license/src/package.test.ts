/** The package as strangers get it, and the recipe that its README promises. */
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { after, test } from 'node:test'
import { buildInto } from '../tools/build.ts'
import { claims, signJws, testKey } from '../tools/test-signer.ts'

const folder = mkdtempSync(join(tmpdir(), 'keyport-license-'))
after(() => rmSync(folder, { recursive: true }))

const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')
const recipe = /```sh\n(# By hand[\s\S]*?)```/.exec(readme)?.[1] ?? ''
const key = testKey('vendor')
const jwks = JSON.stringify({ keys: [testKey('another').jwk, key.jwk] }, null, 2)

test('the published package works without TypeScript and without dependencies', () => {
  const built = join(folder, 'node_modules/@keyport/license')
  buildInto(built)
  const manifest = JSON.parse(readFileSync(join(built, 'package.json'), 'utf8'))
  assert.deepEqual([manifest.dependencies, manifest.scripts], [undefined, undefined])
  const names = readdirSync(built)
  for (const name of ['index.js', 'index.d.ts', 'README.md', 'LICENSE', 'vectors'])
    assert.ok(names.includes(name), name)
  for (const name of names.filter((one) => one.endsWith('.js'))) {
    const imports = readFileSync(join(built, name), 'utf8').matchAll(/from '([^']+)'/g)
    for (const [, from] of imports) assert.match(from!, /^\.\/[a-z0-9-]+\.js$/, name)
  }
  writeFileSync(join(folder, 'a.slf'), signJws(claims, [key]))
  writeFileSync(join(folder, 'jwks.json'), jwks)
  writeFileSync(
    join(folder, 'product.mjs'),
    `import { readFileSync } from 'node:fs'
     import { verifyLicense } from '@keyport/license'
     const keys = JSON.parse(readFileSync('jwks.json', 'utf8'))
     const options = { keys, product: 'ATLAS-PRO', at: new Date('2026-06-15') }
     console.log((await verifyLicense(readFileSync('a.slf'), options)).status)`,
  )
  const printed = execFileSync(process.execPath, ['product.mjs'], { cwd: folder, encoding: 'utf8' })
  assert.equal(printed, 'valid\n')
})

test('the README verifies a file by hand with OpenSSL, and finds a changed one out', () => {
  assert.ok(recipe.includes('openssl pkeyutl'), 'the recipe is there')
  assert.ok(
    readFileSync(join(import.meta.dirname, '../../../README.md'), 'utf8').includes(recipe),
    'and in the portal’s README',
  )
  assert.deepEqual(byHand(signJws(claims, [key])), { code: 0, said: 'Signature Verified Successfully' })
  const forged = signJws(claims, [{ ...testKey('stranger'), kid: key.kid }])
  assert.deepEqual(byHand(forged), { code: 1, said: 'Signature Verification Failure' })
})

function byHand(file: string): { code: number | null; said: string } {
  writeFileSync(join(folder, 'license.slf'), file)
  writeFileSync(join(folder, 'jwks.json'), jwks)
  const done = spawnSync('bash', ['-euo', 'pipefail', '-c', recipe], { cwd: folder, encoding: 'utf8' })
  return { code: done.status, said: done.stdout.trim().split('\n').at(-1) ?? '' }
}
