import { sql } from 'kysely'
import { z } from 'zod'
import { type Day, dayOf } from '../platform/actor.ts'
import type { Config } from '../platform/config.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { defineJob } from '../platform/jobs/index.ts'
import { enqueueMails } from '../platform/mail/index.ts'
import { endings } from './endings.ts'
import { mailsToContacts } from './mails-to-contacts.ts'
import { mailsToMembers } from './mails-to-members.ts'
import { lastRemindedDay, reminderDays } from './rules.ts'
import { mailsAboutRegistrations, newsSince } from './tell-registrations.ts'

/** Organizations looked up at a time. */
const atATime = 200

/** Every morning: tells those who can act what ends within 90, 60, 30 and 7 days, and what colleagues registered. */
export const remindJob = defineJob('reminders.remind', {
  payload: z.object({}),
  cron: '23 5 * * *',
  timeout: 3600,
  async run({ services, signal }) {
    const failures = await remindAll(services, new Date(), signal)
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} organizations were not reminded`)
  },
})

type Needs = { db: Db; config: Config }

/**
 * Reminds each organization in a transaction of its own: what was cut off goes on with the next run, and an
 * organization that cannot be reminded holds up no other.
 * @returns why some were not.
 */
export async function remindAll({ db, config }: Needs, now: Date, signal?: AbortSignal): Promise<unknown[]> {
  const today = dayOf(now, 'UTC')
  const failures: unknown[] = []
  let after: string | undefined
  do {
    const found = await findOrganizations(db, now, today, after)
    for (const id of found) {
      signal?.throwIfAborted()
      const reminding = db.transaction().execute((trx) => remindOrganization(trx, config, id, now, today))
      await reminding.catch((error: unknown) => failures.push(error))
    }
    after = found.length === atATime ? found.at(-1) : undefined
  } while (after)
  return failures
}

/** Those with a license or maintenance that ends soon, or with news, by an index lookup each. */
async function findOrganizations(db: Db, now: Date, today: Day, after: string | undefined): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select o.id from organizations o
    where (${after ?? null}::uuid is null or o.id > ${after ?? null}) and (
      exists (select from licenses l where l.owner_id = o.id
        and coalesce(l.ends_on, 'infinity'::date) between ${today}::date and ${today}::date + ${reminderDays[0]}::int)
      or exists (select from licenses l where l.owner_id = o.id
        and l.maintenance_until between ${today}::date and ${today}::date + ${reminderDays[0]}::int)
      or exists (select from registrations r where r.organization_id = o.id and r.completed_at > ${newsSince(now)}))
    order by o.id limit ${atATime}`.execute(db)
  return rows.map(({ id }) => id)
}

async function remindOrganization(trx: Trx, config: Config, organization_id: string, now: Date, today: Day) {
  // A million licenses that end together take longer than a page may.
  await sql`set local statement_timeout = 0`.execute(trx)
  await enqueueMails(trx, now, await mailsAboutRegistrations(trx, config, organization_id, now))
  const noted = await noteDue(trx, organization_id, now, today)
  if (noted === 0) return
  const about = { organization_id, sent_at: now, today }
  await enqueueMails(trx, now, await mailsToMembers(trx, config, about))
  for await (const mails of mailsToContacts(trx, config, about)) await enqueueMails(trx, now, mails)
}

/**
 * Notes what is due and was not told before, in one statement however much it is: of the days that have passed only
 * the nearest, so that a job that stood still for months does not remind four times of one end. The key of the table
 * makes a second run that comes at the same time wait, and then find everything noted.
 */
async function noteDue(trx: Trx, organization_id: string, now: Date, today: Day): Promise<number> {
  const owned = sql`(select * from licenses where owner_id = ${organization_id}::uuid)`
  const { numAffectedRows } = await sql`
    insert into reminders (organization_id, license_id, what, ends_on, days, sent_at)
    select ${organization_id}::uuid, e.license_id, e.what, e.day, t.days, ${now}::timestamptz
    from (${endings(owned, today, lastRemindedDay(today))}) e
    cross join lateral (
      select min(d) as days from unnest(${[...reminderDays]}::int[]) d where d >= e.day - ${today}::date) t
    where not exists (select from reminders r
      where r.license_id = e.license_id and r.what = e.what and r.ends_on = e.day and r.days <= t.days)
    order by e.license_id, e.what
    on conflict do nothing`.execute(trx)
  return Number(numAffectedRows ?? 0)
}
