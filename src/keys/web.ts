import { createHash } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { AppError } from '../platform/errors.ts'
import { allow } from '../platform/http/access.ts'
import type { PublicEnv } from '../platform/http/env.ts'
import { urls } from '../urls.ts'
import { jwksOf } from './jwks.ts'
import { findSignedJwks } from './publish-jwks.ts'
import { type RevocationCursor, readRevocationPage, signRevocationPage } from './revocations.ts'
import { activeSigner, listSigningKeys } from './signing-keys.ts'

/** What verifiers fetch: public, cacheable, readable from every origin. */
export const keysWeb = new Hono<PublicEnv>()
  .get(urls.keys.jwks.pattern, allow('anyone'), async (c) => {
    const body = JSON.stringify(jwksOf(await listSigningKeys(c.var.db)), null, 2)
    return published(c, 'application/jwk-set+json', `"${digest(body)}"`, () => body)
  })
  .get(urls.keys.signedJwks.pattern, allow('anyone'), async (c) => {
    const signed = await findSignedJwks(c.var.db)
    if (!signed) throw new AppError('not_found')
    return published(c, 'application/jose+json', `"${digest(signed.content)}"`, () => signed.content)
  })
  .get(urls.keys.revocations.pattern, allow('anyone'), async (c) => {
    const page = await readRevocationPage(c.var.db, readCursor(c))
    const signer = await activeSigner(c.var.db, c.var.config)
    const etag = `W/"${digest(JSON.stringify([signer.kid, page]))}"`
    if (page.next) c.header('link', `<${urls.keys.revocations.to({ after: writeCursor(page.next) })}>; rel="next"`)
    const { issuer } = c.var.config.vendor
    return published(c, 'application/jose+json', etag, () => signRevocationPage(signer, issuer, page, new Date()))
  })

/** Seconds that a copy may be used without asking: a rotated key is published long before it signs. */
const FRESH = 300

async function published(c: Context, type: string, etag: string, body: () => string | Promise<string>) {
  c.header('etag', etag)
  c.header('cache-control', `public, max-age=${FRESH}`)
  c.header('access-control-allow-origin', '*')
  c.header('access-control-expose-headers', 'etag, link')
  if (isKnown(c.req.header('if-none-match'), etag)) return c.body(null, 304)
  return c.body(await body(), 200, { 'content-type': type })
}

/** RFC 9110 §13.1.2: weak comparison of a list. */
function isKnown(if_none_match: string | undefined, etag: string): boolean {
  const bare = (tag: string) => tag.trim().replace(/^W\//, '')
  return if_none_match?.split(',').some((tag) => tag.trim() === '*' || bare(tag) === bare(etag)) ?? false
}

/** @throws AppError `malformed` for a `since` or `after` that this endpoint never gave out */
function readCursor(c: Context): { since?: number; after?: RevocationCursor } {
  const { since, after } = c.req.query()
  if (after !== undefined) {
    const [, micros, jti] = /^(\d{1,16})_([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/.exec(after) ?? []
    if (micros === undefined || jti === undefined) throw new AppError('malformed', 'after')
    return { after: { micros: Number(micros), jti } }
  }
  if (since === undefined) return {}
  if (!/^\d{1,11}$/.test(since)) throw new AppError('malformed', 'since')
  return { since: Number(since) }
}

function writeCursor({ micros, jti }: RevocationCursor): string {
  return `${micros}_${jti}`
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
