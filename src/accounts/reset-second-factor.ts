import { type Actor, mustOperate } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Config } from '../platform/config.ts'
import type { Db } from '../platform/db/index.ts'
import { mailSecurityNotice } from './mail-security-notice.ts'
import { findUserByEmail } from './queries.ts'

/**
 * Takes every second factor from somebody who lost them all, and ends the sessions: the password alone signs in again.
 * Whoever calls this has made sure who asks; the owner is told.
 * @returns false when nobody has this user name.
 * @throws AppError `forbidden` unless an operator administrator or the portal itself.
 */
export async function resetSecondFactor(
  { db, config }: { db: Db; config: Config },
  actor: Actor,
  email: string,
): Promise<boolean> {
  mustOperate(actor, 'administrator')
  return db.transaction().execute(async (trx) => {
    const user = await findUserByEmail(trx, email)
    if (!user) return false
    await trx.deleteFrom('totp_secrets').where('user_id', '=', user.id).execute()
    await trx.deleteFrom('backup_codes').where('user_id', '=', user.id).execute()
    await trx.deleteFrom('auth.passkey').where('userId', '=', user.id).execute()
    await trx.deleteFrom('auth.session').where('userId', '=', user.id).execute()
    await record(trx, actor, 'account.second_factor_reset', { subject_id: user.id })
    await mailSecurityNotice(trx, config, { user_id: user.id, now: actor.now }, 'second_factor_reset')
    return true
  })
}
