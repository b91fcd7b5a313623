import { type Actor, isAtLeast, isOperator, type Operator } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Config } from '../platform/config.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { AppError, ok, type Result, refuse } from '../platform/errors.ts'
import { uuidv7 } from '../platform/ids.ts'
import { defineLimit, spend } from '../platform/rate-limits.ts'
import { tellCustomer, tellVendor } from './emails/tell-message.ts'
import { hasRoom, keepFiles } from './files.ts'
import type { AnyRequest } from './kinds.ts'
import { lockRequest } from './lock-request.ts'
import { decidingRoles, dueAfter, dueAt, writingTo } from './rules.ts'

/** Messages of one person: a conversation, no flood. */
const messages = defineLimit('request_message', { capacity: 30, refill_per_minute: 0.5 })

export type NewMessage = {
  number: string
  /** Made with the form: pressing twice writes once. */
  message_id: string
  body: string
  /** Uploaded by the actor, as `takeFile` stored them. */
  files?: readonly string[]
}
type Services = { db: Db; config: Pick<Config, 'base_url' | 'vendor' | 'support_email'> }

/** Somebody signed in, whether or not they work for an organization. */
export type Person = Actor & { user_id: string }

/** Whether a customer may write about a request, or take it back: whoever asked, and managers of the organization. */
export function mayWrite(actor: Person, request: Pick<AnyRequest, 'opened_by' | 'organization_id'>): boolean {
  if (actor.user_id === request.opened_by) return true
  return request.organization_id !== null && isAtLeast(actor, 'manager')
}

/**
 * Writes to the vendor about a request. It is the vendor's turn then, and its target is later by as long as the vendor
 * waited; a question that was answered lately is open again.
 * @returns whether it was opened again; refusal `ended` when it came to an end, also while this was being written,
 * `files` when it would have too many.
 * @throws AppError `forbidden` for colleagues who may only read, `not_found`, `too_many_requests`.
 */
export async function writeMessage(
  { db, config }: Services,
  actor: Person,
  input: NewMessage,
): Promise<Result<{ reopened: boolean }, 'ended' | 'files'>> {
  await spend(db, messages, actor.user_id)
  return db.transaction().execute(async (trx) => {
    const request = await lockRequest(trx, input.number, actor)
    if (!mayWrite(actor, request)) throw new AppError('forbidden')
    const writing = writingTo(request, actor.now)
    if (writing === 'ended') return refuse('ended')
    if (!(await hasRoom(trx, request.id, input.files))) return refuse('files')
    const isNew = await storeMessage(trx, actor, request, { ...input, side: 'customer', internal: false })
    if (!isNew) return ok({ reopened: false })
    if (writing === 'reopens') await reopen(trx, actor, request)
    else await setTurn(trx, request, { due_at: dueAfter(request, actor.now), waiting_since: null })
    await tellVendor(trx, actor, request, messageOf(input), config)
    return ok({ reopened: writing === 'reopens' })
  })
}

/**
 * Answers those who asked, or keeps a note that only operators see. After an answer the vendor waits for the customer,
 * and the target does not run.
 * @returns refusal `ended` for an answer to a request that came to an end (notes may be kept for ever), `files` when it
 * would have too many.
 * @throws AppError `forbidden` unless the actor is an operator who decides, `not_found`.
 */
export async function answerRequest(
  { db, config }: Services,
  actor: Actor,
  input: NewMessage & { internal: boolean },
): Promise<Result<object, 'ended' | 'files'>> {
  if (!isOperator(actor, decidingRoles)) throw new AppError('forbidden')
  return db.transaction().execute(async (trx) => {
    const request = await lockRequest(trx, input.number)
    if (!input.internal && request.state !== 'open') return refuse('ended')
    if (!(await hasRoom(trx, request.id, input.files))) return refuse('files')
    const isNew = await storeMessage(trx, actor, request, { ...input, side: 'vendor' })
    if (!isNew || input.internal) return ok({})
    await setTurn(trx, request, { due_at: request.due_at, waiting_since: request.waiting_since ?? actor.now })
    await tellCustomer(trx, actor.now, request, messageOf(input), config)
    return ok({})
  })
}

const messageOf = ({ body, files = [] }: NewMessage) => ({ body, files: files.length })

type Stored = NewMessage & { side: 'customer' | 'vendor'; internal: boolean }

/** @returns false for a message that is there already. */
async function storeMessage(trx: Trx, actor: Person | Operator, request: AnyRequest, message: Stored) {
  const { message_id: id, body, side, internal } = message
  const { id: request_id, organization_id, number } = request
  const stored = await trx
    .insertInto('request_messages')
    .values({ id, request_id, side, internal, author_id: actor.user_id, body, written_at: actor.now })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!stored) return false
  await keepFiles(trx, actor, { ids: message.files ?? [], request_id, message_id: id })
  const action = internal ? 'request.noted' : side === 'vendor' ? 'request.answered' : 'request.message_written'
  // A note is the vendor's alone, and so is its line of history.
  const about = internal ? {} : { organization_id }
  await record(trx, actor, action, { ...about, subject_id: request_id, details: { number, message: id } })
  return true
}

async function setTurn(trx: Trx, request: AnyRequest, turn: { due_at: Date; waiting_since: Date | null }) {
  await trx.updateTable('service_requests').set(turn).where('id', '=', request.id).execute()
}

/** What the vendor had said about its decision stays as a message: the next decision says something else. */
async function reopen(trx: Trx, actor: Person, request: AnyRequest): Promise<void> {
  const { id, reason, decided_at, decided_by, kind, number, organization_id, revision } = request
  if (reason && decided_by && decided_at) {
    const said = { id: uuidv7(), request_id: id, side: 'vendor' as const, author_id: decided_by }
    await trx
      .insertInto('request_messages')
      .values({ ...said, body: reason, written_at: decided_at })
      .execute()
  }
  await trx
    .updateTable('service_requests')
    .set({ state: 'open', decided_at: null, decided_by: null, reason: null, due_at: dueAt(kind, actor.now) })
    .set({ revision: revision + 1 })
    .where('id', '=', id)
    .execute()
  await record(trx, actor, 'request.reopened', { organization_id, subject_id: id, details: { number, kind } })
}
