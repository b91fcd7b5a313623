/** Who may download which release: the one place that asks the database. */
import { sql } from 'kysely'
import { visibleLicenses } from '../licenses/index.ts'
import type { Day, Member } from '../platform/actor.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { type LicenseFacts, type Refusal, refusalOf } from './rules.ts'

type Scope = Pick<Member, 'organization_id' | 'today'>

/** A release as an organization sees it. */
export type Offer = {
  release_id: string
  version: string
  released_on: Day
  withdrawn: boolean
  withdrawn_reason: string | null
  /** The license that gives the right, or that comes nearest to it: its serial number and last day of maintenance. */
  license: { id: string; serial: string; maintenance_until: Day | null; starts_on: Day | null; ends_on: Day | null }
  /** Null when the organization may download it. */
  refusal: Refusal | null
}

/** Among so many licenses the one is looked for that comes nearest to a right; who has more is told of one of them. */
const lookedAt = 2000

type Narrowed = { product_id: string; release_id?: string; license_id?: string | undefined }

/**
 * The releases of a product that the licenses an organization may see have to do with, the newest first; with
 * `license_id` what that license alone says. What is staged is not there, nor what was withdrawn unless the
 * organization downloaded it before.
 */
export async function listOffers(db: Db | Trx, actor: Scope, narrowed: Narrowed): Promise<Offer[]> {
  const { product_id, release_id = null, license_id = null } = narrowed
  const versions = await listVersions(db, product_id)
  const licenses = sql`(select * from ${visibleLicenses(actor)} as l
    where l.product_version_id = any(${versions}::uuid[])
      and (${license_id}::uuid is null or l.id = ${license_id}::uuid)) as l`
  const own = sql`l.product_version_id = v.id`
  const may = sql<boolean>`may_download(l.kind, ${own}, l.registered_at, l.revoked_at, l.superseded_at, l.starts_on,
    l.ends_on, l.grace_days, l.maintenance_until, v.released_on, r.state = 'withdrawn', u.used, ${actor.today}::date)`
  const { rows } = await sql<Row>`
    select r.id as release_id, v.version, v.released_on, r.state = 'withdrawn' as withdrawn, r.withdrawn_reason, u.used,
      coalesce(e.license, n.license) as license
    from product_versions v
    join releases r on r.product_version_id = v.id and r.state <> 'staged'
    cross join lateral (select exists (select from downloads d
      where d.organization_id = ${actor.organization_id}::uuid and d.release_id = r.id) as used) u
    left join lateral (select ${factsIn(own)} as license from ${licenses} where ${may} and not ${isViewOnly} limit 1) e on true
    left join lateral (
      select ${factsIn(own)} as license from (select * from ${licenses} where e.license is null limit ${lookedAt}) as l
      order by (l.registered_at is null)::int + (l.revoked_at is not null)::int + (l.superseded_at is not null)::int,
        ${isViewOnly},
        ${own} desc, l.maintenance_until desc nulls last, l.ends_on desc nulls first, l.id desc
      limit 1) n on true
    where v.product_id = ${product_id}::uuid and (${release_id}::uuid is null or r.id = ${release_id}::uuid)
      and (r.state = 'published' or u.used) and coalesce(e.license, n.license) is not null
    order by v.released_on desc, r.id desc`.execute(db)
  return rows.map((row) => offerOf(row, actor.today))
}

type Row = Omit<Offer, 'license' | 'refusal'> & { used: boolean; license: LicenseFacts & Offer['license'] }

/** Taking software asks for the level that taking keys does. */
const isViewOnly = sql`(l.level = 'view')`

/** Every fact that `refusalOf` asks for, so that SQL and the rule speak about the same license. */
function factsIn(own: ReturnType<typeof sql>) {
  return sql`jsonb_build_object('id', l.id, 'serial', l.serial, 'kind', l.kind, 'own_version', ${own},
    'registered', l.registered_at is not null, 'revoked', l.revoked_at is not null,
    'superseded', l.superseded_at is not null, 'starts_on', l.starts_on, 'ends_on', l.ends_on,
    'grace_days', l.grace_days, 'maintenance_until', l.maintenance_until, 'view_only', ${isViewOnly})`
}

function offerOf({ used, license, ...release }: Row, today: Day): Offer {
  const { id, serial, maintenance_until, starts_on, ends_on } = license
  const refusal = refusalOf(license, { ...release, used }, today)
  return { ...release, license: { id, serial, maintenance_until, starts_on, ends_on }, refusal }
}

/** A constant list: what is joined, the planner does not pass on to every source of licenses. */
async function listVersions(db: Db | Trx, product_id: string): Promise<string[]> {
  const rows = await db.selectFrom('product_versions').select('id').where('product_id', '=', product_id).execute()
  return rows.map(({ id }) => id)
}
