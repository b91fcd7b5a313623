import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import type { Config } from '../../platform/config.ts'
import type { Trx } from '../../platform/db/index.ts'
import { formatFor, isLocale, textsFor } from '../../platform/i18n.ts'
import { enqueueMails, type OutgoingMail } from '../../platform/mail/index.ts'
import { urls } from '../../urls.ts'
import { type TransferNews, transferMail } from './transfer-mail.ts'

type Reader = { email: string; name: string | null; locale: string; time_zone: string }
type Facts = {
  from_id: string
  to_id: string | null
  to_email: string
  from_name: string
  to_name: string | null
  licenses: number
  serial: string | null
  expires_at: Date
  undo_until: Date | null
  offered_by: string
}

/**
 * Tells what became of a transfer: an offer to whom it is made, an answer to who offered, all else to the administrators
 * of both sides. Each in the language of the reader; somebody without an account in that of the offering side.
 */
export async function tellSides(
  trx: Trx,
  actor: Pick<Actor, 'now' | 'name' | 'locale' | 'time_zone'>,
  transfer_id: string,
  news: TransferNews,
  { base_url, vendor }: Pick<Config, 'base_url' | 'vendor'>,
): Promise<void> {
  const facts = await factsOf(trx, transfer_id)
  const mails = (await readersOf(trx, actor, facts, news)).map(
    ({ email, name, locale: given, time_zone }): OutgoingMail => {
      const locale = isLocale(given) ? given : 'en'
      const format = formatFor(locale, time_zone)
      const content = transferMail(news, {
        t: textsFor(locale),
        name: name ?? email,
        ...{ by: actor.name, from: facts.from_name, to: facts.to_name ?? facts.to_email, vendor_name: vendor.name },
        ...{ licenses: facts.licenses, serial: facts.serial },
        until: format.moment(news === 'offered' ? facts.expires_at : (facts.undo_until ?? facts.expires_at)),
        url: base_url + urls.transfers.show.to({ transfer: transfer_id }),
      })
      return { template: `transfer-${news}`, to: { email, ...(name && { name }) }, locale, content }
    },
  )
  await enqueueMails(trx, actor.now, mails)
}

async function factsOf(trx: Trx, transfer_id: string): Promise<Facts> {
  const { rows } = await sql<Facts>`
    select t.from_id, t.to_id, t.to_email, f.name as from_name, o.name as to_name, t.expires_at, t.undo_until, t.offered_by,
      (select count(*)::int from ownership_transfer_licenses x where x.transfer_id = t.id) as licenses,
      (select min(l.serial) from ownership_transfer_licenses x join licenses l on l.id = coalesce(x.moved_id, x.license_id)
        where x.transfer_id = t.id having count(*) = 1) as serial
    from ownership_transfers t join organizations f on f.id = t.from_id left join organizations o on o.id = t.to_id
    where t.id = ${transfer_id}`.execute(trx)
  return rows[0]!
}

async function readersOf(
  trx: Trx,
  { locale, time_zone }: Pick<Actor, 'locale' | 'time_zone'>,
  { from_id, to_id, to_email, offered_by }: Facts,
  news: TransferNews,
): Promise<Reader[]> {
  const isOffer = news === 'offered'
  const toldSides = news === 'accepted' || news === 'undone'
  const organizations = toldSides ? [from_id, to_id] : []
  const { rows } = await sql<Reader>`
    select u.email, u.name, u.locale, u."timeZone" as time_zone from auth."user" u
    where u."emailVerified" and (
      u.email = ${isOffer || news === 'withdrawn' ? to_email : null}
      or u.id = ${isOffer || news === 'withdrawn' ? null : offered_by}::uuid
      or exists (select from memberships m where m.user_id = u.id and m.role = 'administrator'
        and m.organization_id = any(${organizations}::uuid[])))
    order by u.id`.execute(trx)
  const isUnknown = isOffer && !rows.some(({ email }) => email === to_email)
  return isUnknown ? [{ email: to_email, name: null, locale, time_zone }] : rows
}
