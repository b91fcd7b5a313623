import type { Context, MiddlewareHandler } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Env, OperatorEnv, PublicEnv } from './env.ts'

type Flash = { tone: 'success' | 'danger'; text: string }

const cookie = 'keyport_flash'

/** Leaves a message for the page that the coming redirect leads to. */
export function leaveFlash(
  c: Context<PublicEnv> | Context<Env> | Context<OperatorEnv>,
  tone: Flash['tone'],
  text: string,
): void {
  const value = Buffer.from(JSON.stringify({ tone, text })).toString('base64url')
  const secure = c.var.config.base_url.startsWith('https:')
  setCookie(c, cookie, value, { path: '/', httpOnly: true, sameSite: 'Lax', secure, maxAge: 60 })
}

/** Gives the message to the first page that is shown after it was left, and forgets it then. */
export const readFlash: MiddlewareHandler<PublicEnv> = async (c, next) => {
  const given = getCookie(c, cookie)
  c.set('flash', given ? flashOf(given) : undefined)
  await next()
  const shown = given && c.res.headers.get('content-type')?.startsWith('text/html')
  if (shown && !c.res.headers.getSetCookie().some((line) => line.startsWith(`${cookie}=`))) {
    deleteCookie(c, cookie, { path: '/' })
  }
}

function flashOf(given: string): Flash | undefined {
  try {
    const { tone, text } = JSON.parse(Buffer.from(given, 'base64url').toString('utf8')) as Partial<Flash>
    if (typeof text !== 'string' || (tone !== 'success' && tone !== 'danger')) return undefined
    return { tone, text: text.slice(0, 500) }
  } catch {
    return undefined
  }
}
