/** An authenticator app, as a person holds one beside the browser. */
import { codeOf, stepAt } from '../src/accounts/totp.ts'

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** The secret that a page shows for typing it into the app. */
export function secretIn(html: string): Buffer {
  const key = /data-copy="([A-Z2-7]{4}(?: [A-Z2-7]{4})+)"/.exec(html)?.[1]?.replaceAll(' ', '')
  if (!key) throw new Error('the page shows no key for an authenticator app')
  return secretOf(key)
}

/** The secret behind a key in base32. */
export function secretOf(key: string): Buffer {
  const bits = [...key].map((letter) => base32.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}

/** The code that the app shows now, or so many half minutes later. */
export function codeNow(secret: Buffer, later = 0): string {
  return codeOf(secret, stepAt(new Date()) + later)
}
