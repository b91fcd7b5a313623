import { type Actor, mustBe } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Db } from '../platform/db/index.ts'
import { ok, type Result, refuse } from '../platform/errors.ts'
import type { Issuing } from '../registration/index.ts'
import { tellAbout } from './emails/tell-about.ts'
import { type HostRefusal, planDeploy } from './host-rules.ts'
import { makeKeys, makingOf } from './prepare-keys.ts'
import { factsOf, getDeployment } from './queries.ts'
import { hostFor, type RehostInput } from './rehost-license.ts'
import { type OperationRefusal, refusalOf, undeployedOf } from './rules.ts'
import { exchangeKeys, lockDeployment } from './store-change.ts'

export type DeployRefusal = OperationRefusal | HostRefusal | 'changed' | 'host_invalid'

/**
 * Gives a further host part of the quantity that no key covers yet; uses up nothing of the allowance for moves.
 * @returns the ids of the new keys.
 * @throws AppError `forbidden` unless the actor is a manager, `not_found` for a license of somebody else.
 */
export async function deployLicense(
  db: Db,
  actor: Actor,
  input: Pick<RehostInput, 'serial' | 'revision' | 'host' | 'quantity'>,
  issuing: Issuing,
): Promise<Result<{ keys: string[] }, DeployRefusal>> {
  mustBe(actor, 'manager')
  const license = await getDeployment(db, actor, input.serial)
  if (license.revision !== input.revision) return refuse('changed')
  const refusal = refusalOf('deploy', factsOf(license))
  if (refusal) return refuse(refusal)
  const host = hostFor(license, input.host)
  if (!host) return refuse('host_invalid')
  const undeployed = undeployedOf(license)
  const plan = planDeploy(license.keys, undeployed, { host, quantity: input.quantity })
  if (typeof plan === 'string') return refuse(plan)

  const keys = await makeKeys(license, plan.makes, makingOf(issuing, actor))
  return db.transaction().execute(async (trx) => {
    if (!(await lockDeployment(trx, license))) return refuse('changed')
    const { license_id, customer_id, organization_id, serial } = license
    const quantity = input.quantity ?? undeployed
    await exchangeKeys(trx, actor.now, license_id, { supersedes: plan.supersedes, keys })
    await record(trx, actor, 'license.deployed', {
      ...{ organization_id, customer_id, license_id, subject_id: keys[0]!.id },
      details: { serial, to: host, quantity },
    })
    await tellAbout(trx, actor, license, 'deployed', { to: host, quantity }, issuing.config)
    return ok({ keys: keys.map(({ id }) => id) })
  })
}
