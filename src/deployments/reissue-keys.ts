import { type Actor, mustBe } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import { type Db, inTransaction } from '../platform/db/index.ts'
import { AppError, ok, type Result, refuse } from '../platform/errors.ts'
import { defineLimit, spend } from '../platform/rate-limits.ts'
import type { Issuing } from '../registration/index.ts'
import { tellAbout } from './emails/tell-about.ts'
import { anew } from './host-rules.ts'
import { makeKeys, makingOf } from './prepare-keys.ts'
import { factsOf, getDeployment } from './queries.ts'
import { type OperationRefusal, refusalOf } from './rules.ts'
import { exchangeKeys, lockDeployment } from './store-change.ts'

/** Ten at once, then ten a day for each license: every reissue is one more line of the revocation list. */
const reissues = defineLimit('deployments.reissues', { capacity: 10, refill_per_minute: 10 / (24 * 60) })

/**
 * Makes the keys of a license anew with what holds today: the company it is registered to, its maintenance. The old
 * ones are superseded. Temporary keys stay as they are.
 * `quiet`: one of many, about all of which whoever asked tells at once.
 * @returns the ids of the new keys; `too_often` after ten within a day.
 * @throws AppError `forbidden` unless the actor is a manager, `not_found` for a license of somebody else.
 */
export async function reissueKeys(
  db: Db,
  actor: Actor,
  input: { serial: string; revision: number; quiet?: boolean },
  issuing: Issuing,
): Promise<Result<{ keys: string[] }, OperationRefusal | 'changed' | 'too_often'>> {
  mustBe(actor, 'manager')
  const license = await getDeployment(db, actor, input.serial)
  if (license.revision !== input.revision) return refuse('changed')
  const refusal = refusalOf('reissue', factsOf(license))
  if (refusal) return refuse(refusal)
  if (!(await maySpend(db, license.license_id, actor.now))) return refuse('too_often')

  const old = license.keys.filter(({ temporary }) => !temporary)
  const keys = await makeKeys(license, old.map(anew), makingOf(issuing, actor))
  return inTransaction(db, async (trx) => {
    if (!(await lockDeployment(trx, license))) return refuse('changed')
    const { license_id, customer_id, organization_id, serial, registered_to, maintenance_until } = license
    await exchangeKeys(trx, actor.now, license_id, { supersedes: old.map(({ id }) => id), keys })
    await record(trx, actor, 'license.keys_reissued', {
      ...{ organization_id, customer_id, license_id },
      details: { serial, keys: keys.length, registered_to, maintenance_until },
    })
    if (!input.quiet) await tellAbout(trx, actor, license, 'reissued', {}, issuing.config)
    return ok({ keys: keys.map(({ id }) => id) })
  })
}

async function maySpend(db: Db, license_id: string, now: Date): Promise<boolean> {
  try {
    await spend(db, reissues, license_id, now)
    return true
  } catch (error) {
    if (error instanceof AppError && error.code === 'too_many_requests') return false
    throw error
  }
}
