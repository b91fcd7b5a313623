import { sql } from 'kysely'
import type { Trx } from '../../platform/db/index.ts'
import { formatFor, isLocale, type Locale, textsFor } from '../../platform/i18n.ts'
import { wantsEmail } from '../../reminders/index.ts'

/** Who a mail goes to, and with what texts. */
export type Reader = { email: string; name: string; locale: Locale; time_zone: string }
type Row = { user_id: string; email: string; name: string; locale: string; time_zone: string }

export function textsOf({ locale, time_zone }: Reader) {
  return { t: textsFor(locale), format: formatFor(locale, time_zone) }
}

/**
 * Those who are told about a request: whoever asked, colleagues who wrote about it, and the administrators. Whoever left
 * the organization, never confirmed the address, or wants no mail about requests, is told nothing.
 */
export async function readersOf(trx: Trx, request_id: string): Promise<Reader[]> {
  const { rows } = await sql<Row>`
    with people as (
      select m.user_id from service_requests r
      join memberships m on m.organization_id = r.organization_id
      where r.id = ${request_id} and (m.user_id = r.opened_by or m.role = 'administrator'
        or exists (select from request_messages w where w.request_id = r.id and w.author_id = m.user_id))
      union
      select r.opened_by from service_requests r where r.id = ${request_id} and r.organization_id is null)
    select u.id as user_id, u.email, u.name, u.locale, u."timeZone" as time_zone
    from people join auth."user" u on u.id = people.user_id and u."emailVerified"
    order by (u.id = (select opened_by from service_requests where id = ${request_id})) desc, u.id`.execute(trx)
  const ids = rows.map(({ user_id }) => user_id)
  const wanted = await wantsEmail(trx, ids, 'service_requests')
  return rows.filter(({ user_id }) => wanted.has(user_id)).map(readerOf)
}

/** An operator, as a reader of mail. */
export async function operatorReader(trx: Trx, user_id: string): Promise<Reader | undefined> {
  const { rows } = await sql<Row>`
    select u.id as user_id, u.email, u.name, u.locale, u."timeZone" as time_zone
    from operators o join auth."user" u on u.id = o.user_id where o.user_id = ${user_id}`.execute(trx)
  return rows[0] && readerOf(rows[0])
}

function readerOf({ email, name, locale, time_zone }: Row): Reader {
  return { email, name, locale: isLocale(locale) ? locale : 'en', time_zone }
}
