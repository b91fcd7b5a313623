import assert from 'node:assert/strict'
import { createHash, createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { publicBytesOf, publicKeyFile, publicKeyLine, signDigest, verifiedComment } from './minisign.ts'

/** A file, its signature and its key, made by the public tool (minisign 0.11). */
const vector = {
  content: 'Keyport test vector\n',
  key: 'RWTeMPoVvWMVtNXu98TFRh4w2tuZ93zSelcBAtmVLU8UCLPbMRs65iwl',
  /** What its secret key was made of: made for this test, and signs nothing else. */
  seed: 'pNDwXD3XtfCkSNGw706EQz/6eC0n3OXf3xit4czJW9g=',
  signature: [
    'untrusted comment: signature from minisign secret key',
    'RUTeMPoVvWMVtI3gGFU7C+6ToB7aTvuNgQGsQIO7+kefwGKZ9RPFTcZBbdZCur+m8FHB/5dxlU1cZky/1q9t+68jWgvEODFnLwQ=',
    'trusted comment: keyport vector',
    '4vePep79kmW6QSTmEQ0m/wNM4ol/SXkEUaGqdmRMRk782lc3zutb8YMgQ+ZAGhVfaoS10hNPTnvoqTDWUU98Dw==',
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

test('what is signed here is, byte for byte, what the public tool makes of the same key: Ed25519 is deterministic', () => {
  const pkcs8 = Buffer.concat([
    Buffer.from('302e020100300506032b657004220420', 'hex'),
    Buffer.from(vector.seed, 'base64'),
  ])
  const private_key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })
  const id = 'B41563BD15FA30DE'
  assert.equal(publicKeyLine({ id, public_key: publicBytesOf(private_key) }), vector.key)
  const file = signDigest({ id, private_key }, digestOf(vector.content), 'keyport vector')
  const signed = (text: string) => text.split('\n').slice(1)
  assert.deepEqual(signed(file), signed(vector.signature))
})
