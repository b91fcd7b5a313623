import { type Actor, isOperator } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError, ok, type Result, refuse } from '../platform/errors.ts'
import { tellAsker } from './emails/tell-asker.ts'
import type { Sender } from './end-request.ts'
import { lockRequest } from './lock-request.ts'
import { decidingRoles } from './rules.ts'

/**
 * Makes the actor the one who looks after an open request, also in the place of a colleague whom the page named.
 * @returns refusal `decided` when it came to an end, `changed` when a colleague was faster: then ask again.
 * @throws AppError `forbidden` unless the actor is an operator who decides, `not_found`.
 */
export async function takeRequest(
  db: Db,
  actor: Actor,
  input: { number: string; revision: number },
  config: Sender,
): Promise<Result<object, 'decided' | 'changed'>> {
  if (!isOperator(actor, decidingRoles)) throw new AppError('forbidden')
  return db.transaction().execute(async (trx) => {
    const request = await lockRequest(trx, input.number)
    if (request.state !== 'open') return refuse('decided')
    if (request.assignee_id === actor.user_id) return ok({})
    if (request.revision !== input.revision) return refuse('changed')
    const { id, number, kind, organization_id, license_id, customer_id, revision } = request
    await trx
      .updateTable('service_requests')
      .set({ assignee_id: actor.user_id, taken_at: actor.now, revision: revision + 1 })
      .where('id', '=', id)
      .execute()
    await record(trx, actor, 'request.taken', {
      ...{ organization_id, license_id, customer_id, subject_id: id },
      details: { number, kind, ...(request.assignee_name ? { before: request.assignee_name } : {}) },
    })
    // That a colleague takes over is news to nobody outside.
    if (!request.assignee_id) await tellAsker(trx, actor.now, id, 'taken', config)
    return ok({})
  })
}
