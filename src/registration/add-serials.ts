import { sql } from 'kysely'
import { isPossible, mayBeWord, readSerials, spendOnUnknown } from '../licenses/index.ts'
import { type Actor, mustBe } from '../platform/actor.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { ok, type Result, refuse } from '../platform/errors.ts'
import { readSerialFacts } from './license-facts.ts'
import { lockDraft } from './lock-draft.ts'
import { mostSerials } from './schemas.ts'

export type AddRefusal = 'nothing_found' | 'too_many' | 'too_many_unknown'
/** `repeated` were in the list already (outcome `duplicate_in_list`); `words` looked like text, not serial numbers. */
export type Added = { added: number; repeated: string[]; words: number }

/** A text of any layout in which serial numbers are found, or exactly these. */
export type SerialsToAdd = { draft_id: string } & ({ text: string } | { serials: string[] })

/**
 * Puts serial numbers into a draft, whatever they turn out to be.
 * @returns how many, or why none: nothing is added then.
 * @throws AppError `forbidden` unless the actor is a manager, and as `lockDraft`.
 */
export async function addSerials(db: Db, actor: Actor, input: SerialsToAdd): Promise<Result<Added, AddRefusal>> {
  mustBe(actor, 'manager')
  const read = 'text' in input ? readSerials(input.text) : { serials: [...new Set(input.serials)].filter(isPossible) }
  if (read.serials.length === 0) return refuse('nothing_found')
  if (read.serials.length > mostSerials) return refuse('too_many')

  const found = await readSerialFacts(db, read.serials)
  const isList = 'text' in input && read.serials.length > 1
  const serials = read.serials.filter((serial, n) => found[n] || !isList || !mayBeWord(serial))
  if (serials.length === 0) return refuse('nothing_found')
  const unknown = serials.length - found.filter((license) => license !== null).length
  if (!(await spendOnUnknown(db, actor, unknown))) return refuse('too_many_unknown')

  return db.transaction().execute(async (trx) => {
    await lockDraft(trx, actor, input.draft_id)
    const listed = await readListed(trx, input.draft_id, serials)
    const fresh = serials.filter((serial) => !listed.repeated.has(serial))
    if (listed.count + fresh.length > mostSerials) return refuse('too_many')
    await appendSerials(trx, input.draft_id, fresh, listed.last)
    return ok({ added: fresh.length, repeated: [...listed.repeated], words: read.serials.length - serials.length })
  })
}

async function readListed(trx: Trx, draft_id: string, serials: string[]) {
  const { rows } = await sql<{ count: number; last: number; repeated: string[] | null }>`
    select count(*) as count, coalesce(max(position), 0) as last,
      array_agg(serial) filter (where serial = any(${serials}::text[])) as repeated
    from registration_draft_serials where draft_id = ${draft_id}`.execute(trx)
  const { count, last, repeated } = rows[0]!
  return { count, last, repeated: new Set(repeated ?? []) }
}

async function appendSerials(trx: Trx, draft_id: string, serials: string[], last: number): Promise<void> {
  await sql`
    insert into registration_draft_serials (draft_id, position, serial)
    select ${draft_id}, ${last}::int + n, serial
    from unnest(${serials}::text[]) with ordinality as t (serial, n)`.execute(trx)
}
