import { type Member, mustBe, type Role } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { urls } from '../urls.ts'
import { addMember } from './add-member.ts'
import { accessAnsweredMail } from './emails/people-mails.ts'
import { lockPeople } from './lock-people.ts'
import { type MailConfig, mailPeople, nameOfOrganization, readersOf } from './mail-people.ts'

/**
 * Answers somebody who asked to work for the actor's organization: with a role, or without one by refusing.
 * @throws AppError `forbidden` unless an administrator, `not_found` for a request to others or one that was answered.
 */
export async function answerAccess(
  db: Db,
  actor: Member,
  { access_request_id, role }: { access_request_id: string; role: Role | null },
  config: MailConfig,
): Promise<void> {
  mustBe(actor, 'administrator')
  const { organization_id } = actor
  await db.transaction().execute(async (trx) => {
    await lockPeople(trx, actor)
    const request = await trx
      .updateTable('access_requests')
      .set({ answered_at: actor.now, answered_by: actor.user_id, granted_role: role })
      .where('id', '=', access_request_id)
      .where('organization_id', '=', organization_id)
      .where('answered_at', 'is', null)
      .returning('user_id')
      .executeTakeFirst()
    if (!request) throw new AppError('not_found')
    const { user_id } = request
    const details = role ? { role } : {}
    await record(trx, actor, role ? 'access.granted' : 'access.refused', {
      organization_id,
      subject_id: user_id,
      details,
    })
    if (role) await addMember(trx, actor, { organization_id, user_id, role })
    const facts = {
      organization: await nameOfOrganization(trx, organization_id),
      role,
      url: config.base_url + urls.home.to(),
    }
    const mail = { now: actor.now, template: 'access-answered', config }
    const asker = await readersOf(trx, [user_id])
    await mailPeople(trx, mail, asker, (texts) => accessAnsweredMail({ ...texts, ...facts }))
  })
}
