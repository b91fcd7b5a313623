/**
 * Makes `vectors/*.json`, byte for byte the same on every run: `node packages/license/tools/make-vectors.ts`.
 * The expectations are written here by hand, only the bit flips record what the library answered.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Trust } from '../src/keys.ts'
import type { Verification } from '../src/result.ts'
import { verifyLicense } from '../src/verify.ts'
import {
  base64url,
  claims,
  seconds,
  signJwks,
  signJws,
  signKey,
  signRevocations,
  smallClaims,
  type TestKey,
  testKey,
} from './test-signer.ts'

export interface VectorFile {
  about: string
  trusts: Record<string, Trust>
  cases: VectorCase[]
}

export interface VectorCase {
  name: string
  /** The text to verify, or its bytes in base64 where they are no text. */
  input: { text: string } | { base64: string }
  trust: string
  options: {
    product: string | null
    host?: { type: string; id: string } | 'any'
    at: string
    last_seen?: string
    issuer?: string
    revocations?: string[]
    signatures?: 'any' | 'all'
  }
  expect: { status: Verification['status']; about?: string; signed_by?: string[] }
}

export interface BitFlips {
  about: string
  trust: Trust
  at: string
  file: string
  legend: Record<string, string>
  statuses: string
}

const key = testKey('vendor-2025')
const other = testKey('vendor-2026')
const stranger = testKey('stranger')
const root = testKey('root')
const post_quantum = testKey('vendor-mldsa')
const plain = { jwks: { keys: [key.jwk] } }
const asked = { product: 'ATLAS-PRO', at: '2026-06-15T12:00:00Z' }
const host = { type: 'mac', id: '00:1a:2b:3c:4d:5e' }
const bound = { ...claims, host }

function accepted(name: string, text: string, options: object = {}, status: 'valid' | 'grace' = 'valid'): VectorCase {
  const options_ = { ...asked, ...options }
  return { name, input: { text }, trust: 'jwks', options: options_, expect: { status, signed_by: [key.kid] } }
}

function refused(
  status: Verification['status'],
  name: string,
  text: string | Uint8Array,
  options: object = {},
  about = 'license',
): VectorCase {
  const input = typeof text === 'string' ? { text } : { base64: Buffer.from(text).toString('base64') }
  return { name, input, trust: 'jwks', options: { ...asked, ...options }, expect: { status, about } }
}

function file(changes: object = {}, keys: TestKey[] = [key]): string {
  return signJws({ ...claims, ...changes }, keys)
}

function valid(): VectorFile {
  const { nbf, exp, ...perpetual } = claims
  const text = file()
  return {
    about: 'Licenses that count.',
    trusts: plain,
    cases: [
      accepted('in its time', text),
      accepted('at its first second', text, { at: '2026-01-01T00:00:00Z' }),
      accepted('at its last second', text, { at: '2026-12-31T23:59:59Z' }),
      accepted('in its grace, first second', text, { at: '2027-01-01T00:00:00Z' }, 'grace'),
      accepted('in its grace, last second', text, { at: '2027-01-14T23:59:59Z' }, 'grace'),
      accepted('perpetual, in ten years', signJws(perpetual, [key]), { at: '2036-06-15T00:00:00Z' }),
      accepted('of any product', text, { product: null }),
      accepted('of the issuer asked for', text, { issuer: claims.iss }),
      accepted('bound to this computer', signJws(bound, [key]), { host }),
      accepted('bound to this computer, written otherwise', signJws(bound, [key]), {
        host: { type: 'mac', id: '00-1A-2B-3C-4D-5E' },
      }),
      accepted('bound, computer not asked for', signJws(bound, [key]), { host: 'any' }),
      accepted('bound to none, on any computer', text, { host }),
      accepted('temporary', file({ temporary: true })),
      accepted('naming what it replaces', file({ replaces: ['j1', 'j2'] })),
      accepted('with a claim that this version does not know', file({ colour: 'blue' })),
      accepted('with feature names that objects have', file({ features: { toString: true, valueOf: 1 } })),
      accepted('written by another encoder', signJws(JSON.stringify(claims, null, 1).replaceAll('/', '\\/'), [key])),
      accepted('on one line', JSON.stringify(JSON.parse(text))),
      accepted('with a byte order mark and Windows line ends', `\uFEFF${text.replaceAll('\n', '\r\n')}`),
      accepted('with alg Ed25519', signJws(claims, [key], { header: { alg: 'Ed25519' } })),
      accepted('clock a minute behind', text, { last_seen: '2026-06-15T12:01:00Z' }),
      accepted('signed key', signKey(claims, key)),
      accepted('signed key in its grace', signKey(claims, key), { at: '2027-01-02T00:00:00Z' }, 'grace'),
      accepted('signed key broken into lines', signKey(claims, key).replace(/(.{64})/g, '$1\n')),
    ],
  }
}

