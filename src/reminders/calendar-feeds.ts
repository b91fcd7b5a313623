import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { type Member, mustBe } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { uuidv7 } from '../platform/ids.ts'

export type Feed = { created_at: Date; last_read_at: Date | null }

/** The actor's calendar address in the current organization, if there is one. Its secret is known to nobody. */
export function findFeed(db: Db, { user_id, organization_id }: Member): Promise<Feed | undefined> {
  return db
    .selectFrom('calendar_feeds')
    .select(['created_at', 'last_read_at'])
    .where('user_id', '=', user_id)
    .where('organization_id', '=', organization_id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
}

/**
 * Makes a calendar address for the actor and organization; the one before it, if any, ends.
 * @returns its secret, which is shown once.
 */
export async function makeFeed(db: Db, actor: Member): Promise<{ token: string }> {
  mustBe(actor, 'viewer')
  const { organization_id, user_id, now } = actor
  const token = randomBytes(24).toString('base64url')
  await db.transaction().execute(async (trx) => {
    const id = uuidv7()
    await sql`
      insert into calendar_feeds (id, organization_id, user_id, token_hash, created_at)
      values (${id}, ${organization_id}, ${user_id}, ${hashOf(token)}, ${now})
      on conflict (organization_id, user_id) where revoked_at is null
      do update set token_hash = excluded.token_hash, created_at = excluded.created_at, last_read_at = null`.execute(
      trx,
    )
    await record(trx, actor, 'calendar.created', { organization_id, subject_id: user_id })
  })
  return { token }
}

/**
 * Ends the actor's calendar address.
 * @throws AppError `not_found` when there is none.
 */
export async function revokeFeed(db: Db, actor: Member): Promise<void> {
  mustBe(actor, 'viewer')
  const { organization_id, user_id, now } = actor
  await db.transaction().execute(async (trx) => {
    const revoked = await trx
      .updateTable('calendar_feeds')
      .set({ revoked_at: now })
      .where('user_id', '=', user_id)
      .where('organization_id', '=', organization_id)
      .where('revoked_at', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (!revoked) throw new AppError('not_found')
    await record(trx, actor, 'calendar.revoked', { organization_id, subject_id: user_id })
  })
}

export type OpenFeed = {
  id: string
  organization_id: string
  organization: string
  user_id: string
  locale: string
  time_zone: string
  created_at: Date
  last_read_at: Date | null
  content_hash: Uint8Array | null
  content_changed_at: Date | null
}

/** The calendar behind a secret, while its user works for the organization. */
export async function openFeed(db: Db, token: string): Promise<OpenFeed | undefined> {
  const { rows } = await sql<OpenFeed>`
    select f.id, f.organization_id, o.name as organization, f.user_id, u.locale, u."timeZone" as time_zone,
      f.created_at, f.last_read_at, f.content_hash, f.content_changed_at
    from calendar_feeds f
    join memberships m on m.organization_id = f.organization_id and m.user_id = f.user_id
    join organizations o on o.id = f.organization_id
    join auth."user" u on u.id = f.user_id and u."emailVerified"
    where f.token_hash = ${hashOf(token)} and f.revoked_at is null`.execute(db)
  return rows[0]
}

/** Milliseconds: often enough to tell whether a calendar is in use. */
const readingsApart = 3_600_000

/**
 * Remembers what a calendar showed and when it was read.
 * @returns since when it shows that.
 */
export async function noteReading(db: Db, feed: OpenFeed, content: string, now: Date): Promise<Date> {
  const hash = createHash('sha256').update(content).digest()
  const isSame = feed.content_hash !== null && hash.equals(feed.content_hash) && feed.content_changed_at !== null
  const since = isSame ? feed.content_changed_at! : new Date(Math.floor(now.getTime() / 1000) * 1000)
  const isRecent = feed.last_read_at !== null && now.getTime() - feed.last_read_at.getTime() < readingsApart
  if (isSame && isRecent) return since
  await db
    .updateTable('calendar_feeds')
    .set({ content_hash: hash, content_changed_at: since, last_read_at: now })
    .where('id', '=', feed.id)
    .execute()
  return since
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
