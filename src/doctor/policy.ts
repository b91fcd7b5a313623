import type { MiddlewareHandler } from 'hono'
import type { PublicEnv } from '../platform/http/env.ts'
import { urls } from '../urls.ts'

/**
 * The portal's content policy, and a second one beside it that lets the doctor's page fetch the public keys and the
 * revocation list and nothing else. Runs around whatever sets the first.
 */
export const doctorPolicy: MiddlewareHandler<PublicEnv> = async (c, next) => {
  await next()
  const { base_url, production } = c.var.config
  // Development answers under every name of this machine.
  const origins = new Set([base_url, ...(production ? [] : [c.req.url])].map((url) => new URL(url).origin))
  const lists = [urls.keys.jwks.to(), urls.keys.revocations.to()]
  const sources = [...origins].flatMap((origin) => lists.map((path) => origin + path))
  c.res.headers.append('content-security-policy', `connect-src ${sources.join(' ')}`)
}
