import { type Host, type License, readClaims } from './claims.ts'
import { checkCode } from './code.ts'
import { LICENSE_TYP, MAX_LICENSE_LENGTH } from './format.ts'
import { isSameHost } from './host.ts'
import { readJsonObject } from './json.ts'
import { type Envelope, readJws } from './jws.ts'
import {
  checkRetirement,
  checkSignatures,
  checkSignedJwks,
  ISSUE_TOLERANCE,
  type Jwk,
  type KeyRing,
  type RootSignedJwks,
  type Trust,
  trustedKeys,
} from './keys.ts'
import { type Proof, type Refusal, Refused, type Revocation, type Verification } from './result.ts'
import { checkRevocations, Revocations } from './revocations.ts'
import { looksLikeSignedKey, readSignedKey } from './signed-key.ts'
import { textOf } from './text.ts'

export interface VerifyOptions {
  /** The vendor's JWKS, or its root key and the JWKS signed by it. */
  keys: Trust
  /** Code of the product that asks; null accepts a license of any product. */
  product: string | null
  /** This computer (several ids when it has several). Left out, a license bound to a host is refused; `'any'` skips. */
  host?: Host | readonly Host[] | 'any'
  /** The moment to judge for; now, when left out. */
  at?: Date
  /** Signed revocation lists (a full one, then increments), or what `readRevocations` made of them. */
  revocations?: string | Uint8Array | readonly (string | Uint8Array)[] | Revocations
  /** The latest moment that the product has seen and stored; an earlier clock was set back. */
  lastSeen?: Date
  /** The vendor that the license must be from; left out, whoever the keys belong to. */
  issuer?: string
  /** `any` (default): one good signature is enough, a wrong one still refuses; `all`: each must be good. */
  signatures?: 'any' | 'all'
}

const DAY = 86_400
/** Clocks are set right by small steps all the time. */
const CLOCK_TOLERANCE = 300

/**
 * Judges a license file (`.slf`, text or bytes) or a signed key (`K1.…`), offline.
 * @returns `valid`, `grace`, or a refusal with what was already proven; a bad license is never an exception
 * @throws TypeError for a programming error: no keys, no product, an invalid date
 */
export async function verifyLicense(fileOrKey: string | Uint8Array, options: VerifyOptions): Promise<Verification> {
  const at = secondsOf(options.at ?? new Date(), 'at')
  if (typeof options.product !== 'string' && options.product !== null) throw new TypeError('product: a code or null')
  const { lastSeen, revocations } = options
  const found: Found = { proven: [], signed_by: [] }
  try {
    const ring = await trustedKeys(options.keys)
    const license = await proveOrigin(fileOrKey, options, ring, found)
    proveFit(license, options, found)
    if (lastSeen !== undefined) proveClock(lastSeen, at, found)
    if (revocations !== undefined) {
      const list = revocations instanceof Revocations ? revocations : await checkRevocations(revocations, options.keys)
      proveNotRevoked(license, list, at, found)
    }
    return judgeDates(license, at, found)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return { ok: false, status: error.status, about: error.about, message: error.message, ...found }
  }
}

/**
 * Checks revocation lists once, for many calls of `verifyLicense`.
 * @returns the list, or the refusal that `verifyLicense` would give
 * @throws TypeError when there are no keys or no list
 */
export function readRevocations(
  lists: string | Uint8Array | readonly (string | Uint8Array)[],
  keys: Trust,
): Promise<Revocations | Refusal> {
  return orRefusal(() => checkRevocations(lists, keys))
}

/**
 * Reads a key list that the root key signed, for whoever keeps or publishes such lists.
 * @returns its keys, or the refusal that `verifyLicense` would give
 * @throws TypeError when the root is no key
 */
export function readSignedJwks(trust: RootSignedJwks): Promise<{ ok: true; keys: Jwk[] } | Refusal> {
  return orRefusal(async () => ({ ok: true, keys: await checkSignedJwks(trust) }))
}

async function orRefusal<T>(work: () => Promise<T>): Promise<T | Refusal> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    const { status, about, message } = error
    return { ok: false, status, about, message, proven: [], signed_by: [] }
  }
}

/**
 * For issuers: what a verifier would find wrong with claims about to be signed, given as their JSON text.
 * @returns one sentence, or undefined when they are right.
 */
export function claimsProblem(text: string): string | undefined {
  try {
    readClaims(readJsonObject(text))
    return undefined
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return error.message
  }
}

/** What is known so far; goes into the result as it stands. */
interface Found {
  proven: Proof[]
  signed_by: string[]
  license?: License
  revocation?: Revocation
}

