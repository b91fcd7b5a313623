import type { Context } from 'hono'
import { AppError } from '../platform/errors.ts'
import type { PublicEnv } from '../platform/http/env.ts'
import { findUser, type User } from './queries.ts'
import type { Owner } from './second-factor.ts'

/** Who is signed in, as owner of their account. @throws AppError `not_signed_in` */
export function ownerOf(c: Context<PublicEnv>): Owner {
  const { visitor } = c.var
  if (!visitor?.user_id) throw new AppError('not_signed_in')
  return { ...visitor, user_id: visitor.user_id }
}

/** The owner's login as it is stored. */
export async function userOf(c: Context<PublicEnv>): Promise<User> {
  const user = await findUser(c.var.db, ownerOf(c).user_id)
  if (!user) throw new AppError('not_signed_in')
  return user
}

/** The id of the session in which the owner acts. */
export function sessionIdOf(c: Context<PublicEnv>): string {
  if (!c.var.session) throw new AppError('not_signed_in')
  return c.var.session.id
}