function refusals(): VectorFile {
  return { about: 'Licenses that do not count.', trusts: plain, cases: [...damaged(), ...unfit(), ...badClaims()] }
}

function damaged(): VectorCase[] {
  const text = file()
  const [signed_key, key_signature] = signKey(claims, key).split(/\.(?=[^.]*$)/) as [string, string]
  const parts = JSON.parse(text)
  const header = (members: Record<string, unknown>) => signJws(claims, [key], { header: members })
  const reshaped = (members: object) => JSON.stringify({ ...parts, ...members }, null, 2)
  return [
    refused('malformed', 'nothing', ''),
    refused('malformed', 'a word', 'license'),
    refused('malformed', 'an array', '[]'),
    refused('malformed', 'half of it', text.slice(0, text.length / 2)),
    refused('malformed', 'text after the end', `${text}{}`),
    refused('malformed', 'not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])),
    refused('malformed', 'UTF-16', Buffer.from(text, 'utf16le')),
    refused('malformed', 'over 64 KiB', text + ' '.repeat(65_536)),
    refused('malformed', 'nested deeply', '{"a":'.repeat(10_000)),
    refused('malformed', 'a member twice', text.replace('{', '{ "payload": "e30",')),
    refused('malformed', 'a member beside the signature', reshaped({ comment: 'x' })),
    refused('malformed', 'an unprotected header', reshaped({ signatures: [{ ...parts.signatures[0], header: {} }] })),
    refused('malformed', 'no signature', reshaped({ signatures: [] })),
    refused('malformed', 'nine signatures', reshaped({ signatures: Array(9).fill(parts.signatures[0]) })),
    refused('malformed', 'padding', reshaped({ payload: `${parts.payload}==` })),
    refused('malformed', 'white space in base64url', reshaped({ payload: ` ${parts.payload}` })),
    refused('malformed', 'the other base64 alphabet', reshaped({ payload: 'e+/k' })),
    refused('malformed', 'a prototype name', reshaped({}).replace('"payload"', '"__proto__"')),
    refused('malformed', 'another typ', header({ typ: 'JWT' })),
    refused('malformed', 'no typ', header({ typ: undefined })),
    refused('malformed', 'no kid', header({ kid: undefined })),
    refused('malformed', 'a revocation list', signRevocations({ iss: 'v', iat: claims.iat, revoked: [] }, key)),
    refused('malformed', 'compact serialization', `${parts.signatures[0].protected}.${parts.payload}.AAAA`),
    refused('unsupported_version', 'crit', header({ crit: ['b64'], b64: false })),
    refused('unsupported_version', 'claims of version 2', file({ slf: 2 })),
    refused('unsupported_version', 'a K2 key', signKey(claims, key).replace('K1.', 'K2.')),
    refused('unknown_key', "a stranger's signature", file({}, [stranger])),
    refused('unknown_key', 'a kid of prototypes', header({ kid: '__proto__' })),
    refused('bad_signature', "a stranger's signature in our name", signJws(claims, [{ ...stranger, kid: key.kid }])),
    refused(
      'bad_signature',
      'other claims',
      reshaped({ payload: base64url(JSON.stringify({ ...claims, quantity: 9 })) }),
    ),
    refused('bad_signature', 'alg none', header({ alg: 'none' })),
    refused('bad_signature', 'alg HS256', header({ alg: 'HS256' })),
    refused('bad_signature', 'empty signature', reshaped({ signatures: [{ ...parts.signatures[0], signature: '' }] })),
    refused('malformed', 'signed key without signature', signed_key),
    refused('malformed', 'signed key of four parts', `${signed_key}.${key_signature}.AA`),
    refused('malformed', 'signed key without kid', signKey(JSON.stringify(claims), key)),
    refused('unknown_key', "a stranger's signed key", signKey(claims, stranger)),
    refused(
      'bad_signature',
      'signed key, other claims',
      signKey(claims, key).replace(/\..*\./, `.${base64url(`{"kid":"${key.kid}"}`)}.`),
    ),
    refused('malformed', 'a code', '23456-789AB-CDEFG-HJKMN-PQRMA'),
  ]
}

function unfit(): VectorCase[] {
  const text = file()
  const list = (revoked: object[], by = key, members: object = {}) => [
    signRevocations({ iss: claims.iss, iat: seconds('2026-06-01'), revoked, ...members }, by),
  ]
  const entry = { jti: claims.jti, at: seconds('2026-03-01'), reason: 'order_cancelled' }
  const elsewhere = { jti: 'another', at: entry.at, reason: 'superseded', replaced_by: 'newer' }
  return [
    refused('wrong_issuer', 'another issuer', text, { issuer: 'https://other.example' }),
    refused('wrong_product', 'another product', text, { product: 'ATLAS' }),
    refused('wrong_host', 'another computer', signJws(bound, [key]), {
      host: { type: 'mac', id: '00:1a:2b:3c:4d:5f' },
    }),
    refused('wrong_host', 'another type', signJws(bound, [key]), { host: { type: 'dongle', id: host.id } }),
    refused('wrong_host', 'bound, and no computer given', signJws(bound, [key])),
    refused('clock_rolled_back', 'seen later', text, { last_seen: '2026-06-16T00:00:00Z' }),
    refused('clock_rolled_back', 'expired, clock set back', text, { last_seen: '2027-02-01T00:00:00Z' }),
    refused('revoked', 'revoked', text, { revocations: list([elsewhere, entry]) }),
    refused('revoked', 'revoked by an increment', text, { revocations: [...list([elsewhere]), ...list([entry])] }),
    accepted('another is revoked', text, { revocations: list([elsewhere]) }),
    accepted('revoked later', text, { revocations: list([{ ...entry, at: seconds('2026-07-01') }]) }),
    refused(
      'wrong_issuer',
      'list of another vendor',
      text,
      { revocations: list([], key, { iss: 'v' }) },
      'revocations',
    ),
    refused('unknown_key', "a stranger's list", text, { revocations: list([], stranger) }, 'revocations'),
    refused('malformed', 'a license for a list', text, { revocations: [text] }, 'revocations'),
    refused('not_yet_valid', 'the second before', text, { at: '2025-12-31T23:59:59Z' }),
    refused('not_yet_valid', 'two days before its issue', file({ nbf: undefined }), { at: '2025-12-18T09:00:00Z' }),
    refused('expired', 'the second after its grace', text, { at: '2027-01-15T00:00:00Z' }),
    refused('expired', 'without grace', file({ grace_days: 0 }), { at: '2027-01-01T00:00:00Z' }),
  ]
}

function badClaims(): VectorCase[] {
  const bad = (name: string, changes: object) => refused('malformed', `claims: ${name}`, file(changes))
  const badText = (name: string, text: string) => refused('malformed', `claims: ${name}`, signJws(text, [key]))
  const json = JSON.stringify(claims)
  return [
    ...Object.keys(smallClaims).map((name) => bad(`no ${name}`, { [name]: undefined })),
    bad('slf as text', { slf: '1' }),
    bad('iat in milliseconds', { iat: claims.iat * 1000 }),
    bad('iat with a fraction', { iat: claims.iat + 0.5 }),
    bad('exp as text', { exp: '2027-01-01' }),
    bad('exp null', { exp: null }),
    bad('exp before nbf', { exp: claims.nbf }),
    bad('exp before 2000', { exp: 1 }),
    bad('quantity 0', { quantity: 0 }),
    bad('quantity 1.5', { quantity: 1.5 }),
    bad('quantity beyond exact integers', { quantity: 2 ** 53 }),
    bad('an empty serial', { serial: '' }),
    bad('a product without code', { product: { name: 'x', version: '1' } }),
    bad('a host without id', { host: { type: 'mac' } }),
    bad('host null', { host: null }),
    bad('a day that is none', { maintenance_until: '2026-02-30' }),
    bad('a feature that is false', { features: { x: false } }),
    bad('a feature that is an object', { features: { x: {} } }),
    bad('replaces a text', { replaces: 'j1' }),
    bad('temporary as text', { temporary: 'true' }),
    bad('negative grace', { grace_days: -1 }),
    bad('grace of centuries', { grace_days: 1_000_000 }),
    badText('quantity twice', json.replace('{', '{"quantity":1,')),
    badText('__proto__', json.replace('{', '{"__proto__":{"quantity":9},')),
    badText('a lone surrogate', json.replace('M0123456789', '\\ud800')),
    badText('a control character', json.replace('M0123456789', '\u0001')),
    badText('a leading zero', json.replace('"quantity":25', '"quantity":025')),
    badText('an infinite number', json.replace('"quantity":25', '"quantity":1e999')),
    badText('a comment', `${json}//`),
    badText('a trailing comma', json.replace(/}$/, ',}')),
    badText('no object', '[]'),
  ]
}

