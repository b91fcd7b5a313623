import { sql } from 'kysely'
import type { Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'

/** Where a license of a catalog comes from: the organization owns it, or added its information by serial number. */
export const sources = ['own', 'added'] as const
export type Source = (typeof sources)[number]

type Scope = Pick<Member, 'organization_id'>

/**
 * The licenses that an actor may see, as something to select from: `db.selectFrom(visibleLicenses(db, actor).as('l'))`.
 * Every list, count, export and detail starts here or at its arms, and nowhere else. A bookmark shows a license only
 * while nobody owns it. Find licenses in it by id, serial number or a constant: PostgreSQL passes those on to both
 * arms, but neither the order of a whole list nor a join with many rows; for such ask each of the `licenseArms`.
 */
export function visibleLicenses(db: Db, actor: Scope) {
  const { own, added } = licenseArms(db, actor)
  return own.unionAll(added)
}

/**
 * The sources of `visibleLicenses`, which exclude each other, one by one: an index gives the order of each.
 * Further sources (shared, delegated) become further arms. With `among`, only these licenses are looked up, one by
 * one: `offset 0` keeps the planner from walking through a whole account in the hope of meeting them early, and
 * `is true` from reading an index of the owner's instead of that of the ids.
 */
export function licenseArms(db: Db, { organization_id }: Scope, among?: readonly string[]) {
  const ids = sql<string>`any(${among ?? []}::uuid[])`
  const all = db.selectFrom('licenses').selectAll('licenses')
  const own = all.where('licenses.owner_id', '=', organization_id)
  const added = db
    .selectFrom('license_bookmarks as b')
    .innerJoin('licenses', 'licenses.id', 'b.license_id')
    .selectAll('licenses')
    .where('b.organization_id', '=', organization_id)
    .where('licenses.owner_id', 'is', null)
  if (!among) return { own, added }
  return {
    own: all
      .where('licenses.id', '=', ids)
      .where(sql<boolean>`(licenses.owner_id = ${organization_id}) is true`)
      .offset(sql<number>`0`),
    added: added.where('b.license_id', '=', ids).offset(sql<number>`0`),
  }
}
