/** What is known about a request before anybody handles it: its number, and where it comes from. */
import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import type { Context, MiddlewareHandler } from 'hono'
import { uuidv7 } from '../ids.ts'
import type { Services } from '../services.ts'
import type { PublicEnv } from './env.ts'

/** Fills `c.var` with the services, the request's number and the client's address. */
export function describeRequest(services: Services): MiddlewareHandler<PublicEnv> {
  const { config, database, db, log } = services
  return async (c, next) => {
    const request_id = requestId(c.req.header('x-request-id'))
    c.set('config', config)
    c.set('database', database)
    c.set('db', db)
    c.set('request_id', request_id)
    c.set('address', addressOf(c, config.trust_proxy))
    c.set('log', log.child({ request_id }))
    c.header('x-request-id', request_id)
    await next()
  }
}

/** A proxy's number is kept when it looks like one, so that its log lines and ours can be joined. */
function requestId(given: string | undefined): string {
  return given && /^[A-Za-z0-9._-]{8,64}$/.test(given) ? given : uuidv7()
}

/**
 * The client's address. Behind a proxy it is the last entry of X-Forwarded-For: the proxy wrote that one, the client
 * may have written those before it.
 */
function addressOf(c: Context, trust_proxy: boolean): string {
  const own = socketAddress(c)
  if (!trust_proxy) return own
  const last = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim()
  return last && isIP(last) ? withoutMapping(last) : own
}

function socketAddress(c: Context): string {
  const incoming = (c.env as { incoming?: IncomingMessage } | undefined)?.incoming
  return withoutMapping(incoming?.socket.remoteAddress ?? '127.0.0.1')
}

function withoutMapping(address: string): string {
  return address.startsWith('::ffff:') ? address.slice(7) : address
}
