import type { Config } from '../platform/config.ts'
import type { Trx } from '../platform/db/index.ts'
import { isLocale, type Locale } from '../platform/i18n.ts'
import type { OutgoingMail } from '../platform/mail/index.ts'
import { urls } from '../urls.ts'
import { listReaders, nameOfOrganization } from './audience.ts'
import { endingMail } from './emails/ending-mail.ts'
import { type EndList, listNoted, type Noted } from './lines.ts'
import { wantsEmail } from './preferences.ts'
import { type EndKind, endKinds, lastRemindedDay, type OptionalTopic, topicOf } from './rules.ts'
import { unsubscribeAddress } from './unsubscribe-link.ts'

/** One mail to each manager and administrator who wants it, about all that ends. */
export async function mailsToMembers(trx: Trx, config: Config, noted: Noted): Promise<OutgoingMail[]> {
  const readers = await listReaders(trx, noted.organization_id)
  const ids = readers.map(({ user_id }) => user_id)
  const wanted = {
    end: await wantsEmail(trx, ids, topicOf.end),
    maintenance: await wantsEmail(trx, ids, topicOf.maintenance),
  }
  const lists = {
    end: await listNoted(trx, noted, 'end'),
    maintenance: await listNoted(trx, noted, 'maintenance'),
  }
  const organization = await nameOfOrganization(trx, noted.organization_id)
  return readers.flatMap((reader) => {
    const kinds = endKinds.filter((kind) => lists[kind].total > 0 && wanted[kind].has(reader.user_id))
    if (kinds.length === 0) return []
    const locale: Locale = isLocale(reader.locale) ? reader.locale : 'en'
    const told = Object.fromEntries(kinds.map((kind) => [kind, lists[kind]])) as Partial<Record<EndKind, EndList>>
    const unwanted: OptionalTopic[] = kinds.map((kind) => topicOf[kind])
    const content = endingMail({
      locale,
      organization,
      name: reader.name,
      today: noted.today,
      end: told.end,
      maintenance: told.maintenance,
      url: config.base_url + catalogAddress(noted.today, told.end !== undefined),
      preferences_url: config.base_url + urls.reminders.notifications.to(),
      unsubscribe_url: unsubscribeAddress(config, { user_id: reader.user_id }, unwanted, noted.sent_at),
    })
    return [{ template: 'ending', to: { email: reader.email, name: reader.name }, locale, content }]
  })
}

/** What ends, the soonest first; ends of maintenance have no filter, but an order. */
function catalogAddress(today: string, hasEnds: boolean): string {
  if (!hasEnds) return urls.licenses.catalog.to({ sort: 'maintenance', direction: 'up' })
  const ends_to = lastRemindedDay(today)
  return urls.licenses.catalog.to({ ends_from: today, ends_to, sort: 'end', direction: 'up' })
}
