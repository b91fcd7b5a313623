import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { openPrivateKey, sealPrivateKey } from '../keys/index.ts'
import { type Actor, mustOperate, systemActor } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Config } from '../platform/config.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { publicBytesOf, type SigningKey, type VerifyingKey } from './minisign.ts'

type Sealing = Pick<Config, 'key_encryption_key'>

export type ReleaseKey = VerifyingKey & { created_at: Date; retired_at: Date | null }

/** Every key that ever signed a file, the one in force first. */
export async function listReleaseKeys(db: Db): Promise<ReleaseKey[]> {
  return db
    .selectFrom('release_keys')
    .select(['id', 'public_key', 'created_at', 'retired_at'])
    .orderBy(sql`retired_at is not null`)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute()
}

/**
 * The key that signs, made when it is first asked for. Ask outside of transactions: making one is its own.
 * @throws AppError `internal` when the key-encryption key does not fit.
 */
export async function activeReleaseKey(db: Db, config: Sealing): Promise<SigningKey> {
  const active = (await findActive(db)) ?? (await makeFirst(db, config))
  return { id: active.id, private_key: openPrivateKey(sealingKey(config), active.id, active.private_key!) }
}

/**
 * Lets a new key sign from now on and destroys the private half of the one before; what that one signed stays valid.
 * @throws AppError `forbidden` unless the actor is an operator with role administrator.
 */
export async function rotateReleaseKey(db: Db, actor: Actor, config: Sealing): Promise<{ id: string }> {
  mustOperate(actor, 'administrator')
  return db.transaction().execute(async (trx) => {
    await lockKeys(trx)
    await trx
      .updateTable('release_keys')
      .set({ retired_at: actor.now, private_key: null })
      .where('retired_at', 'is', null)
      .execute()
    const { id } = await insertKey(trx, actor, config)
    return { id }
  })
}

async function makeFirst(db: Db, config: Sealing) {
  return db.transaction().execute(async (trx) => {
    await lockKeys(trx)
    return (await findActive(trx)) ?? insertKey(trx, systemActor('first release'), config)
  })
}

/** Of two processes that need the first key, the second waits and finds it. */
async function lockKeys(trx: Trx): Promise<void> {
  await sql`lock table release_keys in share row exclusive mode`.execute(trx)
}

function findActive(db: Db | Trx) {
  const query = db.selectFrom('release_keys').select(['id', 'private_key']).where('retired_at', 'is', null)
  return query.executeTakeFirst()
}

async function insertKey(trx: Trx, actor: Actor, config: Sealing): Promise<{ id: string; private_key: Buffer }> {
  const { privateKey } = generateKeyPairSync('ed25519')
  const id = randomBytes(8).toString('hex').toUpperCase()
  const private_key = sealPrivateKey(sealingKey(config), id, privateKey)
  const row = { id, public_key: publicBytesOf(privateKey), private_key, created_at: actor.now }
  await trx.insertInto('release_keys').values(row).execute()
  await record(trx, actor, 'release_key.created', { details: { id } })
  return { id, private_key }
}

function sealingKey({ key_encryption_key }: Sealing): string {
  if (!key_encryption_key) throw new AppError('internal', 'no key-encryption key')
  return key_encryption_key
}
