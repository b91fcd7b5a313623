import type { Context } from 'hono'
import { verifyPassword } from '../platform/auth/index.ts'
import type { PublicEnv } from '../platform/http/env.ts'
import { guessFrom } from './device-cookie.ts'
import { countGuess, forgiveGuesses } from './limits.ts'
import type { Owner } from './second-factor.ts'

/** Whether this is the password of who is signed in; guesses count as at the login. */
export async function isOwnPassword(c: Context<PublicEnv>, owner: Owner, password: string): Promise<boolean> {
  const { db } = c.var
  const guess = guessFrom(c, owner.email ?? '')
  await countGuess(db, guess)
  const account = await db
    .selectFrom('auth.account')
    .select('password')
    .where('userId', '=', owner.user_id)
    .where('providerId', '=', 'credential')
    .executeTakeFirst()
  if (!account?.password || !(await verifyPassword(account.password, password))) return false
  await forgiveGuesses(db, guess)
  return true
}
