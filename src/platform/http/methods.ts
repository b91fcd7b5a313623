import type { Hono } from 'hono'
import type { PublicEnv } from './env.ts'

const known = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/** The methods that an address answers to: none for an address that does not exist. */
export function methodsOf(app: Pick<Hono<PublicEnv>, 'router'>, path: string): string[] {
  const allowed = known.filter((method) =>
    app.router.match(method, path)[0].some(([[, route]]) => route.method !== 'ALL'),
  )
  return allowed.includes('GET') ? ['GET', 'HEAD', ...allowed.slice(1)] : [...allowed]
}
