import { sql } from 'kysely'
import { record } from '../platform/audit.ts'
import type { Db } from '../platform/db/index.ts'
import { defineLimit, spend } from '../platform/rate-limits.ts'
import type { Owner } from './second-factor.ts'

const exports = defineLimit('data_export', { capacity: 5, refill_per_minute: 0.1 })
const pageLength = 1000
const start = '00000000-0000-0000-0000-000000000000'

/**
 * Everything about the owner as one JSON object, piece by piece: what somebody did in ten years fits no memory.
 * @throws AppError `too_many_requests`
 */
export async function exportData(db: Db, owner: Owner): Promise<AsyncIterable<string>> {
  await spend(db, exports, owner.user_id)
  await db.transaction().execute((trx) => record(trx, owner, 'account.exported', { subject_id: owner.user_id }))
  return pieces(db, owner)
}

async function* pieces(db: Db, { user_id, now }: Owner): AsyncIterable<string> {
  yield `{\n"exported_at": ${JSON.stringify(now)}`
  for (const [name, query] of Object.entries(sections)) {
    const { rows } = await query(user_id).execute(db)
    yield `,\n${JSON.stringify(name)}: ${JSON.stringify(rows, null, 1)}`
  }
  for (const [name, query] of Object.entries(longSections)) {
    yield `,\n${JSON.stringify(name)}: [`
    yield* lines((after) => query(user_id, after).execute(db))
    yield ']'
  }
  yield '\n}\n'
}

async function* lines(page: (after: string) => Promise<{ rows: { id: string }[] }>): AsyncIterable<string> {
  let after = start
  for (;;) {
    const { rows } = await page(after)
    const text = rows.map((row) => JSON.stringify(row)).join(',\n')
    if (text) yield after === start ? `\n${text}` : `,\n${text}`
    if (rows.length < pageLength) return
    after = rows.at(-1)!.id
  }
}

type Row = Record<string, unknown>

/** Of a handful of lines each. Secrets and hashes are no data about a person: they stay out. */
const sections = {
  profile: (id: string) => sql<Row>`
    select id, email as user_name, "emailVerified" as confirmed, "givenName" as first_name, "familyName" as last_name,
      phone, locale, "timeZone" as time_zone, "createdAt" as created_at, "updatedAt" as updated_at
    from auth."user" where id = ${id}`,
  memberships: (id: string) => sql<Row>`
    select g.name as organization, m.role, m.created_at from memberships m join organizations g on g.id = m.organization_id
    where m.user_id = ${id} order by m.created_at`,
  access_requests: (id: string) => sql<Row>`
    select g.name as organization, r.message, r.requested_at, r.answered_at, r.granted_role
    from access_requests r join organizations g on g.id = r.organization_id where r.user_id = ${id} order by r.requested_at`,
  agreements: (id: string) => sql<Row>`
    select a.version, x.accepted_at, x.address, x.locale from agreement_acceptances x
    join agreements a on a.id = x.agreement_id where x.user_id = ${id} order by x.accepted_at`,
  software_terms: (id: string) => sql<Row>`
    select p.name as product, v.version, g.name as organization, x.accepted_at, x.locale, x.address
    from software_terms_acceptances x join organizations g on g.id = x.organization_id
    join releases r on r.id = x.release_id join product_versions v on v.id = r.product_version_id
    join products p on p.id = v.product_id where x.user_id = ${id} order by x.accepted_at`,
  release_subscriptions: (id: string) => sql<Row>`
    select p.name as product, g.name as organization, s.created_at from release_subscriptions s
    join products p on p.id = s.product_id join organizations g on g.id = s.organization_id
    where s.user_id = ${id} order by s.created_at`,
  sessions: (id: string) => sql<Row>`
    select "createdAt" as signed_in_at, "expiresAt" as ends_at, "ipAddress" as address, "userAgent" as browser,
      "secondFactor" as second_factor
    from auth.session where "userId" = ${id} order by "createdAt"`,
  passkeys: (id: string) => sql<Row>`
    select name, "createdAt" as added_at, "lastUsedAt" as last_used_at, "deviceType" as device, "backedUp" as synced
    from auth.passkey where "userId" = ${id} order by "createdAt"`,
  authenticator_app: (id: string) => sql<Row>`
    select s.confirmed_at as since, (select count(*) from backup_codes b where b.user_id = s.user_id and b.used_at is null)
      as backup_codes_left
    from totp_secrets s where s.user_id = ${id} and s.confirmed_at is not null`,
  email_changes: (id: string) => sql<Row>`
    select new_email, created_at, old_confirmed_at, new_confirmed_at, completed_at, cancelled_at from email_changes
    where user_id = ${id} order by created_at`,
  notifications: (id: string) => sql<Row>`
    select topic, by_email from notification_preferences where user_id = ${id} order by topic`,
  calendars: (id: string) => sql<Row>`
    select g.name as organization, f.created_at, f.last_read_at, f.revoked_at from calendar_feeds f
    join organizations g on g.id = f.organization_id where f.user_id = ${id} order by f.created_at`,
  saved_searches: (id: string) => sql<Row>`
    select name, query, for_all, created_at from saved_searches where user_id = ${id} order by created_at`,
}

/** Of any length, in the order in which it happened. */
const longSections = {
  comments: (id: string, after: string) => sql<Row & { id: string }>`
    select c.id, l.serial, c.body, c.created_at, c.removed_at from license_comments c join licenses l on l.id = c.license_id
    where c.user_id = ${id} and c.id > ${after} order by c.id limit ${pageLength}`,
  service_requests: (id: string, after: string) => sql<Row & { id: string }>`
    select r.id, r.number, r.kind, g.name as organization, r.state, r.details, r.opened_at, r.decided_at, r.reason
    from service_requests r left join organizations g on g.id = r.organization_id
    where r.opened_by = ${id} and r.id > ${after} order by r.id limit ${pageLength}`,
  messages: (id: string, after: string) => sql<Row & { id: string }>`
    select m.id, r.number as request, m.body, m.written_at,
      (select coalesce(jsonb_agg(f.name order by f.id), '[]') from request_files f where f.message_id = m.id) as files
    from request_messages m join service_requests r on r.id = m.request_id
    where m.author_id = ${id} and m.id > ${after} order by m.id limit ${pageLength}`,
  downloads: (id: string, after: string) => sql<Row & { id: string }>`
    select d.id, f.name as file, g.name as organization, d.started_at, d.bytes, d.completed_at, d.address, d.agent
    from downloads d join release_files f on f.id = d.file_id join organizations g on g.id = d.organization_id
    where d.user_id = ${id} and d.id > ${after} order by d.id limit ${pageLength}`,
  history: (id: string, after: string) => sql<Row & { id: string }>`
    select e.id, e.at, e.action, g.name as organization, l.serial, e.details, e.address from events e
    left join organizations g on g.id = e.organization_id left join licenses l on l.id = e.license_id
    where e.actor_user_id = ${id} and e.id > ${after} order by e.id limit ${pageLength}`,
}
