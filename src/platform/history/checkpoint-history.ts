import { createHmac, type Hmac } from 'node:crypto'
import { sql } from 'kysely'
import { keyFor } from '../auth/index.ts'
import type { Trx } from '../db/index.ts'
import type { Services } from '../services.ts'

export type Checkpoint = { number: number; at: Date; mac: Buffer }
export type Head = { license_id: string; chain_number: number; chain_hash: Buffer }

/** What a checkpoint says of one license. */
const headsAtOnce = 5_000
const day = 86_400_000

/**
 * Notes where the history of each license ends, as far as it grew since the checkpoint before, under a MAC that whoever
 * can write to the database but does not know SECRET cannot make.
 */
export async function checkpointHistory(
  { config, database }: Pick<Services, 'config' | 'database'>,
  now = new Date(),
): Promise<Checkpoint & { histories: number }> {
  return database.patiently(() =>
    database.db.transaction().execute(async (trx) => {
      await sql`set local statement_timeout = 0`.execute(trx)
      await sql`lock table history_checkpoints in share row exclusive mode`.execute(trx)
      const last = await trx
        .selectFrom('history_checkpoints')
        .selectAll()
        .orderBy('number', 'desc')
        .limit(1)
        .executeTakeFirst()
      const number = (last?.number ?? 0) + 1
      const histories = await noteHeads(trx, number, last?.at)
      const sealing = sealOf(config, { number, at: now }, last?.mac)
      for await (const head of headsOf(trx, number)) addHead(sealing, head)
      const checkpoint = { number, at: now, mac: sealing.digest() }
      await trx.insertInto('history_checkpoints').values(checkpoint).execute()
      return { ...checkpoint, histories }
    }),
  )
}

/**
 * Ids of lines begin with their time. A transaction may have written its lines long before it ended, after the last
 * checkpoint: a day is longer than any takes.
 */
async function noteHeads(trx: Trx, number: number, since: Date | undefined): Promise<number> {
  const milliseconds = (since ? since.getTime() - day : 0).toString(16).padStart(12, '0')
  const from = `${milliseconds.slice(0, 8)}-${milliseconds.slice(8)}-0000-0000-000000000000`
  const { numAffectedRows } = await sql`
    insert into history_heads (checkpoint, license_id, chain_number, chain_hash)
    select ${number}::int, e.license_id, e.chain_number, e.chain_hash
    from (select distinct license_id from events where license_id is not null and id >= ${from}::uuid) grown
    join lateral (select * from events where license_id = grown.license_id order by chain_number desc limit 1) e on true
    where not exists (
      select from history_heads h where h.license_id = e.license_id and h.chain_number >= e.chain_number)`.execute(trx)
  return Number(numAffectedRows)
}

async function* headsOf(trx: Trx, checkpoint: number): AsyncGenerator<Head> {
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const heads = await trx
      .selectFrom('history_heads')
      .select(['license_id', 'chain_number', 'chain_hash'])
      .where('checkpoint', '=', checkpoint)
      .where('license_id', '>', after)
      .orderBy('license_id')
      .limit(headsAtOnce)
      .execute()
    yield* heads
    if (heads.length < headsAtOnce) return
    after = heads.at(-1)!.license_id
  }
}

/** Begins the MAC of a checkpoint; its heads follow in the order of their licenses. */
export function sealOf(
  config: Services['config'],
  { number, at }: Pick<Checkpoint, 'number' | 'at'>,
  previous: Buffer | undefined,
): Hmac {
  const sealing = createHmac('sha256', keyFor(config, 'history'))
  return sealing.update(`${number} ${at.toISOString()} ${previous?.toString('hex') ?? ''}\n`)
}

/** What a checkpoint says of one license becomes part of its MAC. */
export function addHead(sealing: Hmac, { license_id, chain_number, chain_hash }: Head): void {
  sealing.update(`${license_id} ${chain_number} ${chain_hash.toString('hex')}\n`)
}
