import { Refused } from './result.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
/** Six-bit value by UTF-8 byte; -1 makes every sum it enters negative. */
const VALUES = new Int8Array(256).fill(-1)
for (let i = 0; i < ALPHABET.length; i++) VALUES[ALPHABET.charCodeAt(i)] = i

const encoder = new TextEncoder()
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Bytes of a canonical base64url text: no padding, no white space, unused bits zero, so that one value has one text.
 * @throws Refused `malformed`
 */
export function decodeBase64url(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(decodedLength(text))
  decodeInto(bytes, text)
  return bytes
}

/** The UTF-8 text behind a canonical base64url text. @throws Refused `malformed` */
export function decodeBase64urlText(text: string): string {
  const length = decodedLength(text)
  const bytes = length <= scratch.length ? scratch : new Uint8Array(length)
  decodeInto(bytes, text)
  return decodeUtf8(bytes.subarray(0, length))
}

/** Bytes on their way to text, and texts on their way to bytes: allocating for each license costs more than decoding. */
const scratch = new Uint8Array(8192)
const characters = new Uint8Array(8192)

function decodedLength(text: string): number {
  if (text.length % 4 === 1) throw new Refused('malformed', 'A base64url text has an impossible length.')
  return Math.floor((text.length * 3) / 4)
}

/** Reads bytes, not characters: the platform makes bytes of a text faster than a loop asks for its characters. */
function decodeInto(bytes: Uint8Array, text: string): void {
  const codes = text.length <= characters.length ? characters : new Uint8Array(text.length)
  let wrong = encoder.encodeInto(text, codes).read - text.length
  const tail = text.length % 4
  const whole = text.length - tail
  let next = 0
  for (let i = 0; i < whole; i += 4) {
    const four = bits(codes, i, 18) | bits(codes, i + 1, 12) | bits(codes, i + 2, 6) | bits(codes, i + 3, 0)
    wrong |= four
    bytes[next] = four >> 16
    bytes[next + 1] = four >> 8
    bytes[next + 2] = four
    next += 3
  }
  if (tail > 0) {
    const rest = bits(codes, whole, 18) | bits(codes, whole + 1, 12) | (tail === 3 ? bits(codes, whole + 2, 6) : 0)
    wrong |= rest
    bytes[next++] = rest >> 16
    if (tail === 3) bytes[next] = rest >> 8
    if ((rest & (tail === 3 ? 0xff : 0xffff)) !== 0) wrong = -1
  }
  if (wrong < 0) throw new Refused('malformed', 'A text is not canonical base64url.')
}

/** The six bits of one byte, shifted; negative when it is not of the alphabet. */
function bits(codes: Uint8Array, at: number, shift: number): number {
  return VALUES[codes[at]!]! << shift
}

/** Text of UTF-8 bytes. @throws Refused `malformed` when they are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch {
    throw new Refused('malformed', 'The text is not UTF-8.')
  }
}
