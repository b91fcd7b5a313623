import type { KeyScheme } from '../keys/index.ts'

/** What a serial number of a basket turned out to be, and what may be done with it (domain.md §4.1). No I/O here. */

/** Outcomes that complete with the basket. */
export const acceptances = ['ready', 'support_only', 'printed'] as const
/** Outcomes that keep a serial number out; each has its own text and way out. */
export const serialRefusals = [
  'not_found',
  'registered_by_you',
  'registered_elsewhere',
  'alone',
  'flex',
  'voucher',
  'revoked',
  'superseded',
  'order_cancelled',
  'external',
  'not_eligible',
] as const

export type Acceptance = (typeof acceptances)[number]
export type SerialRefusal = (typeof serialRefusals)[number]
export type Outcome = Acceptance | SerialRefusal

export type LicenseKind = 'product' | 'maintenance' | 'content' | 'subscription'

/** What the database knows about a serial number, as far as its outcome goes. */
export type SerialFacts = {
  /** Where the number belongs; contracts and vouchers never go through this wizard. */
  belongs_to: 'license' | 'flex' | 'voucher'
  owner_id: string | null
  registered_at: Date | null
  revoked_at: Date | null
  superseded_at: Date | null
  order_cancelled_at: Date | null
  key_scheme: KeyScheme
  register_alone: boolean
}

export function isAccepted(outcome: Outcome): outcome is Acceptance {
  return (acceptances as readonly Outcome[]).includes(outcome)
}

/**
 * Whether the reader may see what the serial number stands for. Holding an unregistered one is the proof of
 * purchase; of one registered elsewhere nothing is told but that.
 */
export function maySee(outcome: Outcome): boolean {
  return outcome !== 'not_found' && outcome !== 'registered_elsewhere' && outcome !== 'flex' && outcome !== 'voucher'
}

/** The outcome of each serial number of a basket, in order; `undefined` facts mean that nobody knows the number. */
export function outcomesOf(found: readonly (SerialFacts | undefined)[], organization_id: string): Outcome[] {
  const outcomes = found.map((facts) => outcomeOf(facts, organization_id))
  if (outcomes.filter(isAccepted).length <= 1) return outcomes
  return outcomes.map((outcome, n) => (isAccepted(outcome) && found[n]?.register_alone ? 'alone' : outcome))
}

/** The outcome of one serial number in a basket of its own. */
export function outcomeOf(facts: SerialFacts | undefined, organization_id: string): Outcome {
  if (!facts) return 'not_found'
  if (facts.belongs_to !== 'license') return facts.belongs_to
  if (facts.owner_id !== null && facts.owner_id !== organization_id) return 'registered_elsewhere'
  if (facts.revoked_at) return 'revoked'
  if (facts.registered_at) return 'registered_by_you'
  if (facts.order_cancelled_at) return 'order_cancelled'
  if (facts.superseded_at) return 'superseded'
  switch (facts.key_scheme) {
    case 'printed':
      return 'printed'
    case 'none':
      return 'support_only'
    case 'external':
      return 'external'
    default:
      return 'ready'
  }
}

/** A host of a license as entered; `quantity` null means all that the other hosts leave. */
export type HostShare = { type: string; id: string; quantity: number | null }
export type SharedHost = HostShare & { quantity: number }
export type HostProblem = 'host_missing' | 'host_twice' | 'host_quantity'

/**
 * Divides a license's quantity among its hosts. Not all of it need be used; no more than it can be.
 * @returns each host with its quantity, or what is wrong.
 */
export function shareQuantity(hosts: readonly HostShare[], quantity: number): SharedHost[] | HostProblem {
  if (hosts.length === 0) return 'host_missing'
  if (new Set(hosts.map((host) => `${host.type} ${host.id}`)).size < hosts.length) return 'host_twice'
  const open = hosts.filter((host) => host.quantity === null).length
  const left = quantity - hosts.reduce((sum, host) => sum + (host.quantity ?? 0), 0)
  if (open > 1 || left < open || hosts.some((host) => host.quantity !== null && host.quantity < 1))
    return 'host_quantity'
  return hosts.map((host) => ({ ...host, quantity: host.quantity ?? left }))
}

/** How a serial number relates to a license that the organization already has, or registers with it. */
export type Relation = 'covers' | 'renews'

