import { sql } from 'kysely'
import { z } from 'zod'
import type { Config } from '../platform/config.ts'
import type { Trx } from '../platform/db/index.ts'
import { formatFor, isLocale, textsFor } from '../platform/i18n.ts'
import { defineJob } from '../platform/jobs/index.ts'
import { enqueueMails, type OutgoingMail } from '../platform/mail/index.ts'
import { unsubscribeAddress, wantsEmail } from '../reminders/index.ts'
import { urls } from '../urls.ts'
import { releaseMail } from './emails/release-mail.ts'

/** Subscribers told at a time. */
const atATime = 500

/** Tells the subscribers of a product about a new release, each once, however often the job has to run. */
export const tellAboutRelease = defineJob('downloads.tell_about_release', {
  payload: z.object({ release_id: z.uuid() }),
  async run({ services: { db, config }, signal }, { release_id }) {
    const now = new Date()
    let told: number
    do {
      signal.throwIfAborted()
      told = await db.transaction().execute((trx) => tellSome(trx, config, release_id, now))
    } while (told === atATime)
  },
})

async function tellSome(trx: Trx, config: Config, release_id: string, now: Date): Promise<number> {
  const subscribers = await noteSubscribers(trx, release_id, now)
  if (subscribers.length === 0) return 0
  const release = await findPublished(trx, release_id)
  if (!release) return 0
  const ids = subscribers.map(({ user_id }) => user_id)
  const wanted = await wantsEmail(trx, ids, 'releases')
  const mails = subscribers.filter(({ user_id }) => wanted.has(user_id))
  await enqueueMails(
    trx,
    now,
    mails.map((reader) => mailTo(reader, release, config, now)),
  )
  return subscribers.length
}

type Reader = { user_id: string; name: string; email: string; locale: string; time_zone: string }
type Release = { product_code: string; product: string; version: string; released_on: string }

/** Who still works for an organization, and was not told yet; the key of the table lets each be told once. */
async function noteSubscribers(trx: Trx, release_id: string, now: Date): Promise<Reader[]> {
  const { rows } = await sql<Reader>`
    with told as (
      insert into release_notices (release_id, user_id, told_at)
      select distinct on (s.user_id) ${release_id}::uuid, s.user_id, ${now}::timestamptz
      from releases r
      join product_versions v on v.id = r.product_version_id
      join release_subscriptions s on s.product_id = v.product_id
      join memberships m on m.user_id = s.user_id and m.organization_id = s.organization_id
      where r.id = ${release_id}::uuid
        and not exists (select from release_notices n where n.release_id = r.id and n.user_id = s.user_id)
      order by s.user_id limit ${atATime}
      on conflict do nothing returning user_id)
    select u.id as user_id, u.name, u.email, u.locale, u."timeZone" as time_zone
    from told join auth."user" u on u.id = told.user_id and u."emailVerified" order by u.id`.execute(trx)
  return rows
}

/** Undefined once it was withdrawn: nobody is sent after what they cannot get. */
async function findPublished(trx: Trx, release_id: string): Promise<Release | undefined> {
  return trx
    .selectFrom('releases as r')
    .innerJoin('product_versions as v', 'v.id', 'r.product_version_id')
    .innerJoin('products as p', 'p.id', 'v.product_id')
    .select(['p.code as product_code', 'p.name as product', 'v.version', 'v.released_on'])
    .where('r.id', '=', release_id)
    .where('r.state', '=', 'published')
    .executeTakeFirst()
}

function mailTo(reader: Reader, release: Release, config: Config, now: Date): OutgoingMail {
  const locale = isLocale(reader.locale) ? reader.locale : 'en'
  const address = urls.software.release.to({ product: release.product_code, version: release.version })
  const content = releaseMail({
    t: textsFor(locale),
    format: formatFor(locale, reader.time_zone),
    name: reader.name,
    ...release,
    url: config.base_url + address,
    preferences_url: config.base_url + urls.reminders.notifications.to(),
    unsubscribe_url: unsubscribeAddress(config, { user_id: reader.user_id }, ['releases'], now),
  })
  return { template: 'release', to: { email: reader.email, name: reader.name }, locale, content }
}
