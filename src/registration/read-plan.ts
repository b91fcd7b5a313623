import type { Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { listCandidates, readRenewedCovers } from './license-facts.ts'
import { type AssessedRow, type Plan, planRegistration, type RelationFacts, relatingOf } from './plan-registration.ts'
import { purchaseWizard } from './purchase-wizard.ts'
import type { Draft } from './queries.ts'
import { isAccepted } from './rules.ts'
import type { Wizard } from './wizard.ts'

/** What completing a draft would do as things stand now: one query, three when something covers or renews. */
export async function readPlan(
  db: Db,
  actor: Member,
  draft: Pick<Draft, 'id' | 'details'>,
  wizard: Wizard = purchaseWizard,
): Promise<Plan> {
  const rows = await wizard.readRows(db, actor, draft)
  return planRegistration(rows, draft.details, await readRelationFacts(db, actor, rows))
}

async function readRelationFacts(db: Db, actor: Member, rows: AssessedRow[]): Promise<RelationFacts> {
  const accepted = rows.filter((row) => row.license && isAccepted(row.outcome))
  const none = new Map<string, string>()
  const relating = accepted.flatMap((row) => {
    const asked = relatingOf(row.license!, none)
    const relates_to = row.choices.relates_to ?? null
    const isNamed = relates_to !== null || asked?.renews_license_id
    return asked && (asked.relation === 'covers' || isNamed) ? [{ ...asked, relates_to }] : []
  })
  if (relating.length === 0) return { candidates: [], renewed_covers: none }

  const renewed_covers = await readRenewedCovers(db, present(relating.map((one) => one.renews_license_id)))
  const named = relating.flatMap((one) => [one.relates_to, one.covers_license_id, one.renews_license_id])
  const candidates = await listCandidates(db, actor, {
    ids: present([...named, ...renewed_covers.values()]),
    product_ids: present(relating.map((one) => one.product_id)),
    order_ids: present(relating.map((one) => one.order_id)),
    customer_ids: present(relating.map((one) => one.customer_id)),
  })
  return { candidates, renewed_covers }
}

function present(ids: (string | null)[]): string[] {
  return [...new Set(ids.filter((id) => id !== null))]
}
