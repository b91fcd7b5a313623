import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { matchedRoutes } from 'hono/route'
import { AppError } from '../errors.ts'

/** Bytes of a request's body, unless its route says otherwise. */
export const formSize = 1024 * 1024

const declared = new WeakMap<object, number>()

/** Declares that a route takes larger bodies: `post(pattern, allow('manager'), acceptUpTo(20 * megabyte), handler)`. */
export function acceptUpTo(bytes: number): MiddlewareHandler {
  const marker: MiddlewareHandler = async (_c, next) => {
    await next()
  }
  declared.set(marker, bytes)
  return marker
}

/** Refuses bodies that are larger than the route takes, before anybody reads them. */
export const limitBody: MiddlewareHandler = async (c, next) => {
  const sizes = matchedRoutes(c).map((route) => declared.get(route.handler) ?? 0)
  const maxSize = Math.max(formSize, ...sizes)
  const onError = () => {
    throw new AppError('too_large', `body over ${maxSize} bytes`)
  }
  return bodyLimit({ maxSize, onError })(c, next)
}
