import { sql } from 'kysely'
import { type Actor, type Member, mustBe } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { ok, type Result, refuse } from '../platform/errors.ts'
import { lockOrganization } from './lock-organization.ts'
import { mayBeWord, readSerials } from './read-serials.ts'
import { spendOnUnknown } from './unknown-serials.ts'

/** Serial numbers typed at once, and bookmarks of an organization, at most. */
export const mostTyped = 500
export const mostBookmarks = 2_000

export const addOutcomes = ['added', 'known', 'own', 'elsewhere', 'not_found'] as const
export type AddOutcome = (typeof addOutcomes)[number]
export type TypedSerial = { serial: string; outcome: AddOutcome }
export type AddRefusal = 'nothing_found' | 'too_many' | 'too_many_unknown' | 'too_many_bookmarks'

type Found = { serial: string; license_id: string | null; owner: 'none' | 'own' | 'other'; bookmarked: boolean }

/**
 * Adds license information by serial number: bookmarks licenses of others' purchases, whoever may own them. Of a
 * license registered elsewhere a bookmark shows only that.
 * @returns what became of each serial number, or why nothing was added; misses cost tokens as in a registration.
 * @throws AppError `forbidden` unless the actor is a manager.
 */
export async function addLicenseInformation(
  db: Db,
  actor: Actor,
  { text }: { text: string },
): Promise<Result<{ typed: TypedSerial[] }, AddRefusal>> {
  mustBe(actor, 'manager')
  const { serials } = readSerials(text)
  if (serials.length > mostTyped) return refuse('too_many')
  const found = (await look(db, actor, serials)).filter(
    ({ serial, license_id }) => license_id || serials.length === 1 || !mayBeWord(serial),
  )
  if (found.length === 0) return refuse('nothing_found')
  if (!(await spendOnUnknown(db, actor, found.filter(({ license_id }) => !license_id).length))) {
    return refuse('too_many_unknown')
  }
  return db.transaction().execute(async (trx) => {
    await lockOrganization(trx, actor)
    const fresh = found.filter(({ license_id, owner, bookmarked }) => license_id && owner !== 'own' && !bookmarked)
    if ((await countBookmarks(trx, actor)) + fresh.length > mostBookmarks) return refuse('too_many_bookmarks')
    await write(trx, actor, fresh)
    return ok({ typed: found.map((each) => ({ serial: each.serial, outcome: outcomeOf(each) })) })
  })
}

function outcomeOf({ license_id, owner, bookmarked }: Found): AddOutcome {
  if (!license_id) return 'not_found'
  if (owner === 'own') return 'own'
  if (owner === 'other') return 'elsewhere'
  return bookmarked ? 'known' : 'added'
}

async function look(db: Db, { organization_id }: Member, serials: string[]): Promise<Found[]> {
  const { rows } = await sql<Found>`
    select s.serial, l.id as license_id, b.license_id is not null as bookmarked,
      case when l.owner_id is null then 'none' when l.owner_id = ${organization_id} then 'own' else 'other' end as owner
    from unnest(${serials}::text[]) with ordinality as s (serial, n)
    left join licenses l on l.serial = s.serial
    left join license_bookmarks b on b.license_id = l.id and b.organization_id = ${organization_id}
    order by s.n`.execute(db)
  return rows
}

async function countBookmarks(trx: Trx, { organization_id }: Member): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from license_bookmarks where organization_id = ${organization_id}`.execute(trx)
  return rows[0]!.count
}

/** The line of history is the organization's: the license may be somebody else's. */
async function write(trx: Trx, actor: Member, fresh: Found[]): Promise<void> {
  if (fresh.length === 0) return
  const { organization_id, user_id, now } = actor
  await sql`
    insert into license_bookmarks (organization_id, license_id, created_by, created_at)
    select ${organization_id}, id, ${user_id}, ${now}
    from unnest(${fresh.map(({ license_id }) => license_id)}::uuid[]) id on conflict do nothing`.execute(trx)
  const serials = fresh.map(({ serial }) => serial)
  await record(trx, actor, 'license.information_added', { organization_id, details: { serials } })
}

/**
 * Takes a bookmark out of the catalog again, with the tags that the organization gave the license.
 * @returns whether there was one.
 * @throws AppError `forbidden` unless the actor is a manager.
 */
export async function removeLicenseInformation(db: Db, actor: Actor, { serial }: { serial: string }): Promise<boolean> {
  mustBe(actor, 'manager')
  const { organization_id } = actor
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ license_id: string }>`
      delete from license_bookmarks b using licenses l
      where l.id = b.license_id and l.serial = ${serial.replaceAll('\0', '')} and b.organization_id = ${organization_id}
        and l.owner_id is distinct from ${organization_id}
      returning b.license_id`.execute(trx)
    if (!rows[0]) return false
    await trx
      .deleteFrom('license_tags')
      .where('license_id', '=', rows[0].license_id)
      .where('organization_id', '=', organization_id)
      .execute()
    await record(trx, actor, 'license.information_removed', { organization_id, details: { serial } })
    return true
  })
}

export type Bookmark = {
  serial: string
  created_at: Date
  /** Registered by another organization: nothing else is told. */
  elsewhere: boolean
  product_name: string | null
  version: string | null
}

/** License information that the organization added and does not own, the newest first. */
export async function listBookmarks(db: Db, { organization_id }: Member, size: number): Promise<Bookmark[]> {
  const { rows } = await sql<Bookmark>`
    select l.serial, b.created_at, l.owner_id is not null as elsewhere,
      case when l.owner_id is null then p.name end as product_name,
      case when l.owner_id is null then v.version end as version
    from license_bookmarks b join licenses l on l.id = b.license_id
    join product_versions v on v.id = l.product_version_id join products p on p.id = v.product_id
    where b.organization_id = ${organization_id} and l.owner_id is distinct from ${organization_id}
    order by b.created_at desc, l.serial limit ${size}`.execute(db)
  return rows
}

/** What became of serial numbers typed a moment ago, as far as the organization's catalog or bookmarks name them. */
export async function outcomesOf(db: Db, actor: Member, serials: string[]): Promise<TypedSerial[]> {
  const found = await look(db, actor, serials)
  return found
    .filter(({ owner, bookmarked }) => owner === 'own' || bookmarked)
    .map((each) => ({ serial: each.serial, outcome: outcomeOf(each) }))
}