function rotation(): VectorFile {
  const retired = testKey(key.kid, { nbf: seconds('2025-01-01'), exp: seconds('2026-01-01') })
  const next = testKey(other.kid, { nbf: seconds('2026-01-01') })
  const later = seconds('2026-02-01')
  const trusts: VectorFile['trusts'] = {
    jwks: { keys: [key.jwk] },
    rotated: { keys: [retired.jwk, next.jwk] },
    by_root: { root: root.jwk, jwks: signJwks([retired, next], root) },
    by_stranger: { root: root.jwk, jwks: signJwks([retired, next], stranger) },
    in_roots_name: { root: root.jwk, jwks: signJwks([retired, next], { ...stranger, kid: root.kid }) },
    several_roots: { root: [testKey('root-2').jwk, root.jwk], jwks: signJwks([next], root) },
  }
  const by = (trust: string, one: VectorCase, signed_by?: string): VectorCase => ({
    ...one,
    trust,
    expect: signed_by ? { ...one.expect, signed_by: [signed_by] } : one.expect,
  })
  const renewed = file({ iat: later }, [other])
  const list = signRevocations({ iss: claims.iss, iat: later, revoked: [] }, key)
  return {
    about: 'Key rotation, and key lists signed by a root key.',
    trusts,
    cases: [
      by('jwks', refused('unknown_key', 'new key, old product', renewed)),
      by('rotated', accepted('old file, after the rotation', file()), key.kid),
      by('rotated', accepted('new file, after the rotation', renewed), other.kid),
      by('rotated', refused('unknown_key', 'signed with a key retired before', file({ iat: later }))),
      by('rotated', refused('unknown_key', 'key retired before, signed key', signKey({ ...claims, iat: later }, key))),
      by(
        'rotated',
        refused(
          'unknown_key',
          'revocation list of a key retired before',
          renewed,
          { revocations: [list] },
          'revocations',
        ),
      ),
      by('by_root', accepted('list signed by the root, old file', file()), key.kid),
      by('by_root', accepted('list signed by the root, new file', renewed), other.kid),
      by('by_root', refused('unknown_key', 'signed by the root itself', file({}, [root]))),
      by('several_roots', accepted('list signed by the second root', renewed), other.kid),
      by('by_stranger', refused('unknown_key', 'list signed by a stranger', file(), {}, 'keys')),
      by('in_roots_name', refused('bad_signature', "list signed in the root's name", file(), {}, 'keys')),
    ],
  }
}

