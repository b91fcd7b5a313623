import { decodeUtf8 } from './base64url.ts'
import { Refused } from './result.ts'

/**
 * Text of what was read from a file or pasted, without a byte order mark.
 * @param limit in characters of a text or bytes of an array
 * @throws Refused `malformed` when longer, or not UTF-8
 */
export function textOf(input: string | Uint8Array, limit: number): string {
  if (input.length > limit) throw new Refused('malformed', 'It is too large.')
  const text = typeof input === 'string' ? input : decodeUtf8(input)
  return text.startsWith('\uFEFF') ? text.slice(1) : text
}
