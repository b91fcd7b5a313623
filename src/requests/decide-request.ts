import { type Actor, isOperator, type Operator } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import type { MessageKey } from '../platform/i18n.ts'
import { endRequest, withKind } from './end-request.ts'
import type { AnyRequest, AnyRequestKind, Chosen, Issuer } from './kinds.ts'
import { lockRequest } from './lock-request.ts'
import { getRequest } from './queries.ts'
import { decidingRoles } from './rules.ts'

export type Decision = { number: string; decision: 'accept' | 'refuse'; reason: string | null; chosen?: Chosen }

/**
 * Done, or why not: somebody else ended the request before (`request` tells who and when), or what accepting it would
 * do cannot be done (`text` tells why).
 */
export type Decided =
  | { ok: true }
  | { ok: false; refusal: 'decided'; request: AnyRequest }
  | { ok: false; refusal: 'impossible'; text: MessageKey; values?: Record<string, string | number> }

/**
 * Accepts or refuses an open request. What acceptance does is done in the same transaction, or the request stays open.
 * Of several who decide at once, the first to lock the request does.
 * @throws AppError `forbidden` unless the actor is an operator who decides, `not_found`, `invalid` for a refusal
 * without a reason.
 */
export async function decideRequest(
  services: Issuer,
  actor: Actor,
  input: Decision,
  kinds: readonly AnyRequestKind[],
): Promise<Decided> {
  if (!isOperator(actor, decidingRoles)) throw new AppError('forbidden')
  if (input.decision === 'refuse' && !input.reason) throw new AppError('invalid')
  const prepared = input.decision === 'accept' ? await prepare(services, actor, input.number, kinds) : undefined
  try {
    return await decide(services, actor, input, kinds, prepared)
  } catch (error) {
    if (error instanceof Impossible) return { ok: false, refusal: 'impossible', ...error.why }
    throw error
  }
}

async function prepare({ config, db }: Issuer, actor: Operator, number: string, kinds: readonly AnyRequestKind[]) {
  const { kind, request } = withKind(kinds, await getRequest(db, number))
  return request.state === 'open' ? kind.prepare?.({ config, db }, actor, request) : undefined
}

/** Ends the transaction: the request stays open, and nothing of its effect may stay. */
class Impossible extends Error {
  readonly why: { text: MessageKey; values?: Record<string, string | number> }
  constructor({ text, values }: Impossible['why']) {
    super(text)
    this.why = { text, ...(values && { values }) }
  }
}

function decide(
  { config, db }: { config: Issuer['config']; db: Db },
  actor: Operator,
  { number, decision, reason, chosen = {} }: Decision,
  kinds: readonly AnyRequestKind[],
  prepared: unknown,
): Promise<Decided> {
  return db.transaction().execute(async (trx) => {
    const locked = await lockRequest(trx, number)
    if (locked.state !== 'open') return { ok: false, refusal: 'decided', request: locked }
    const { kind, request } = withKind(kinds, locked)
    if (decision === 'refuse') await kind.refuse?.(trx, actor, request)
    else {
      const accepted = await kind.accept(trx, actor, request, prepared, { chosen, reason, config })
      if (!accepted.ok) throw new Impossible(accepted)
    }
    const state = decision === 'accept' ? 'accepted' : 'refused'
    await endRequest(trx, actor, request, { state, reason }, config)
    return { ok: true }
  })
}
