/** Token buckets that all nodes share. Owns: rate_limits. */
import { createHash } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from './db/index.ts'
import { AppError } from './errors.ts'

/** A token bucket: `capacity` attempts at once, then `refill_per_minute`. */
export type Limit = Readonly<{ name: string; capacity: number; refill_per_minute: number }>

/** A bucket nobody drew from for so long is full again, whatever its limit, so its row may go. */
const fullAfterMinutes = 24 * 60

/**
 * Names a limit. Buckets lie in the database, so that all nodes count together.
 * @throws RangeError when the bucket would need more than a day to fill: pruning would refill it early.
 */
export function defineLimit(name: string, rate: { capacity: number; refill_per_minute: number }): Limit {
  if (rate.capacity < 1 || rate.capacity / rate.refill_per_minute > fullAfterMinutes) {
    throw new RangeError(`limit ${name}: a bucket holds one token or more and fills within a day`)
  }
  return Object.freeze({ name, ...rate })
}

/**
 * Takes a token for `who` (an account, an address, a network: only its hash is kept), or several at once. Call it
 * outside a transaction: what is rolled back was not counted.
 * @throws AppError `too_many_requests` with `retry_after` in seconds when the bucket holds too few.
 */
export async function spend(db: Db, limit: Limit, who: string, now?: Date, tokens = 1): Promise<void> {
  const key = keyOf(limit, who)
  const filled = tokensAt(limit, now)
  const { rows } = await sql`
    insert into rate_limits as bucket (key, tokens, refilled_at)
    select ${key}, ${limit.capacity}::float8 - ${tokens}::float8, ${clock(now)} where ${tokens}::float8 <= ${limit.capacity}::float8
    on conflict (key) do update
      set tokens = ${filled} - ${tokens}::float8, refilled_at = greatest(bucket.refilled_at, ${clock(now)})
      where ${filled} >= ${tokens}::float8
    returning 1`.execute(db)
  if (rows.length === 0) throw await tooMany(db, limit, key, tokens, now)
}

/** An expression of SQL: whether a bucket, by its key, is empty. For statements that must not cost more when it is not. */
export function isSpent(limit: Limit, key: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`exists (
    select from rate_limits as bucket where key = ${key} and ${tokensAt(limit, undefined)} < 1)`
}

/** Fills the bucket again: whoever proved to be welcome starts anew. */
export async function refund(db: Db, limit: Limit, who: string): Promise<void> {
  await sql`delete from rate_limits where key = ${keyOf(limit, who)}`.execute(db)
}

/** Deletes the buckets that are full again. @returns how many. */
export async function pruneRateLimits(db: Db, now?: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from rate_limits
    where refilled_at < ${clock(now)} - make_interval(mins => ${fullAfterMinutes}::int)`.execute(db)
  return Number(numAffectedRows ?? 0)
}

async function tooMany(db: Db, limit: Limit, key: string, tokens: number, now: Date | undefined): Promise<AppError> {
  const { rows } = await sql<{ tokens: number }>`
    select ${tokensAt(limit, now)} as tokens from rate_limits as bucket where key = ${key}`.execute(db)
  const missing = Math.min(tokens, limit.capacity) - (rows[0]?.tokens ?? 0)
  const retry_after = Math.max(1, Math.ceil((missing * 60) / limit.refill_per_minute - 1e-6))
  return new AppError('too_many_requests', `limit ${limit.name}`, { retry_after })
}

/** What the bucket holds by now. A clock behind the one that wrote last takes nothing away. */
function tokensAt(limit: Limit, now: Date | undefined) {
  const minutes = sql`greatest(0, extract(epoch from ${clock(now)} - bucket.refilled_at)::float8) / 60`
  return sql`least(${limit.capacity}::float8, bucket.tokens + ${minutes} * ${limit.refill_per_minute}::float8)`
}

/** The database's clock unless told otherwise: nodes may disagree about the time. */
function clock(now: Date | undefined) {
  return now ? sql`${now}::timestamptz` : sql`clock_timestamp()`
}

/** Under which `who` is counted: its hash. */
export function keyOf(limit: Limit, who: string): string {
  return `${limit.name}:${createHash('sha256').update(who).digest('base64url').slice(0, 32)}`
}
