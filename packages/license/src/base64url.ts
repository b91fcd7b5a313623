import { Refused } from './result.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const VALUES = new Uint8Array(128).fill(255)
for (let i = 0; i < ALPHABET.length; i++) VALUES[ALPHABET.charCodeAt(i)] = i

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Bytes of a canonical base64url text: no padding, no white space, unused bits zero, so that one value has one text.
 * @throws Refused `malformed`
 */
export function decodeBase64url(text: string): Uint8Array<ArrayBuffer> {
  const tail = text.length % 4
  if (tail === 1) throw new Refused('malformed', 'A base64url text has an impossible length.')
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4))
  let bits = 0
  let held = 0
  let next = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    const value = code < 128 ? VALUES[code]! : 255
    if (value === 255) throw new Refused('malformed', 'A base64url text contains a character outside its alphabet.')
    held = ((held << 6) | value) & 0xffff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes[next++] = held >> bits
    }
  }
  if (bits > 0 && (held & ((1 << bits) - 1)) !== 0) {
    throw new Refused('malformed', 'A base64url text is not in its canonical form.')
  }
  return bytes
}

/** Text of UTF-8 bytes. @throws Refused `malformed` when they are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch {
    throw new Refused('malformed', 'The text is not UTF-8.')
  }
}
