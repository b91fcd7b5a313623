import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Config } from '../config.ts'

/** The cookies that hold a session: bound to our host (`__Host-`) wherever the portal is served by https. */
export function sessionCookies(config: Pick<Config, 'base_url'>) {
  const secure = config.base_url.startsWith('https://')
  const prefix = secure ? '__Host-keyport' : 'keyport'
  const attributes = { secure, httpOnly: true, sameSite: 'lax', path: '/' } as const
  return {
    session: `${prefix}_session`,
    not_remembered: `${prefix}_not_remembered`,
    passkey: `${prefix}_passkey`,
    attributes,
  }
}

/** A cookie's value as better-auth signs and encodes it. */
export function signedCookie(value: string, secret: string): string {
  return encodeURIComponent(`${value}.${createHmac('sha256', secret).update(value).digest('base64')}`)
}

/**
 * The session token in a signed cookie's decoded value, `token.signature` (HMAC-SHA-256 in base64, as better-auth
 * signs cookies); undefined when the signature is not ours.
 */
export function tokenOf(cookie: string | undefined, secret: string): string | undefined {
  const dot = cookie?.lastIndexOf('.') ?? -1
  if (!cookie || dot < 1) return undefined
  const token = cookie.slice(0, dot)
  // As text: decoding would pass what only resembles the signature.
  const given = Buffer.from(cookie.slice(dot + 1))
  const expected = Buffer.from(createHmac('sha256', secret).update(token).digest('base64'))
  return given.length === expected.length && timingSafeEqual(given, expected) ? token : undefined
}
