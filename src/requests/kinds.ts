import type { z } from 'zod'
import type { Actor, Operator } from '../platform/actor.ts'
import type { Config } from '../platform/config.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import type { Format, Locale, MessageKey, T } from '../platform/i18n.ts'
import type { RequestKindName, RequestState } from './rules.ts'

/**
 * A service request as its kind and the pages see it; `details` are those of its kind. `Holder` is `string | null` where
 * somebody may have asked who works for no organization.
 */
export type ServiceRequest<Details = unknown, Holder extends string | null = string> = {
  id: string
  /** What people quote: `SR-…`. */
  number: string
  kind: RequestKindName
  state: RequestState
  organization_id: Holder
  organization_name: Holder
  opened_by: string
  /** Null once the account is closed. */
  opener_name: string | null
  opener_email: string | null
  license_id: string | null
  serial: string | null
  /** Product and version of the license. */
  product: string | null
  customer_id: string | null
  details: Details
  opened_at: Date
  due_at: Date
  /** Since when the vendor waits for an answer of the customer; null when it is the vendor's turn. */
  waiting_since: Date | null
  /** The language in which it was asked. */
  locale: string
  assignee_id: string | null
  assignee_name: string | null
  taken_at: Date | null
  decided_at: Date | null
  decided_by: string | null
  decider_name: string | null
  reason: string | null
  revision: number
}

/** A request of any kind, whoever asked. */
export type AnyRequest = ServiceRequest<unknown, string | null>

/** What a kind reads with, in the language of whoever looks. */
export type Reading = { db: Db; t: T; format: Format; locale: Locale; now: Date }

/** One line of what was asked, or of what helps to decide; line breaks in `value` are kept. */
export type Fact = { label: string; value: string }

/** What accepting came to: done, or the text that tells the operator why it cannot be done; then nothing is. */
export type Acceptance = { ok: true } | { ok: false; text: MessageKey; values?: Record<string, string | number> }

/** What an operator chooses to accept: one of the options, or a line of text where there are none. */
export type Choice = {
  name: string
  label: string
  hint?: string
  options?: { value: string; text: string }[]
  value?: string
  required?: boolean
}
/** What was chosen, by the name of the choice. */
export type Chosen = Readonly<Record<string, string>>

/** A kind of request: how its details read, and what accepting it does. */
export type RequestKind<Details, Prepared, Holder extends string | null = string> = {
  kind: RequestKindName
  details: z.ZodType<Details>
  /** What was asked, in words, for whoever asked and for operators. */
  facts(reading: Reading, request: ServiceRequest<Details, Holder>): Fact[] | Promise<Fact[]>
  /** What else an operator wants to know before deciding. Customers never see it. */
  decisionFacts?(reading: Reading, request: ServiceRequest<Details, Holder>): Fact[] | Promise<Fact[]>
  /** What an operator must choose to accept it. */
  choices?(reading: Reading, request: ServiceRequest<Details, Holder>): Choice[] | Promise<Choice[]>
  /** Work before the transaction of the decision, such as signing; stores nothing. */
  prepare?(services: Issuer, actor: Actor, request: ServiceRequest<Details, Holder>): Promise<Prepared>
  /** The effect, in the transaction of the decision; the request is locked and open, nothing else is locked. */
  accept(
    trx: Trx,
    actor: Operator,
    request: ServiceRequest<Details, Holder>,
    prepared: Prepared,
    deciding: Deciding,
  ): Promise<Acceptance>
  /** Clears up, in the same transaction, when the request is refused or withdrawn. */
  refuse?(trx: Trx, actor: Actor, request: ServiceRequest<Details, Holder>): Promise<void>
}

/** What `prepare` gets. */
export type Issuer = { config: Config; db: Db }

/** What else the effect of a decision is made of. */
export type Deciding = { chosen: Chosen; reason: string | null; config: Pick<Config, 'base_url' | 'vendor'> }

// biome-ignore lint/suspicious/noExplicitAny: a list holds kinds of any details; each checks its own
export type AnyRequestKind = RequestKind<any, any, any>

/** Names a kind of request, with its types checked. */
export function defineRequestKind<Details, Prepared = undefined, Holder extends string | null = string>(
  kind: RequestKind<Details, Prepared, Holder>,
): RequestKind<Details, Prepared, Holder> {
  return kind
}
