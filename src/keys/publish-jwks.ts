import { createPublicKey, type JsonWebKeyInput } from 'node:crypto'
import { type Jwk, readSignedJwks } from '@keyport/license'
import { type Actor, mustOperate } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Db } from '../platform/db/index.ts'
import { ok, type Result, refuse } from '../platform/errors.ts'
import { uuidv7 } from '../platform/ids.ts'
import { type PublicJwk, publicJwkOf } from './signing-key-pair.ts'
import { listSigningKeys } from './signing-keys.ts'

export type PublishRefusal = 'not_signed_by_root' | 'active_key_missing' | 'unknown_keys'

/**
 * Publishes a key list that was signed offline, after checking it as verifiers will.
 * @throws AppError `forbidden` unless the actor is an operator with role administrator.
 */
export async function publishSignedJwks(
  db: Db,
  actor: Actor,
  input: { content: string; root: Jwk },
): Promise<Result<{ root_kid: string }, PublishRefusal>> {
  mustOperate(actor, 'administrator')
  const list = await readSignedJwks({ root: input.root, jwks: input.content })
  if (!list.ok) return refuse('not_signed_by_root')
  return db.transaction().execute(async (trx) => {
    const known = new Map((await listSigningKeys(trx)).map((key) => [key.kid, key]))
    const ours = list.keys.filter(({ kid, x }) => known.get(kid ?? '')?.public_jwk.x === x)
    if (ours.length < list.keys.length) return refuse('unknown_keys')
    if (!ours.some(({ kid }) => known.get(kid!)!.state === 'active')) return refuse('active_key_missing')
    const root_kid = publicJwkOf(createPublicKey({ key: input.root, format: 'jwk' } as JsonWebKeyInput)).kid
    await trx
      .insertInto('signed_jwks')
      .values({ id: uuidv7(), root_kid, content: input.content, published_at: actor.now })
      .execute()
    await record(trx, actor, 'signed_jwks.published', { details: { root_kid, kids: ours.map(({ kid }) => kid) } })
    return ok({ root_kid })
  })
}

/** The newest list as it was signed, and the keys it names. */
export async function findSignedJwks(
  db: Db,
): Promise<{ content: string; published_at: Date; kids: string[] } | undefined> {
  const query = db.selectFrom('signed_jwks').select(['content', 'published_at'])
  const found = await query.orderBy('id', 'desc').limit(1).executeTakeFirst()
  if (!found) return undefined
  const payload = Buffer.from(JSON.parse(found.content).payload, 'base64url').toString()
  return { ...found, kids: (JSON.parse(payload) as { keys: PublicJwk[] }).keys.map(({ kid }) => kid) }
}
