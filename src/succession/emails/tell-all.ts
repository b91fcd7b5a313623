import { sql } from 'kysely'
import type { Config } from '../../platform/config.ts'
import type { Trx } from '../../platform/db/index.ts'
import { formatFor, isLocale, textsFor } from '../../platform/i18n.ts'
import { enqueueMails, type OutgoingMail } from '../../platform/mail/index.ts'
import { urls } from '../../urls.ts'
import type { Reader } from '../queries.ts'
import { type RecoveryNews, recoveryMail } from './recovery-mail.ts'

/** Tells every administrator of the organization, and whoever asked, each in the own language. */
export async function tellAll(
  trx: Trx,
  now: Date,
  recovery_id: string,
  news: RecoveryNews,
  { base_url, vendor }: Pick<Config, 'base_url' | 'vendor'>,
): Promise<void> {
  const { rows } = await sql<Reader & { organization: string; who: string; who_email: string; due_at: Date }>`
    select u.id as user_id, u.email, u.name, u.locale, u."timeZone" as time_zone, o.name as organization,
      a.name as who, a.email as who_email, r.due_at
    from recoveries r join organizations o on o.id = r.organization_id join auth."user" a on a.id = r.user_id
    join auth."user" u on u."emailVerified" and (u.id = r.user_id or exists (select from memberships m
      where m.organization_id = r.organization_id and m.user_id = u.id and m.role = 'administrator'))
    where r.id = ${recovery_id} order by u.id`.execute(trx)
  const mails = rows.map(({ email, name, locale: given, time_zone, due_at, ...facts }): OutgoingMail => {
    const locale = isLocale(given) ? given : 'en'
    const due = formatFor(locale, time_zone).moment(due_at)
    const url = base_url + urls.succession.show.to()
    const content = recoveryMail(news, { ...facts, t: textsFor(locale), name, due, vendor_name: vendor.name, url })
    return { template: `recovery-${news}`, to: { email, name }, locale, content }
  })
  await enqueueMails(trx, now, mails)
}
