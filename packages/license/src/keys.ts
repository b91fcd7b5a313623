import { decodeBase64url } from './base64url.ts'
import { ACCEPTED_ALGORITHMS, JWKS_TYP, MAX_LIST_LENGTH } from './format.ts'
import { isObject, readJsonObject } from './json.ts'
import { type Envelope, readJws } from './jws.ts'
import { Refused, type Subject } from './result.ts'
import { textOf } from './text.ts'

/** A public key (RFC 7517, RFC 8037). `exp` is the moment of its retirement, in seconds since 1970. */
export interface Jwk {
  kty?: string
  crv?: string
  x?: string
  kid?: string
  alg?: string
  use?: string
  iat?: number
  nbf?: number
  exp?: number
  [member: string]: unknown
}

export interface Jwks {
  keys: readonly Jwk[]
}

/** A key list that counts because the vendor's root key, built into the product, signed it. */
export interface RootSignedJwks {
  root: Jwk | readonly Jwk[]
  jwks: string | Uint8Array
}

/** Whom to believe. Treated as frozen: its keys are imported once and remembered with the object. */
export type Trust = Jwks | RootSignedJwks

export interface TrustedKey {
  kid: string
  key: CryptoKey
  retired_at: number | undefined
}

export type KeyRing = ReadonlyMap<string, TrustedKey>

const imported = new WeakMap<object, Promise<KeyRing>>()

/**
 * The Ed25519 keys of a trust, by `kid`; keys of other kinds are passed over.
 * @throws TypeError when there is nothing to trust or a private key among them
 * @throws Refused about `keys` when the root did not sign the list
 */
export function trustedKeys(trust: Trust): Promise<KeyRing> {
  if (typeof trust !== 'object' || trust === null) throw new TypeError('keys: a JWKS or a root-signed JWKS is needed')
  let ring = imported.get(trust)
  if (!ring) {
    ring = 'root' in trust ? readRootSigned(trust) : importKeys(trust.keys)
    imported.set(trust, ring)
  }
  return ring
}

/**
 * The keys whose signatures are good.
 * `any`: at least one is, and none that can be checked is wrong; `all`: each one is.
 * @throws Refused `bad_signature` or `unknown_key`
 */
export async function checkSignatures(
  envelope: Envelope,
  ring: KeyRing,
  policy: 'any' | 'all',
  about: Subject,
): Promise<TrustedKey[]> {
  const good: TrustedKey[] = []
  const unknown: string[] = []
  let unacceptable = 0
  for (const { alg, kid, signed, value } of envelope.signatures) {
    const key = ring.get(kid)
    if (!ACCEPTED_ALGORITHMS.has(alg)) unacceptable++
    else if (!key) unknown.push(kid)
    else if (await crypto.subtle.verify('Ed25519', key.key, value, signed)) good.push(key)
    else throw new Refused('bad_signature', 'The signature does not fit: the text was changed or damaged.', about)
  }
  const enough = policy === 'all' ? good.length === envelope.signatures.length : good.length > 0
  if (enough) return good
  if (unknown.length > 0) {
    throw new Refused('unknown_key', `No trusted key is called ${unknown.map(quoted).join(', ')}.`, about)
  }
  throw new Refused('bad_signature', `${unacceptable} signature(s) use an algorithm that is not accepted.`, about)
}

/** A computer's clock may be wrong by its time zone on the day something arrives, and a rotation takes a moment. */
export const ISSUE_TOLERANCE = 86_400

/**
 * What a retired key signed before its retirement counts for ever, what it signed later never did.
 * @param iat when it was signed, in seconds since 1970
 * @throws Refused `unknown_key`
 */
export function checkRetirement(
  iat: number,
  signers: readonly TrustedKey[],
  policy: 'any' | 'all',
  about: Subject,
): void {
  const inTime = signers.filter(({ retired_at }) => iat <= (retired_at ?? iat) + ISSUE_TOLERANCE)
  if (policy === 'all' ? inTime.length === signers.length : inTime.length > 0) return
  throw new Refused('unknown_key', 'It was signed with a key that had been retired before.', about)
}

/**
 * The keys of a list that the root key signed, before they are imported.
 * @throws TypeError when the root is no key
 * @throws Refused about `keys`
 */
export async function checkSignedJwks({ root, jwks }: RootSignedJwks): Promise<Jwk[]> {
  const roots = await importKeys(Array.isArray(root) ? root : [root as Jwk])
  return aboutKeys(async () => {
    const envelope = readJws(textOf(jwks, MAX_LIST_LENGTH), JWKS_TYP)
    await checkSignatures(envelope, roots, 'any', 'keys')
    const { keys } = readJsonObject(envelope.payload)
    if (!Array.isArray(keys)) throw new Refused('malformed', 'The key list has no keys.')
    return keys.filter(isObject) as Jwk[]
  })
}

async function readRootSigned(trust: RootSignedJwks): Promise<KeyRing> {
  const keys = await checkSignedJwks(trust)
  return aboutKeys(() => importKeys(keys))
}

async function aboutKeys<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refused) throw new Refused(error.status, `Key list: ${error.message}`, 'keys')
    if (error instanceof TypeError) throw new Refused('malformed', `Key list: ${error.message}`, 'keys')
    throw error
  }
}

async function importKeys(keys: readonly Jwk[]): Promise<KeyRing> {
  if (!Array.isArray(keys)) throw new TypeError('keys: not a JWKS')
  const ring = new Map<string, TrustedKey>()
  for (const jwk of keys) {
    if (typeof jwk !== 'object' || jwk === null) throw new TypeError('keys: not a JWK')
    if ('d' in jwk) throw new TypeError('keys: a private key is among them')
    if (jwk.kty !== 'OKP' || jwk.crv !== 'Ed25519' || typeof jwk.kid !== 'string') continue
    if (ring.has(jwk.kid)) throw new TypeError(`keys: two keys are called ${quoted(jwk.kid)}`)
    ring.set(jwk.kid, { kid: jwk.kid, key: await importKey(jwk), retired_at: retirement(jwk) })
  }
  if (ring.size === 0) throw new TypeError('keys: no Ed25519 key with a kid is among them')
  return ring
}

async function importKey({ kid, x }: Jwk): Promise<CryptoKey> {
  try {
    const raw = decodeBase64url(String(x))
    return await crypto.subtle.importKey('raw', raw, 'Ed25519', false, ['verify'])
  } catch {
    throw new TypeError(`keys: ${quoted(String(kid))} is not an Ed25519 public key`)
  }
}

function retirement({ kid, exp }: Jwk): number | undefined {
  if (exp !== undefined && !Number.isSafeInteger(exp)) throw new TypeError(`keys: exp of ${quoted(String(kid))}`)
  return exp
}

/** Cut and quoted, because an attacker chose it and a person reads it. */
function quoted(kid: string): string {
  return JSON.stringify(kid.slice(0, 64))
}
