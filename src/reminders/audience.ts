/** Who is told for an organization. */
import { sql } from 'kysely'
import type { Trx } from '../platform/db/index.ts'
import { remindedRoles } from './rules.ts'

export type Reader = { user_id: string; name: string; email: string; locale: string; time_zone: string }

/** The managers and administrators, at confirmed addresses. */
export async function listReaders(trx: Trx, organization_id: string): Promise<Reader[]> {
  const { rows } = await sql<Reader>`
    select u.id as user_id, u.name, u.email, u.locale, u."timeZone" as time_zone
    from memberships m join auth."user" u on u.id = m.user_id and u."emailVerified"
    where m.organization_id = ${organization_id} and m.role = any(${remindedRoles}::text[])
    order by u.id`.execute(trx)
  return rows
}

export async function nameOfOrganization(trx: Trx, organization_id: string): Promise<string> {
  const query = trx.selectFrom('organizations').select('name').where('id', '=', organization_id)
  return (await query.executeTakeFirstOrThrow()).name
}

/** Which of these addresses opted out of which topics, as `address topic`. */
export async function listOptOuts(trx: Trx, emails: string[]): Promise<Set<string>> {
  const { rows } = await sql<{ email: string; topic: string }>`
    select email, topic from notification_opt_outs where email = any(${emails}::text[])`.execute(trx)
  return new Set(rows.map(({ email, topic }) => `${email} ${topic}`))
}
