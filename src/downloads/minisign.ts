/**
 * Signatures that the public tool `minisign` verifies, of files that it hashes first (BLAKE2b-512).
 * Source: https://jedisct1.github.io/minisign/#signature-format
 */
import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto'

/** A key that signs: its id, 16 hexadecimal signs as `minisign` shows them, and the Ed25519 key. */
export type SigningKey = { id: string; private_key: KeyObject }
export type VerifyingKey = { id: string; public_key: Uint8Array }

const algorithm = { key: 'Ed', hashed: 'ED' } as const
const spki = Buffer.from('302a300506032b6570032100', 'hex')

/** The 32 bytes of an Ed25519 key's public half. */
export function publicBytesOf(private_key: KeyObject): Buffer {
  return createPublicKey(private_key).export({ format: 'der', type: 'spki' }).subarray(-32)
}

/** The file `minisign.pub`; its last line also serves as `-P`. */
export function publicKeyFile({ id, public_key }: VerifyingKey): string {
  return `untrusted comment: minisign public key ${id}\n${publicKeyLine({ id, public_key })}\n`
}

/** A public key as one argument: `minisign -P …`. */
export function publicKeyLine({ id, public_key }: VerifyingKey): string {
  return Buffer.concat([Buffer.from(algorithm.key), idBytes(id), public_key]).toString('base64')
}

/**
 * Signs what has this BLAKE2b-512 digest. @param comment is signed too: one line.
 * @returns the file `….minisig`.
 * @throws TypeError for a digest of another length or a comment of several lines.
 */
export function signDigest({ id, private_key }: SigningKey, digest: Uint8Array, comment: string): string {
  if (digest.byteLength !== 64) throw new TypeError('a BLAKE2b-512 digest has 64 bytes')
  if (/[\r\n\0]/.test(comment)) throw new TypeError('a trusted comment is one line')
  const signature = sign(null, digest, private_key)
  const whole = sign(null, Buffer.concat([signature, Buffer.from(comment)]), private_key)
  const first = Buffer.concat([Buffer.from(algorithm.hashed), idBytes(id), signature])
  return [
    `untrusted comment: signature from minisign secret key ${id}`,
    first.toString('base64'),
    `trusted comment: ${comment}`,
    whole.toString('base64'),
    '',
  ].join('\n')
}

/** The trusted comment of a signature that is genuine for the digest; undefined for any other. */
export function verifiedComment(key: VerifyingKey, digest: Uint8Array, file: string): string | undefined {
  const [, first = '', comment = '', whole = ''] = file.split('\n')
  const bytes = Buffer.from(first, 'base64')
  const trusted = /^trusted comment: (.*)$/.exec(comment)?.[1]
  if (bytes.length !== 74 || trusted === undefined) return undefined
  const isOurs = bytes.subarray(0, 2).toString() === algorithm.hashed && bytes.subarray(2, 10).equals(idBytes(key.id))
  if (!isOurs) return undefined
  const public_key = createPublicKey({ key: Buffer.concat([spki, key.public_key]), format: 'der', type: 'spki' })
  const signature = bytes.subarray(10)
  const isGenuine =
    verify(null, digest, public_key, signature) &&
    verify(null, Buffer.concat([signature, Buffer.from(trusted)]), public_key, Buffer.from(whole, 'base64'))
  return isGenuine ? trusted : undefined
}

/** The tool shows the eight bytes of an id as a number whose lowest byte comes first. */
function idBytes(id: string): Buffer {
  return Buffer.from(id, 'hex').reverse()
}
