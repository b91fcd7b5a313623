import { type Actor, mustBe } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Db } from '../platform/db/index.ts'
import { ok, type Result, refuse } from '../platform/errors.ts'
import type { Issuing } from '../registration/index.ts'
import { tellAbout } from './emails/tell-about.ts'
import { anew } from './host-rules.ts'
import { makeKeys, makingOf } from './prepare-keys.ts'
import { factsOf, getDeployment } from './queries.ts'
import { type OperationRefusal, refusalOf } from './rules.ts'
import { exchangeKeys, lockDeployment } from './store-change.ts'

/**
 * Makes keys of a license anew for an earlier version of its product, where the product allows that, or again for its
 * own (domain.md §7, downgrade right). They cover the same quantity on the same hosts; the old ones are superseded.
 * @param input `version` as people know it; `key_ids` which keys, each active.
 * @returns the ids of the new keys; `unknown_version` for one that is neither the license's nor an earlier one.
 * @throws AppError `forbidden` unless the actor is a manager, `not_found` for a license of somebody else.
 */
export async function changeVersion(
  db: Db,
  actor: Actor,
  input: { serial: string; revision: number; version: string; key_ids: readonly string[] },
  issuing: Issuing,
): Promise<
  Result<{ keys: string[] }, OperationRefusal | 'changed' | 'unknown_version' | 'unknown_key' | 'same_version'>
> {
  mustBe(actor, 'manager')
  const license = await getDeployment(db, actor, input.serial)
  if (license.revision !== input.revision) return refuse('changed')
  const refusal = refusalOf('downgrade', factsOf(license))
  if (refusal) return refuse(refusal)
  const { product } = license
  const version = product.earlier.find((earlier) => earlier.version === input.version) ?? null
  if (!version && input.version !== product.version) return refuse('unknown_version')
  const chosen = license.keys.filter(({ id, temporary }) => input.key_ids.includes(id) && !temporary)
  if (chosen.length === 0 || chosen.length !== new Set(input.key_ids).size) return refuse('unknown_key')
  const changing = chosen.filter((key) => (key.version?.id ?? null) !== (version?.id ?? null))
  if (changing.length === 0) return refuse('same_version')

  const makes = changing.map((key) => ({ ...anew(key), version }))
  const keys = await makeKeys(license, makes, makingOf(issuing, actor))
  return db.transaction().execute(async (trx) => {
    if (!(await lockDeployment(trx, license))) return refuse('changed')
    const { license_id, customer_id, organization_id, serial } = license
    await exchangeKeys(trx, actor.now, license_id, { supersedes: changing.map(({ id }) => id), keys })
    const before = [...new Set(changing.map((key) => key.version?.version ?? product.version))].join(', ')
    await record(trx, actor, 'license.version_changed', {
      ...{ organization_id, customer_id, license_id },
      details: { serial, keys: keys.length, version: { before, after: input.version } },
    })
    await tellAbout(trx, actor, license, 'reissued', {}, issuing.config)
    return ok({ keys: keys.map(({ id }) => id) })
  })
}
