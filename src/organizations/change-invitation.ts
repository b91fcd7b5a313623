import { type Member, mustBe, type Role } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { spend } from '../platform/rate-limits.ts'
import { invitationLimit, mailInvitation, newSecret } from './invitation-link.ts'
import { lockPeople } from './lock-people.ts'
import type { MailConfig } from './mail-people.ts'

/**
 * Mails an invitation that nobody has accepted again, with a new link that works for another 14 days; the old link
 * ends.
 * @throws AppError `not_found` for an invitation of others or one that was answered.
 */
export async function resendInvitation(
  db: Db,
  actor: Member,
  { invitation_id }: { invitation_id: string },
  config: MailConfig,
): Promise<void> {
  mustBe(actor, 'administrator')
  await spend(db, invitationLimit, actor.organization_id)
  await db.transaction().execute(async (trx) => {
    await lockPeople(trx, actor)
    const { email, role } = await getOpenInvitation(trx, actor, invitation_id)
    const { token, ...secret } = newSecret(actor.now)
    await trx.updateTable('invitations').set(secret).where('id', '=', invitation_id).execute()
    const { organization_id } = actor
    await record(trx, actor, 'invitation.resent', { organization_id, subject_id: invitation_id })
    await mailInvitation(trx, actor, { email, role: role as Role, token, expires_at: secret.expires_at }, config)
  })
}

/**
 * Takes an invitation back: its link ends.
 * @throws AppError `not_found` for an invitation of others or one that was answered.
 */
export async function withdrawInvitation(
  db: Db,
  actor: Member,
  { invitation_id }: { invitation_id: string },
): Promise<void> {
  mustBe(actor, 'administrator')
  await db.transaction().execute(async (trx) => {
    await lockPeople(trx, actor)
    await getOpenInvitation(trx, actor, invitation_id)
    await trx.updateTable('invitations').set({ withdrawn_at: actor.now }).where('id', '=', invitation_id).execute()
    const { organization_id } = actor
    await record(trx, actor, 'invitation.withdrawn', { organization_id, subject_id: invitation_id })
  })
}

/** Locks it, so that it is not accepted at the same time. */
async function getOpenInvitation(trx: Trx, actor: Member, invitation_id: string) {
  const found = await trx
    .selectFrom('invitations')
    .select(['email', 'role'])
    .where('id', '=', invitation_id)
    .where('organization_id', '=', actor.organization_id)
    .where('accepted_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!found) throw new AppError('not_found')
  return found
}
