import type { Making, NewLicenseKey } from '../keys/index.ts'
import type { Day, Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { type Covered, readCovered } from './license-facts.ts'
import { keysOf, reissuedKey } from './make-keys.ts'
import type { Plan, PlannedLicense } from './plan-registration.ts'
import type { Draft } from './queries.ts'
import { laterDay } from './rules.ts'

/** Told after every so many licenses, so that a progress bar moves and other requests get their turn. */
export type Progress = (done: number, total: number) => Promise<void>
const licensesAtOnce = 250

/** Everything a registration writes, made from facts that its transaction has yet to find unchanged. */
export type Prepared = {
  draft: Draft
  plan: Plan
  /** Revision of every license that is registered, changed or upgraded, as it was read. */
  revisions: Map<string, number>
  keys: NewLicenseKey[]
  /** Licenses whose key comes from a pool, by product id. */
  from_pool: Map<string, PlannedLicense[]>
  /** Owned licenses whose maintenance is raised, with the keys that say so. */
  covered: { license: Covered; until: Day; keys: NewLicenseKey[] }[]
}

/** Makes the keys of a plan; stores nothing. */
export async function prepareRegistration(
  db: Db,
  actor: Member,
  draft: Draft,
  plan: Plan,
  making: Making,
  progress?: Progress,
): Promise<Prepared> {
  const { licenses } = plan
  const keys: NewLicenseKey[] = []
  for (let from = 0; from < licenses.length; from += licensesAtOnce) {
    const some = licenses.slice(from, from + licensesAtOnce)
    const made = await Promise.all(some.map((planned) => keysOf(planned, draft.details.registered_to!, making)))
    for (const each of made) keys.push(...each)
    await progress?.(from + some.length, licenses.length)
  }
  const covered = await prepareCovered(db, actor, plan, making)
  const changed = [
    ...licenses.map(({ license }) => license.predecessor ?? license),
    ...covered.map(({ license }) => license),
  ]
  const fromPool = licenses.filter(({ license }) => license.product.key_scheme === 'pool')
  return {
    draft,
    plan,
    revisions: new Map(changed.map(({ license_id, revision }) => [license_id, revision])),
    keys,
    from_pool: Map.groupBy(fromPool, ({ license }) => license.product.product_id),
    covered,
  }
}

/** Signed keys say how long maintenance lasts, so those of covered licenses are issued anew. */
async function prepareCovered(db: Db, actor: Member, plan: Plan, making: Making): Promise<Prepared['covered']> {
  const covered = await readCovered(db, actor, [...plan.raised.keys()])
  return Promise.all(
    covered.map(async (license) => {
      const until = laterDay(license.maintenance_until, plan.raised.get(license.license_id)!)!
      const old_keys = until === license.maintenance_until ? [] : license.active_keys
      const anew = { ...license, maintenance_until: until }
      return { license, until, keys: await Promise.all(old_keys.map((old) => reissuedKey(anew, old, making))) }
    }),
  )
}
