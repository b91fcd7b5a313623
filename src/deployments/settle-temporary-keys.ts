import { type Actor, type Day, systemActor } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import type { Issuing } from '../registration/index.ts'
import { tellAbout } from './emails/tell-about.ts'
import { type ActiveKey, anew, type Host, type KeyPlan, planMove } from './host-rules.ts'
import { makeKeys, makingOf } from './prepare-keys.ts'
import { type Deployment, findDeployment, listTemporaryKeys } from './queries.ts'
import { bridgeEnd, daysAfter } from './rehost-license.ts'
import { exchangeKeys, lockDeployment } from './store-change.ts'

type Which = { license_id: string; organization_id: string }

/**
 * Gives the old host its key anew once a move over the allowance was refused or withdrawn; the temporary key ends. Does
 * nothing while the request is open, and nothing twice.
 * @throws AppError `stale` when the license changes meanwhile: to be tried again.
 */
export async function restoreHost(db: Db, which: Which, issuing: Issuing, now: Date): Promise<void> {
  const actor = systemActor('requests', now)
  const license = await findDeployment(db, actor, which)
  const temporary = license?.keys.find((key) => key.temporary)
  if (!license || !temporary || license.request_number) return
  const from = await oldHostOf(db, temporary)
  const plan = from && planMove(license.keys, { key_id: temporary.id, host: from, quantity: null })
  if (!plan || typeof plan === 'string') throw new Error(`${license.serial}: its old host is not known`)
  await exchange(db, actor, { license, temporary, plan }, issuing, {
    action: 'license.rehost_undone',
    news: 'restored',
    story: { from: temporary.host!, to: from, quantity: temporary.quantity },
  })
}

/**
 * Looks after temporary keys whose last day is near. While an operator has not decided, each is extended for the same
 * time again, as often as it takes: the delay is the vendor's, and nobody may stand still for it.
 * @throws AggregateError of those that could not be settled, after all others are: to be tried again.
 */
export async function settleTemporaryKeys(db: Db, issuing: Issuing, now: Date): Promise<void> {
  const actor = systemActor('requests', now)
  const failures: unknown[] = []
  const near = daysAfter(now, 2)
  for (const { license_id, organization_id } of await listTemporaryKeys(db, near)) {
    const which = { license_id, organization_id }
    const license = await findDeployment(db, actor, which)
    const settling = license?.request_number
      ? extend(db, actor, license, near, issuing)
      : restoreHost(db, which, issuing, now)
    // One that fails must not keep the others waiting.
    await settling.catch((error: unknown) => failures.push(error))
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} temporary keys were not settled`)
}

async function extend(db: Db, actor: Actor, license: Deployment, near: Day, issuing: Issuing): Promise<void> {
  // Another node may have extended it since it was listed.
  const temporary = license.keys.find((key) => key.temporary && key.expires_on! <= near)
  const until = bridgeEnd(license, actor.now)
  // A license that ends itself ends its keys with it.
  if (!temporary || (license.ends_on && license.ends_on <= temporary.expires_on!)) return
  const plan = { supersedes: [], revokes: [], makes: [anew(temporary)] }
  const told = { action: 'license.temporary_key_extended', news: 'extended' as const }
  await exchange(db, actor, { license, temporary, plan, until }, issuing, {
    ...told,
    story: { to: temporary.host!, quantity: temporary.quantity, until },
  })
}

type Exchange = { license: Deployment; temporary: ActiveKey; plan: KeyPlan; until?: string }
type Told = {
  action: string
  news: 'restored' | 'extended'
  story: { from?: Host; to: Host; quantity: number; until?: string }
}

async function exchange(
  db: Db,
  actor: Actor,
  { license, temporary, plan, until }: Exchange,
  issuing: Issuing,
  { action, news, story }: Told,
): Promise<void> {
  const { license_id, customer_id, organization_id, serial } = license
  const keys = await makeKeys(license, plan.makes, makingOf(issuing, actor), until)
  await db.transaction().execute(async (trx) => {
    if (!(await lockDeployment(trx, license))) throw new AppError('stale')
    await exchangeKeys(trx, actor.now, license_id, { supersedes: [temporary.id, ...plan.supersedes], keys })
    const details = { serial, ...story }
    await record(trx, actor, action, { organization_id, customer_id, license_id, details })
    await tellAbout(trx, actor, license, news, story, issuing.config)
  })
}

/** The host that the quantity came from: where the first key in whose place the temporary one stands was bound to. */
async function oldHostOf(db: Db, { id }: ActiveKey): Promise<Host | undefined> {
  const moved = await db
    .withRecursive('line', (q) =>
      q
        .selectFrom('license_keys')
        .select(['id', 'replaces_id', 'temporary', 'host_type', 'host_id'])
        .where('id', '=', id)
        .unionAll((u) =>
          u
            .selectFrom('license_keys as k')
            .innerJoin('line', 'line.replaces_id', 'k.id')
            .select(['k.id', 'k.replaces_id', 'k.temporary', 'k.host_type', 'k.host_id'])
            .where('line.temporary', '=', true),
        ),
    )
    .selectFrom('line')
    .select(['host_type', 'host_id'])
    .where('temporary', '=', false)
    .executeTakeFirst()
  return moved?.host_id ? { type: moved.host_type!, id: moved.host_id } : undefined
}
