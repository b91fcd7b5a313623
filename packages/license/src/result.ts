import type { License } from './claims.ts'

/** Why a license is refused. The set is closed: `switch` over it, or translate by it. */
export type RefusalCode =
  | 'malformed'
  | 'unsupported_version'
  | 'unknown_key'
  | 'bad_signature'
  | 'wrong_issuer'
  | 'wrong_product'
  | 'wrong_host'
  | 'not_yet_valid'
  | 'expired'
  | 'revoked'
  | 'clock_rolled_back'

/** What has been checked and found right, in the order of checking; what was not asked for is not listed. */
export type Proof =
  | 'format'
  | 'signature'
  | 'claims'
  | 'issuer'
  | 'product'
  | 'host'
  | 'clock'
  | 'not_revoked'
  | 'started'
  | 'not_expired'

/** The input that a refusal is about: the license itself, the root-signed key list, or the revocation list. */
export type Subject = 'license' | 'keys' | 'revocations'

/** One line of a revocation list: from `at` (seconds since 1970) the license `jti` no longer counts. */
export interface Revocation {
  jti: string
  at: number
  reason: string
  replaced_by?: string
}

interface Outcome {
  /** One English sentence for a person; translate by `status`. */
  message: string
  proven: readonly Proof[]
  /** `kid` of every signature that verified. */
  signed_by: readonly string[]
}

/** The license counts. `expiring` is true within its own `warn_days` of the end. */
export interface Valid extends Outcome {
  ok: true
  status: 'valid'
  license: License
  /** Whole days until `exp`, rounded down; null when perpetual. */
  days_left: number | null
  expiring: boolean
}

/** The license has ended but still counts until `grace_until` (seconds since 1970). */
export interface Grace extends Outcome {
  ok: true
  status: 'grace'
  license: License
  grace_until: number
}

/** The license does not count. `license` is there as soon as its signature is proven, and only then. */
export interface Refusal extends Outcome {
  ok: false
  status: RefusalCode
  about: Subject
  license?: License
  /** Only with status `revoked`. */
  revocation?: Revocation
}

export type Verification = Valid | Grace | Refusal

/** Carries a refusal out of nested readers; never leaves the library. */
export class Refused extends Error {
  readonly status: RefusalCode
  readonly about: Subject

  constructor(status: RefusalCode, message: string, about: Subject = 'license') {
    super(message)
    this.status = status
    this.about = about
  }
}
