/** What better-auth tells us about: each is written to history, and the owner of the account hears of it. */
import { acceptClaimedInvitations } from '../organizations/index.ts'
import type { Actor } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Config } from '../platform/config.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { enqueueMails } from '../platform/mail/index.ts'
import { passwordChangedMail } from './emails/password-changed.ts'
import { resetPasswordMail } from './emails/reset-password.ts'
import { forgiveGuesses } from './limits.ts'
import { linksFor } from './links.ts'
import { actorOfUser, findUser, mailTo, type User } from './queries.ts'
import type { SecondFactor } from './second-factor.ts'

type Needs = { db: Db; config: Config }

/** Mails the link by which the owner of the mailbox sets a new password; it works for an hour. */
export async function sendReset({ db, config }: Needs, user_id: string, token: string): Promise<void> {
  const now = new Date()
  await db.transaction().execute(async (trx) => {
    const user = await findUser(trx, user_id)
    if (!user) return
    const mail = mailTo(user, config)
    await record(trx, actorOfUser(user, now), 'account.reset_requested', { subject_id: user.id })
    await enqueueMails(trx, now, [
      {
        ...mail.envelope('reset-password'),
        content: resetPasswordMail({ ...mail, reset_url: linksFor(config).reset(token) }),
      },
    ])
  })
}

/** Who set a password by a mailed link reads the mailbox, so the address is confirmed by that, too. */
export async function notePasswordReset({ db, config }: Needs, user_id: string): Promise<void> {
  const now = new Date()
  const user = await db.transaction().execute(async (trx) => {
    const user = await findUser(trx, user_id)
    if (!user) return undefined
    await trx.updateTable('auth.user').set({ emailVerified: true, updatedAt: now }).where('id', '=', user_id).execute()
    await voidMailedLinks(trx, user_id)
    const details = { confirmed: user.emailVerified ? 'before' : 'by this' }
    await record(trx, actorOfUser(user, now), 'account.password_reset', { subject_id: user_id, details })
    await acceptClaimedInvitations(trx, { ...actorOfUser(user, now), user_id }, config)
    await mailPasswordChanged(trx, config, user, now)
    return user
  })
  if (user) await forgiveGuesses(db, user)
}

/** Writes a confirmed address to history; who signed up by an invitation joins now. */
export async function noteConfirmation({ db, config }: Needs, user_id: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const user = await findUser(trx, user_id)
    if (!user) return
    const actor = { ...actorOfUser(user, new Date()), user_id }
    await record(trx, actor, 'account.confirmed', { subject_id: user_id })
    await acceptClaimedInvitations(trx, actor, config)
  })
}

/**
 * Writes a changed password to history and tells the owner. The new session is worth what the one before it was, and
 * links to a new password that were mailed before are void: one may lie in a mailbox that a stranger reads.
 */
export async function notePasswordChange(
  { db, config }: Needs,
  actor: Actor & { user_id: string },
  session: { token: string; secondFactor: SecondFactor | null },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const user = await findUser(trx, actor.user_id)
    if (!user) return
    const { token, secondFactor } = session
    await trx.updateTable('auth.session').set({ secondFactor }).where('token', '=', token).execute()
    await voidMailedLinks(trx, user.id)
    await record(trx, actor, 'account.password_changed', { subject_id: user.id })
    await mailPasswordChanged(trx, config, user, actor.now)
  })
}

/** Links that set a new password, in the transaction of what makes them dangerous. */
export async function voidMailedLinks(trx: Trx, user_id: string): Promise<void> {
  await trx.deleteFrom('auth.verification').where('value', '=', user_id).execute()
}

async function mailPasswordChanged(trx: Trx, config: Config, user: User, now: Date): Promise<void> {
  const mail = mailTo(user, config)
  const content = passwordChangedMail({ ...mail, forgot_url: linksFor(config).forgot })
  await enqueueMails(trx, now, [{ ...mail.envelope('password-changed'), content }])
}
