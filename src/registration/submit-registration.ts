import { z } from 'zod'
import { activeSigner } from '../keys/index.ts'
import { type Actor, mustBe } from '../platform/actor.ts'
import type { Config } from '../platform/config.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError, ok, type Result, refuse } from '../platform/errors.ts'
import { actingAgain, actingFor, actingSchema, defineJob, enqueue } from '../platform/jobs/index.ts'
import { type CompletionRefusal, completeRegistration } from './complete-registration.ts'
import { purgeDrafts } from './discard-draft.ts'
import { lockDraftAt } from './lock-draft.ts'
import { purchaseWizard } from './purchase-wizard.ts'
import type { Wizard } from './wizard.ts'

/** Baskets up to this many serial numbers complete within the request; larger ones by a job, with a progress bar. */
export const mostAtOnce = 200

/** The job acts for whoever pressed the button. */
const submittedSchema = actingSchema.extend({ draft_id: z.uuid() })

/**
 * Completes a large draft in the background; nothing in it can be changed until that is done.
 * @returns `changed` when the draft is not what its user verified.
 * @throws AppError `forbidden` unless the actor is a manager, and as `lockDraft`.
 */
export async function submitRegistration(
  db: Db,
  actor: Actor,
  input: { draft_id: string; revision: number },
  job = completeDraft,
): Promise<Result<object, 'changed'>> {
  mustBe(actor, 'manager')
  return db.transaction().execute(async (trx) => {
    if (!(await lockDraftAt(trx, actor, input.draft_id, input.revision))) return refuse('changed')
    await trx
      .updateTable('registration_drafts')
      .set({ submitted_at: actor.now, progress_done: 0, progress_total: 0 })
      .where('id', '=', input.draft_id)
      .execute()
    await enqueue(trx, job, { ...actingFor(actor), draft_id: input.draft_id }, { key: input.draft_id })
    return ok({})
  })
}

/**
 * Queues a submitted draft again whose job has not come to an end, for example after its last retry. Harmless when
 * it still runs: both complete the same draft once.
 * @throws AppError `forbidden` unless the actor is a manager, `stale` when the draft is not submitted.
 */
export async function resubmitRegistration(db: Db, actor: Actor, draft_id: string, job = completeDraft): Promise<void> {
  mustBe(actor, 'manager')
  await db.transaction().execute(async (trx) => {
    const draft = await trx
      .selectFrom('registration_drafts')
      .select('id')
      .where('id', '=', draft_id)
      .where('organization_id', '=', actor.organization_id)
      .where('submitted_at', 'is not', null)
      .forUpdate()
      .executeTakeFirst()
    if (!draft) throw new AppError('stale')
    await enqueue(trx, job, { ...actingFor(actor), draft_id }, { key: draft_id })
  })
}

/** The job that completes submitted drafts of a wizard; a killed try is taken up again, and finds what is done already. */
export function completionJob(name: string, wizardFor: (config: Config) => Wizard) {
  return defineJob(name, {
    payload: submittedSchema,
    retries: 20,
    pause: 2,
    longest_pause: 300,
    concurrency: 2,
    async run({ services: { db, config } }, submitted) {
      const { draft_id } = submitted
      const draft = await readSubmitted(db, draft_id)
      if (!draft) return
      const issuing = { config, signer: await activeSigner(db, config) }
      const progress = (done: number, total: number) => saveProgress(db, draft_id, done, total)
      const input = { draft_id, revision: draft.revision }
      const result = await completeRegistration(db, actingAgain(submitted), input, issuing, progress, wizardFor(config))
      if (!result.ok) await giveBack(db, draft_id, result.refusal)
    },
  })
}

export const completeDraft = completionJob('registration.complete', () => purchaseWizard)

/** Deletes discarded and forgotten drafts every night. */
export const purgeOldDrafts = defineJob('registration.purge_drafts', {
  payload: z.object({}),
  cron: '17 3 * * *',
  run: ({ services }) => purgeDrafts(services.db, new Date()),
})

function readSubmitted(db: Db, draft_id: string) {
  const query = db.selectFrom('registration_drafts').select('revision').where('id', '=', draft_id)
  return query.where('submitted_at', 'is not', null).where('completed_at', 'is', null).executeTakeFirst()
}

/** Outside the transaction that completes, so that the page can see it; raises no revision. */
async function saveProgress(db: Db, draft_id: string, done: number, total: number): Promise<void> {
  await db
    .updateTable('registration_drafts')
    .set({ progress_done: done, progress_total: total })
    .where('id', '=', draft_id)
    .execute()
}

/** The draft goes back to its user, with the reason. */
async function giveBack(db: Db, draft_id: string, refusal: CompletionRefusal): Promise<void> {
  await db
    .updateTable('registration_drafts')
    .set({ submitted_at: null, refusal: JSON.stringify({ code: refusal }) })
    .where('id', '=', draft_id)
    .where('completed_at', 'is', null)
    .execute()
}
