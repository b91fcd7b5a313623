/** What is decided about service requests without looking at anything. */

export const requestKinds = ['contract_change', 'address', 'customer_number', 'rehost', 'recovery', 'other'] as const
export type RequestKindName = (typeof requestKinds)[number]

export const requestStates = ['open', 'accepted', 'refused', 'withdrawn'] as const
export type RequestState = (typeof requestStates)[number]

/** How an accepted request is called: a question is answered, a contract change was verified and processed. */
export function acceptedAs(kind: RequestKindName): 'accepted' | 'answered' | 'processed' {
  if (kind === 'other') return 'answered'
  return kind === 'contract_change' ? 'processed' : 'accepted'
}

/** Operators with one of these roles decide; the others only see. Operator administrators may all. */
export const decidingRoles = ['support', 'orders'] as const

/** Hours within which a request of a kind is to be decided: the sooner, the more stands still meanwhile. */
const targetHours: Record<RequestKindName, number> = {
  ...{ contract_change: 72, address: 48, customer_number: 72 },
  ...{ rehost: 24, recovery: 48, other: 48 },
}

/** When a request opened at a moment is to be decided. */
export function dueAt(kind: RequestKindName, opened_at: Date): Date {
  return new Date(opened_at.getTime() + targetHours[kind] * 3_600_000)
}

/** How an open request stands against its target, which does not run while the vendor waits for the customer. */
export function urgencyOf(
  { due_at, waiting_since }: { due_at: Date; waiting_since: Date | null },
  now: Date,
): 'waiting' | 'overdue' | 'due_soon' | 'in_time' {
  if (waiting_since) return 'waiting'
  const hours = (due_at.getTime() - now.getTime()) / 3_600_000
  if (hours < 0) return 'overdue'
  return hours < 12 ? 'due_soon' : 'in_time'
}

/** The target of a request whose customer answered: later by as long as the vendor waited. */
export function dueAfter({ due_at, waiting_since }: { due_at: Date; waiting_since: Date | null }, now: Date): Date {
  const waited = waiting_since ? Math.max(0, now.getTime() - waiting_since.getTime()) : 0
  return new Date(due_at.getTime() + waited)
}

/** Days in which an answer to a request that had no effect opens it again. */
export const reopenDays = 14

/**
 * Whether a message about a request may still be written, and whether it opens the request again. What was done or
 * refused is not undone by a message: that takes a new request. A question that was answered may go on for a while.
 */
export function writingTo(
  request: { kind: RequestKindName; state: RequestState; decided_at: Date | null },
  now: Date,
): 'open' | 'reopens' | 'ended' {
  if (request.state === 'open') return 'open'
  if (request.kind !== 'other' || request.state === 'withdrawn' || !request.decided_at) return 'ended'
  const days = (now.getTime() - request.decided_at.getTime()) / 86_400_000
  return days < reopenDays ? 'reopens' : 'ended'
}

/** What `makeNumber` makes; anything else is asked of no database. */
export const requestNumber = /^SR-[2-9A-Z]{4}-[2-9A-Z]{4}$/
