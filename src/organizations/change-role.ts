import { type Member, mustBe, type Role } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Db } from '../platform/db/index.ts'
import { ok, type Result, refuse } from '../platform/errors.ts'
import { urls } from '../urls.ts'
import { roleChangedMail } from './emails/people-mails.ts'
import { countAdministrators, getRole, lockPeople } from './lock-people.ts'
import { type MailConfig, mailPeople, nameOfOrganization, readersOf } from './mail-people.ts'
import { isLastAdministrator } from './rules.ts'

/**
 * Gives a member another role; it holds from the member's next request on.
 * @returns `last_administrator` when nobody would be left to manage the members.
 * @throws AppError `forbidden` unless an administrator, `not_found` for somebody who is no member.
 */
export async function changeRole(
  db: Db,
  actor: Member,
  { user_id, role }: { user_id: string; role: Role },
  config: MailConfig,
): Promise<Result<object, 'last_administrator'>> {
  mustBe(actor, 'administrator')
  const { organization_id } = actor
  return db.transaction().execute(async (trx) => {
    await lockPeople(trx, actor)
    const before = await getRole(trx, organization_id, user_id)
    if (before === role) return ok({})
    if (isLastAdministrator({ role: before }, await countAdministrators(trx, organization_id))) {
      return refuse('last_administrator')
    }
    await trx
      .updateTable('memberships')
      .set({ role })
      .where('organization_id', '=', organization_id)
      .where('user_id', '=', user_id)
      .execute()
    const details = { before, after: role }
    await record(trx, actor, 'member.role_changed', { organization_id, subject_id: user_id, details })
    const facts = {
      organization: await nameOfOrganization(trx, organization_id),
      who: actor.name,
      role,
      url: config.base_url + urls.organizations.members.to(),
    }
    const readers = user_id === actor.user_id ? [] : await readersOf(trx, [user_id])
    const mail = { now: actor.now, template: 'role-changed', config }
    await mailPeople(trx, mail, readers, (texts) => roleChangedMail({ ...texts, ...facts }))
    return ok({})
  })
}
