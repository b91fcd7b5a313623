/** What is decided about service requests without looking at anything. */

export const requestKinds = ['address', 'rehost', 'customer_number'] as const
export type RequestKindName = (typeof requestKinds)[number]

export const requestStates = ['open', 'accepted', 'refused', 'withdrawn'] as const
export type RequestState = (typeof requestStates)[number]

/** Operators with one of these roles decide; the others only see. Operator administrators may all. */
export const decidingRoles = ['support', 'orders'] as const

/** Hours within which a request of a kind is to be decided: the sooner, the more stands still meanwhile. */
const targetHours: Record<RequestKindName, number> = { rehost: 24, address: 48, customer_number: 72 }

/** When a request opened at a moment is to be decided. */
export function dueAt(kind: RequestKindName, opened_at: Date): Date {
  return new Date(opened_at.getTime() + targetHours[kind] * 3_600_000)
}

/** How an open request stands against its target. */
export function urgencyOf(due_at: Date, now: Date): 'overdue' | 'due_soon' | 'in_time' {
  const hours = (due_at.getTime() - now.getTime()) / 3_600_000
  if (hours < 0) return 'overdue'
  return hours < 12 ? 'due_soon' : 'in_time'
}

/** What `makeNumber` makes; anything else is asked of no database. */
export const requestNumber = /^SR-[2-9A-Z]{4}-[2-9A-Z]{4}$/
