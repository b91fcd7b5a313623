import type { Context } from 'hono'
import { verifyPassword } from '../platform/auth/index.ts'
import type { PublicEnv } from '../platform/http/env.ts'
import { countGuess, forgiveGuesses } from './limits.ts'
import type { Owner } from './second-factor.ts'

/** Whether this is the password of who is signed in; guesses count as at the login. */
export async function isOwnPassword(c: Context<PublicEnv>, owner: Owner, password: string): Promise<boolean> {
  const { db, address } = c.var
  const email = owner.email ?? ''
  await countGuess(db, { email, address })
  const account = await db
    .selectFrom('auth.account')
    .select('password')
    .where('userId', '=', owner.user_id)
    .where('providerId', '=', 'credential')
    .executeTakeFirst()
  if (!account?.password || !(await verifyPassword(account.password, password))) return false
  await forgiveGuesses(db, email)
  return true
}
