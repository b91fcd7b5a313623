import { sql } from 'kysely'
import type { Config } from '../platform/config.ts'
import type { Trx } from '../platform/db/index.ts'
import { formatFor, isLocale, textsFor } from '../platform/i18n.ts'
import type { OutgoingMail } from '../platform/mail/index.ts'
import { urls } from '../urls.ts'
import { listReaders, nameOfOrganization } from './audience.ts'
import { type Registration, registrationsMail } from './emails/registrations-mail.ts'
import { wantsEmail } from './preferences.ts'
import { newsDays } from './rules.ts'
import { unsubscribeAddress } from './unsubscribe-link.ts'

/** Registrations before are no news any more. */
export function newsSince(now: Date): Date {
  return new Date(now.getTime() - newsDays * 86_400_000)
}

/**
 * Notes the registrations that are news, and writes a mail about those of others to each manager and administrator
 * who asked for it.
 */
export async function mailsAboutRegistrations(
  trx: Trx,
  config: Config,
  organization_id: string,
  now: Date,
): Promise<OutgoingMail[]> {
  const news = await noteNews(trx, organization_id, now)
  if (news.length === 0) return []
  const readers = await listReaders(trx, organization_id)
  const ids = readers.map(({ user_id }) => user_id)
  const wanted = await wantsEmail(trx, ids, 'registrations')
  const organization = await nameOfOrganization(trx, organization_id)
  return readers.flatMap(({ user_id, email, name, locale: given, time_zone }) => {
    const registrations = news.filter((each) => each.user_id !== user_id)
    if (registrations.length === 0 || !wanted.has(user_id)) return []
    const locale = isLocale(given) ? given : 'en'
    const content = registrationsMail({
      ...{ name, organization, registrations },
      t: textsFor(locale),
      format: formatFor(locale, time_zone),
      url: config.base_url + urls.licenses.catalog.to({ sort: 'newest' }),
      preferences_url: config.base_url + urls.reminders.notifications.to(),
      unsubscribe_url: unsubscribeAddress(config, { user_id }, ['registrations'], now),
    })
    return [{ template: 'registrations', to: { email, name }, locale, content }]
  })
}

/** The key of the table lets each be told once, however many runs there are. */
async function noteNews(trx: Trx, organization_id: string, now: Date): Promise<(Registration & { user_id: string })[]> {
  const { rows } = await sql<Registration & { user_id: string }>`
    with told as (
      insert into told_registrations (registration_id, organization_id, told_at)
      select id, organization_id, ${now}::timestamptz from registrations
      where organization_id = ${organization_id} and completed_at > ${newsSince(now)} order by id
      on conflict do nothing returning registration_id)
    select r.user_id, u.name as who, r.completed_at as at, r.license_count as count, r.registered_to as company
    from told join registrations r on r.id = told.registration_id left join auth."user" u on u.id = r.user_id
    order by r.completed_at desc, r.id limit 1000`.execute(trx)
  return rows
}
