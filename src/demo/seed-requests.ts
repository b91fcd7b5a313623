import { claimNumber } from '../customers/index.ts'
import { requestAddress } from '../licenses/index.ts'
import type { Actor, Member } from '../platform/actor.ts'
import type { Services } from '../platform/services.ts'
import { requestKinds } from '../request-kinds.ts'
import { decideRequest } from '../requests/index.ts'

const office = {
  company: 'Halden Maritime AS',
  street: 'Dokkveien 11',
  street2: 'Bygg C',
  city: 'Stavanger',
  region: null,
  postal_code: '4006',
  country: 'NO',
}

/** A number that no customer has. */
const mistaken = { number: 'C100200', explanation: 'Our branch in Bergen ordered under this number in 2019.' }
const bought = {
  number: 'C900002',
  explanation: 'Atelier Vermeil became part of Halden Maritime this spring. Their papers are with the notary.',
}

/** What a customer asked for: a new address, and two customer numbers. What is open already is not asked again. */
export async function openDemoRequests({ db, config }: Services, manager: Member): Promise<void> {
  const license = await db
    .selectFrom('licenses')
    .select('serial')
    .where('owner_id', '=', manager.organization_id)
    .where('kind', '=', 'product')
    .where('revoked_at', 'is', null)
    .where('superseded_at', 'is', null)
    .orderBy('serial')
    .executeTakeFirstOrThrow()
  await claimNumber(db, { ...manager, now: daysBefore(manager.now, 9) }, mistaken, config)
  await claimNumber(db, { ...manager, now: daysBefore(manager.now, 4) }, bought, config)
  await requestAddress(db, manager, { serial: license.serial, address: office }, config)
}

/** What the operator said to the oldest of them. */
export async function answerDemoRequest({ db, config }: Services, who: Actor & { user_id: string }): Promise<void> {
  const oldest = db.selectFrom('service_requests').select('number').orderBy('opened_at').limit(1)
  const { number } = await oldest.executeTakeFirstOrThrow()
  const reason = 'No customer has this number. On your order confirmation it begins with C9; claim that one, please.'
  const operator = { ...who, kind: 'operator' as const, operator_role: 'administrator' as const }
  const actor = { ...operator, now: daysBefore(who.now, 7) }
  await decideRequest({ db, config }, actor, { number, decision: 'refuse', reason }, requestKinds)
}

function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * 86_400_000)
}
