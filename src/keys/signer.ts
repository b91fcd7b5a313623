import { type KeyObject, sign } from 'node:crypto'
import { promisify } from 'node:util'

/**
 * Whoever holds a private key and signs with it: a key of this portal, or a key management service or hardware module
 * behind the same two members. Called outside of transactions, so that it may take its time.
 */
export type Signer = Readonly<{
  kid: string
  /** @returns the 64 bytes of an Ed25519 signature. */
  sign(text: string): Promise<Uint8Array>
}>

const signOnThread = promisify(sign)

/** Signs with a key in memory, on libuv's threads: many files at once use all cores and leave the event loop free. */
export function localSigner(kid: string, private_key: KeyObject): Signer {
  if (private_key.asymmetricKeyType !== 'ed25519' || private_key.type !== 'private') {
    throw new TypeError('a private Ed25519 key is needed')
  }
  return { kid, sign: (text) => signOnThread(null, Buffer.from(text), private_key) }
}

/** A JWS in General JSON Serialization (RFC 7515 §7.2.1), pretty-printed, with `alg`, `kid` and `typ` protected. */
export async function signJws(signer: Signer, typ: string, payload: string): Promise<string> {
  const header = base64url(JSON.stringify({ alg: 'EdDSA', kid: signer.kid, typ }))
  const encoded = base64url(payload)
  const signature = Buffer.from(await signer.sign(`${header}.${encoded}`)).toString('base64url')
  return `${JSON.stringify({ payload: encoded, signatures: [{ protected: header, signature }] }, null, 2)}\n`
}

export function base64url(text: string): string {
  return Buffer.from(text).toString('base64url')
}
