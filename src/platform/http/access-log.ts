import type { MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { Metrics } from '../metrics.ts'
import type { PublicEnv } from './env.ts'

/**
 * Logs and counts each request by its route's pattern: paths name serial numbers, query strings carry tokens,
 * neither belongs in a log. Assets and the probes are logged at `debug`.
 */
export function logAccess(metrics: Metrics): MiddlewareHandler<PublicEnv> {
  return async (c, next) => {
    const begun = performance.now()
    await next()
    const seconds = (performance.now() - begun) / 1000
    const route = routeOf(c)
    const { method } = c.req
    const { status } = c.res
    metrics.requests.observe({ route, method, status }, seconds)
    const level = quiet.test(route) ? 'debug' : status >= 500 ? 'warn' : 'info'
    const ms = Math.round(seconds * 10_000) / 10
    const { log, address, visitor } = c.var
    log[level]({ method, route, status, ms, address, user_id: visitor?.user_id }, 'request')
  }
}

const quiet = /^\/(assets\/.*|healthz|readyz|metrics)$/

/** The pattern of the route that answered; `-` for an address that has none. */
function routeOf(c: Parameters<MiddlewareHandler<PublicEnv>>[0]): string {
  return matchedRoutes(c).findLast((route) => route.method !== 'ALL')?.path ?? '-'
}