async function proveOrigin(
  fileOrKey: string | Uint8Array,
  { signatures = 'any' }: VerifyOptions,
  ring: KeyRing,
  found: Found,
): Promise<License> {
  const envelope = readEnvelope(fileOrKey)
  found.proven.push('format')
  const checking = checkSignatures(envelope, ring, signatures, 'license')
  const claims = tryClaims(envelope)
  const signers = await checking
  found.proven.push('signature')
  found.signed_by = signers.map(({ kid }) => kid)
  if (claims instanceof Refused) throw claims
  checkRetirement(claims.iat, signers, signatures, 'license')
  found.proven.push('claims')
  found.license = claims
  return claims
}

/** Read while another thread checks the signature, and looked at only when that is proven. */
function tryClaims({ payload }: Envelope): License | Refused {
  try {
    return readClaims(readJsonObject(payload))
  } catch (error) {
    if (error instanceof Refused) return error
    throw error
  }
}

function readEnvelope(fileOrKey: string | Uint8Array): Envelope {
  const text = textOf(fileOrKey, MAX_LICENSE_LENGTH)
  const start = text.trimStart()
  if (looksLikeSignedKey(start)) return readSignedKey(text)
  if (start.startsWith('{')) return readJws(text, LICENSE_TYP)
  if (checkCode(text).ok) throw new Refused('malformed', 'This is a code: only the license portal can check it.')
  throw new Refused('malformed', 'This is neither a license file nor a signed key.')
}

function proveFit(license: License, { issuer, product, host }: VerifyOptions, { proven }: Found): void {
  if (issuer !== undefined) {
    if (license.iss !== issuer) throw new Refused('wrong_issuer', `This license is from ${license.iss}.`)
    proven.push('issuer')
  }
  if (product !== null) {
    if (license.product.code !== product) {
      throw new Refused('wrong_product', `This license is for ${license.product.name} ${license.product.version}.`)
    }
    proven.push('product')
  }
  if (license.host === undefined || host === 'any') return
  const bound = license.host
  const hosts = host === undefined ? [] : Array.isArray(host) ? host : [host as Host]
  if (!hosts.some((one) => isSameHost(one, bound))) {
    throw new Refused('wrong_host', `This license is for another computer: ${bound.type} ${bound.id}.`)
  }
  proven.push('host')
}

function proveClock(lastSeen: Date, at: number, { proven }: Found): void {
  const seen = secondsOf(lastSeen, 'lastSeen')
  if (at < seen - CLOCK_TOLERANCE) {
    throw new Refused('clock_rolled_back', `The clock says ${dayOf(at)}, but it has already been ${dayOf(seen)}.`)
  }
  proven.push('clock')
}

function proveNotRevoked(license: License, list: Revocations, at: number, found: Found): void {
  if (list.iss !== license.iss) {
    throw new Refused('wrong_issuer', `The revocation list is from ${list.iss}.`, 'revocations')
  }
  const revocation = list.find(license.jti)
  if (revocation && revocation.at <= at) {
    found.revocation = revocation
    throw new Refused('revoked', `This license was withdrawn on ${dayOf(revocation.at)} (${revocation.reason}).`)
  }
  found.proven.push('not_revoked')
}

function judgeDates(license: License, at: number, found: Found): Verification {
  const { iat, nbf, exp, warn_days, grace_days } = license
  const start = nbf ?? iat - ISSUE_TOLERANCE
  if (at < start) throw new Refused('not_yet_valid', `This license begins on ${dayOf(nbf ?? iat)}.`)
  found.proven.push('started')
  const { proven, signed_by } = found
  const common = { ok: true, license, proven, signed_by } as const
  if (exp === undefined) {
    const message = 'This license is valid and has no end.'
    return { ...common, status: 'valid', message, days_left: null, expiring: false }
  }
  if (at < exp) {
    proven.push('not_expired')
    const days_left = Math.floor((exp - at) / DAY)
    const message = `This license is valid until ${dayOf(exp)}.`
    return { ...common, status: 'valid', message, days_left, expiring: exp - at <= warn_days * DAY }
  }
  const grace_until = exp + grace_days * DAY
  if (at >= grace_until) throw new Refused('expired', `This license ended on ${dayOf(exp)}.`)
  const message = `This license ended on ${dayOf(exp)} and still works until ${dayOf(grace_until)}.`
  return { ...common, status: 'grace', message, grace_until }
}

function secondsOf(date: Date, name: string): number {
  if (!(date instanceof Date) || Number.isNaN(date.getTime())) throw new TypeError(`${name}: not a valid Date`)
  return Math.floor(date.getTime() / 1000)
}

/** The moment in UTC, to the minute; without the time at midnight. */
function dayOf(seconds: number): string {
  const iso = new Date(seconds * 1000).toISOString()
  return seconds % DAY === 0 ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`
}
