import { decodeBase64url, decodeBase64urlText } from './base64url.ts'
import { SIGNED_KEY_PREFIX } from './format.ts'
import { readJsonObject } from './json.ts'
import type { Envelope } from './jws.ts'
import { Refused } from './result.ts'

const SHAPE = /^K1\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)$/
const ascii = new TextEncoder()
const OTHER_VERSION = /^K[0-9]+\./

/** Whether a text claims to be a signed key of any version. */
export function looksLikeSignedKey(text: string): boolean {
  return OTHER_VERSION.test(text)
}

/**
 * Takes a signed key apart: `K1.` claims `.` Ed25519 signature over everything before the second dot.
 * White space is dropped first, because mail programs break long lines. The claims name the signing key in `kid`.
 * @throws Refused `malformed`, or `unsupported_version` for K2 and later
 */
export function readSignedKey(text: string): Envelope {
  const key = text.replace(/\s+/g, '')
  if (!key.startsWith(SIGNED_KEY_PREFIX)) {
    throw new Refused('unsupported_version', 'This key needs a newer version of the program.')
  }
  const [, claims, signature] = SHAPE.exec(key) ?? []
  if (claims === undefined || signature === undefined) {
    throw new Refused('malformed', 'A signed key has three parts with a dot between them.')
  }
  const payload = decodeBase64urlText(claims)
  const { kid } = readJsonObject(payload)
  if (typeof kid !== 'string') throw new Refused('malformed', 'The claims of the key name no signing key.')
  const signed = ascii.encode(`${SIGNED_KEY_PREFIX}${claims}`)
  return { payload, signatures: [{ alg: 'EdDSA', kid, signed, value: decodeBase64url(signature) }] }
}
