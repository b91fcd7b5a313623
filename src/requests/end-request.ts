import type { Actor } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Config } from '../platform/config.ts'
import type { Trx } from '../platform/db/index.ts'
import { tellAsker } from './emails/tell-asker.ts'
import type { AnyRequest, AnyRequestKind } from './kinds.ts'

/** What mails about requests need. */
export type Sender = Pick<Config, 'base_url' | 'vendor'>

/** Writes down how a locked, open request ended, with its line of history and its mails. */
export async function endRequest(
  trx: Trx,
  actor: Actor & { user_id: string },
  request: AnyRequest,
  end: { state: 'accepted' | 'refused' | 'withdrawn'; reason: string | null },
  config: Sender,
): Promise<void> {
  const { id, number, kind, organization_id, license_id, customer_id, revision } = request
  const decided = { decided_at: actor.now, decided_by: actor.user_id, revision: revision + 1 }
  await trx
    .updateTable('service_requests')
    .set({ ...end, ...decided, waiting_since: null })
    .where('id', '=', id)
    .execute()
  await record(trx, actor, `request.${end.state}`, {
    ...{ organization_id, license_id, customer_id, subject_id: id },
    details: { number, kind, ...(end.reason ? { reason: end.reason } : {}) },
  })
  await tellAsker(trx, actor.now, id, end.state, config)
}

/** The kind of a request, and the request with its details read by it. */
export function withKind(kinds: readonly AnyRequestKind[], request: AnyRequest) {
  const kind = kinds.find((each) => each.kind === request.kind)
  if (!kind) throw new Error(`no kind of request is named ${request.kind}`)
  return { kind, request: { ...request, details: kind.details.parse(request.details) } }
}
