/** One-time codes from an authenticator app: RFC 6238 with what every app knows, SHA-1, six digits, 30 seconds. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** 160 bits, as RFC 4226 recommends. */
export function newSecret(): Buffer {
  return randomBytes(20)
}

/** The secret as people type it into an app. */
export function keyOf(secret: Buffer): string {
  const bits = [...secret].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => base32[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}

/** What the QR code says to the app. */
export function appUri(secret: Buffer, { issuer, account }: { issuer: string; account: string }): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`
  return `otpauth://totp/${label}?secret=${keyOf(secret)}&issuer=${encodeURIComponent(issuer)}`
}

/** The half minute that a moment lies in. */
export function stepAt(moment: Date): number {
  return Math.floor(moment.getTime() / 30_000)
}

/** The code of a half minute (RFC 4226, section 5.3). */
export function codeOf(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const number = mac.readUInt32BE(mac[19]! & 15) & 0x7fffffff
  return String(number % 1_000_000).padStart(6, '0')
}

/**
 * The half minute whose code this is: now, or one beside it, because clocks differ. None at or before `last_step`, so
 * that a code which somebody looked at over a shoulder is worth nothing.
 */
export function stepOfCode(secret: Buffer, code: string, now: Date, last_step: number): number | undefined {
  const given = Buffer.from(code)
  const current = stepAt(now)
  return [current, current - 1, current + 1].find((step) => {
    const expected = Buffer.from(codeOf(secret, step))
    return step > last_step && given.length === expected.length && timingSafeEqual(given, expected)
  })
}
