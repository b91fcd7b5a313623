/**
 * A browser that its owner signed in from before has guesses of its own, so that strangers who use up those of the
 * account do not lock its owner out. The cookie opens nothing. Source: OWASP, "Slow Down Online Guessing Attacks with
 * Device Cookies".
 */
import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { z } from 'zod'
import { keyFor, seal, unseal } from '../platform/auth/index.ts'
import type { PublicEnv } from '../platform/http/env.ts'
import { uuidv7 } from '../platform/ids.ts'
import type { Guess } from './limits.ts'

const cookie = 'keyport_device'
const lifetime_seconds = 180 * 86_400
const deviceSchema = z.object({ email: z.string(), device: z.string() })

/** A guess at the password of this account, from this browser. */
export function guessFrom(c: Context<PublicEnv>, email: string): Guess {
  const known = deviceSchema.safeParse(unseal(keyOfDevices(c), getCookie(c, cookie) ?? '', new Date()))
  const isOwn = known.success && known.data.email === email.toLowerCase()
  return { email, address: c.var.address, device: isOwn ? known.data.device : undefined }
}

/** Marks the browser in which the owner of an account just signed in. */
export function rememberDevice(c: Context<PublicEnv>, email: string): void {
  const { device = uuidv7() } = guessFrom(c, email)
  const expires = new Date(Date.now() + lifetime_seconds * 1000)
  const sealed = seal(keyOfDevices(c), { email: email.toLowerCase(), device }, expires)
  const secure = c.var.config.base_url.startsWith('https:')
  setCookie(c, cookie, sealed, { path: '/', httpOnly: true, sameSite: 'Lax', secure, maxAge: lifetime_seconds })
}

function keyOfDevices(c: Context<PublicEnv>): Buffer {
  return keyFor(c.var.config, 'known devices')
}
