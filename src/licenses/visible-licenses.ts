import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { Member } from '../platform/actor.ts'
import type { DB, Db } from '../platform/db/index.ts'
import { type Level, rankOf } from './levels.ts'

/**
 * Where a license of a catalog comes from: the organization owns it, another one delegated or shared it, or its
 * information was added by serial number.
 */
export const sources = ['own', 'delegated', 'shared', 'added'] as const
export type Source = (typeof sources)[number]

/** Who asks, and when: what ended is not seen any more. Without `now`, it is now. */
export type Scope = Pick<Member, 'organization_id'> & Partial<Pick<Member, 'now' | 'via'>>

/**
 * The licenses that an actor may see, as something to select from: `db.selectFrom(visibleLicenses(db, actor).as('l'))`,
 * each with its `source` and the `level` at which the actor's organization has it. Every list, count, export and detail
 * starts here or at its arms, and nowhere else. A bookmark shows a license only while nobody owns it. Find licenses in
 * it by id, serial number or a constant: PostgreSQL passes those on to all arms, but neither the order of a whole list
 * nor a join with many rows; for such ask each of the `licenseArms`.
 */
export function visibleLicenses(db: Db, actor: Scope) {
  const { own, delegated, shared, added } = licenseArms(db, actor)
  return own.unionAll(delegated).unionAll(shared).unionAll(added)
}

/**
 * The sources of `visibleLicenses`, which exclude each other, one by one. An index gives the order of each but those
 * granted by others, whose order `grantedPairs` helps to. With `among`, only these licenses are looked up, one by
 * one: `offset 0` keeps the planner from walking through a whole account in the hope of meeting them early, and
 * `is true` from reading an index of the owner's instead of that of the ids.
 */
export function licenseArms(db: Db, scope: Scope, among?: readonly string[]) {
  const { organization_id, via } = scope
  const ids = sql<string>`any(${among ?? []}::uuid[])`
  const all = db.selectFrom('licenses').selectAll('licenses')
  const full = sql<Level>`'full'`.as('level')
  const own = all.select([sql<Source>`'own'`.as('source'), full])
  const added = db
    .selectFrom('license_bookmarks as b')
    .innerJoin('licenses', 'licenses.id', 'b.license_id')
    .selectAll('licenses')
    .select([sql<Source>`'added'`.as('source'), full])
    .where('b.organization_id', '=', organization_id)
    .where('licenses.owner_id', 'is', null)
    .$if(via !== undefined, (query) => query.where(sql<boolean>`false`))
  const { delegated, shared } = grantedArms(db, scope, among)
  // A partner who acts for a customer has what was delegated, however much more the customer owns.
  if (via) return { own: own.where(sql<boolean>`false`), delegated, shared, added }
  if (!among) return { own: own.where('licenses.owner_id', '=', organization_id), delegated, shared, added }
  return {
    own: own
      .where('licenses.id', '=', ids)
      .where(sql<boolean>`(licenses.owner_id = ${organization_id}) is true`)
      .offset(sql<number>`0`),
    delegated,
    shared,
    added: added.where('b.license_id', '=', ids).offset(sql<number>`0`),
  }
}

type GrantedPair = { owner_id: string; customer_id: string; rank: number; delegated: boolean }
type Listed = { owner_id: string; license_id: string; rank: number }

/** Licenses of others: by customer number, and one by one. */
function grantedArms(db: Db, scope: Scope, among: readonly string[] | undefined) {
  const byNumber = (delegated: boolean) =>
    db
      .selectFrom(grantedPairs(scope).as('g'))
      .innerJoin(rowsOf(among).as('licenses'), (join) =>
        join.onRef('licenses.owner_id', '=', 'g.owner_id').onRef('licenses.customer_id', '=', 'g.customer_id'),
      )
      .selectAll('licenses')
      .select(sql<Source>`${sql.lit(delegated ? 'delegated' : 'shared')}`.as('source'))
      .select(levelOf(sql`greatest(g.rank, ${listedRank(scope)})`).as('level'))
      .where('g.delegated', '=', delegated)
      // Said twice, so that an index of the owners' licenses by something else can find few of them.
      .where(sql<boolean>`licenses.owner_id = any(${granters(scope)})`)
  return { delegated: byNumber(true), shared: byNumber(false).unionAll(listedLicenses(db, scope, among)) }
}

/** Licenses of others that are granted one by one, unless a customer number grants them already. */
export function listedLicenses(db: Db, scope: Scope, among?: readonly string[]) {
  return db
    .selectFrom(grantedLicenses(scope).as('g'))
    .innerJoin(rowsOf(among).as('licenses'), (join) =>
      join.onRef('licenses.id', '=', 'g.license_id').onRef('licenses.owner_id', '=', 'g.owner_id'),
    )
    .selectAll('licenses')
    .select(sql<Source>`'shared'`.as('source'))
    .select(levelOf(sql`g.rank`).as('level'))
    .where(sql<boolean>`not exists (select from license_grants g join license_grant_customers c on c.grant_id = g.id
      where ${isActive(scope)} and g.owner_id = licenses.owner_id and c.customer_id = licenses.customer_id)`)
}

/** All licenses, or a few looked up before anything else. */
function rowsOf(among: readonly string[] | undefined) {
  return sql<Selectable<DB['licenses']>>`${
    among ? sql`(select * from licenses where id = any(${among}::uuid[]) offset 0)` : sql.table('licenses')
  }`
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
export async function howManyGranted(db: Db, scope: Scope): Promise<'none' | 'few' | 'many'> {
  const { rows } = await sql<{ some: boolean; many: boolean }>`
    select exists (select from license_grants g where ${isActive(scope)}) as some,
      (select count(*) > ${sortedAtMost}::int from (
        select from ${grantedPairs(scope)} g join licenses l on l.owner_id = g.owner_id and l.customer_id = g.customer_id
        limit ${sortedAtMost + 1}) few) as many`.execute(db)
  if (!rows[0]!.some) return 'none'
  return rows[0]!.many ? 'many' : 'few'
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
