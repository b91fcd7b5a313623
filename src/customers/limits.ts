import type { Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { defineLimit, spend } from '../platform/rate-limits.ts'

/**
 * Guesses at customer numbers and what proves them. Order numbers run on, so whoever knows a customer number must not
 * try many of them; whoever holds papers needs one try a number. Organizations are made freely, hence the address.
 */
const ofOrganization = defineLimit('customer_number', { capacity: 20, refill_per_minute: 0.2 })
const ofAddress = defineLimit('customer_number_address', { capacity: 40, refill_per_minute: 0.4 })

/** Counts a guess. @throws AppError `too_many_requests` */
export async function countGuess(db: Db, actor: Member): Promise<void> {
  if (actor.address) await spend(db, ofAddress, actor.address)
  await spend(db, ofOrganization, actor.organization_id)
}
