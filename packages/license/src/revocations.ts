import { text, time } from './claims.ts'
import { MAX_LIST_LENGTH, REVOCATIONS_TYP, SLF_VERSION } from './format.ts'
import { isObject, type Json, readJsonObject } from './json.ts'
import { readJws } from './jws.ts'
import { checkRetirement, checkSignatures, type Trust, trustedKeys } from './keys.ts'
import { Refused, type Revocation } from './result.ts'
import { textOf } from './text.ts'

/** A revocation list whose signature was checked. Read it once and use it for many licenses. */
export class Revocations {
  readonly ok = true
  readonly iss: string
  /** When the newest of the lists was made, in seconds since 1970: ask the portal for what came `since`. */
  readonly iat: number
  readonly #by_jti: ReadonlyMap<string, Revocation>

  /** @internal Only `readRevocations` makes one, so that an unchecked list cannot be passed in. */
  constructor(iss: string, iat: number, by_jti: ReadonlyMap<string, Revocation>) {
    this.iss = iss
    this.iat = iat
    this.#by_jti = by_jti
  }

  find(jti: string): Revocation | undefined {
    return this.#by_jti.get(jti)
  }

  get size(): number {
    return this.#by_jti.size
  }
}

/**
 * Reads one signed revocation list, or a full one followed by the increments fetched since, and checks each signature.
 * @throws Refused about `revocations`; inside `verifyLicense` it becomes the result
 */
export async function checkRevocations(
  lists: string | Uint8Array | readonly (string | Uint8Array)[],
  trust: Trust,
): Promise<Revocations> {
  const ring = await trustedKeys(trust)
  const by_jti = new Map<string, Revocation>()
  let iss: string | undefined
  let iat = 0
  try {
    for (const list of typeof lists === 'string' || lists instanceof Uint8Array ? [lists] : lists) {
      const envelope = readJws(textOf(list, MAX_LIST_LENGTH), REVOCATIONS_TYP)
      const signers = await checkSignatures(envelope, ring, 'any', 'revocations')
      const claims = readJsonObject(envelope.payload)
      if (claims.slf !== SLF_VERSION) throw new Refused('unsupported_version', 'A newer program is needed.')
      if (iss !== undefined && claims.iss !== iss) throw new Refused('wrong_issuer', 'The lists have two issuers.')
      iss = text(claims.iss, 'iss')
      const made_at = time(claims.iat, 'iat')
      checkRetirement(made_at, signers, 'any', 'revocations')
      iat = Math.max(iat, made_at)
      if (!Array.isArray(claims.revoked)) throw new Refused('malformed', 'There is no list.')
      for (const entry of claims.revoked.map(readEntry)) by_jti.set(entry.jti, entry)
    }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    throw new Refused(error.status, `Revocation list: ${error.message}`, 'revocations')
  }
  if (iss === undefined) throw new TypeError('revocations: no list was given')
  return new Revocations(iss, iat, by_jti)
}

function readEntry(json: Json): Revocation {
  if (!isObject(json)) throw new Refused('malformed', 'An entry is not an object.')
  const entry: Revocation = { jti: text(json.jti, 'jti'), at: time(json.at, 'at'), reason: text(json.reason, 'reason') }
  if (json.replaced_by !== undefined) entry.replaced_by = text(json.replaced_by, 'replaced_by')
  return entry
}
