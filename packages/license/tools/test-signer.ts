/** Signs what tests, vectors and benchmarks verify, with keys that anyone can make again: their seeds are names. */
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'
import { JWKS_TYP, LICENSE_TYP, REVOCATIONS_TYP, SIGNED_KEY_PREFIX } from '../src/format.ts'
import type { Jwk } from '../src/keys.ts'

export interface TestKey {
  kid: string
  private_key: KeyObject
  jwk: Jwk
}

const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex')

export function testKey(kid: string, members: Partial<Jwk> = {}): TestKey {
  const seed = createHash('sha256').update(`keyport test key ${kid}`).digest()
  const private_key = createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, seed]), format: 'der', type: 'pkcs8' })
  const { kty, crv, x } = createPublicKey(private_key).export({ format: 'jwk' })
  return { kid, private_key, jwk: { kty, crv, x, kid, alg: 'EdDSA', use: 'sig', ...members } as Jwk }
}

export interface SignerOptions {
  typ?: string
  /** Members of the protected header, over those that belong there. */
  header?: Record<string, unknown>
}

/** A JWS in General JSON Serialization, pretty-printed as the portal does it. A text payload is signed as it is. */
export function signJws(payload: unknown, keys: readonly TestKey[], options: SignerOptions = {}): string {
  const encoded = base64url(typeof payload === 'string' ? payload : JSON.stringify(payload))
  const signatures = keys.map(({ kid, private_key }) => {
    const header = base64url(JSON.stringify({ alg: 'EdDSA', kid, typ: options.typ ?? LICENSE_TYP, ...options.header }))
    const signature = sign(null, Buffer.from(`${header}.${encoded}`), private_key).toString('base64url')
    return { protected: header, signature }
  })
  return `${JSON.stringify({ payload: encoded, signatures }, null, 2)}\n`
}

export function signRevocations(list: object, key: TestKey): string {
  return signJws({ slf: 1, ...list }, [key], { typ: REVOCATIONS_TYP })
}

export function signJwks(keys: readonly TestKey[], root: TestKey): string {
  return signJws({ keys: keys.map(({ jwk }) => jwk) }, [root], { typ: JWKS_TYP })
}

/** A signed key; a text is signed as it is. */
export function signKey(claims: object | string, key: TestKey): string {
  const text = typeof claims === 'string' ? claims : JSON.stringify({ ...claims, kid: key.kid })
  const signed = `${SIGNED_KEY_PREFIX}${base64url(text)}`
  return `${signed}.${sign(null, Buffer.from(signed), key.private_key).toString('base64url')}`
}

export function base64url(content: string | Uint8Array): string {
  return Buffer.from(content as string).toString('base64url')
}

export function seconds(date: string): number {
  return Date.parse(date) / 1000
}

/** A subscription bound to no computer, from 2026-01-01 to 2027-01-01 with 14 days of grace. */
export const claims = {
  slf: 1,
  iss: 'https://licensing.example.com',
  jti: '0197a3c4-5d6e-7f80-9a1b-2c3d4e5f6071',
  iat: seconds('2025-12-20T09:30:00Z'),
  nbf: seconds('2026-01-01'),
  exp: seconds('2027-01-01'),
  serial: 'M0123456789',
  product: { code: 'ATLAS-PRO', name: 'Atlas Professional', version: '7.2' },
  kind: 'subscription',
  quantity: 25,
  meter: 'user',
  licensee: { name: 'Société Générale de Café São Paulo 株式会社', customer_number: '4711' },
  maintenance_until: '2027-01-01',
  features: { reports: true, max_projects: 500, edition: 'professional' },
  warn_days: 30,
  grace_days: 14,
}

/** The same, perpetual: no dates, as small as a license can be. */
export const smallClaims = {
  slf: 1,
  iss: 'v',
  jti: 'j',
  iat: seconds('2026-01-01'),
  serial: 's',
  product: { code: 'p', name: 'p', version: '1' },
  kind: 'product',
  quantity: 1,
  meter: 'device',
  licensee: { name: 'l' },
}
