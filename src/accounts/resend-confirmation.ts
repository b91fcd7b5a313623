import type { Config } from '../platform/config.ts'
import type { Db } from '../platform/db/index.ts'
import { confirmationToken } from './auth.ts'
import { mailConfirmation } from './create-account.ts'
import { findUserByEmail } from './queries.ts'

/** Mails a new confirmation link if the address has an account that waits for it; tells the caller nothing. */
export async function resendConfirmation(db: Db, config: Config, email: string, now: Date): Promise<void> {
  const token = await confirmationToken(config, email)
  await db.transaction().execute(async (trx) => {
    const user = await findUserByEmail(trx, email)
    if (user && !user.emailVerified) await mailConfirmation(trx, now, user, config, token)
  })
}
