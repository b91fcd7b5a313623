import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { Member } from '../platform/actor.ts'
import type { DB } from '../platform/db/index.ts'
import { type Level, rankOf } from './levels.ts'

/**
 * Where a license of a catalog comes from: the organization owns it, another one delegated or shared it, or its
 * information was added by serial number.
 */
export const sources = ['own', 'delegated', 'shared', 'added'] as const
export type Source = (typeof sources)[number]

/**
 * Who asks, and when: what ended is not seen any more. Without `now`, it is now. `alone` when it is known that others
 * grant nothing: the same is asked in less.
 */
export type Scope = Pick<Member, 'organization_id'> & Partial<Pick<Member, 'now' | 'via'>> & { alone?: boolean }

/** A license as an organization sees it. */
type Visible = Selectable<DB['licenses']> & { source: Source; level: Level }

/**
 * The licenses that an actor may see, as something to select from: `db.selectFrom(visibleLicenses(actor).as('l'))`,
 * each with its `source` and the `level` at which the actor's organization has it. Every list, count, export and detail
 * starts here or at its arms, and nowhere else. A bookmark shows a license only while nobody owns it. Find licenses in
 * it by id, serial number or a constant: PostgreSQL passes those on to all arms, but neither the order of a whole list
 * nor a join with many rows; for such ask each of the `licenseArms`. With `from`, those of some sources only.
 */
export function visibleLicenses(scope: Scope, from: readonly Source[] = sources): RawBuilder<Visible> {
  const arms = licenseArms(scope)
  return sql<Visible>`(${sql.join(
    from.map((source) => arms[source]),
    sql` union all `,
  )})`
}

/**
 * The sources of `visibleLicenses`, which exclude each other, one by one. An index gives the order of each but those
 * granted by others, whose order `grantedPairs` helps to. With `among`, only these licenses are looked up, one by
 * one: `offset 0` keeps the planner from walking through a whole account in the hope of meeting them early, and
 * `is true` from reading an index of the owner's instead of that of the ids.
 */
export function licenseArms(scope: Scope, among?: readonly string[]): Record<Source, RawBuilder<Visible>> {
  const { organization_id, via } = scope
  const few = sql`licenses.id = any(${among ?? []}::uuid[])`
  const mine = sql`licenses.owner_id = ${organization_id}`
  const own = via ? sql`false` : among ? sql`${few} and (${mine}) is true offset 0` : mine
  const bookmarked = sql`b.organization_id = ${organization_id} and licenses.owner_id is null`
  const added = via ? sql`false` : among ? sql`${few} and ${bookmarked} offset 0` : bookmarked
  return {
    own: sql`(select licenses.*, 'own' as source, 'full' as level from licenses where ${own})`,
    // A partner who acts for a customer has what was delegated, however much more the customer owns.
    delegated: sql`(${grantedByNumber(scope, true, among)})`,
    shared: sql`(${grantedByNumber(scope, false, among)} union all ${listedLicenses(scope, among)})`,
    added: sql`(select licenses.*, 'added' as source, 'full' as level
      from license_bookmarks b join licenses on licenses.id = b.license_id where ${added})`,
  }
}

type GrantedPair = { owner_id: string; customer_id: string; rank: number; delegated: boolean }
type Listed = { owner_id: string; license_id: string; rank: number }

/** Licenses of others by customer number. The owners are said twice, so that an index of theirs can find few of them. */
function grantedByNumber(scope: Scope, delegated: boolean, among: readonly string[] | undefined) {
  return sql`select licenses.*, ${sql.lit(delegated ? 'delegated' : 'shared')} as source,
      ${levelOf(sql`greatest(g.rank, ${listedRank(scope)})`)} as level
    from ${grantedPairs(scope)} g
    join ${rowsOf(among)} licenses on licenses.owner_id = g.owner_id and licenses.customer_id = g.customer_id
    where g.delegated = ${sql.lit(delegated)} and licenses.owner_id = any(${granters(scope)})`
}

/** Licenses of others that are granted one by one, unless a customer number grants them already. */
export function listedLicenses(scope: Scope, among?: readonly string[]): RawBuilder<Visible> {
  return sql<Visible>`(select licenses.*, 'shared' as source, ${levelOf(sql`g.rank`)} as level
    from ${grantedLicenses(scope)} g
    join ${rowsOf(among)} licenses on licenses.id = g.license_id and licenses.owner_id = g.owner_id
    where not exists (select from license_grants g join license_grant_customers c on c.grant_id = g.id
      where ${isActive(scope)} and g.owner_id = licenses.owner_id and c.customer_id = licenses.customer_id))`
}

/** All licenses, or a few looked up before anything else. */
function rowsOf(among: readonly string[] | undefined) {
  return among ? sql`(select * from licenses where id = any(${among}::uuid[]) offset 0)` : sql`licenses`
}

