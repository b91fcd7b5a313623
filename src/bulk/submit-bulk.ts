import { sql } from 'kysely'
import { z } from 'zod'
import { activeSigner } from '../keys/index.ts'
import { type Actor, type Member, mustBe } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { AppError, ok, type Result, refuse } from '../platform/errors.ts'
import { actingAgain, actingFor, actingSchema, defineJob, enqueue } from '../platform/jobs/index.ts'
import { type Bulk, getBulk, lockBulk } from './queries.ts'
import { mostAtOnce, workOnBulk } from './work-on-bulk.ts'

/** The job acts for whoever pressed the button. */
const submittedSchema = actingSchema.extend({ bulk_id: z.uuid() })
/** `changed`: it is not what its user saw, because of another tab or a colleague. */
export type SubmitRefusal = 'changed'

/**
 * Chooses what to do with the licenses, and has it tried. What was chosen before is replaced.
 * @returns whether a job does it, because there are many.
 * @throws AppError `forbidden` unless the actor is a manager, `not_found` as `getBulk`, `stale` once it runs.
 */
export async function checkBulk(
  db: Db,
  actor: Actor,
  { bulk_id, action, input }: { bulk_id: string; action: string; input: object },
): Promise<{ by_job: boolean }> {
  mustBe(actor, 'manager')
  return db.transaction().execute(async (trx) => {
    const bulk = await lockBulk(trx, actor, bulk_id)
    if (bulk.state !== 'new' && bulk.state !== 'checked') throw new AppError('stale')
    // What was tried before says nothing about what will be; the licenses are looked at anew.
    await sql`
      update bulk_action_rows r set outcome = null, detail = null, revision = l.revision
      from licenses l where r.bulk_action_id = ${bulk_id} and l.id = r.license_id`.execute(trx)
    await trx
      .updateTable('bulk_actions')
      .set({ ...begun(actor, bulk), action, input: JSON.stringify(input), state: 'checking' })
      .where('id', '=', bulk_id)
      .execute()
    return { by_job: await workLater(trx, actor, bulk) }
  })
}

/**
 * Does what was tried, for the licenses whose dry run was good. Pressed twice it is done once.
 * @throws AppError as `checkBulk`, `stale` before it was tried.
 */
export async function runBulk(
  db: Db,
  actor: Actor,
  { bulk_id, revision }: { bulk_id: string; revision: number },
): Promise<Result<{ by_job: boolean }, SubmitRefusal>> {
  mustBe(actor, 'manager')
  return db.transaction().execute(async (trx) => {
    const bulk = await lockBulk(trx, actor, bulk_id)
    if (bulk.state === 'new') throw new AppError('stale')
    if (bulk.state !== 'checked') return ok({ by_job: true })
    if (bulk.revision !== revision) return refuse('changed')
    await trx
      .updateTable('bulk_actions')
      .set({ ...begun(actor, bulk), state: 'running', started_at: actor.now })
      .where('id', '=', bulk_id)
      .execute()
    const details = { action: bulk.action, total: bulk.total }
    await record(trx, actor, 'bulk.started', { organization_id: bulk.organization_id, subject_id: bulk_id, details })
    return ok({ by_job: await workLater(trx, actor, bulk) })
  })
}

/** Queues one again whose job came to no end. Harmless while it runs: each row is done once. */
export async function continueBulk(db: Db, actor: Actor, bulk_id: string): Promise<void> {
  mustBe(actor, 'manager')
  await db.transaction().execute(async (trx) => {
    const bulk = await lockBulk(trx, actor, bulk_id)
    if (bulk.state !== 'checking' && bulk.state !== 'running') return
    await enqueue(trx, bulkJob, { ...actingFor(actor), bulk_id }, { key: bulk_id })
  })
}

/**
 * Stops a running bulk action after the batch under way: what is done stays done, the rest is left alone. One that
 * never ran disappears.
 * @returns whether there is still something to show.
 * @throws AppError `forbidden` unless the actor is a manager, or began it and it does not run; `not_found`.
 */
export async function cancelBulk(db: Db, actor: Actor, bulk_id: string): Promise<boolean> {
  mustBe(actor, 'downloader')
  return db.transaction().execute(async (trx) => {
    const bulk = await lockBulk(trx, actor, bulk_id)
    if (bulk.user_id !== actor.user_id) mustBe(actor, 'manager')
    if (bulk.state === 'done' || bulk.state === 'cancelled') return true
    if (bulk.state !== 'running') {
      await trx.deleteFrom('bulk_actions').where('id', '=', bulk_id).execute()
      return false
    }
    mustBe(actor, 'manager')
    await stop(trx, actor, bulk)
    return true
  })
}

async function stop(trx: Trx, actor: Member, { id, total, action, organization_id }: Bulk): Promise<void> {
  await sql`update bulk_action_rows set outcome = 'cancelled' where bulk_action_id = ${id} and outcome = 'ok'`.execute(
    trx,
  )
  const { rows } = await sql<{ done: number }>`
    update bulk_actions b set state = 'cancelled', accepted = d.done, refused = total - d.done,
      completed_at = ${actor.now}, updated_at = ${actor.now}
    from (select count(*)::int as done from bulk_action_rows where bulk_action_id = ${id} and outcome = 'done') d
    where b.id = ${id} returning d.done`.execute(trx)
  const details = { action, total, done: rows[0]!.done }
  await record(trx, actor, 'bulk.cancelled', { organization_id, subject_id: id, details })
}

function begun({ now }: Member, { revision }: Bulk) {
  return { progress_done: 0, revision: revision + 1, updated_at: now }
}

async function workLater(trx: Trx, actor: Member, { id, total }: Bulk): Promise<boolean> {
  if (total <= mostAtOnce) return false
  await enqueue(trx, bulkJob, { ...actingFor(actor), bulk_id: id }, { key: id })
  return true
}

/** Tries or does a large bulk action; a killed one is taken up again where it stopped. */
export const bulkJob = defineJob('bulk.work', {
  payload: submittedSchema,
  retries: 20,
  pause: 2,
  longest_pause: 300,
  concurrency: 2,
  async run({ services: { db, config }, signal }, submitted) {
    const actor = actingAgain(submitted)
    const isThere = await getBulk(db, actor, submitted.bulk_id).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'not_found') return undefined
      throw error
    })
    if (!isThere) return
    await workOnBulk(db, actor, submitted.bulk_id, { config, signer: await activeSigner(db, config) }, signal)
  },
})

/** Lists that nobody did anything with are forgotten after so many days. */
const daysKept = 30

/** Deletes every night what was started and never done. */
export const purgeBulks = defineJob('bulk.purge', {
  payload: z.object({}),
  cron: '37 3 * * *',
  async run({ services: { db } }) {
    const before = new Date(Date.now() - daysKept * 86_400_000)
    await db
      .deleteFrom('bulk_actions')
      .where('state', 'in', ['new', 'checked'])
      .where('updated_at', '<', before)
      .execute()
  },
})
