import type { MiddlewareHandler } from 'hono'
import type { PublicEnv } from './env.ts'

/**
 * Keeps pages out of caches, unless their route says otherwise: license keys must not come back with the Back button
 * after signing out, and a page for everybody still depends on the reader's language.
 */
export const keepPrivate: MiddlewareHandler<PublicEnv> = async (c, next) => {
  await next()
  if (c.res.headers.has('cache-control')) return
  // `c.header` would make the answer anew, as a stream, and that is a tenth of a page's cost.
  c.res.headers.set('cache-control', c.var.session ? 'private, no-store' : 'private, no-cache')
}
