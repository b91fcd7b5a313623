import { sql } from 'kysely'
import type { Config } from '../../platform/config.ts'
import type { Trx } from '../../platform/db/index.ts'
import { formatFor, isLocale, textsFor } from '../../platform/i18n.ts'
import { enqueueMails } from '../../platform/mail/index.ts'
import { wantsEmail } from '../../reminders/index.ts'
import { urls } from '../../urls.ts'
import { selectRequests } from '../queries.ts'
import { type RequestStep, requestMail } from './request-mails.ts'

type Reader = { user_id: string; email: string; name: string; locale: string; time_zone: string }

/** Tells whoever asked, and the administrators of the organization, each in their language, what became of a request. */
export async function tellAsker(
  trx: Trx,
  now: Date,
  request_id: string,
  step: RequestStep,
  config: Pick<Config, 'base_url' | 'vendor'>,
): Promise<void> {
  const request = await selectRequests(trx).where('r.id', '=', request_id).executeTakeFirstOrThrow()
  const url = config.base_url + urls.requests.show.to({ request: request.number })
  const mails = (await readersOf(trx, request_id)).map(({ email, name, locale: given, time_zone }) => {
    const locale = isLocale(given) ? given : 'en'
    const texts = { t: textsFor(locale), format: formatFor(locale, time_zone) }
    const content = requestMail(step, { ...texts, name, request, url, vendor_name: config.vendor.name })
    return { template: `request.${step}`, to: { email, name }, locale, content }
  })
  await enqueueMails(trx, now, mails)
}

/** Whoever left the organization, never confirmed the address, or wants no mail about requests, is told nothing. */
async function readersOf(trx: Trx, request_id: string): Promise<Reader[]> {
  const { rows } = await sql<Reader>`
    select u.id as user_id, u.email, u.name, u.locale, u."timeZone" as time_zone
    from service_requests r
    join memberships m on m.organization_id = r.organization_id and (m.user_id = r.opened_by or m.role = 'administrator')
    join auth."user" u on u.id = m.user_id and u."emailVerified"
    where r.id = ${request_id}
    order by (u.id = r.opened_by) desc, u.id`.execute(trx)
  const ids = rows.map(({ user_id }) => user_id)
  const wanted = await wantsEmail(trx, ids, 'service_requests')
  return rows.filter(({ user_id }) => wanted.has(user_id))
}
