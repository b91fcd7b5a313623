import { type Actor, type Member, mustBe, type Role } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { ok, type Result, refuse } from '../platform/errors.ts'
import { removedMail } from './emails/people-mails.ts'
import { countAdministrators, getRole, lockPeople } from './lock-people.ts'
import { type MailConfig, mailPeople, nameOfOrganization, readersOf } from './mail-people.ts'
import { isLastAdministrator } from './rules.ts'

/**
 * Ends a membership: an administrator removes a member, or a member leaves. What the member did for the organization,
 * and its licenses, stay with it.
 * @returns `last_administrator` when nobody would be left to manage the members.
 * @throws AppError `forbidden` unless an administrator or oneself, `not_found` for somebody who is no member.
 */
export async function removeMember(
  db: Db,
  actor: Member,
  { user_id }: { user_id: string },
  config: MailConfig,
): Promise<Result<object, 'last_administrator'>> {
  const least = user_id === actor.user_id ? 'viewer' : 'administrator'
  mustBe(actor, least)
  const { organization_id } = actor
  return db.transaction().execute(async (trx) => {
    await lockPeople(trx, actor, least)
    const role = await getRole(trx, organization_id, user_id)
    if (isLastAdministrator({ role }, await countAdministrators(trx, organization_id))) {
      return refuse('last_administrator')
    }
    await endMembership(trx, actor, { organization_id, user_id, role })
    const facts = { organization: await nameOfOrganization(trx, organization_id), who: actor.name }
    const readers = user_id === actor.user_id ? [] : await readersOf(trx, [user_id])
    const mail = { now: actor.now, template: 'member-removed', config }
    await mailPeople(trx, mail, readers, (texts) => removedMail({ ...texts, ...facts }))
    return ok({})
  })
}

/**
 * Ends every membership of a user who closes the account, in the caller's transaction; the user's open requests for
 * access go, and invitations that the user accepted no longer tell the address.
 * @returns the organizations whose other members would be left without an administrator; then nothing is changed.
 * An organization without other members stays behind with its licenses.
 */
export async function leaveOrganizations(
  trx: Trx,
  actor: Actor & { user_id: string },
): Promise<Result<object, 'last_administrator'> & { organizations?: { id: string; name: string }[] }> {
  const joined = await lockJoined(trx, actor.user_id)
  const stuck = joined.filter((one) => one.members > 1 && isLastAdministrator(one, one.administrators))
  if (stuck.length > 0) return { ...refuse('last_administrator'), organizations: stuck }
  for (const { id, role } of joined) {
    await endMembership(trx, actor, { organization_id: id, user_id: actor.user_id, role })
  }
  await forgetAddress(trx, actor.user_id)
  return ok({})
}

async function forgetAddress(trx: Trx, user_id: string): Promise<void> {
  await trx.deleteFrom('access_requests').where('user_id', '=', user_id).where('answered_at', 'is', null).execute()
  await trx
    .updateTable('invitations')
    .set({ email: `${user_id}@closed.invalid` })
    .where('accepted_by', '=', user_id)
    .execute()
}

async function lockJoined(trx: Trx, user_id: string) {
  const organizations = await trx
    .selectFrom('organizations')
    .select(['id', 'name'])
    .where('id', 'in', trx.selectFrom('memberships').select('organization_id').where('user_id', '=', user_id))
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  const joined: { id: string; name: string; role: Role; members: number; administrators: number }[] = []
  for (const { id, name } of organizations) {
    const people = await trx
      .selectFrom('memberships')
      .select(['user_id', 'role'])
      .where('organization_id', '=', id)
      .execute()
    const own = people.find((person) => person.user_id === user_id)
    const administrators = people.filter(({ role }) => role === 'administrator').length
    if (own) joined.push({ id, name, role: own.role as Role, members: people.length, administrators })
  }
  return joined
}

type Membership = { organization_id: string; user_id: string; role: Role }

async function endMembership(trx: Trx, actor: Actor, { organization_id, user_id, role }: Membership): Promise<void> {
  await trx
    .deleteFrom('memberships')
    .where('organization_id', '=', organization_id)
    .where('user_id', '=', user_id)
    .execute()
  const action = user_id === actor.user_id ? 'member.left' : 'member.removed'
  await record(trx, actor, action, { organization_id, subject_id: user_id, details: { role } })
}
