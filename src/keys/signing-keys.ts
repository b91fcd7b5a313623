import type { KeyObject } from 'node:crypto'
import { sql } from 'kysely'
import { type Actor, mustOperate, systemActor } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { AppError, ok, type Result, refuse } from '../platform/errors.ts'
import type { SigningKey } from './jwks.ts'
import { openPrivateKey, sealPrivateKey } from './seal-private-key.ts'
import { localSigner, type Signer } from './signer.ts'
import { newKeyPair, type PublicJwk } from './signing-key-pair.ts'

/** What encrypts private keys: `config.key_encryption_key`. */
type Sealing = { key_encryption_key: string | undefined }

/** Newest first; the active one before those that are next. */
export async function listSigningKeys(db: Db): Promise<SigningKey[]> {
  const rows = await db
    .selectFrom('signing_keys')
    .select(['kid', 'public_jwk', 'state', 'created_at', 'activated_at', 'retired_at'])
    .orderBy('state')
    .orderBy('created_at', 'desc')
    .orderBy('kid')
    .execute()
  return rows.map((row) => ({ ...row, public_jwk: row.public_jwk as PublicJwk }))
}

/**
 * Makes a key that will sign after the next rotation. It is published at once, so that products learn it in time.
 * @throws AppError `forbidden` unless the actor is an operator with role administrator.
 */
export async function createSigningKey(db: Db, actor: Actor, sealing: Sealing): Promise<{ kid: string }> {
  mustOperate(actor, 'administrator')
  return db.transaction().execute(async (trx) => {
    await lockSigningKeys(trx)
    return { kid: await insertKey(trx, actor, sealing, 'next') }
  })
}

/**
 * Lets the oldest next key sign from now on, retires the active one and destroys its private key, and makes a new
 * next key. What the retired key signed stays valid.
 * @returns the kids, or `no_next_key` when none is prepared.
 * @throws AppError `forbidden` unless the actor is an operator with role administrator.
 */
export async function rotateSigningKeys(
  db: Db,
  actor: Actor,
  sealing: Sealing,
): Promise<Result<{ active: string; retired: string | null; next: string }, 'no_next_key'>> {
  mustOperate(actor, 'administrator')
  return db.transaction().execute(async (trx) => {
    await lockSigningKeys(trx)
    const keys = await listSigningKeys(trx)
    const next = keys.filter(({ state }) => state === 'next').at(-1)
    if (!next) return refuse('no_next_key')
    const active = keys.find(({ state }) => state === 'active')
    if (active) await retire(trx, actor, active.kid)
    await trx
      .updateTable('signing_keys')
      .set({ state: 'active', activated_at: actor.now })
      .where('kid', '=', next.kid)
      .execute()
    await record(trx, actor, 'signing_key.activated', { details: { kid: next.kid } })
    return ok({ active: next.kid, retired: active?.kid ?? null, next: await insertKey(trx, actor, sealing, 'next') })
  })
}

/**
 * Retires a key that never signed. The active key is retired by rotating.
 * @throws AppError `forbidden` unless the actor is an operator with role administrator.
 */
export async function retireSigningKey(
  db: Db,
  actor: Actor,
  kid: string,
): Promise<Result<{ kid: string }, 'unknown' | 'is_active' | 'is_retired'>> {
  mustOperate(actor, 'administrator')
  return db.transaction().execute(async (trx) => {
    await lockSigningKeys(trx)
    const key = await trx.selectFrom('signing_keys').select('state').where('kid', '=', kid).executeTakeFirst()
    if (!key) return refuse('unknown')
    if (key.state === 'active') return refuse('is_active')
    if (key.state === 'retired') return refuse('is_retired')
    await retire(trx, actor, kid)
    return ok({ kid })
  })
}

/**
 * Makes the first keys of a portal: one that signs, and the one that follows it. Does nothing when a key is active.
 * Called at every start, so that the key list is never empty; safe when several nodes start at once.
 */
export async function ensureSigningKeys(db: Db, sealing: Sealing, now = new Date()): Promise<void> {
  if (await findActive(db)) return
  await db.transaction().execute(async (trx) => {
    await lockSigningKeys(trx)
    if (await findActive(trx)) return
    const actor = systemActor('first start', now)
    await insertKey(trx, actor, sealing, 'active')
    await insertKey(trx, actor, sealing, 'next')
  })
}

/**
 * The signer of the active key; its private key is decrypted once per process. Ask anew for each request, outside of
 * transactions: a rotation on another node must count here at once.
 * @throws AppError `internal` when the key-encryption key does not fit; `unavailable` when there is none.
 */
export async function activeSigner(db: Db, sealing: Sealing): Promise<Signer> {
  const active = (await findActive(db)) ?? (await ensureSigningKeys(db, sealing).then(() => findActive(db)))
  if (!active?.private_key) throw new AppError('unavailable', 'no signing key is active')
  return localSigner(active.kid, openOnce(active.kid, active.private_key, given(sealing.key_encryption_key)))
}

let opened: { id: string; private_key: KeyObject } | undefined

function openOnce(kid: string, sealed: Buffer, key_encryption_key: string): KeyObject {
  const id = `${kid} ${key_encryption_key}`
  if (opened?.id !== id) opened = { id, private_key: openPrivateKey(key_encryption_key, kid, sealed) }
  return opened.private_key
}

function findActive(db: Db) {
  const query = db.selectFrom('signing_keys').select(['kid', 'private_key']).where('state', '=', 'active')
  return query.executeTakeFirst()
}

async function insertKey(trx: Trx, actor: Actor, { key_encryption_key }: Sealing, state: 'next' | 'active') {
  const { private_key, public_jwk } = newKeyPair()
  const { kid } = public_jwk
  await trx
    .insertInto('signing_keys')
    .values({
      kid,
      alg: 'EdDSA',
      public_jwk: JSON.stringify(public_jwk),
      private_key: sealPrivateKey(given(key_encryption_key), kid, private_key),
      state,
      created_at: actor.now,
      activated_at: state === 'active' ? actor.now : null,
    })
    .execute()
  await record(trx, actor, 'signing_key.created', { details: { kid, state } })
  return kid
}

async function retire(trx: Trx, actor: Actor, kid: string) {
  await trx
    .updateTable('signing_keys')
    .set({ state: 'retired', retired_at: actor.now, private_key: null })
    .where('kid', '=', kid)
    .execute()
  await record(trx, actor, 'signing_key.retired', { details: { kid } })
}

/** One change at a time, also while the table is empty and there is no row to lock; readers do not wait. */
async function lockSigningKeys(trx: Trx) {
  await sql`lock table signing_keys in share row exclusive mode`.execute(trx)
}

function given(key_encryption_key: string | undefined): string {
  if (!key_encryption_key) throw new AppError('unavailable', 'KEY_ENCRYPTION_KEY is not set')
  return key_encryption_key
}
