import { createHash } from 'node:crypto'
import { type Expression, sql } from 'kysely'
import { type Day, dayOf } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { type Locale, textsFor } from '../platform/i18n.ts'
import { urls } from '../urls.ts'
import type { OpenFeed } from './calendar-feeds.ts'
import { endings } from './endings.ts'
import type { CalendarEntry } from './ics.ts'
import { type EndKind, lastCalendarDay, mostCalendarEntries } from './rules.ts'

/** The licenses that an organization sees, by where they come from: the calendar knows no other module. */
export type LicenseSources = (scope: { organization_id: string }) => Record<string, Expression<unknown>>

type Ending = { what: EndKind; day: Day; product_id: string; code: string; product: string; count: number }

/** What ends in the next 24 months, an entry a day and product; far ones are left out when there are very many. */
export async function listEntries(
  db: Db,
  feed: OpenFeed,
  locale: Locale,
  { sources, base_url, now }: { sources: LicenseSources; base_url: string; now: Date },
): Promise<CalendarEntry[]> {
  const today = dayOf(now, feed.time_zone)
  const found = await listEndings(db, feed, today, sources)
  return found.map((ending) => entryOf(feed, locale, base_url, ending))
}

async function listEndings(db: Db, { organization_id }: OpenFeed, today: Day, sources: LicenseSources) {
  const arms = Object.values(sources({ organization_id }))
  const all = sql.join(
    arms.map((arm) => endings(arm, today, lastCalendarDay(today))),
    sql` union all `,
  )
  const { rows } = await sql<Ending>`
    select e.what, e.day, p.id as product_id, p.code, p.name as product, count(*)::int as count
    from (${all}) e join product_versions v on v.id = e.product_version_id join products p on p.id = v.product_id
    group by e.what, e.day, p.id order by e.day, p.name, p.id, e.what limit ${mostCalendarEntries}`.execute(db)
  return rows
}

/** No serial numbers: a calendar is read by servers and colleagues that no license was shown to. */
function entryOf(
  { organization_id, organization }: OpenFeed,
  locale: Locale,
  base_url: string,
  ending: Ending,
): CalendarEntry {
  const { what, day, product_id, code, product, count } = ending
  const t = textsFor(locale)
  const uid = createHash('sha256').update(`${organization_id} ${what} ${day} ${product_id}`).digest('hex').slice(0, 32)
  const isEnd = what === 'end'
  const query = isEnd ? { ends_from: day, ends_to: day } : { sort: 'maintenance', direction: 'up' }
  return {
    uid: `${uid}@${new URL(base_url).hostname}`,
    day,
    summary: t(`reminders.calendar.${what}`, { count, product }),
    description: t(`reminders.calendar.${what}_note`, { count, product, organization }),
    url: base_url + urls.licenses.catalog.to({ product: code, ...query }),
  }
}
