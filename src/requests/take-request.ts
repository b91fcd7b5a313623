import { type Actor, isOperator } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Config } from '../platform/config.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { AppError, ok, type Result, refuse } from '../platform/errors.ts'
import { tellAsker } from './emails/tell-asker.ts'
import { tellAssignee } from './emails/tell-message.ts'
import { lockRequest } from './lock-request.ts'
import { selectRequests } from './queries.ts'
import { decidingRoles } from './rules.ts'

type Taken = {
  number: string
  revision: number
  /** The operator who is to look after it, null for nobody; the actor unless told otherwise. */
  assignee_id?: string | null
}

/**
 * Makes an operator the one who looks after an open request, also in the place of a colleague whom the page named: the
 * actor, somebody else, who is told, or nobody.
 * @returns refusal `decided` when it came to an end, `changed` when a colleague was faster: then ask again; `unable` for
 * somebody who does not decide.
 * @throws AppError `forbidden` unless the actor is an operator who decides, `not_found`.
 */
export async function takeRequest(
  db: Db,
  actor: Actor,
  input: Taken,
  config: Pick<Config, 'base_url' | 'vendor' | 'support_email'>,
): Promise<Result<object, 'decided' | 'changed' | 'unable'>> {
  if (!isOperator(actor, decidingRoles)) throw new AppError('forbidden')
  const assignee_id = input.assignee_id === undefined ? actor.user_id : input.assignee_id
  return db.transaction().execute(async (trx) => {
    const request = await lockRequest(trx, input.number)
    if (request.state !== 'open') return refuse('decided')
    if (request.assignee_id === assignee_id) return ok({})
    if (request.revision !== input.revision) return refuse('changed')
    if (assignee_id && !(await mayDecide(trx, assignee_id))) return refuse('unable')
    const { id, number, kind, organization_id, license_id, customer_id, revision } = request
    await trx
      .updateTable('service_requests')
      .set({ assignee_id, taken_at: assignee_id && actor.now, revision: revision + 1 })
      .where('id', '=', id)
      .execute()
    const details = { number, kind, ...(request.assignee_name ? { before: request.assignee_name } : {}) }
    const action = assignee_id ? 'request.taken' : 'request.left'
    await record(trx, actor, action, { organization_id, license_id, customer_id, subject_id: id, details })
    // That a colleague takes over is news to nobody outside.
    if (assignee_id && !request.assignee_id) await tellAsker(trx, actor.now, id, 'taken', config)
    if (assignee_id && assignee_id !== actor.user_id) {
      const given = await selectRequests(trx).where('r.id', '=', id).executeTakeFirstOrThrow()
      await tellAssignee(trx, actor, given, config)
    }
    return ok({})
  })
}

async function mayDecide(trx: Trx, user_id: string): Promise<boolean> {
  const operator = await trx
    .selectFrom('operators')
    .select('role')
    .where('user_id', '=', user_id)
    .where('role', 'in', [...decidingRoles, 'administrator'])
    .executeTakeFirst()
  return operator !== undefined
}
