import { type Jwks, verifyLicense } from '@keyport/license'
import { jwksOf, listSigningKeys } from '../keys/index.ts'
import type { Db } from '../platform/db/index.ts'
import type { Unproven } from './schemas.ts'

/** What a signed key or a license file begins with; only the library says whether it is one. */
const signed = /^\s*(\{|K\d+\.)/

export function isSigned(text: string): boolean {
  return signed.test(text)
}

export type ProveSignature = (text: string) => Promise<{ jti: string } | { refusal: Unproven['status'] }>

/**
 * Makes the check of signatures against the portal's own keys. They are kept in memory, as verifiers keep them, and read
 * anew when a text names a key that is not among them, every ten seconds at most: another node may have made it.
 */
export function signatureProver(db: Db, clock = () => performance.now()): ProveSignature {
  let held: { trust: Jwks; read_at: number } | undefined
  const read = async () => {
    const trust = jwksOf(await listSigningKeys(db)) as Jwks
    held = { trust, read_at: clock() }
    return trust
  }
  return async (text) => {
    const first = await prove(text, held?.trust ?? (await read()))
    const isOld = clock() - held!.read_at > 10_000
    return 'refusal' in first && first.refusal === 'unknown_key' && isOld ? prove(text, await read()) : first
  }
}

/** A refusal that shows the claims has proven them: what they are worth is not the library's to say here. */
async function prove(text: string, trust: Jwks): ReturnType<ProveSignature> {
  if (trust.keys.length === 0) return { refusal: 'unknown_key' }
  const result = await verifyLicense(text, { keys: trust, product: null, host: 'any' })
  return result.license ? { jti: result.license.jti } : { refusal: result.status as Unproven['status'] }
}
