import { sql } from 'kysely'
import { lockLicenses } from '../licenses/index.ts'
import type { Member } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { enqueueMails } from '../platform/mail/index.ts'
import type { Issuing } from '../registration/index.ts'
import type { BulkAction, Outcome, Row } from './action.ts'
import { actionNamed } from './actions.ts'
import { doneMail, type Reader } from './emails/done-mail.ts'
import { type Bulk, countOutcomes, lockBulk, nextRows } from './queries.ts'

/** Bulk actions of up to this many licenses are tried and done within the request; larger ones by a job. */
export const mostAtOnce = 200

/**
 * Goes on with a bulk action until it is tried, or done: batch after batch, each with its outcomes in one transaction.
 * Stopped at any moment and started again, or started twice at once, it does each row once.
 * @throws what the signal says when it aborts; whoever called again goes on.
 */
export async function workOnBulk(db: Db, actor: Member, bulk_id: string, issuing: Issuing, signal?: AbortSignal) {
  for (let more = true; more; ) {
    signal?.throwIfAborted()
    const now = new Date()
    more = await db.transaction().execute((trx) => workOnBatch(trx, { ...actor, now }, bulk_id, issuing))
  }
}

/** @returns whether there is more to do. */
async function workOnBatch(trx: Trx, actor: Member, bulk_id: string, issuing: Issuing): Promise<boolean> {
  const bulk = await lockBulk(trx, actor, bulk_id)
  if (bulk.state !== 'checking' && bulk.state !== 'running') return false
  const dry_run = bulk.state === 'checking'
  if (!(await mayStill(trx, actor))) await leaveRest(trx, bulk_id, dry_run)
  const action = actionNamed(bulk.action)
  const rows = await nextRows(trx, bulk_id, dry_run, action.batch)
  if (rows.length === 0) {
    await finish(trx, actor, bulk, issuing)
    return false
  }
  await keepOutcomes(trx, bulk_id, await tryRows(trx, actor, action, bulk, rows, { dry_run, issuing }), dry_run)
  await trx
    .updateTable('bulk_actions')
    .set((e) => ({ progress_done: e('progress_done', '+', rows.length), updated_at: actor.now }))
    .where('id', '=', bulk_id)
    .execute()
  return true
}

/** A long one goes on after the request that began it: its user may have been removed, or given a lower role. */
async function mayStill(trx: Trx, { organization_id, user_id }: Member): Promise<boolean> {
  const { rows } = await sql`
    select from memberships where organization_id = ${organization_id} and user_id = ${user_id}
      and role in ('manager', 'administrator')`.execute(trx)
  return rows.length > 0
}

async function leaveRest(trx: Trx, bulk_id: string, dry_run: boolean): Promise<void> {
  const waiting = dry_run ? sql`outcome is null` : sql`outcome = 'ok'`
  await sql`
    update bulk_action_rows set outcome = 'cancelled' where bulk_action_id = ${bulk_id} and ${waiting}`.execute(trx)
}

/**
 * The licenses are locked first, in one order for everybody. A dry run is taken back, and so is a batch whose command
 * refused altogether, for example because a field was deleted meanwhile.
 */
async function tryRows(
  trx: Trx,
  actor: Member,
  action: BulkAction,
  { input }: Bulk,
  rows: Row[],
  how: { dry_run: boolean; issuing: Issuing },
): Promise<Outcome[]> {
  await sql`savepoint batch`.execute(trx)
  await lockLicenses(rows.map(({ license_id }) => license_id)).execute(trx)
  let outcomes: Outcome[] | undefined
  try {
    outcomes = await action.run(trx, actor, input, rows, how)
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'unavailable' || error.code === 'internal') throw error
  }
  if (how.dry_run || !outcomes) await sql`rollback to savepoint batch`.execute(trx)
  return outcomes ?? rows.map(({ position }) => ({ position, outcome: 'gone' }))
}

async function keepOutcomes(trx: Trx, bulk_id: string, outcomes: Outcome[], dry_run: boolean): Promise<void> {
  const codes = outcomes.map(({ outcome }) => (outcome === 'ok' && !dry_run ? 'done' : outcome))
  await sql`
    update bulk_action_rows r set outcome = t.outcome, detail = t.detail
    from unnest(${outcomes.map(({ position }) => position)}::int[], ${codes}::text[],
      ${outcomes.map(({ detail }) => detail?.slice(0, 200) ?? null)}::text[]) t (position, outcome, detail)
    where r.bulk_action_id = ${bulk_id} and r.position = t.position`.execute(trx)
}

async function finish(trx: Trx, actor: Member, bulk: Bulk, { config }: Issuing): Promise<void> {
  const counts = await countOutcomes(trx, bulk.id)
  const isDone = bulk.state === 'running'
  const accepted = counts.get(isDone ? 'done' : 'ok') ?? 0
  const refused = bulk.total - accepted - (counts.get('unchanged') ?? 0)
  await trx
    .updateTable('bulk_actions')
    .set({
      state: isDone ? 'done' : 'checked',
      accepted,
      refused,
      updated_at: actor.now,
      completed_at: isDone ? actor.now : null,
    })
    .where('id', '=', bulk.id)
    .execute()
  if (!isDone) return
  const details = { action: bulk.action, total: bulk.total, done: accepted }
  await record(trx, actor, 'bulk.completed', { organization_id: bulk.organization_id, subject_id: bulk.id, details })
  const readers = await readersOf(trx, actor, bulk, accepted)
  const result = { ...bulk, accepted, refused }
  await enqueueMails(
    trx,
    actor.now,
    readers.map((reader) => doneMail(reader, actor.name, result, config)),
  )
}

/** Whoever started a long one; administrators, where each single license would have been told to them. */
async function readersOf(trx: Trx, actor: Member, bulk: Bulk, accepted: number): Promise<Reader[]> {
  const readers = new Map<string, Reader>()
  const { email, name, locale } = actor
  if (bulk.total > mostAtOnce && email && (await mayStill(trx, actor)))
    readers.set(email.toLowerCase(), { email, name, locale })
  if (!actionNamed(bulk.action).tells_administrators || accepted === 0) return [...readers.values()]
  const { rows } = await sql<Reader>`
    select u.email, u.name, u.locale from memberships m join auth."user" u on u.id = m.user_id and u."emailVerified"
    where m.organization_id = ${bulk.organization_id} and m.role = 'administrator' order by u.id`.execute(trx)
  for (const reader of rows) readers.set(reader.email.toLowerCase(), reader)
  return [...readers.values()]
}
