import type { Context, MiddlewareHandler } from 'hono'
import { urls } from '../../urls.ts'
import { type Actor, isAtLeast, isOperator, type OperatorRole, type Role } from '../actor.ts'
import { AppError } from '../errors.ts'
import type { Env, OperatorEnv, PublicEnv, Session } from './env.ts'
import { leaveFlash } from './flash.ts'

/**
 * Who may call a route. `anyone` needs no session, `signed_in` any that nothing holds back; a role means a member of the
 * current organization of at least it; `operator` any of the vendor's staff, a list those with one of these operator
 * roles and operator administrators.
 */
export type Access = 'anyone' | 'signed_in' | 'operator' | Role | readonly OperatorRole[]

const declared = new WeakMap<object, Access>()

/**
 * Declares and enforces who may call a route; every route begins with it.
 * A test reads the declarations off the router and fails for a route without one.
 */
export function allow(access: 'anyone' | 'signed_in'): MiddlewareHandler<PublicEnv>
export function allow(access: Role): MiddlewareHandler<Env>
export function allow(access: 'operator' | readonly OperatorRole[]): MiddlewareHandler<OperatorEnv>
export function allow(access: Access): MiddlewareHandler {
  const guard: MiddlewareHandler = async (c, next) => {
    if (access !== 'anyone') admit(c, access)
    if (isForOperators(access) && lacksSecondFactor(c)) return askForSecondFactor(c)
    return next()
  }
  declared.set(guard, access)
  return guard
}

function admit(c: Context, access: Exclude<Access, 'anyone'>) {
  const { visitor, session } = (c as Context<PublicEnv>).var
  if (!visitor) throw new AppError('not_signed_in')
  if (!isAdmitted(visitor, session, access)) throw new AppError('forbidden')
  c.set('actor', visitor)
}

function isAdmitted(visitor: Actor, session: Session | undefined, access: Exclude<Access, 'anyone'>): boolean {
  if (session?.hold) return false
  if (access === 'signed_in') return true
  if (access === 'operator') return isOperator(visitor)
  return typeof access === 'string' ? isAtLeast(visitor, access) : isOperator(visitor, access)
}

function isForOperators(access: Access): boolean {
  return access === 'operator' || typeof access !== 'string'
}

function lacksSecondFactor({ var: { config, session } }: Context<PublicEnv>): boolean {
  return config.production && !session?.second_factor
}

/** Whoever got hold of an operator's password alone decides nothing. */
function askForSecondFactor(c: Context<PublicEnv>) {
  leaveFlash(c, 'danger', c.var.t('errors.second_factor'))
  return c.redirect(urls.accounts.security.to(), 303)
}

/** What a route's handler declared, for the authorisation matrix. */
export function accessOf(handler: object): Access | undefined {
  return declared.get(handler)
}
