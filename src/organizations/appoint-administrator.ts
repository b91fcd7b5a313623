import { sql } from 'kysely'
import { type Actor, mustOperate } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Trx } from '../platform/db/index.ts'
import { urls } from '../urls.ts'
import { appointedMail } from './emails/people-mails.ts'
import { findRole } from './lock-people.ts'
import { administratorsOf, type MailConfig, mailPeople, nameOfOrganization, readersOf } from './mail-people.ts'

/**
 * Makes a user an administrator of an organization whose own administrators are gone, in the caller's transaction. All
 * who administer it already are told, so that one who is not gone after all can say so.
 * @returns false for somebody who is its administrator already.
 * @throws AppError `forbidden` unless the actor is an operator who may.
 */
export async function appointAdministrator(
  trx: Trx,
  actor: Actor,
  { organization_id, user_id, reason }: { organization_id: string; user_id: string; reason: string },
  config: MailConfig,
): Promise<boolean> {
  mustOperate(actor, 'support', 'orders')
  await sql`select from organizations where id = ${organization_id} for no key update`.execute(trx)
  const before = await findRole(trx, organization_id, user_id)
  if (before === 'administrator') return false
  const told = await administratorsOf(trx, organization_id)
  await sql`
    insert into memberships (organization_id, user_id, role, created_at)
    values (${organization_id}, ${user_id}, 'administrator', ${actor.now})
    on conflict (organization_id, user_id) do update set role = 'administrator'`.execute(trx)
  const details = { ...(before ? { before } : {}), after: 'administrator', reason }
  await record(trx, actor, 'member.appointed', { organization_id, subject_id: user_id, details })
  const [appointed] = await readersOf(trx, [user_id])
  const facts = {
    organization: await nameOfOrganization(trx, organization_id),
    who: appointed?.name ?? '',
    reason,
    url: config.base_url + urls.organizations.members.to(),
  }
  const mail = { now: actor.now, template: 'member-appointed', config }
  await mailPeople(trx, mail, told, (texts) => appointedMail({ ...texts, ...facts }))
  return true
}
