import { claimsProblem, LICENSE_TYP, MAX_LICENSE_LENGTH, SIGNED_KEY_PREFIX } from '@keyport/license'
import type { LicenseClaims } from './license-claims.ts'
import { base64url, type Signer, signJws } from './signer.ts'

/**
 * A license file: the bytes to keep and hand out, never to be made again.
 * @throws Error when a verifier would refuse the claims, for example for a product feature that is `false`.
 */
export async function makeLicenseFile(signer: Signer, claims: LicenseClaims): Promise<string> {
  return issuable(claims, await signJws(signer, LICENSE_TYP, checked(claims, JSON.stringify(claims))))
}

/**
 * A key of scheme `signed`: one line that can be verified offline. It names its signing key in the claim `kid`.
 * @throws Error as `makeLicenseFile`.
 */
export async function makeSignedKey(signer: Signer, claims: LicenseClaims): Promise<string> {
  const text = checked(claims, JSON.stringify({ ...claims, kid: signer.kid }))
  const signed = `${SIGNED_KEY_PREFIX}${base64url(text)}`
  return issuable(claims, `${signed}.${Buffer.from(await signer.sign(signed)).toString('base64url')}`)
}

/** A file once issued cannot be mended, so its claims are read as verifiers will read them. */
function checked({ serial }: LicenseClaims, text: string): string {
  const problem = claimsProblem(text)
  if (problem) throw new Error(`license ${serial} cannot be signed: ${problem}`)
  return text
}

function issuable({ serial }: LicenseClaims, signed: string): string {
  if (signed.length > MAX_LICENSE_LENGTH) throw new Error(`license ${serial} cannot be signed: it is too large`)
  return signed
}