/** Maintenance and content cover a license of another product; a subscription may renew one of its own. */
export function relationOf(license: { kind: LicenseKind; covers_product_id: string | null }): Relation | null {
  if (license.covers_product_id) return 'covers'
  return license.kind === 'subscription' ? 'renews' : null
}

/** A serial number that asks for a license to cover or renew. */
export type Relating = {
  license_id: string
  relation: Relation
  /** The product that the other license must be of. */
  product_id: string
  customer_id: string
  order_id: string | null
  quantity: number
  /** What the vendor's order already says. */
  covers_license_id: string | null
  renews_license_id: string | null
  /** What the renewed maintenance covered. */
  renewed_covers_license_id: string | null
}

/** A license that may be covered or renewed: owned, or registered in the same basket. */
export type Candidate = {
  license_id: string
  serial: string
  product_id: string
  customer_id: string
  order_id: string | null
  quantity: number
  maintenance_until: string | null
}

/**
 * Proposes for each asking serial number the license it most likely is for: what the order says, then lineage,
 * then the same order, then the same customer; among equals the same quantity, then the one whose maintenance
 * ends first. No license is proposed twice. A renewal is proposed only where lineage names it.
 */
export function proposeRelations(asking: readonly Relating[], candidates: readonly Candidate[]): Map<string, string> {
  const proposals = new Map<string, string>()
  const byProduct = Map.groupBy(candidates, (candidate) => candidate.product_id)
  const taken = new Set<string>()
  const named = asking.map((one) => ({ one, license_id: namedBy(one, byProduct.get(one.product_id) ?? []) }))
  for (const { one, license_id } of named) {
    if (!license_id) continue
    proposals.set(one.license_id, license_id)
    taken.add(license_id)
  }
  const unnamed = named.filter(({ one, license_id }) => !license_id && one.relation === 'covers')
  const free = freeCandidates(byProduct, taken)
  for (const { one } of unnamed) {
    const likely = free.take(one)
    if (likely) proposals.set(one.license_id, likely)
  }
  return proposals
}

function namedBy(one: Relating, candidates: readonly Candidate[]): string | undefined {
  const named =
    one.relation === 'covers' ? [one.covers_license_id, one.renewed_covers_license_id] : [one.renews_license_id]
  const ids = named.filter((id) => id !== null)
  return ids.length === 0 ? undefined : candidates.find((candidate) => ids.includes(candidate.license_id))?.license_id
}

/** Candidates in the order in which they are proposed, each handed out once; linear also for 10,000 of each. */
function freeCandidates(byProduct: Map<string, Candidate[]>, taken: Set<string>) {
  const queues = new Map<string, string[]>()
  for (const [product_id, candidates] of byProduct) {
    for (const candidate of candidates.toSorted(byEndOfMaintenance)) {
      for (const key of keysOf({ ...candidate, product_id })) pushTo(queues, key, candidate.license_id)
    }
  }
  return {
    take(one: Relating): string | undefined {
      for (const key of keysOf(one)) {
        const queue = queues.get(key)
        while (queue && queue.length > 0) {
          const license_id = queue.shift()!
          if (taken.has(license_id)) continue
          taken.add(license_id)
          return license_id
        }
      }
      return undefined
    },
  }
}

/** From the closest kinship to the loosest. */
function keysOf(one: { product_id: string; customer_id: string; order_id: string | null; quantity: number }): string[] {
  const { product_id, customer_id, order_id, quantity } = one
  const ofCustomer = [`${product_id} ${customer_id} ${quantity}`, `${product_id} ${customer_id}`]
  return order_id ? [`${product_id} ${order_id} ${quantity}`, `${product_id} ${order_id}`, ...ofCustomer] : ofCustomer
}

function byEndOfMaintenance(a: Candidate, b: Candidate): number {
  const left = a.maintenance_until ?? ''
  const right = b.maintenance_until ?? ''
  return left < right ? -1 : left > right ? 1 : a.license_id < b.license_id ? -1 : 1
}

function pushTo(queues: Map<string, string[]>, key: string, value: string) {
  const queue = queues.get(key)
  if (queue) queue.push(value)
  else queues.set(key, [value])
}

/** The later of two days; a license's maintenance is only ever raised. */
export function laterDay(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b
  return a > b ? a : b
}
