import type { Context, MiddlewareHandler } from 'hono'
import { AppError } from '../errors.ts'

const safe = /^(GET|HEAD|OPTIONS)$/

/**
 * Refuses whatever may change something unless it comes from a page of ours, whatever the type of its body. A browser
 * says so in `Sec-Fetch-Site` or, older, in `Origin`; who says neither is refused.
 */
export function requireSameOrigin(isOurs: (origin: string, c: Context) => boolean): MiddlewareHandler {
  return async (c, next) => {
    if (!safe.test(c.req.method) && !isFromUs(c, isOurs)) throw new AppError('forbidden', 'from another site')
    await next()
  }
}

function isFromUs(c: Context, isOurs: (origin: string, c: Context) => boolean): boolean {
  const site = c.req.header('sec-fetch-site') ?? 'none'
  return site === 'same-origin' || (site === 'none' && isOurs(c.req.header('origin') ?? '', c))
}