function twoSignatures(): VectorFile {
  const both = JSON.parse(signJws(claims, [key, other]))
  const [first, second] = both.signatures
  const wrong = { ...second, signature: first.signature }
  const pq = JSON.parse(signJws(claims, [post_quantum], { header: { alg: 'ML-DSA-65' } })).signatures[0]
  const of = (...signatures: object[]) => `${JSON.stringify({ payload: both.payload, signatures }, null, 2)}\n`
  const trust = (name: string, one: VectorCase, ...signed_by: string[]): VectorCase => ({
    ...one,
    trust: name,
    expect: signed_by.length > 0 ? { ...one.expect, signed_by } : one.expect,
  })
  const all = { signatures: 'all' as const }
  return {
    about: 'Several signatures over one payload: policy any (default) and all.',
    trusts: { jwks: { keys: [key.jwk] }, two: { keys: [key.jwk, other.jwk] }, none: { keys: [stranger.jwk] } },
    cases: [
      trust('two', accepted('two good, any', of(first, second)), key.kid, other.kid),
      trust('two', accepted('two good, all', of(first, second), all), key.kid, other.kid),
      trust('jwks', accepted('one known, any', of(first, second)), key.kid),
      trust('jwks', accepted('one known, any, other order', of(second, first)), key.kid),
      trust('jwks', refused('unknown_key', 'one known, all', of(first, second), all)),
      trust('none', refused('unknown_key', 'none known', of(first, second))),
      trust('two', refused('bad_signature', 'one wrong, any', of(first, wrong))),
      trust('two', refused('bad_signature', 'one wrong, any, other order', of(wrong, first))),
      trust('two', refused('bad_signature', 'one wrong, all', of(first, wrong), all)),
      trust('jwks', accepted('beside an algorithm of the future, any', of(first, pq)), key.kid),
      trust('jwks', refused('bad_signature', 'beside an algorithm of the future, all', of(first, pq), all)),
      trust('jwks', refused('bad_signature', 'only an algorithm of the future', of(pq))),
    ],
  }
}

