/** History: one line per change, written in its transaction. Owns: events. */
import { sql } from 'kysely'
import type { Actor } from './actor.ts'
import type { Trx } from './db/index.ts'
import { uuidv7 } from './ids.ts'

/** What one line of history is about. `details` holds what changed: before and after. */
export type EventSubject = {
  organization_id?: string | null
  customer_id?: string | null
  license_id?: string | null
  subject_id?: string | null
  on_behalf_of?: string | null
  details?: Record<string, unknown>
}

/** Writes one line of history, in the transaction of the change. `action` reads `license.registered`. */
export async function record(trx: Trx, actor: Actor, action: string, subject: EventSubject): Promise<void> {
  await recordAll(trx, actor, action, [subject])
}

/** Writes a line of history per subject, in one statement. */
export async function recordAll(trx: Trx, actor: Actor, action: string, subjects: EventSubject[]): Promise<void> {
  if (subjects.length === 0) return
  await insertEvents(
    actor,
    subjects.map((subject) => ({ ...subject, action })),
  ).execute(trx)
}

/**
 * The statement that writes lines of history, for `together`. `condition` may leave some out, by the columns of a
 * line: what another statement found unchanged needs none.
 */
export function insertEvents(actor: Actor, events: (EventSubject & { action: string })[], condition = sql`true`) {
  const of = (name: 'organization_id' | 'customer_id' | 'license_id' | 'subject_id') =>
    events.map((event) => event[name] ?? null)
  const behalves = events.map((event) => behalfOf(actor, event))
  return sql`
    insert into events (id, at, action, actor_kind, actor_user_id, actor_name, request_id, address,
      organization_id, customer_id, license_id, subject_id, on_behalf_of, actor_organization_id, details)
    select id, ${actor.now}::timestamptz, action, ${actor.kind}, ${actor.user_id}::uuid, ${actor.name},
      ${actor.request_id}, ${actor.address}, organization_id, customer_id, license_id, subject_id, on_behalf_of, actor_organization_id, details
    from unnest(${events.map(() => uuidv7())}::uuid[], ${events.map(({ action }) => action)}::text[],
      ${of('organization_id')}::uuid[], ${of('customer_id')}::uuid[], ${of('license_id')}::uuid[],
      ${of('subject_id')}::uuid[], ${behalves.map((behalf) => behalf?.of ?? null)}::uuid[],
      ${behalves.map((behalf) => behalf?.by ?? null)}::uuid[],
      ${events.map((event) => JSON.stringify(event.details ?? {}))}::jsonb[])
      as t (id, action, organization_id, customer_id, license_id, subject_id, on_behalf_of, actor_organization_id, details)
    where ${condition}`
}

/** Whoever changes a license of another organization, or acts as one that delegated it, does so on its behalf. */
function behalfOf(actor: Actor, { organization_id, license_id, on_behalf_of }: EventSubject) {
  if (actor.via) return { of: actor.organization_id, by: actor.via.organization_id }
  const isForeign = actor.kind === 'user' && license_id && organization_id && actor.organization_id !== organization_id
  if (isForeign) return { of: organization_id, by: actor.organization_id }
  return on_behalf_of ? { of: on_behalf_of, by: null } : null
}

/**
 * Replaces a person's name by a pseudonym in all lines of history, and removes the network addresses and what lines
 * about the account itself say (names and e-mail addresses, before and after): what is left
 * is who in the eyes of the chain (the user's id), not who in the eyes of the world.
 */
export async function pseudonymise(trx: Trx, user_id: string, pseudonym: string): Promise<void> {
  await sql`
    update events set actor_name = ${pseudonym}, address = null,
      details = case when license_id is null and action like 'account.%' then '{}' else details end
    where actor_user_id = ${user_id}::uuid`.execute(trx)
}
