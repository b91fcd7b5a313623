import { createHash, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'

/** Public part of an Ed25519 key as published: RFC 8037, `kid` is its RFC 7638 thumbprint. */
export type PublicJwk = { kty: 'OKP'; crv: 'Ed25519'; x: string; kid: string; alg: 'EdDSA'; use: 'sig' }

export function newKeyPair(): { private_key: KeyObject; public_jwk: PublicJwk } {
  const { privateKey } = generateKeyPairSync('ed25519')
  return { private_key: privateKey, public_jwk: publicJwkOf(privateKey) }
}

/** @throws TypeError when the key is not Ed25519 */
export function publicJwkOf(key: KeyObject): PublicJwk {
  if (key.asymmetricKeyType !== 'ed25519') throw new TypeError('an Ed25519 key is needed')
  const { x } = (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'jwk' })
  const kid = createHash('sha256')
    .update(JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x }))
    .digest('base64url')
  return { kty: 'OKP', crv: 'Ed25519', x: x!, kid, alg: 'EdDSA', use: 'sig' }
}
