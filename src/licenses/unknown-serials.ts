import { sql } from 'kysely'
import type { Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { defineLimit, spend } from '../platform/rate-limits.ts'
import { foldSerial } from './rules.ts'

/**
 * A miss costs a token, wherever it was typed, so that serial numbers cannot be tried out. Generous for typing errors
 * and for a list with a wrong column; far too few for guessing even ten-digit numbers.
 */
export const unknownSerials = defineLimit('registration.unknown_serials', { capacity: 300, refill_per_minute: 5 })

/** Takes a token for each of so many misses. @returns whether there were enough; else none is taken. */
export async function spendOnUnknown(db: Db, actor: Member, unknown: number): Promise<boolean> {
  if (unknown === 0) return true
  try {
    await spend(db, unknownSerials, actor.user_id, actor.now, unknown)
    return true
  } catch (error) {
    if (error instanceof AppError && error.code === 'too_many_requests') return false
    throw error
  }
}

/**
 * Serial numbers like mistyped ones (other case, O/0, I/1), only of licenses that the actor may already see: of its
 * organization, or of a customer number associated with it. By the mistyped number.
 */
export async function suggestSerials(db: Db, actor: Member, mistyped: string[]): Promise<Map<string, string>> {
  if (mistyped.length === 0) return new Map()
  const { rows } = await sql<{ typed: string; serial: string }>`
    select distinct on (t.typed) t.typed, l.serial
    from unnest(${mistyped}::text[], ${mistyped.map(foldSerial)}::text[]) as t (typed, lookalike)
    join licenses l on l.serial_lookalike = t.lookalike
    where l.owner_id = ${actor.organization_id}
      or (l.owner_id is null and l.customer_id in (
        select customer_id from customer_associations where organization_id = ${actor.organization_id}))
    order by t.typed, l.serial`.execute(db)
  return new Map(rows.map((row) => [row.typed, row.serial]))
}