/**
 * The customer numbers of other organizations whose licenses an organization may see: `(owner_id, customer_id)` once
 * each, with the highest level as `rank`, and whether a delegation is among the grants.
 */
export function grantedPairs(scope: Scope): RawBuilder<GrantedPair> {
  return sql<GrantedPair>`(select g.owner_id, c.customer_id, max(g.rank) as rank, bool_or(g.kind = 'delegation') as delegated
    from license_grants g join license_grant_customers c on c.grant_id = g.id
    where ${isActive(scope)} group by g.owner_id, c.customer_id)`
}

/** Licenses of others that are granted one by one, or by a tag of their owner, once each. */
function grantedLicenses(scope: Scope): RawBuilder<Listed> {
  return sql<Listed>`(select x.owner_id, x.license_id, max(x.rank) as rank from (${grantedOneByOne(scope)}) x
    group by x.owner_id, x.license_id)`
}

function grantedOneByOne(scope: Scope) {
  return sql`
    select g.owner_id, n.license_id, g.rank
    from license_grants g join license_grant_licenses n on n.grant_id = g.id where ${isActive(scope)}
    union all
    select g.owner_id, t.license_id, g.rank
    from license_grants g join license_tags t on t.organization_id = g.owner_id and t.tag = g.tag
    where ${isActive(scope)}`
}

function listedRank(scope: Scope) {
  return sql`(select max(x.rank) from (${grantedOneByOne(scope)}) x
    where x.license_id = licenses.id and x.owner_id = licenses.owner_id)`
}

/**
 * Whether an organization has a row of `licenses`, called `as`, at a level or higher: its own, or granted by the owner.
 * For commands, and for queries that find licenses one by one in another way.
 */
export function hasLevel(scope: Scope, least: Level, as = 'licenses'): RawBuilder<boolean> {
  const l = sql.table(as)
  const rank = sql`${rankOf(least)}::int`
  const granted = sql`exists (select from license_grants g
    where ${isActive(scope)} and g.owner_id = ${l}.owner_id and g.rank >= ${rank} and (
      exists (select from license_grant_customers gc where gc.grant_id = g.id and gc.customer_id = ${l}.customer_id)
      or exists (select from license_grant_licenses gl where gl.grant_id = g.id and gl.license_id = ${l}.id)
      or exists (select from license_tags gt
        where gt.organization_id = g.owner_id and gt.tag = g.tag and gt.license_id = ${l}.id)))`
  if (scope.via) return sql<boolean>`(${granted})`
  if (scope.alone) return sql<boolean>`(${l}.owner_id = ${scope.organization_id})`
  return sql<boolean>`(${l}.owner_id = ${scope.organization_id} or ${granted})`
}

/**
 * Whether rows of `license_tags`, called `as`, of the scope's organization are the reader's to see. They are its own
 * notes: who acts for it sees those of licenses that it gave in full.
 */
export function seesTags(scope: Scope, as = 'license_tags'): RawBuilder<boolean> {
  if (!scope.via) return sql<boolean>`true`
  return sql<boolean>`exists (select from licenses f where f.id = ${sql.ref(`${as}.license_id`)} and ${hasLevel(scope, 'full', 'f')})`
}

/** Whether a source is what other organizations let the reader use. */
export function isGranted(source: Source): source is 'delegated' | 'shared' {
  return source === 'delegated' || source === 'shared'
}

/** Up to here licenses of others are sorted; more are read customer number by customer number, each in its order. */
const sortedAtMost = 1_000

/** Whether others let an organization use licenses, and whether so many that they are read number by number. */
export type Granted = 'none' | 'few' | 'many'

/** See `Granted`, as an expression of one value. */
export function howManyGranted(scope: Scope): RawBuilder<Granted> {
  return sql<Granted>`case when not exists (select from license_grants g where ${isActive(scope)}) then 'none'
    when (select count(*) from (
        select from ${grantedPairs(scope)} g join licenses l on l.owner_id = g.owner_id and l.customer_id = g.customer_id
        limit ${sql.lit(sortedAtMost + 1)}) few) > ${sql.lit(sortedAtMost)} then 'many' else 'few' end`
}

/** The organizations that granted something, as an array. */
export function granters(scope: Scope): RawBuilder<string[]> {
  return sql<string[]>`array(select g.owner_id from license_grants g where ${isActive(scope)})`
}

/** Whether a row `g` of `license_grants` is in force for an organization. */
function isActive({ organization_id, now = new Date(), via }: Scope) {
  const acting = via ? sql` and g.kind = 'delegation' and g.owner_id = ${organization_id}` : sql``
  return sql`g.grantee_id = ${via?.organization_id ?? organization_id} and g.ended_at is null
    and (g.ends_at is null or g.ends_at > ${now})${acting}`
}

function levelOf(rank: RawBuilder<unknown>): RawBuilder<Level> {
  return sql<Level>`(array['view', 'download', 'full'])[${rank}]`
}
