import type { Hmac } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '../db/index.ts'
import type { Services } from '../services.ts'
import { addHead, type Checkpoint, type Head, sealOf } from './checkpoint-history.ts'

type OfLicense = { license_id: string; serial: string | null; chain_number: number }

export type HistoryProblem =
  /** A line does not say what its hash says, or no longer follows the line before it. */
  | (OfLicense & { kind: 'changed'; action: string; at: Date })
  /** Lines are missing before this one, after the number `after`. */
  | (OfLicense & { kind: 'missing'; after: number })
  /** Two lines claim the same place. */
  | (OfLicense & { kind: 'inserted' })
  /** The line with which the history ended at a checkpoint is gone; `left` lines are there. */
  | (OfLicense & { kind: 'shortened'; checkpoint: number; left: number })
  /** The history up to this line is another one than at a checkpoint, with hashes made to fit. */
  | (OfLicense & { kind: 'rewritten'; checkpoint: number })
  | { kind: 'checkpoint_missing' | 'checkpoint_changed' | 'checkpoint_differs'; checkpoint: number }

/** What was walked, for a line that says so. */
export type Verified = { lines: number; checkpoints: number }

/** A checkpoint as it was printed once, kept where nobody who can change the database can change it. */
export type KeptCheckpoint = { number: number; mac: Buffer }

const rowsAtOnce = 5_000
const nil = '00000000-0000-0000-0000-000000000000'

/**
 * Walks every chain and then every checkpoint, some thousand rows at a time. Lines and checkpoints written meanwhile
 * do no harm: nothing that was there ever changes.
 */
export async function* verifyHistory(
  { config, db }: Pick<Services, 'config' | 'db'>,
  kept?: KeptCheckpoint,
): AsyncGenerator<HistoryProblem, Verified> {
  const lines = yield* walkChains(db)
  const checkpoints = yield* walkCheckpoints(db, config, kept)
  return { lines, checkpoints }
}

type Line = OfLicense & {
  action: string
  at: Date
  before_number: number | null
  fits: boolean | null
  place: number
  last: boolean
}

/** Each page begins with the last line of the one before, whose hash its first line must follow. */
async function* walkChains(db: Db): AsyncGenerator<HistoryProblem, number> {
  let lines = 0
  let from = { license_id: nil, chain_number: 0 }
  for (let page = 1; ; page++) {
    const { rows } = await chainPage(db, from, page > 1)
    for (const line of rows) {
      const problem = problemOf(line)
      if (problem) yield problem
    }
    const last = rows.find((row) => row.last)
    if (!last) return lines
    lines += last.place - (page > 1 ? 1 : 0)
    if (last.place <= 1 && page > 1) return lines
    from = last
  }
}

/** The lines of one page that do not fit, and its last one. */
function chainPage(db: Db, from: { license_id: string; chain_number: number }, overlaps: boolean) {
  return sql<Line>`
    with page as (
      select e as line, e.license_id, e.chain_number, e.chain_hash from events e
      where license_id is not null and (license_id, chain_number) >= (${from.license_id}::uuid, ${from.chain_number}::int)
      order by license_id, chain_number limit ${rowsAtOnce}::int + 1
    ),
    linked as (
      select page.*, lag(chain_number) over chain as before_number, lag(chain_hash) over chain as before_hash,
        row_number() over (order by license_id, chain_number) as place, count(*) over () as total
      from page window chain as (partition by license_id order by chain_number)
    ),
    checked as (
      select l.*, place = total as last, case
          when ${overlaps}::boolean and place = 1 then true
          when chain_number = coalesce(before_number, 0) + 1 then event_hash(before_hash, line) = chain_hash
        end as fits
      from linked l
    )
    select c.license_id, s.serial, c.chain_number, (c.line).action, (c.line).at, c.before_number, c.fits,
      c.place, c.last
    from checked c left join licenses s on s.id = c.license_id
    where c.last or c.fits is not true order by c.place`.execute(db)
}

function problemOf({ fits, before_number, action, at, ...line }: Line): HistoryProblem | undefined {
  if (fits) return undefined
  const of = { license_id: line.license_id, serial: line.serial, chain_number: line.chain_number }
  if (fits === false) return { ...of, kind: 'changed', action, at }
  const after = before_number ?? 0
  return line.chain_number > after ? { ...of, kind: 'missing', after } : { ...of, kind: 'inserted' }
}

async function* walkCheckpoints(
  db: Db,
  config: Services['config'],
  kept: KeptCheckpoint | undefined,
): AsyncGenerator<HistoryProblem, number> {
  const checkpoints = await db.selectFrom('history_checkpoints').selectAll().orderBy('number').execute()
  const told = new Set<string>()
  let previous: Checkpoint | undefined
  for (const checkpoint of checkpoints) {
    for (let number = (previous?.number ?? 0) + 1; number < checkpoint.number; number++) {
      yield { kind: 'checkpoint_missing', checkpoint: number }
    }
    const sealing = sealOf(config, checkpoint, previous?.mac)
    yield* walkHeads(db, checkpoint.number, sealing, told)
    if (!sealing.digest().equals(checkpoint.mac)) yield { kind: 'checkpoint_changed', checkpoint: checkpoint.number }
    previous = checkpoint
  }
  if (kept) yield* compare(checkpoints, kept)
  return checkpoints.length
}

function* compare(checkpoints: Checkpoint[], kept: KeptCheckpoint): Generator<HistoryProblem> {
  const found = checkpoints.find(({ number }) => number === kept.number)
  if (!found) yield { kind: 'checkpoint_missing', checkpoint: kept.number }
  else if (!found.mac.equals(kept.mac)) yield { kind: 'checkpoint_differs', checkpoint: kept.number }
}

/** Each license is told of once, by the first checkpoint that its history does not agree with. */
async function* walkHeads(
  db: Db,
  checkpoint: number,
  sealing: Hmac,
  told: Set<string>,
): AsyncGenerator<HistoryProblem> {
  let after = nil
  for (;;) {
    const { rows } = await headPage(db, checkpoint, after)
    for (const { found_hash, serial, left, ...head } of rows) {
      addHead(sealing, head)
      if (found_hash?.equals(head.chain_hash) || told.has(head.license_id)) continue
      told.add(head.license_id)
      const of = { license_id: head.license_id, serial, chain_number: head.chain_number, checkpoint }
      yield found_hash ? { ...of, kind: 'rewritten' } : { ...of, kind: 'shortened', left }
    }
    if (rows.length < rowsAtOnce) return
    after = rows.at(-1)!.license_id
  }
}

function headPage(db: Db, checkpoint: number, after: string) {
  return sql<Head & { found_hash: Buffer | null; serial: string | null; left: number }>`
    select h.license_id, h.chain_number, h.chain_hash, e.chain_hash as found_hash, s.serial,
      case when e.id is null then (select count(*) from events where license_id = h.license_id) else 0 end as left
    from history_heads h
    left join events e on e.license_id = h.license_id and e.chain_number = h.chain_number
    left join licenses s on s.id = h.license_id
    where h.checkpoint = ${checkpoint}::int and h.license_id > ${after}::uuid
    order by h.license_id limit ${rowsAtOnce}::int`.execute(db)
}
