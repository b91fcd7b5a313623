/** Reads for the operators' pages of releases. */
import { sql } from 'kysely'
import type { Day } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import type { Platform, ReleaseState } from './rules.ts'

const pageLength = 50
export const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export type ReleaseLine = {
  id: string
  state: ReleaseState
  product: string
  version: string
  released_on: Day
  files: number
  downloads: number
}

/** Releases, the newest first; `after` is the cursor of the next page. */
export async function listReleases(
  db: Db,
  { state, after }: { state?: ReleaseState | undefined; after?: string | undefined },
) {
  const cursor = after && uuidPattern.test(after) ? after : undefined
  const rows = await db
    .selectFrom('releases as r')
    .innerJoin('product_versions as v', 'v.id', 'r.product_version_id')
    .innerJoin('products as p', 'p.id', 'v.product_id')
    .select(['r.id', 'r.state', 'p.name as product', 'v.version', 'v.released_on'])
    .select(sql<number>`(select count(*) from release_files f where f.release_id = r.id)`.as('files'))
    .select(sql<number>`(select count(*) from downloads d where d.release_id = r.id)`.as('downloads'))
    .$if(state !== undefined, (query) => query.where('r.state', '=', state!))
    .$if(cursor !== undefined, (query) => query.where('r.id', '<', cursor!))
    .orderBy('r.id', 'desc')
    .limit(pageLength + 1)
    .$castTo<ReleaseLine>()
    .execute()
  const shown = rows.slice(0, pageLength)
  return { rows: shown, after: rows.length > pageLength ? shown.at(-1)!.id : undefined }
}

export type AdminRelease = {
  id: string
  state: ReleaseState
  revision: number
  notes: string
  product: string
  product_code: string
  version: string
  released_on: Day
  published_at: Date | null
  withdrawn_at: Date | null
  withdrawn_reason: string | null
  terms_number: number | null
}

/** @throws AppError `not_found` */
export async function getAdminRelease(db: Db, id: string): Promise<AdminRelease> {
  const release = uuidPattern.test(id)
    ? await db
        .selectFrom('releases as r')
        .innerJoin('product_versions as v', 'v.id', 'r.product_version_id')
        .innerJoin('products as p', 'p.id', 'v.product_id')
        .leftJoin('software_terms as t', 't.id', 'r.terms_id')
        .select(['r.id', 'r.state', 'r.revision', 'r.notes', 'r.published_at', 'r.withdrawn_at', 'r.withdrawn_reason'])
        .select([
          'p.name as product',
          'p.code as product_code',
          'v.version',
          'v.released_on',
          't.number as terms_number',
        ])
        .where('r.id', '=', id)
        .executeTakeFirst()
    : undefined
  if (!release) throw new AppError('not_found')
  return release
}

export type AdminFile = {
  id: string
  name: string
  platform: Platform
  language: string | null
  countries: string[]
  size: number
  sha256: string
  published_at: Date | null
  downloads: number
  completed: number
}

/** Every file of a release, with how often it was taken. */
export function listAdminFiles(db: Db, release_id: string): Promise<AdminFile[]> {
  return db
    .selectFrom('release_files as f')
    .leftJoin('downloads as d', 'd.file_id', 'f.id')
    .select(['f.id', 'f.name', 'f.platform', 'f.language', 'f.countries', 'f.size', 'f.sha256', 'f.published_at'])
    .select([
      sql<number>`count(d.id)`.as('downloads'),
      sql<number>`count(d.id) filter (where d.completed_at is not null)`.as('completed'),
    ])
    .where('f.release_id', '=', release_id)
    .groupBy('f.id')
    .orderBy('f.name')
    .$castTo<AdminFile>()
    .execute()
}

/** Downloads begun on each of so many days up to today, days without any included. */
export async function countByDay(
  db: Db,
  { release_id, today, days }: { release_id: string; today: Day; days: number },
) {
  const { rows } = await sql<{ day: Day; count: number }>`
    select day::date as day, count(d.id) as count
    from generate_series(${today}::date - ${days - 1}::int, ${today}::date, interval '1 day') as day
    left join downloads d on d.release_id = ${release_id}::uuid and d.started_at >= day and d.started_at < day + interval '1 day'
    group by day order by day`.execute(db)
  return rows
}

/** Downloads begun in each of the last twelve months, this one included. */
export async function countByMonth(db: Db, today: Day) {
  const { rows } = await sql<{ month: Day; count: number }>`
    select month::date as month, count(d.id) as count
    from generate_series(date_trunc('month', ${today}::date) - interval '11 months', ${today}::date, interval '1 month') as month
    left join downloads d on d.started_at >= month and d.started_at < month + interval '1 month'
    group by month order by month`.execute(db)
  return rows
}

/** The products that were downloaded most within a year. */
export async function countByProduct(db: Db, today: Day, most = 8) {
  const { rows } = await sql<{ product: string; count: number }>`
    select p.name as product, count(*) as count
    from downloads d join releases r on r.id = d.release_id
    join product_versions v on v.id = r.product_version_id join products p on p.id = v.product_id
    where d.started_at >= ${today}::date - interval '1 year'
    group by p.id, p.name order by count desc, p.name limit ${most}`.execute(db)
  return rows
}

export type TermsLine = { id: string; number: number; product: string | null; created_at: Date; languages: string[] }

/** Every version of the terms, the newest first. */
export function listTerms(db: Db): Promise<TermsLine[]> {
  return db
    .selectFrom('software_terms as t')
    .leftJoin('products as p', 'p.id', 't.product_id')
    .select(['t.id', 't.number', 't.created_at', 'p.name as product'])
    .select(sql<string[]>`array(select jsonb_object_keys(t.eula) order by 1)`.as('languages'))
    .orderBy('t.created_at', 'desc')
    .orderBy('t.id', 'desc')
    .limit(100)
    .execute()
}

/** Products as a list to choose from, by name. */
export function listProducts(db: Db): Promise<{ code: string; name: string }[]> {
  return db.selectFrom('products').select(['code', 'name']).orderBy('name').orderBy('code').limit(2000).execute()
}