const LETTERS: Record<string, string> = {
  malformed: 'm',
  unsupported_version: 'v',
  unknown_key: 'k',
  bad_signature: 's',
}

/** The expectation per bit, eight letters a byte, lowest bit first. Any answer but valid and grace is right. */
async function bitFlips(): Promise<BitFlips> {
  const small = testKey('k')
  const trust = { keys: [small.jwk] }
  const text = signJws(smallClaims, [small])
  const at = '2026-06-15T12:00:00Z'
  const bytes = Buffer.from(text)
  let statuses = ''
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const flipped = Uint8Array.from(bytes)
    flipped[bit >> 3]! ^= 1 << (bit & 7)
    const { status } = await verifyLicense(flipped, { keys: trust, product: 'p', at: new Date(at) })
    statuses += LETTERS[status] ?? '!'
  }
  const legend = Object.fromEntries(Object.entries(LETTERS).map(([status, letter]) => [letter, status]))
  const about = 'Each single-bit flip of this file is refused; one letter a bit, lowest bit of each byte first.'
  return { about, trust, at, file: text, legend, statuses }
}

/** Every vector file by its name. */
export async function makeVectors(): Promise<Record<string, string>> {
  const files = {
    'valid.json': valid(),
    'refusals.json': refusals(),
    'rotation.json': rotation(),
    'two-signatures.json': twoSignatures(),
    'bit-flips.json': await bitFlips(),
  }
  return Object.fromEntries(Object.entries(files).map(([name, data]) => [name, `${JSON.stringify(data, null, 2)}\n`]))
}

if (import.meta.main) {
  const folder = join(import.meta.dirname, '../vectors')
  mkdirSync(folder, { recursive: true })
  for (const [name, content] of Object.entries(await makeVectors())) writeFileSync(join(folder, name), content)
}
