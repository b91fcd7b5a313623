import { sql } from 'kysely'
import type { Actor } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { type OptionalTopic, onRequest, optionalTopics, type Topic } from './rules.ts'

/**
 * Who of these users wants to be told about a topic by e-mail: those who chose, and by default everybody, or nobody
 * for what is told on request.
 * Ask before writing a mail that nobody waits for; answers to what the reader just did need no asking.
 */
export async function wantsEmail(db: Db | Trx, user_ids: string[], topic: Topic): Promise<Set<string>> {
  const isOptional = optionalTopics.some((each) => each === topic)
  if (!isOptional || user_ids.length === 0) return new Set(user_ids)
  const { rows } = await sql<{ user_id: string }>`
    select user_id from notification_preferences
    where user_id = any(${user_ids}::uuid[]) and topic = ${topic} and by_email <> ${isDefault(topic)}`.execute(db)
  const unlikeDefault = new Set(rows.map(({ user_id }) => user_id))
  return new Set(user_ids.filter((id) => unlikeDefault.has(id) !== isDefault(topic)))
}

/** The topics that a user wants to be told about by e-mail. */
export async function listWanted(db: Db, user_id: string): Promise<OptionalTopic[]> {
  const { rows } = await sql<{ topic: string; by_email: boolean }>`
    select topic, by_email from notification_preferences where user_id = ${user_id}`.execute(db)
  const chosen = new Map(rows.map(({ topic, by_email }) => [topic, by_email]))
  return optionalTopics.filter((topic) => chosen.get(topic) ?? isDefault(topic))
}

const isDefault = (topic: Topic) => !onRequest.includes(topic)

/** Remembers which topics the actor wants to be told about by e-mail, and that all others are unwanted. */
export async function savePreferences(
  db: Db,
  actor: Actor & { user_id: string },
  { wanted }: { wanted: OptionalTopic[] },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const answers = optionalTopics.map((topic) => wanted.includes(topic))
    await savePreference(trx, actor.user_id, [...optionalTopics], answers)
    await record(trx, actor, 'account.notifications_changed', { subject_id: actor.user_id, details: { wanted } })
  })
}

/** Whoever asks to be told about something wants the topic again, whatever was chosen before. */
export async function wantEmail(trx: Trx, user_id: string, topic: OptionalTopic): Promise<void> {
  await savePreference(trx, user_id, [topic], [true])
}

/** Who a link to unsubscribe was mailed to: a user, or a technical contact without a login. */
export type Subscriber = { user_id: string } | { email: string }

/** Sends no more mail about the topics to whoever a link was mailed to; a second time changes nothing. */
export async function unsubscribe(db: Db, who: Subscriber, unwanted: OptionalTopic[], now: Date): Promise<void> {
  await db.transaction().execute(async (trx) => {
    if ('user_id' in who) {
      const known = await trx.selectFrom('auth.user').select('id').where('id', '=', who.user_id).executeTakeFirst()
      if (known)
        await savePreference(
          trx,
          who.user_id,
          unwanted,
          unwanted.map(() => false),
        )
      return
    }
    await trx
      .insertInto('notification_opt_outs')
      .values(unwanted.map((topic) => ({ email: who.email, topic, opted_out_at: now })))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  })
}

async function savePreference(trx: Trx, user_id: string, names: OptionalTopic[], answers: boolean[]): Promise<void> {
  await sql`
    insert into notification_preferences (user_id, topic, by_email)
    select ${user_id}::uuid, topic, by_email from unnest(${names}::text[], ${answers}::boolean[]) as t (topic, by_email)
    on conflict (user_id, topic) do update set by_email = excluded.by_email`.execute(trx)
}
