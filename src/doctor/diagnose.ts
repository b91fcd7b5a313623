/** What a license file or signed key is, judged in the browser by the library that products use. */
import {
  checkCode,
  type Host,
  isSameHost,
  type Jwks,
  type License,
  type Revocation,
  type Verification,
  verifyLicense,
} from '@keyport/license'
import { findLicense, isIntactFile, type Repair } from './repair.ts'

/** Everything that the doctor can find; the page has a text for each. */
export const verdicts = [
  'valid',
  'expiring',
  'grace',
  'not_yet_valid',
  'expired',
  'revoked',
  'superseded',
  'wrong_host',
  'altered',
  'unknown_key',
  'too_new',
  'truncated',
  'damaged',
  'not_license',
  'code',
  'archive',
  'pdf',
  'binary',
  'empty',
  'too_large',
  'no_crypto',
  'no_keys',
] as const
export type Verdict = (typeof verdicts)[number]

export type Diagnosis = {
  verdict: Verdict
  /** Only when its signature is proven. */
  license?: License
  /** `kid` of the signatures that are proven. */
  signed_by?: readonly string[]
  revocation?: Revocation
  grace_until?: number
  /** What had to be undone before it could be read: the file as it is will be refused. */
  repairs: (Repair | 'utf16')[]
  /** The text after the repairs. */
  text: string
  /** The revocation list could not be read, so nobody knows whether the license was withdrawn. */
  unsure: boolean
}

export type Lists = {
  keys(): Promise<Jwks>
  /** The signed lists, oldest first. */
  revocations(): Promise<string[]>
}

/** Longer than any license in any e-mail. */
export const MAX_BYTES = 2 * 1024 * 1024

/**
 * Finds the license in what a person dropped or pasted, checks it, and says what is wrong.
 * @param host_id of the computer that it is for, as typed; empty: not checked
 */
export async function diagnose(
  input: Uint8Array | string,
  lists: Lists,
  { at, host_id = '' }: { at: Date; host_id?: string },
): Promise<Diagnosis> {
  const read = typeof input === 'string' ? { text: input } : readBytes(input)
  if (typeof read === 'string') return only(read)
  const { text } = read
  if (text.trim() === '') return only('empty')
  if (text.length > MAX_BYTES) return only('too_large')
  const found = candidateOf(text)
  if (typeof found === 'string') return only(found)
  const repairs = [...(read.utf16 ? (['utf16'] as const) : []), ...found.repairs]
  if (found.truncated) return { ...only('truncated'), repairs }
  const keys = await orNothing(lists.keys)
  if (!keys) return only('no_keys')
  const judged = await judge(found.text, keys, lists, at, host_id)
  return { ...judged, repairs: judged.verdict === 'damaged' ? [] : repairs, text: found.text }
}

function only(verdict: Verdict): Diagnosis {
  return { verdict, repairs: [], text: '', unsure: false }
}

type Candidate = { text: string; repairs: Repair[]; truncated: boolean }

/** What stands in the text as a product would read it, or what can be made out of it. */
function candidateOf(text: string): Candidate | Verdict {
  const bare = text.replace(/^\ufeff/, '').trim()
  const found = findLicense(bare)
  if (found) return isReadable(bare) ? { text: bare, repairs: [], truncated: found.truncated } : found
  if (checkCode(bare).ok || /^[A-Za-z0-9-]{6,40}$/.test(bare)) return 'code'
  if (/^K[2-9]\.[A-Za-z0-9_-]{20}/.test(bare)) return 'too_new'
  return bare.startsWith('{') && bare.includes('"signature') ? 'damaged' : 'not_license'
}

/** White space between the parts is allowed, in a key also within them. */
function isReadable(bare: string): boolean {
  return isIntactFile(bare) || /^K1\.[A-Za-z0-9_\s-]+\.(?:\s*[A-Za-z0-9_-]){86}$/.test(bare)
}

async function judge(
  text: string,
  keys: Jwks,
  lists: Lists,
  at: Date,
  host_id: string,
): Promise<Omit<Diagnosis, 'repairs' | 'text'>> {
  const options = { keys, product: null, host: 'any', at } as const
  const alone = await verifyLicense(text, options)
  if (!alone.license) return { verdict: refused[alone.status as keyof typeof refused] ?? 'damaged', unsure: false }
  const revocations = await orNothing(lists.revocations)
  const whole = revocations ? await verifyLicense(text, { ...options, revocations }) : alone
  const unsure = !revocations || (!whole.ok && whole.about === 'revocations')
  const result = unsure ? alone : whole
  const { license, signed_by } = result
  const common = { license, signed_by, unsure }
  if (!result.ok) return { ...common, verdict: verdictOf(result), revocation: result.revocation }
  if (isElsewhere(license!.host, host_id)) return { ...common, verdict: 'wrong_host' }
  if (result.status === 'grace') return { ...common, verdict: 'grace', grace_until: result.grace_until }
  return { ...common, verdict: result.expiring ? 'expiring' : 'valid' }
}

/** Refusals before the contents are proven. */
const refused = {
  malformed: 'damaged',
  unsupported_version: 'too_new',
  unknown_key: 'unknown_key',
  bad_signature: 'altered',
} as const satisfies Partial<Record<Verification['status'], Verdict>>

function verdictOf({ status, revocation }: Verification & { ok: false }): Verdict {
  if (status === 'revoked')
    return revocation?.replaced_by || revocation?.reason === 'superseded' ? 'superseded' : 'revoked'
  return status === 'not_yet_valid' || status === 'expired' ? status : 'damaged'
}

function isElsewhere(bound: Host | undefined, host_id: string): boolean {
  return bound !== undefined && host_id.trim() !== '' && !isSameHost({ type: bound.type, id: host_id.trim() }, bound)
}

async function orNothing<T>(fetched: () => Promise<T>): Promise<T | undefined> {
  try {
    return await fetched()
  } catch {
    return undefined
  }
}

const signatures: [verdict: Verdict, bytes: number[]][] = [
  ['archive', [0x50, 0x4b, 0x03, 0x04]],
  ['archive', [0x1f, 0x8b]],
  ['archive', [0x37, 0x7a, 0xbc, 0xaf]],
  ['archive', [0x52, 0x61, 0x72, 0x21]],
  ['pdf', [0x25, 0x50, 0x44, 0x46]],
]

/** The text of a file, or what else it is. */
function readBytes(bytes: Uint8Array): { text: string; utf16?: boolean } | Verdict {
  const known = signatures.find(([, start]) => start.every((byte, n) => bytes[n] === byte))
  if (known) return known[0]
  if (bytes.length > MAX_BYTES) return 'too_large'
  const utf16 = { 65534: 'utf-16le', 65279: 'utf-16be' }[((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0)]
  try {
    const text = new TextDecoder(utf16 ?? 'utf-8', { fatal: true }).decode(bytes)
    if (text.includes('\0')) return 'binary'
    return { text, utf16: utf16 !== undefined }
  } catch {
    return 'binary'
  }
}
