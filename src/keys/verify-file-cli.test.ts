import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { after, test } from 'node:test'
import {
  claims,
  seconds,
  signJwks,
  signJws,
  signKey,
  signRevocations,
  testKey,
} from '../../packages/license/tools/test-signer.ts'
import { verifyFileCli } from './verify-file-cli.ts'

const cwd = mkdtempSync(join(tmpdir(), 'keyport-verify-'))
after(() => rmSync(cwd, { recursive: true }))
const [key, root] = [testKey('vendor'), testKey('root')]
const put = (name: string, content: unknown) =>
  writeFileSync(join(cwd, name), typeof content === 'string' ? content : JSON.stringify(content))

put('jwks.json', { keys: [key.jwk] })
put('root.json', root.jwk)
put('signed-jwks.json', signJwks([key], root))
put('a.slf', signJws({ ...claims, host: { type: 'mac', id: '00:1a:2b:3c:4d:5e' } }, [key]))
put('forged.slf', signJws(claims, [{ ...testKey('stranger'), kid: key.kid }]))
const entry = { jti: claims.jti, at: seconds('2026-02-01'), reason: 'rehosted' }
put('revoked.json', signRevocations({ iss: claims.iss, iat: entry.at, revoked: [entry] }, key))

async function run(...argv: string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const code = await verifyFileCli(argv, { stdout, stderr, cwd })
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') }
}
const verify = (...argv: string[]) => run('a.slf', '--keys', 'jwks.json', ...argv)

test('keyport verify: exit 0 and the whole result for a valid file', async () => {
  const { code, stdout, stderr } = await verify('--at', '2026-06-15', '--json')
  assert.deepEqual([code, stderr], [0, ''])
  const result = JSON.parse(stdout)
  assert.deepEqual([result.ok, result.status, result.signed_by], [true, 'valid', ['vendor']])
  assert.equal(result.license.serial, claims.serial)
  assert.equal(result.proven.includes('host'), false, 'the host was not asked for')
})

test('keyport verify: exit 0 in grace, 1 before, after, elsewhere, revoked or forged', async () => {
  const status = async (...argv: string[]) => {
    const { code, stdout } = await verify('--json', ...argv)
    return `${code} ${JSON.parse(stdout).status}`
  }
  assert.equal(await status('--at', '2027-01-05'), '0 grace')
  assert.equal(await status('--at', '2025-12-31T23:59:59Z'), '1 not_yet_valid')
  assert.equal(await status('--at', '2027-02-01'), '1 expired')
  const at = ['--at', '2026-06-15']
  assert.equal(await status(...at, '--host', 'mac:00-1A-2B-3C-4D-5E'), '0 valid')
  assert.equal(await status(...at, '--host', 'mac:00-1A-2B-3C-4D-5F'), '1 wrong_host')
  assert.equal(await status(...at, '--host', 'hostname:a', '--host', 'mac:001A2B3C4D5E'), '0 valid')
  assert.equal(await status(...at, '--product', 'ATLAS-PRO'), '0 valid')
  assert.equal(await status(...at, '--product', 'ATLAS'), '1 wrong_product')
  assert.equal(await status(...at, '--revocations', 'revoked.json'), '1 revoked')
  const forged = await run('forged.slf', '--keys', 'jwks.json', '--json')
  assert.deepEqual([forged.code, JSON.parse(forged.stdout).status], [1, 'bad_signature'])
})

test('keyport verify takes a signed key, and a key list signed by the root', async () => {
  const text = signKey(claims, key)
  assert.equal((await run(text, '--keys', 'jwks.json', '--at', '2026-06-15')).code, 0)
  const signed = ['--keys', 'signed-jwks.json', '--at', '2026-06-15']
  assert.equal((await run('a.slf', ...signed, '--root', 'root.json')).code, 0)
  assert.match((await run('a.slf', ...signed)).stderr, /--root is needed/)
})

test('keyport verify prints a few lines for people, without control characters', async () => {
  const { stdout } = await verify('--at', '2026-06-15')
  assert.match(stdout, /^valid: This license is valid until 2027-01-01\.\nproduct {3}Atlas Professional 7\.2/)
  put('odd.slf', signJws({ ...claims, licensee: { name: 'A\u001b[31m\u202eB\nC' } }, [key]))
  const odd = await run('odd.slf', '--keys', 'jwks.json', '--at', '2026-06-15')
  assert.match(odd.stdout, /licensee {2}A\ufffd\[31m\ufffdB\ufffdC\n/)
})

test('keyport verify: exit 2 with the reason when called wrongly', async () => {
  const wrong: [RegExp, string[]][] = [
    [/name one file/, ['--keys', 'jwks.json']],
    [/name one file/, ['a.slf', 'b.slf', '--keys', 'jwks.json']],
    [/--keys is needed/, ['a.slf']],
    [/ENOENT/, ['missing.slf', '--keys', 'jwks.json']],
    [/ENOENT/, ['a.slf', '--keys', 'missing.json']],
    [/JSON/, ['a.slf', '--keys', 'bad']],
    [/JWKS/, ['a.slf', '--keys', 'root.json']],
    [/--at/, ['a.slf', '--keys', 'jwks.json', '--at', 'tomorrow']],
    [/--at/, ['a.slf', '--keys', 'jwks.json', '--at', '2026-13-01']],
    [/--at/, ['a.slf', '--keys', 'jwks.json', '--at', '2026-02-30']],
    [/--host/, ['a.slf', '--keys', 'jwks.json', '--host', 'mac']],
    [/--host/, ['a.slf', '--keys', 'jwks.json', '--host', 'mac:zz']],
    [/nonsense/, ['a.slf', '--keys', 'jwks.json', '--nonsense']],
  ]
  put('bad', '{')
  for (const [reason, argv] of wrong) {
    const { code, stderr, stdout } = await run(...argv)
    assert.deepEqual([code, stdout], [2, ''], argv.join(' '))
    assert.match(stderr, reason, argv.join(' '))
    assert.match(stderr, /Usage: keyport verify/)
  }
  assert.equal((await run('--help')).code, 0)
})
