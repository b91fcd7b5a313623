/** What may be done with where a license is deployed, and why not. No I/O here. */
import type { KeyScheme } from '../keys/index.ts'

export const operations = ['rehost', 'deploy', 'split', 'return', 'reissue', 'downgrade'] as const
export type Operation = (typeof operations)[number]

/** Why an operation is not possible; each has its text and its way out. */
export const operationRefusals = [
  'not_owner',
  'not_bound',
  'no_key',
  'nothing_signed',
  'pool_key',
  'printed_key',
  'external',
  'revoked',
  'superseded',
  'ended',
  'nothing_deployed',
  'all_deployed',
  'single',
  'request_open',
  'upgrading',
  'related',
  'allowance_used',
  'no_downgrade',
  'no_earlier',
] as const
export type OperationRefusal = (typeof operationRefusals)[number]

/** What the database knows of a registered license, as far as its deployment goes. */
export type DeploymentFacts = {
  /** Whether the license is the actor's organization's own. */
  own: boolean
  key_scheme: KeyScheme
  /** As `license_status` computes it. */
  status: string
  quantity: number
  /** The active keys. */
  keys: readonly { quantity: number; host: object | null; temporary: boolean }[]
  /** An operator has yet to decide about a move over the allowance. */
  request_open: boolean
  /** Part of it is upgraded to a new version, and its keys still work. */
  upgrading: boolean
  /** It covers or renews another registered license, or is covered or renewed by one. */
  related: boolean
  /** It covers another license: maintenance or content. */
  covers: boolean
  /** Moves that the product's allowance still grants. */
  moves_left: number
  /** Whether keys of an earlier version may be used, and whether there is one. */
  downgrade_right: boolean
  earlier_versions: number
}

/** What the way in which keys are made rules out, whatever the license. */
const byScheme: Record<Operation, Partial<Record<KeyScheme, OperationRefusal>>> = {
  rehost: {
    ...{ code: 'not_bound', signed: 'not_bound', file: 'not_bound', pool: 'not_bound', printed: 'not_bound' },
    ...{ none: 'no_key', external: 'external' },
  },
  deploy: {
    ...{ code: 'not_bound', signed: 'not_bound', file: 'not_bound', pool: 'not_bound', printed: 'not_bound' },
    ...{ none: 'no_key', external: 'external' },
  },
  // One key of a pool, or on a certificate, cannot be cut in two.
  split: { pool: 'pool_key', printed: 'printed_key', external: 'external' },
  // A key of a pool is used up. A printed one goes with its certificate to whoever gets that.
  return: { pool: 'pool_key', external: 'external' },
  downgrade: { pool: 'pool_key', printed: 'printed_key', none: 'no_key', external: 'external' },
  reissue: {
    ...{ code: 'nothing_signed', pool: 'nothing_signed', printed: 'nothing_signed' },
    ...{ none: 'no_key', external: 'external' },
  },
}

const endedBy: Record<string, OperationRefusal> = { revoked: 'revoked', superseded: 'superseded', expired: 'ended' }

/** Why an operation is not possible for a license, or null when it is. */
export function refusalOf(operation: Operation, facts: DeploymentFacts): OperationRefusal | null {
  return endedBy[facts.status] ?? byScheme[operation][facts.key_scheme] ?? ownRefusals[operation](facts)
}

const ownRefusals: Record<Operation, (facts: DeploymentFacts) => OperationRefusal | null> = {
  rehost({ keys, request_open }) {
    const movable = keys.some(({ host, temporary }) => host && !temporary)
    if (movable) return null
    return request_open ? 'request_open' : 'nothing_deployed'
  },
  deploy: (facts) => (undeployedOf(facts) > 0 ? null : 'all_deployed'),
  split({ quantity, request_open, upgrading, covers }) {
    if (quantity < 2) return 'single'
    if (request_open) return 'request_open'
    if (upgrading) return 'upgrading'
    return covers ? 'related' : null
  },
  return({ own, keys, request_open, upgrading, related, moves_left }) {
    if (!own) return 'not_owner'
    if (request_open) return 'request_open'
    if (upgrading) return 'upgrading'
    if (related) return 'related'
    return keys.some(({ host }) => host) && moves_left < 1 ? 'allowance_used' : null
  },
  downgrade({ keys, downgrade_right, earlier_versions }) {
    if (!downgrade_right) return 'no_downgrade'
    if (earlier_versions === 0) return 'no_earlier'
    return keys.some(({ temporary }) => !temporary) ? null : 'nothing_deployed'
  },
  reissue({ keys }) {
    return keys.some(({ temporary }) => !temporary) ? null : 'nothing_deployed'
  },
}

/** How much of a license's quantity no active key covers. */
export function undeployedOf({ quantity, keys }: Pick<DeploymentFacts, 'quantity' | 'keys'>): number {
  return quantity - keys.reduce((sum, key) => sum + key.quantity, 0)
}

/** The product's allowance as it stands for one license. */
export type Allowance = {
  allowed: number
  months: number
  used: number
  left: number
  /** When one more move becomes free than now; null when none was used, or the product allows none. */
  next_at: Date | null
}

/** Reckons the allowance from the moments at which each counted move stops counting. */
export function allowanceFrom(frees: readonly Date[], allowed: number, months: number, now: Date): Allowance {
  const counting = frees.filter((free) => free > now).sort((a, b) => a.getTime() - b.getTime())
  const used = counting.length
  const next_at = allowed > 0 ? (counting[Math.max(used - allowed, 0)] ?? null) : null
  return { allowed, months, used, left: Math.max(allowed - used, 0), next_at }
}
