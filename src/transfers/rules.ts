/** Decisions about transfers of ownership. No I/O here. */

/** Days that an offer waits for an answer, and days in which an accepted one is undone. */
export const offerDays = 30
export const undoDays = 7
/** Licenses of one offer, and open offers of one organization. */
export const mostLicenses = 500
export const mostOffers = 100

export type TransferState = 'offered' | 'accepted' | 'declined' | 'withdrawn' | 'expired' | 'undone'

/** What the database knows of a license that would change its owner. */
export type Standing = {
  serial: string
  quantity: number
  registered: boolean
  revoked: boolean
  superseded: boolean
  /** A service request about it is open, or a temporary key bridges one. */
  request_open: boolean
  /** Some of it is upgraded and its old keys still work: what is upgraded will be taken from whoever owns it then. */
  upgrading: boolean
  /** Maintenance that covers it, or what it covers, would stay behind. */
  related: boolean
}

export const standingRefusals = [
  'unregistered',
  'revoked',
  'superseded',
  'request_open',
  'upgrading',
  'related',
  'quantity',
] as const
export type StandingRefusal = (typeof standingRefusals)[number]

/** Why a license cannot change its owner now, or null. `quantity` is the part that goes; null for all of it. */
export function refusalOfStanding(license: Standing, quantity: number | null): StandingRefusal | null {
  if (!license.registered) return 'unregistered'
  if (license.revoked) return 'revoked'
  if (license.superseded) return 'superseded'
  if (license.request_open) return 'request_open'
  if (license.upgrading) return 'upgrading'
  if (license.related) return 'related'
  return quantity !== null && quantity >= license.quantity ? 'quantity' : null
}

/** What may be done with a transfer, by which side, at a moment. */
export function mayDo(
  transfer: { state: TransferState; expires_at: Date; undo_until: Date | null },
  side: 'from' | 'to',
  now: Date,
): { decide: boolean; withdraw: boolean; undo: boolean } {
  const open = transfer.state === 'offered' && transfer.expires_at > now
  return {
    decide: open && side === 'to',
    withdraw: open && side === 'from',
    undo: transfer.state === 'accepted' && transfer.undo_until !== null && transfer.undo_until > now,
  }
}
