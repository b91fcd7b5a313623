import type { Signer } from '../keys/index.ts'
import { type Actor, type Member, mustBe } from '../platform/actor.ts'
import type { Config } from '../platform/config.ts'
import type { Db } from '../platform/db/index.ts'
import { commitRegistration } from './commit-registration.ts'
import type { Plan } from './plan-registration.ts'
import { type Progress, prepareRegistration } from './prepare-registration.ts'
import { purchaseWizard } from './purchase-wizard.ts'
import { type Draft, getDraft } from './queries.ts'
import { readPlan } from './read-plan.ts'
import { isAccepted } from './rules.ts'
import type { Wizard } from './wizard.ts'

/**
 * Why nothing was registered:
 * `empty` no serial number · `refused_serials` some cannot be registered · `incomplete` the Registration step lacks
 * something · `changed` the draft is not what its user verified · `taken` somebody else was faster with a license ·
 * `pool_empty` the vendor has no keys left for a product.
 */
export type CompletionRefusal = 'empty' | 'refused_serials' | 'incomplete' | 'changed' | 'taken' | 'pool_empty'

export type Completion =
  | { ok: true; registration_id: string }
  /** `serials` are those to look at; who may help is told with each on the Serial numbers step. */
  | { ok: false; refusal: CompletionRefusal; serials: string[] }

/** What completing needs besides the database: whoever signs, and how the portal calls itself. */
export type Issuing = { signer: Signer; config: Pick<Config, 'base_url' | 'vendor' | 'support_email'> }

/**
 * Registers every license of a draft for the actor's organization and makes its keys, exactly once: pressed twice,
 * in two tabs or by two people, a draft becomes one registration, and a license belongs to whoever commits first.
 * Keys are made before the transaction from facts that it then finds unchanged, or starts over once.
 * @returns the registration, also when the draft had become one before; or why nothing was registered.
 * @throws AppError `forbidden` unless the actor is a manager; `not_found`, `gone` as `getDraft`.
 */
export async function completeRegistration(
  db: Db,
  actor: Actor,
  input: { draft_id: string; revision: number },
  issuing: Issuing,
  progress?: Progress,
  wizard = purchaseWizard,
): Promise<Completion> {
  mustBe(actor, 'manager')
  const first = await tryToComplete(db, actor, input, issuing, progress, wizard)
  if (first !== 'facts_changed') return first
  const second = await tryToComplete(db, actor, input, issuing, progress, wizard)
  return second === 'facts_changed' ? { ok: false, refusal: 'taken', serials: [] } : second
}

async function tryToComplete(
  db: Db,
  actor: Member,
  input: { draft_id: string; revision: number },
  issuing: Issuing,
  progress: Progress | undefined,
  wizard: Wizard,
): Promise<Completion | 'facts_changed'> {
  const draft = await getDraft(db, actor, input.draft_id, wizard.purpose)
  if (draft.registration_id) return { ok: true, registration_id: draft.registration_id }
  if (draft.revision !== input.revision) return { ok: false, refusal: 'changed', serials: [] }
  const plan = await readPlan(db, actor, draft, wizard)
  const refusal = refusalOf(plan, draft)
  if (refusal) return (await doneMeanwhile(db, actor, draft)) ?? refusal
  const making = { signer: issuing.signer, issuer: issuing.config.vendor.issuer, issued_at: actor.now }
  const prepared = await prepareRegistration(db, actor, draft, plan, making, progress)
  return commitRegistration(db, actor, prepared, issuing.config, wizard)
}

/** The button pressed twice: to the second press the first one's licenses look taken, if it ended in between. */
async function doneMeanwhile(db: Db, actor: Member, { id, purpose }: Draft): Promise<Completion | undefined> {
  const { registration_id } = await getDraft(db, actor, id, purpose)
  return registration_id ? { ok: true, registration_id } : undefined
}

/** What stands in the way of completing a draft, if anything. */
export function refusalOf(plan: Plan, draft: Pick<Draft, 'details'>): Extract<Completion, { ok: false }> | undefined {
  const refused = plan.rows.filter((row) => !isAccepted(row.outcome))
  if (refused.length > 0) return refuseFor('refused_serials', refused)
  if (plan.rows.length === 0) return refuseFor('empty', [])
  const incomplete = plan.licenses.filter(({ problem }) => problem !== null)
  if (incomplete.length > 0)
    return refuseFor(
      'incomplete',
      incomplete.map(({ license }) => license),
    )
  return draft.details.registered_to ? undefined : refuseFor('incomplete', [])
}

function refuseFor(refusal: CompletionRefusal, rows: { serial: string }[]) {
  return { ok: false as const, refusal, serials: rows.map(({ serial }) => serial) }
}
