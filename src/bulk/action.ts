import type { Child } from 'hono/jsx'
import type { Member } from '../platform/actor.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import type { FormState } from '../platform/http/form.ts'
import type { Format, Locale, MessageKey, T } from '../platform/i18n.ts'
import type { Issuing } from '../registration/index.ts'
import type { Item } from '../ui/description-list.tsx'
import type { IconName } from '../ui/icon.tsx'

/** One license of a bulk action: what its dry run saw, and what the uploaded list says about it. */
export type Row = { position: number; serial: string; license_id: string; revision: number; cells: string[] }

/**
 * What became of a row: `ok` (done, or in a dry run would be), or why not; for each code there is a text.
 * `detail` names what the reason is about.
 */
export type Outcome = { position: number; outcome: OutcomeCode; detail?: string }

/** Every reason, across actions, so that reports speak one language. */
export const outcomeCodes = [
  'ok',
  'done',
  'unchanged',
  'not_found',
  'changed',
  'gone',
  'cancelled',
  'value_wrong',
  'value_missing',
  'too_many',
  'too_many_tags',
  'unregistered',
  'revoked',
  'superseded',
  'ended',
  'not_bound',
  'no_key',
  'nothing_signed',
  'external',
  'nothing_deployed',
  'request_open',
  'host_missing',
  'host_invalid',
  'same_host',
  'host_in_use',
  'several_hosts',
  'old_host_unknown',
  'over_allowance',
  'too_often',
  'refused',
] as const
export type OutcomeCode = (typeof outcomeCodes)[number]

/** What a form of an action is made from. */
export type Asking = {
  db: Db
  actor: Member
  t: T
  format: Format
  locale: Locale
  /** Headings of the uploaded list. */
  columns: readonly string[]
  /** What was typed into the search of an action that has one. */
  searched: string
}

export type ReadInput = { ok: true; input: object } | { ok: false; errors: Record<string, string> }

/**
 * A kind of bulk action. Its form is read into an `input` that is stored, then `run` on a few hundred rows at a time,
 * first as a dry run, then in earnest, each time within the transaction that keeps the outcomes.
 */
export type BulkAction = {
  name: string
  title: Extract<MessageKey, `bulk.${string}.title`>
  lead: Extract<MessageKey, `bulk.${string}.lead`>
  icon: IconName
  /** Rows of one transaction: fewer where each row is work of its own. */
  batch: number
  /** Works only on an uploaded list with further columns. */
  needs_columns?: boolean
  /** Administrators are told, as they are about each single license that is changed so. */
  tells_administrators?: boolean
  /** Label of a search above its form, where there is much to choose from. */
  search?: 'bulk.address.search'
  /** The fields of its form. */
  fields(asking: Asking): Promise<Child>
  read(asking: Asking, values: FormState['values']): Promise<ReadInput>
  /** What will be done, in words, for the page that asks for the go-ahead. */
  summary(asking: Asking, input: unknown): Promise<Item[]>
  /** Does it. In a dry run everything is undone afterwards, so that a command without one can be used as it is. */
  run(
    trx: Trx,
    actor: Member,
    input: unknown,
    rows: Row[],
    how: { dry_run: boolean; issuing: Issuing },
  ): Promise<Outcome[]>
}

/** The one text of a field of a form. */
export function textIn(values: FormState['values'], name: string): string {
  return [values[name] ?? ''].flat()[0]!.trim()
}
