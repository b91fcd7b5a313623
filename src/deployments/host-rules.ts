/** How keys are made anew when quantity goes from host to host. Nothing is gained or lost on the way. No I/O here. */
import type { KeyVersion } from '../keys/index.ts'

export type Host = { type: string; id: string }

/** An active key of a license. */
export type ActiveKey = {
  id: string
  quantity: number
  host: Host | null
  temporary: boolean
  expires_on: string | null
  /** The earlier version that it is for, if it is not for that of its license. */
  version?: KeyVersion | null
}

/** A key to be made: for which host, covering how much, in whose place. */
export type KeyToMake = {
  host: Host | null
  quantity: number
  replaces_id: string | null
  version?: KeyVersion | null | undefined
}

/** What becomes of the keys of a license. */
export type KeyPlan = {
  /** Keys whose place others take. */
  supersedes: string[]
  /** The key taken from the old host. */
  revokes: string[]
  makes: KeyToMake[]
}

export type HostRefusal = 'unknown_key' | 'same_host' | 'host_in_use' | 'quantity'

/** What moves: which key's quantity, to which host, and how much of it; null means all. */
export type Move = { key_id: string; host: Host; quantity: number | null }

/**
 * Takes quantity from one host to another. What the old host keeps, it keeps by a new key; on a host that has a key of
 * the license already the two become one.
 */
export function planMove(keys: readonly ActiveKey[], { key_id, host, quantity }: Move): KeyPlan | HostRefusal {
  const source = keys.find(({ id }) => id === key_id)
  if (!source?.host) return 'unknown_key'
  if (isSame(source.host, host)) return 'same_host'
  const moved = quantity ?? source.quantity
  if (moved < 1 || moved > source.quantity) return 'quantity'
  const target = keys.find((key) => key.host && isSame(key.host, host))
  if (target?.temporary) return 'host_in_use'
  const kept = source.quantity - moved
  const remainder = kept > 0 ? [{ ...anew(source), quantity: kept }] : []
  const { id: replaces_id, version } = target ?? source
  const arrived = { host, quantity: moved + (target?.quantity ?? 0), replaces_id, ...(version && { version }) }
  // The remainder is made last: whoever finds the old key withdrawn is led to what that host has now.
  return { supersedes: target ? [target.id] : [], revokes: [source.id], makes: [arrived, ...remainder] }
}

/** Gives a host part of what no key covers yet; null means all of it. */
export function planDeploy(
  keys: readonly ActiveKey[],
  undeployed: number,
  { host, quantity }: Omit<Move, 'key_id'>,
): KeyPlan | HostRefusal {
  const added = quantity ?? undeployed
  if (added < 1 || added > undeployed) return 'quantity'
  const target = keys.find((key) => key.host && isSame(key.host, host))
  if (target?.temporary) return 'host_in_use'
  const { id: replaces_id = null, version } = target ?? {}
  const makes = [{ host, quantity: added + (target?.quantity ?? 0), replaces_id, ...(version && { version }) }]
  return { supersedes: target ? [target.id] : [], revokes: [], makes }
}

export type SplitRefusal = 'unknown_key' | 'quantity' | 'nothing_chosen' | 'nothing_left'

/** What goes along into the new license: hosts with all that they have, and quantity that no host has. */
export type Parting = { key_ids: readonly string[]; quantity: number }

/** The two licenses that one becomes, each with the keys to make for it. */
export type SplitPlan = { quantity: number; supersedes: string[]; stays: KeyToMake[]; goes: KeyToMake[] }

/**
 * Divides a license. Keys bound to a host go along whole, so that no host stands under two licenses; a key that is not
 * bound covers the whole license, so it is made anew for both parts.
 */
export function planSplit(
  license: { quantity: number; keys: readonly ActiveKey[]; bound: boolean },
  { key_ids, quantity }: Parting,
): SplitPlan | SplitRefusal {
  const chosen = license.keys.filter(({ id }) => key_ids.includes(id))
  if (chosen.length !== new Set(key_ids).size || (!license.bound && chosen.length > 0)) return 'unknown_key'
  const all = license.keys.reduce((sum, key) => sum + key.quantity, 0)
  const free = license.bound ? license.quantity - all : license.quantity
  if (quantity < 0 || quantity > free) return 'quantity'
  const going = chosen.reduce((sum, key) => sum + key.quantity, quantity)
  if (going < 1) return license.bound ? 'nothing_chosen' : 'quantity'
  if (going >= license.quantity) return license.bound ? 'nothing_left' : 'quantity'
  if (license.bound)
    return { quantity: going, supersedes: chosen.map(({ id }) => id), stays: [], goes: chosen.map(anew) }
  const whole = license.keys.map(anew)
  const covering = (covered: number) => whole.map((key) => ({ ...key, quantity: covered }))
  return {
    quantity: going,
    supersedes: license.keys.map(({ id }) => id),
    stays: covering(license.quantity - going),
    goes: covering(going),
  }
}

/**
 * What the keys of a license cover when only `left` of its quantity remains: hosts of `gone` give up theirs first, then
 * those that have the most. A key that is not bound covers what there is.
 */
export function planReduction(
  keys: readonly ActiveKey[],
  left: number,
  gone: readonly Host[] = [],
): { supersedes: string[]; makes: KeyToMake[] } {
  const isGone = ({ host }: ActiveKey) => gone.some((other) => host && isSame(host, other))
  const order = keys.toSorted((a, b) => Number(isGone(b)) - Number(isGone(a)) || b.quantity - a.quantity)
  let excess = keys.reduce((sum, { host, quantity }) => sum + (host ? quantity : 0), 0) - left
  const changed = order.flatMap((key) => {
    const taken = key.host ? Math.min(Math.max(excess, 0), key.quantity) : Math.max(key.quantity - left, 0)
    if (key.host) excess -= taken
    return taken > 0 ? [{ ...key, quantity: key.quantity - taken }] : []
  })
  return {
    supersedes: changed.map(({ id }) => id),
    makes: changed.filter(({ quantity }) => quantity > 0).map(anew),
  }
}

/** The same key again, in its own place. */
export function anew({ id, host, quantity, version }: ActiveKey): KeyToMake {
  return { host, quantity, replaces_id: id, ...(version && { version }) }
}

export function isSame(a: Host, b: Host): boolean {
  return a.type === b.type && a.id === b.id
}
