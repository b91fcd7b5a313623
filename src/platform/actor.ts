import { AppError } from './errors.ts'
import type { Locale } from './i18n.ts'

/** Roles in an organization, ordered: each may do all that the ones before it may (domain.md §2). */
export const roles = ['viewer', 'downloader', 'manager', 'administrator'] as const
export type Role = (typeof roles)[number]

export const operatorRoles = ['support', 'catalog', 'orders', 'administrator', 'auditor'] as const
export type OperatorRole = (typeof operatorRoles)[number]

/** A calendar day, `YYYY-MM-DD`. */
export type Day = string

/** Who acts, in what capacity, when and from where: the required second argument of every command. */
export type Actor = {
  kind: 'user' | 'operator' | 'system'
  user_id: string | null
  name: string
  email: string | null
  organization_id: string | null
  role: Role | null
  operator_role: OperatorRole | null
  locale: Locale
  time_zone: string
  /** The moment of the request; commands use it as the only clock. */
  now: Date
  /** `now` as a day in the actor's time zone. */
  today: Day
  request_id: string | null
  address: string | null
  /** The actor works for this organization, and acts for `organization_id`, which delegated that to it. */
  via?: { organization_id: string; name: string }
}

/** An actor known to work for an organization. */
export type Member = Actor & { user_id: string; organization_id: string; role: Role }

/** An actor known to be one of the vendor's staff. */
export type Operator = Actor & { user_id: string; operator_role: OperatorRole }

/** @throws AppError `forbidden` unless the actor's role in its organization is `role` or higher. */
export function mustBe(actor: Actor, role: Role): asserts actor is Member {
  if (!isAtLeast(actor, role)) throw new AppError('forbidden')
}

export function isAtLeast(actor: Actor, role: Role): actor is Member {
  if (!actor.role || !actor.organization_id || !actor.user_id) return false
  return roles.indexOf(actor.role) >= roles.indexOf(role)
}

/** @throws AppError `forbidden` unless the actor is an operator with one of the roles (administrators always are). */
export function mustOperate(actor: Actor, ...allowed: OperatorRole[]) {
  const role = actor.operator_role
  if (actor.kind === 'system') return
  if (actor.kind !== 'operator' || !role) throw new AppError('forbidden')
  if (role !== 'administrator' && !allowed.includes(role)) throw new AppError('forbidden')
}

/** Whether the actor is an operator with one of the roles; operator administrators have all. */
export function isOperator(actor: Actor, allowed: readonly OperatorRole[] = operatorRoles): actor is Operator {
  const role = actor.operator_role
  return role !== null && actor.user_id !== null && (role === 'administrator' || allowed.includes(role))
}

/** The portal itself: jobs, imports, the command line. */
export function systemActor(name: string, now = new Date()): Actor {
  return {
    kind: 'system',
    user_id: null,
    name,
    email: null,
    organization_id: null,
    role: null,
    operator_role: null,
    locale: 'en',
    time_zone: 'UTC',
    now,
    today: dayOf(now, 'UTC'),
    request_id: null,
    address: null,
  }
}

const dayFormats = new Map<string, Intl.DateTimeFormat>()

/** The calendar day of a moment in an IANA time zone. */
export function dayOf(moment: Date, time_zone: string): Day {
  if (time_zone === 'UTC') return moment.toISOString().slice(0, 10)
  let format = dayFormats.get(time_zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: time_zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    })
    dayFormats.set(time_zone, format)
  }
  return format.format(moment)
}
