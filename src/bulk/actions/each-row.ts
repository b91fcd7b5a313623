import { sql } from 'kysely'
import type { Trx } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import { type Outcome, type OutcomeCode, outcomeCodes, type Row } from '../action.ts'

/** What a command for one license answers. */
type Answer = { ok: true } | { ok: false; refusal: string; detail?: string }

/** Reasons of commands that are told in other words here. */
const renamed: Record<string, OutcomeCode> = {
  reason_missing: 'over_allowance',
  unknown_key: 'old_host_unknown',
}

/** Does a command for one row after the other; one that throws is taken back, and leaves the others alone. */
export async function eachRow(trx: Trx, rows: Row[], work: (row: Row) => Promise<Answer>): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (const row of rows) {
    await sql`savepoint one_row`.execute(trx)
    const answer = await work(row).catch(async (error: unknown): Promise<Answer> => {
      if (!(error instanceof AppError) || error.code === 'unavailable' || error.code === 'internal') throw error
      await sql`rollback to savepoint one_row`.execute(trx)
      return { ok: false, refusal: error.code }
    })
    await sql`release savepoint one_row`.execute(trx)
    const { position } = row
    outcomes.push(
      answer.ok ? { position, outcome: 'ok' } : { position, outcome: codeOf(answer.refusal), detail: answer.detail },
    )
  }
  return outcomes
}

function codeOf(refusal: string): OutcomeCode {
  return renamed[refusal] ?? outcomeCodes.find((code) => code === refusal) ?? 'refused'
}
