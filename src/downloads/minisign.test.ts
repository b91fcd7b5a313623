import assert from 'node:assert/strict'
import { execFile, spawnSync } from 'node:child_process'
import { createHash, generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { publicBytesOf, publicKeyFile, publicKeyLine, signDigest, verifiedComment } from './minisign.ts'

/** A file, its signature and its key, made by the public tool (minisign 0.11). */
const vector = {
  content: 'Keyport test vector\n',
  key: 'RWTyGDe4jDkQEE2QmNRpu8aMi3atHZZaVp877/DN/tl86Jnee1ounF+I',
  signature: [
    'untrusted comment: signature from minisign secret key',
    'RUTyGDe4jDkQEL57OcN2XFvoXPUgZRm08YYwDlVyL3ib8ZMClR8se0QiLV55d2O62y3odXbH9RwUM/04FfF1AlZxDo+yp/q2tgQ=',
    'trusted comment: keyport vector',
    'HH240qOwP7uCEN/1YwNnKpo0DLk5E4sRox4fbwYkr2VljUPxJcVJ2JW3ImQbdswDsuXdwYbA/zrZ55VQopuiCA==',
    '',
  ].join('\n'),
}

function aKey() {
  const { privateKey: private_key } = generateKeyPairSync('ed25519')
  const id = '0123456789ABCDEF'
  return { signing: { id, private_key }, verifying: { id, public_key: publicBytesOf(private_key) } }
}

const digestOf = (text: string) => createHash('blake2b512').update(text).digest()

test('a signature is genuine for its digest, its key and its comment, and for no other', () => {
  const { signing, verifying } = aKey()
  const file = signDigest(signing, digestOf('a'), 'file:a')
  assert.equal(verifiedComment(verifying, digestOf('a'), file), 'file:a')
  assert.equal(verifiedComment(verifying, digestOf('b'), file), undefined)
  assert.equal(verifiedComment(verifying, digestOf('a'), file.replace('file:a', 'file:b')), undefined)
  assert.equal(verifiedComment({ ...verifying, id: '0123456789ABCDEE' }, digestOf('a'), file), undefined)
  assert.equal(verifiedComment(aKey().verifying, digestOf('a'), file), undefined)
  for (const broken of ['', '\n\n\n', file.slice(0, 100), file.split('\n').slice(0, 2).join('\n')]) {
    assert.equal(verifiedComment(verifying, digestOf('a'), broken), undefined)
  }
})

test('the files have the layout of the format: two lines, four lines, ids lowest byte first', () => {
  const { signing, verifying } = aKey()
  const key = publicKeyFile(verifying)
  assert.match(key, /^untrusted comment: minisign public key 0123456789ABCDEF\n[A-Za-z0-9+/]{56}\n$/)
  assert.equal(Buffer.from(publicKeyLine(verifying), 'base64').subarray(0, 10).toString('hex'), '4564efcdab8967452301')
  const lines = signDigest(signing, digestOf('a'), 'x').split('\n')
  assert.equal(lines.length, 5)
  assert.equal(Buffer.from(lines[1]!, 'base64').subarray(0, 10).toString('hex'), '4544efcdab8967452301')
  assert.equal(Buffer.from(lines[3]!, 'base64').length, 64)
})

test('what the public tool signed is verified here', () => {
  const bytes = Buffer.from(vector.key, 'base64')
  const id = Buffer.from(bytes.subarray(2, 10)).reverse().toString('hex').toUpperCase()
  const comment = verifiedComment({ id, public_key: bytes.subarray(10) }, digestOf(vector.content), vector.signature)
  assert.equal(comment, 'keyport vector')
})

test('a comment of two lines, and a digest of another kind, are not signed', () => {
  const { signing } = aKey()
  assert.throws(() => signDigest(signing, digestOf('a'), 'x\ny'), TypeError)
  assert.throws(() => signDigest(signing, createHash('sha256').digest(), 'x'), TypeError)
})

const hasTool = spawnSync('minisign', ['-v']).status === 0

test('the public tool verifies what is signed here', { skip: !hasTool && 'minisign is not installed' }, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'keyport-minisign-'))
  t.after(() => rm(folder, { recursive: true }))
  const { signing, verifying } = aKey()
  const path = join(folder, 'app.bin')
  await writeFile(path, 'content')
  await writeFile(`${path}.minisig`, signDigest(signing, digestOf('content'), 'file:app.bin'))
  const run = (...argv: string[]) => promisify(execFile)('minisign', argv)
  const { stdout } = await run('-Vm', path, '-P', publicKeyLine(verifying))
  assert.match(stdout, /Trusted comment: file:app\.bin/)
  await writeFile(path, 'contents')
  await assert.rejects(run('-Vm', path, '-P', publicKeyLine(verifying)))
})
