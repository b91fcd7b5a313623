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
export const limitBody: MiddlewareHandler = (c, next) => {
  const sizes = matchedRoutes(c).map((route) => declared.get(route.handler) ?? 0)
  return bodyUpTo(Math.max(formSize, ...sizes))(c, next)
}

/**
 * Refuses larger bodies, where `limitBody` does not go before. A body that says its length is measured by that: the
 * server reads no more of it, and counting it as it comes would cost more than most of what is done with it.
 */
export function bodyUpTo(maxSize: number): MiddlewareHandler {
  const onError = () => {
    throw new AppError('too_large', `body over ${maxSize} bytes`)
  }
  const counted = bodyLimit({ maxSize, onError })
  return (c, next) => {
    const length = c.req.header('content-length')
    if (length === undefined || c.req.header('transfer-encoding') !== undefined) return counted(c, next)
    return Number(length) > maxSize ? onError() : next()
  }
}
