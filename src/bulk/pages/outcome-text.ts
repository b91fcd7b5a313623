import type { MessageKey, T } from '../../platform/i18n.ts'
import type { Tone } from '../../ui/badge.tsx'
import type { OutcomeCode } from '../action.ts'

/** What became of a row, in words. `detail` is what the reason is about. */
export function outcomeText(t: T, outcome: OutcomeCode, detail: string | null): string {
  return (t as (key: MessageKey, values: object) => string)(`bulk.outcome.${outcome}`, { detail: detail ?? '' })
}

export function outcomeTone(outcome: OutcomeCode): Tone {
  if (outcome === 'ok' || outcome === 'done') return 'success'
  return outcome === 'unchanged' || outcome === 'cancelled' ? 'neutral' : 'danger'
}
