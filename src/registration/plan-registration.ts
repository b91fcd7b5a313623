import { checkHostId, isHostType } from '@keyport/license'
import type { Day } from '../platform/actor.ts'
import type { BasketRow } from './license-facts.ts'
import { fieldIssues } from './product-fields.ts'
import {
  type Acceptance,
  type Candidate,
  type HostProblem,
  type HostShare,
  isAccepted,
  laterDay,
  type Outcome,
  proposeRelations,
  type Relating,
  type Relation,
  relationOf,
  type SharedHost,
  shareQuantity,
} from './rules.ts'
import type { Details, FieldValues } from './schemas.ts'

export type AssessedRow = BasketRow & { outcome: Outcome }
type License = NonNullable<BasketRow['license']>

/** What completing would do with one license. */
export type PlannedLicense = {
  position: number
  outcome: Acceptance
  license: License
  /** Scheme `file_host`: one license file for each; null for every other scheme. */
  hosts: SharedHost[] | null
  fields: FieldValues
  /** The license it covers or renews, when one was proposed or chosen. */
  relation: { kind: Relation; license_id: string; serial: string } | null
  /** End of maintenance as its keys say it, with what the same basket brings. */
  maintenance_until: Day | null
  problem: LicenseProblem | null
}

export type LicenseProblem = HostProblem | 'host_invalid' | 'fields_invalid' | 'relation_invalid'

export type Plan = {
  /** Every serial number of the basket; only the accepted ones become `licenses`. */
  rows: AssessedRow[]
  licenses: PlannedLicense[]
  /** Owned licenses outside the basket whose maintenance it prolongs, and until when. */
  raised: Map<string, Day>
  /** What may be covered or renewed, by license id. */
  candidates: Map<string, Candidate>
}

/** What relations need to know beyond the basket. */
export type RelationFacts = { candidates: Candidate[]; renewed_covers: Map<string, string> }

/** Decides what a basket becomes: hosts shared out, answers checked, relations proposed, maintenance added up. */
export function planRegistration(rows: AssessedRow[], details: Details, facts: RelationFacts): Plan {
  const accepted = rows.filter(isReady)
  const candidates = new Map(
    [...facts.candidates, ...accepted.map(candidateOf)].map((candidate) => [candidate.license_id, candidate]),
  )
  const asking = accepted.flatMap((row) => relatingOf(row.license, facts.renewed_covers) ?? [])
  const proposals = proposeRelations(asking, [...candidates.values()])
  const licenses = accepted.map((row) => planLicense(row, details, candidates, proposals))
  const until = maintenanceBy(licenses)
  const inBasket = new Set(licenses.map(({ license }) => license.license_id))
  for (const planned of licenses) {
    planned.maintenance_until = laterDay(
      planned.license.maintenance_until,
      until.get(planned.license.license_id) ?? null,
    )
  }
  return { rows, licenses, raised: new Map([...until].filter(([id]) => !inBasket.has(id))), candidates }
}

type ReadyRow = AssessedRow & { outcome: Acceptance; license: License }

function isReady(row: AssessedRow): row is ReadyRow {
  return row.license !== null && isAccepted(row.outcome)
}

function candidateOf({ license }: ReadyRow): Candidate {
  return { ...license, product_id: license.product.product_id }
}

/** What a license asks for, or undefined when it relates to no other. */
export function relatingOf(license: License, renewed_covers: Map<string, string>): Relating | undefined {
  const { product } = license
  const relation = relationOf({ kind: license.kind, covers_product_id: product.covers_product_id })
  if (!relation) return undefined
  const product_id = relation === 'covers' ? product.covers_product_id! : product.product_id
  const renewed_covers_license_id = renewed_covers.get(license.renews_license_id ?? '') ?? null
  return { ...license, relation, product_id, renewed_covers_license_id }
}

function planLicense(
  { position, outcome, license, choices }: ReadyRow,
  details: Details,
  candidates: Map<string, Candidate>,
  proposals: Map<string, string>,
): PlannedLicense {
  const { product } = license
  const forAll = details.products[product.product_id]
  const hosts = product.key_scheme === 'file_host' ? hostsOf(license, choices.hosts ?? forAll?.hosts ?? []) : null
  const fields = choices.fields ?? forAll?.fields ?? {}
  const chosen = choices.relates_to === undefined ? proposals.get(license.license_id) : choices.relates_to
  const relation = chosen ? relationTo(license, candidates.get(chosen)) : null
  return {
    position,
    outcome,
    license,
    hosts: Array.isArray(hosts) ? hosts : null,
    fields,
    relation: relation || null,
    maintenance_until: license.maintenance_until,
    problem:
      (typeof hosts === 'string' && hosts) ||
      (fieldIssues(product.fields_schema, fields).length > 0 && 'fields_invalid') ||
      (relation === undefined && 'relation_invalid') ||
      null,
  }
}

function hostsOf(license: License, entered: HostShare[]): SharedHost[] | LicenseProblem {
  const hosts = entered.map((host) => ({ ...host, id: readHostId(host.type, host.id) }))
  if (hosts.some(({ type, id }) => id === undefined || !license.product.host_types.includes(type)))
    return 'host_invalid'
  return shareQuantity(hosts as HostShare[], license.quantity)
}

/** A host id as license files carry it, or undefined when it is not of its type's form. */
export function readHostId(type: string, id: string): string | undefined {
  if (!isHostType(type)) return id
  const check = checkHostId(type, id)
  return check.ok ? check.id : undefined
}

/** Undefined when the chosen license is not one that this one may cover or renew. */
function relationTo(license: License, other: Candidate | undefined): PlannedLicense['relation'] | undefined {
  const asked = relatingOf(license, new Map())
  if (!asked || !other || other.product_id !== asked.product_id || other.license_id === license.license_id)
    return undefined
  return { kind: asked.relation, license_id: other.license_id, serial: other.serial }
}

/** Until when the basket's maintenance covers which license; content updates prolong no maintenance. */
function maintenanceBy(licenses: PlannedLicense[]): Map<string, Day> {
  const until = new Map<string, Day>()
  for (const { relation, license } of licenses) {
    if (relation?.kind !== 'covers' || license.kind !== 'maintenance' || !license.ends_on) continue
    until.set(relation.license_id, laterDay(until.get(relation.license_id) ?? null, license.ends_on)!)
  }
  return until
}
