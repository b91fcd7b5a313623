import type { Outcome, OutcomeCode, Row } from '../action.ts'

type Result = { changed: readonly string[]; refused: readonly { license_id: string; refusal: OutcomeCode }[] }

/** The outcome of each row from what a command for many licenses answers; those it does not name were so already. */
export function outcomesOf(rows: readonly Row[], { changed, refused }: Result): Outcome[] {
  const isChanged = new Set(changed)
  const refusals = new Map(refused.map(({ license_id, refusal }) => [license_id, refusal]))
  return rows.map(({ position, license_id }) => {
    const done = isChanged.has(license_id) ? 'ok' : 'unchanged'
    return { position, outcome: refusals.get(license_id) ?? done }
  })
}

/** By the licenses' ids: what the dry run saw. */
export function revisionsOf(rows: readonly Row[]): Record<string, number> {
  return Object.fromEntries(rows.map(({ license_id, revision }) => [license_id, revision]))
}
