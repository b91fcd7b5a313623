import { type Member, mustBe } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { ok, type Result, refuse } from '../platform/errors.ts'
import { uuidv7 } from '../platform/ids.ts'
import { spend } from '../platform/rate-limits.ts'
import { invitationLimit, mailInvitation, newSecret } from './invitation-link.ts'
import { lockPeople } from './lock-people.ts'
import type { MailConfig } from './mail-people.ts'
import { mostInvitations } from './rules.ts'
import type { Invite } from './schemas.ts'

export type InviteRefusal = 'member' | 'invited' | 'too_many'

/**
 * Asks somebody by e-mail to work for the actor's organization. The link's secret leaves in the mail only.
 * @throws AppError `forbidden` unless an administrator, `too_many_requests` after very many mails.
 */
export async function inviteMember(
  db: Db,
  actor: Member,
  { email, role }: Invite,
  config: MailConfig,
): Promise<Result<{ invitation_id: string }, InviteRefusal>> {
  mustBe(actor, 'administrator')
  await spend(db, invitationLimit, actor.organization_id)
  return db.transaction().execute(async (trx) => {
    await lockPeople(trx, actor)
    const { organization_id, user_id, now } = actor
    const refusal = await refusalOf(trx, organization_id, email)
    if (refusal) return refuse(refusal)
    const id = uuidv7()
    const { token, ...secret } = newSecret(now)
    await trx
      .insertInto('invitations')
      .values({ id, organization_id, email, role, ...secret, invited_by: user_id, created_at: now })
      .execute()
    await record(trx, actor, 'invitation.sent', { organization_id, subject_id: id, details: { role } })
    await mailInvitation(trx, actor, { email, role, token, expires_at: secret.expires_at }, config)
    return ok({ invitation_id: id })
  })
}

async function refusalOf(trx: Trx, organization_id: string, email: string): Promise<InviteRefusal | undefined> {
  const member = await trx
    .selectFrom('memberships as m')
    .innerJoin('auth.user as u', 'u.id', 'm.user_id')
    .select('u.id')
    .where('m.organization_id', '=', organization_id)
    .where('u.email', '=', email)
    .executeTakeFirst()
  if (member) return 'member'
  const open = await trx
    .selectFrom('invitations')
    .select('email')
    .where('organization_id', '=', organization_id)
    .where('accepted_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .execute()
  if (open.some((invitation) => invitation.email === email)) return 'invited'
  return open.length >= mostInvitations ? 'too_many' : undefined
}
