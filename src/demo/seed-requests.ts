import { claimNumber } from '../customers/index.ts'
import { requestAddress } from '../licenses/index.ts'
import type { Actor, Member } from '../platform/actor.ts'
import { uuidv7 } from '../platform/ids.ts'
import type { Services } from '../platform/services.ts'
import { requestKinds } from '../request-kinds.ts'
import { answerRequest, decideRequest } from '../requests/index.ts'
import { askContractChange, askOther } from '../service/index.ts'

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

const question =
  'Two of our build hosts move to another data centre in March. Do the keys bound to them stay valid when the host names stay the same?'
const answer =
  'They do, as long as the host ID is the same. Which kind of host ID do these keys have: host name, or network card?'
const purchase =
  'The workshop in Lyon goes to Atelier Vermeil on 1 January, and its licenses with it. Both boards have signed.'

/** What a customer asked for: a new address, two customer numbers, a new owner and a question. What is open already is not asked again. */
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
  const change = {
    ...{ type: 'contract_change' as const, request_id: uuidv7(), from: manager.email!, to: 'zoe@vermeil.example' },
    ...{ serials: [license.serial], customer_numbers: [], keys: 'stay' as const, description: purchase },
  }
  await askContractChange({ db, config }, { ...manager, now: daysBefore(manager.now, 1) }, change)
  const asked = { type: 'other' as const, request_id: uuidv7(), description: question, serials: [] }
  await askOther({ db, config }, { ...manager, now: daysBefore(manager.now, 2) }, asked)
}

/** What the operator said to the oldest of them, and to the question. */
export async function answerDemoRequest({ db, config }: Services, who: Actor & { user_id: string }): Promise<void> {
  const oldest = db.selectFrom('service_requests').select('number').orderBy('opened_at').limit(1)
  const { number } = await oldest.executeTakeFirstOrThrow()
  const reason = 'No customer has this number. On your order confirmation it begins with C9; claim that one, please.'
  const operator = { ...who, kind: 'operator' as const, operator_role: 'administrator' as const }
  const actor = { ...operator, now: daysBefore(who.now, 7) }
  await decideRequest({ db, config }, actor, { number, decision: 'refuse', reason }, requestKinds)
  const asked = db.selectFrom('service_requests').select('number').where('kind', '=', 'other').limit(1)
  const { number: open } = await asked.executeTakeFirstOrThrow()
  const message = { number: open, message_id: uuidv7(), body: answer, internal: false }
  await answerRequest({ db, config }, { ...operator, now: daysBefore(who.now, 1) }, message)
}

function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * 86_400_000)
}
