import type { Actor, Role } from '../platform/actor.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { urls } from '../urls.ts'
import { addMember } from './add-member.ts'
import { joinedMail } from './emails/people-mails.ts'
import { hashOf } from './invitation-link.ts'
import { type MailConfig, mailPeople, nameOfOrganization, readersOf } from './mail-people.ts'
import { stateOfInvitation } from './rules.ts'

type User = Actor & { user_id: string }

/**
 * Makes the actor a member, as an invitation to his confirmed e-mail address offers; a second time changes nothing.
 * @returns the organization joined.
 * @throws AppError `not_found` for an invitation to somebody else, `gone` for one that ended.
 */
export async function acceptInvitation(
  db: Db,
  actor: User,
  { invitation_id }: { invitation_id: string },
  config: MailConfig,
): Promise<{ organization_id: string }> {
  return db.transaction().execute(async (trx) => {
    const invitation = await lockInvitations(trx)
      .where('id', '=', invitation_id)
      .where('email', '=', actor.email ?? '')
      .executeTakeFirst()
    if (!invitation) throw new AppError('not_found')
    const { organization_id } = invitation
    const state = stateOfInvitation(invitation, actor.now)
    if (state === 'accepted' && invitation.accepted_by === actor.user_id) return { organization_id }
    if (state !== 'open') throw new AppError('gone')
    await join(trx, actor, invitation, config)
    return { organization_id }
  })
}

/**
 * Binds an invitation to the account that signs up by its link, in the transaction of the sign-up. The account joins
 * once its address is confirmed.
 * @throws AppError `gone` when the link does not work any more, or is for another address.
 */
export async function claimInvitation(
  trx: Trx,
  actor: User,
  { token, email }: { token: string; email: string },
): Promise<{ organization_id: string }> {
  const claimed = await trx
    .updateTable('invitations')
    .set({ claimed_by: actor.user_id })
    .where('token_hash', '=', hashOf(token))
    .where('email', '=', email)
    .where('accepted_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .where('expires_at', '>', actor.now)
    .returning('organization_id')
    .executeTakeFirst()
  if (!claimed) throw new AppError('gone')
  return claimed
}

/** Joins what the actor signed up for, now that the address is confirmed; in the caller's transaction. */
export async function acceptClaimedInvitations(trx: Trx, actor: User, config: MailConfig): Promise<void> {
  const claimed = await lockInvitations(trx)
    .where('claimed_by', '=', actor.user_id)
    .where('accepted_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .orderBy('id')
    .execute()
  for (const invitation of claimed) await join(trx, actor, invitation, config)
}

/** The row lock lets the second of two acceptances wait and then find it accepted. */
function lockInvitations(trx: Trx) {
  const columns = ['id', 'organization_id', 'role', 'invited_by', 'accepted_by'] as const
  const times = ['accepted_at', 'withdrawn_at', 'expires_at'] as const
  return trx
    .selectFrom('invitations')
    .select([...columns, ...times])
    .forNoKeyUpdate()
}

type Invitation = { id: string; organization_id: string; role: string; invited_by: string }

async function join(trx: Trx, actor: User, invitation: Invitation, config: MailConfig): Promise<void> {
  const { organization_id } = invitation
  const role = invitation.role as Role
  await trx
    .updateTable('invitations')
    .set({ accepted_at: actor.now, accepted_by: actor.user_id })
    .where('id', '=', invitation.id)
    .execute()
  await addMember(trx, actor, { organization_id, user_id: actor.user_id, role })
  const facts = {
    organization: await nameOfOrganization(trx, organization_id),
    who: actor.name,
    role,
    url: config.base_url + urls.organizations.members.to(),
  }
  const mail = { now: actor.now, template: 'invitation-accepted', config }
  const inviter = await readersOf(trx, [invitation.invited_by])
  await mailPeople(trx, mail, inviter, (texts) => joinedMail({ ...texts, ...facts }))
}
