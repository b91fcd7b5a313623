import type { Context } from 'hono'
import type { PublicEnv } from '../platform/http/env.ts'
import { authOver, authPath } from './auth.ts'

export type Answer = { ok: boolean; status: number; code: string | undefined; body: unknown }

/**
 * Sends a request to better-auth's handler for the caller of `c`, and passes the cookies it sets on.
 * Only what we know ourselves goes along: the address comes from the connection, not from what a client claims, and
 * the origin is ours because `requireSameOrigin` has checked the caller's before any handler runs.
 */
export async function askAuth(
  c: Context<PublicEnv>,
  path: string,
  body?: Record<string, unknown>,
  cookies: 'pass cookies on' | 'keep cookies' = 'pass cookies on',
  extraCookie?: string,
): Promise<Answer> {
  const { config } = c.var
  const request = new Request(`${config.base_url}${authPath}${path}`, {
    method: body ? 'POST' : 'GET',
    headers: headersFor(c, body !== undefined, extraCookie),
    body: body ? JSON.stringify(body) : null,
  })
  const response = await authOver(c.var).handler(request)
  if (cookies === 'pass cookies on') {
    for (const cookie of response.headers.getSetCookie()) c.header('set-cookie', cookie, { append: true })
  }
  const answer: unknown = await response.json().catch(() => undefined)
  return { ok: response.ok, status: response.status, code: codeOf(answer), body: answer }
}

function headersFor(c: Context<PublicEnv>, withBody: boolean, extraCookie: string | undefined): Headers {
  const headers = new Headers({ origin: c.var.config.base_url, 'x-forwarded-for': c.var.address })
  if (withBody) headers.set('content-type', 'application/json')
  for (const name of ['cookie', 'user-agent', 'accept-language']) {
    const value = c.req.header(name)
    if (value) headers.set(name, value)
  }
  if (extraCookie) headers.set('cookie', [headers.get('cookie'), extraCookie].filter(Boolean).join('; '))
  return headers
}

function codeOf(answer: unknown): string | undefined {
  if (typeof answer !== 'object' || answer === null || !('code' in answer)) return undefined
  return typeof answer.code === 'string' ? answer.code : undefined
}
