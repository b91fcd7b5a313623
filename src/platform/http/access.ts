import type { Context, MiddlewareHandler } from 'hono'
import { type Actor, isAtLeast, type Role } from '../actor.ts'
import { AppError } from '../errors.ts'
import type { Env, PublicEnv, Session } from './env.ts'

/**
 * Who may call a route. `anyone` needs no session, `signed_in` any that nothing holds back; a role means a member of the
 * current organization of at least it.
 */
export type Access = 'anyone' | 'signed_in' | 'operator' | Role

const declared = new WeakMap<object, Access>()

/**
 * Declares and enforces who may call a route; every route begins with it.
 * A test reads the declarations off the router and fails for a route without one.
 */
export function allow(access: 'anyone' | 'signed_in'): MiddlewareHandler<PublicEnv>
export function allow(access: 'operator' | Role): MiddlewareHandler<Env>
export function allow(access: Access): MiddlewareHandler {
  const guard: MiddlewareHandler = async (c, next) => {
    if (access !== 'anyone') admit(c, access)
    await next()
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
  return access === 'operator' ? visitor.operator_role !== null : isAtLeast(visitor, access)
}

/** What a route's handler declared, for the authorisation matrix. */
export function accessOf(handler: object): Access | undefined {
  return declared.get(handler)
}
