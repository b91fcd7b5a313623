import { sql } from 'kysely'
import { z } from 'zod'
import { type Actor, systemActor } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Config } from '../platform/config.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { uuidv7 } from '../platform/ids.ts'
import { defineJob, enqueue } from '../platform/jobs/index.ts'
import { defineLimit, spend } from '../platform/rate-limits.ts'
import { urls } from '../urls.ts'
import { accessRequestedMail } from './emails/people-mails.ts'
import { administratorsOf, mailPeople, nameOfOrganization } from './mail-people.ts'
import { refusalDays } from './rules.ts'
import { type Ask, askSchema } from './schemas.ts'

const askLimit = defineLimit('access_request', { capacity: 5, refill_per_minute: 0.01 })
/** A colleague who works for more organizations is a consultant: the asker means one of these, or asks again. */
const mostAsked = 3

/**
 * Asks the administrators of an organization for access, found by a colleague or by a purchase. Looking it up is left
 * to a job: neither the answer nor its time tells whether there is one.
 * @throws AppError `too_many_requests` after a few questions.
 */
export async function askAccess(db: Db, actor: Actor & { user_id: string }, ask: Ask): Promise<void> {
  await spend(db, askLimit, actor.user_id)
  await db.transaction().execute((trx) => enqueue(trx, askAccessJob, { user_id: actor.user_id, ask }))
}

/** Finds the organization that was asked for, notes the request and tells the administrators. */
export const askAccessJob = defineJob('organizations.ask_access', {
  payload: z.object({ user_id: z.uuid(), ask: askSchema }),
  async run({ services: { db, config } }, { user_id, ask }) {
    const asked = await findAsked(db, ask)
    for (const organization_id of asked) {
      await db.transaction().execute((trx) => requestAccess(trx, { user_id, organization_id, ask }, config))
    }
  },
})

/** By a colleague's address, or by a customer number with an order or serial number of that customer. */
async function findAsked(db: Db, { email, customer_number, proof }: Ask): Promise<string[]> {
  const { rows } = await sql<{ organization_id: string }>`
    select m.organization_id from auth."user" u join memberships m on m.user_id = u.id
      where u.email = ${email} and u."emailVerified"
    union
    select a.organization_id from customers c join customer_associations a on a.customer_id = c.id
      where c.number = ${customer_number} and (
        exists (select from orders o where o.number = ${proof} and o.customer_id = c.id)
        or exists (select from licenses l where l.serial = ${proof} and l.customer_id = c.id))
    limit ${mostAsked}`.execute(db)
  return rows.map(({ organization_id }) => organization_id)
}

type Request = { user_id: string; organization_id: string; ask: Ask }

/** Nothing happens for a member, for a closed account, while a request waits, or soon after a refusal. */
async function requestAccess(trx: Trx, { user_id, organization_id, ask }: Request, config: Config): Promise<void> {
  const now = new Date()
  const id = uuidv7()
  const { rows } = await sql<{ name: string; email: string }>`
    with asker as (select id, name, email from auth."user" where id = ${user_id} and "emailVerified"),
    added as (
      insert into access_requests (id, organization_id, user_id, message, requested_at)
      select ${id}, ${organization_id}, asker.id, ${ask.message}, ${now} from asker
      where not exists (select from memberships m where m.organization_id = ${organization_id} and m.user_id = asker.id)
        and not exists (select from access_requests r where r.organization_id = ${organization_id}
          and r.user_id = asker.id and r.granted_role is null
          and r.answered_at > ${now}::timestamptz - ${refusalDays} * interval '1 day')
      on conflict (organization_id, user_id) where answered_at is null do nothing
      returning user_id)
    select name, email from asker join added on added.user_id = asker.id`.execute(trx)
  const asker = rows[0]
  if (!asker) return
  const actor: Actor = { ...systemActor(asker.name, now), kind: 'user', user_id, email: asker.email }
  await record(trx, actor, 'access.requested', { organization_id, subject_id: user_id })
  const facts = {
    organization: await nameOfOrganization(trx, organization_id),
    who: asker.name,
    email: asker.email,
    message: ask.message,
    url: config.base_url + urls.organizations.members.to(),
  }
  const administrators = await administratorsOf(trx, organization_id)
  const mail = { now, template: 'access-requested', config }
  await mailPeople(trx, mail, administrators, (texts) => accessRequestedMail({ ...texts, ...facts }))
}
