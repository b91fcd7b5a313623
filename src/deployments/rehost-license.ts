import type { NewLicenseKey } from '../keys/index.ts'
import { type Actor, type Day, type Member, mustBe } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import { type Db, inTransaction, type Trx } from '../platform/db/index.ts'
import { ok, type Result, refuse } from '../platform/errors.ts'
import { type Issuing, readHostId } from '../registration/index.ts'
import { openRequest } from '../requests/index.ts'
import { tellAbout } from './emails/tell-about.ts'
import { type ActiveKey, type Host, type HostRefusal, type KeyPlan, planMove } from './host-rules.ts'
import { makeKeys, makingOf } from './prepare-keys.ts'
import { type Deployment, factsOf, getDeployment } from './queries.ts'
import { type OperationRefusal, refusalOf } from './rules.ts'
import { exchangeKeys, lockDeployment, noteMove } from './store-change.ts'

export type RehostInput = {
  serial: string
  /** Which state of the license its user saw. */
  revision: number
  /** The key of the host that quantity is taken from. */
  key: string
  host: Host
  /** Null: all that the old host has. */
  quantity: number | null
  /** Over the allowance: what the operator should know. */
  reason: string | null
  /** One of many: whoever asked tells about all of them at once. Temporary keys are told about all the same. */
  quiet?: boolean
}

/** `changed`: not the license that its user saw · `host_invalid`: no host ID of a kind that the product takes. */
export type RehostRefusal = OperationRefusal | HostRefusal | 'changed' | 'host_invalid' | 'reason_missing'

/** Days that a key over the allowance bridges until an operator decides. */
export const temporaryDays = 14

/**
 * Moves a license, or part of its quantity, to a new host: the old key is revoked and listed, the new one issued, at
 * once. Over the product's allowance the new key is temporary, and an operator is asked.
 * @returns the ids of the new keys, the new host's first, and the number of the request if one was opened.
 * @throws AppError `forbidden` unless the actor is a manager, `not_found` for a license of somebody else.
 */
export async function rehostLicense(
  db: Db,
  actor: Actor,
  input: RehostInput,
  issuing: Issuing,
): Promise<Result<{ keys: string[]; request_number: string | null }, RehostRefusal>> {
  mustBe(actor, 'manager')
  const license = await getDeployment(db, actor, input.serial)
  if (license.revision !== input.revision) return refuse('changed')
  const decided = decide(license, input)
  if (typeof decided === 'string') return refuse(decided)

  const { plan, over } = decided
  const [first, ...rest] = plan.makes
  const making = makingOf(issuing, actor)
  const until = over ? bridgeEnd(license, actor.now) : null
  const keys = [...(await makeKeys(license, [first!], making, until)), ...(await makeKeys(license, rest, making))]
  return inTransaction(db, async (trx) => {
    if (!(await lockDeployment(trx, license))) return refuse('changed')
    const request_number = await write(trx, actor, { license, input, plan, keys, over, from: decided.from }, issuing)
    return ok({ keys: keys.map(({ id }) => id), request_number })
  })
}

type Decided = { plan: KeyPlan; over: boolean; from: ActiveKey & { host: Host } }

function decide(license: Deployment, input: RehostInput): Decided | RehostRefusal {
  const facts = factsOf(license)
  const refusal = refusalOf('rehost', facts)
  if (refusal) return refusal
  const host = hostFor(license, input.host)
  if (!host) return 'host_invalid'
  const plan = planMove(license.keys, { key_id: input.key, host, quantity: input.quantity })
  if (typeof plan === 'string') return plan
  const from = license.keys.find(({ id }) => id === input.key) as Decided['from']
  if (from.temporary) return 'request_open'
  const over = license.allowance.left < 1
  if (!over) return { plan, over, from }
  if (facts.request_open) return 'request_open'
  // A temporary key stands alone on its host: what was refused can be taken back without touching another key.
  if (plan.supersedes.length > 0) return 'host_in_use'
  return input.reason ? { plan, over, from } : 'reason_missing'
}

/** A host as keys name it, or undefined when it is none of the product's kinds. */
export function hostFor({ product }: Deployment, { type, id }: Host): Host | undefined {
  const read = product.host_types.includes(type) ? readHostId(type, id) : undefined
  return read === undefined ? undefined : { type, id: read }
}

type Moving = Decided & { license: Deployment; input: RehostInput; keys: NewLicenseKey[] }

async function write(trx: Trx, actor: Member, moving: Moving, { config }: Issuing): Promise<string | null> {
  const { license, input, plan, keys, over, from } = moving
  const key = keys[0]!
  const to = { type: key.host_type!, id: key.host_id! }
  const quantity = input.quantity ?? from.quantity
  const { license_id, customer_id, serial, organization_id } = license
  await exchangeKeys(trx, actor.now, license_id, { ...plan, keys })
  const details = { from: from.host, to, quantity, reason: input.reason }
  const request = over
    ? await openRequest(trx, actor, { kind: 'rehost', organization_id, license_id, details }, config)
    : null
  await noteMove(trx, license, {
    ...{ kind: 'rehost', old_key_id: from.id, new_key_id: key.id, quantity },
    ...{ request_id: request?.id ?? null, counted: !over, moved_at: actor.now, moved_by: actor.user_id },
  })
  await record(trx, actor, over ? 'license.rehosted_temporarily' : 'license.rehosted', {
    ...{ organization_id, customer_id, license_id, subject_id: key.id },
    details: { serial, from: from.host, to, quantity, ...(request && { request: request.number }) },
  })
  const story = { from: from.host, to, quantity, until: key.temporary ? key.expires_on : null }
  if (!input.quiet || over) await tellAbout(trx, actor, license, over ? 'temporary' : 'rehosted', story, config)
  return request?.number ?? null
}

/** Last day of a temporary key made now; one for a license that starts later lasts as long from its start. */
export function bridgeEnd({ starts_on }: Pick<Deployment, 'starts_on'>, now: Date): Day {
  const start = starts_on ? Math.max(Date.parse(starts_on), now.getTime()) : now.getTime()
  return daysAfter(new Date(start), temporaryDays)
}

/** The day so many days after a moment, in UTC as license files count. */
export function daysAfter(moment: Date, days: number): Day {
  return new Date(moment.getTime() + days * 86_400_000).toISOString().slice(0, 10)
}
