import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { KeyedLicense, KeyScheme, KeyVersion } from '../keys/index.ts'
import { hasLevel } from '../licenses/index.ts'
import type { Actor, Day, Member } from '../platform/actor.ts'
import type { DB, Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import type { ActiveKey } from './host-rules.ts'
import { type Allowance, allowanceFrom, type DeploymentFacts } from './rules.ts'

/** A registered license with its active keys: all that deciding about them and making new ones needs. */
export type Deployment = KeyedLicense & {
  revision: number
  /** Its owner. */
  organization_id: string
  /** Whether that is the reader's organization, which then does not only manage it for somebody. */
  own: boolean
  customer_id: string
  meter: string
  quantity: number
  registered_to: string
  contacts: { name: string; email: string }[]
  status: string
  product: KeyedLicense['product'] & {
    host_types: string[]
    downgrade_right: boolean
    /** Versions that were released before that of the license, the latest first. */
    earlier: KeyVersion[]
  }
  /** By host. */
  keys: ActiveKey[]
  allowance: Allowance
  /** The open request for a move over the allowance. */
  request_number: string | null
  /** A license that it covers or renews, or that covers or renews it; registered. */
  related_serial: string | null
  covers: boolean
  /** How much of it is upgraded while its keys still work. */
  upgraded_quantity: number
}

type Row = Omit<Deployment, 'product' | 'allowance' | 'own'> & {
  code: string
  name: string
  version: string
  key_scheme: KeyScheme
  host_types: string[]
  downgrade_right: boolean
  earlier: KeyVersion[]
  features: unknown
  warn_days: number
  rehost_allowance: number
  rehost_months: number
  /** When each counted move stops counting. */
  frees: string[]
}

const serialNumber = /^[A-Za-z0-9-]{6,40}$/

/**
 * A license that the actor's organization owns, or manages for its owner.
 * @throws AppError `not_found` for somebody else's serial number exactly as for one that does not exist.
 */
export async function getDeployment(db: Db, actor: Member, serial: string): Promise<Deployment> {
  const found = serialNumber.test(serial)
    ? await readDeployment(db, actor, sql`l.serial = ${serial} and ${hasLevel(actor, 'full', 'l')}`)
    : undefined
  if (!found) throw new AppError('not_found')
  return { ...found, own: found.organization_id === actor.organization_id && !actor.via }
}

/** A license for whoever decides about it; undefined when the organization owns it no more. */
export function findDeployment(
  db: Db,
  actor: Pick<Actor, 'now' | 'today'>,
  { license_id, organization_id }: { license_id: string; organization_id: string },
): Promise<Deployment | undefined> {
  return readDeployment(db, actor, sql`l.id = ${license_id} and l.owner_id = ${organization_id}`)
}

async function readDeployment(
  db: Db,
  { now, today }: Pick<Actor, 'now' | 'today'>,
  which: RawBuilder<unknown>,
): Promise<Deployment | undefined> {
  const { rows } = await sql<Row>`
    select l.id as license_id, l.serial, l.revision, l.owner_id as organization_id, l.kind, l.meter, l.quantity,
      l.starts_on, l.ends_on, l.grace_days, l.maintenance_until, coalesce(l.registered_to, '') as registered_to,
      l.contacts, l.customer_id, c.number as customer_number, p.code, p.name, v.version, p.key_scheme, p.host_types,
      p.downgrade_right,
      (select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'version', e.version) order by e.released_on desc), '[]')
        from product_versions e where e.product_id = p.id and e.released_on < v.released_on) as earlier, p.features, p.warn_days, p.rehost_allowance, p.rehost_months,
      license_status(l.registered_at, l.starts_on, l.ends_on, l.grace_days, l.superseded_at, l.revoked_at,
        ${today}::date) as status,
      (select coalesce(jsonb_agg(jsonb_build_object('id', k.id, 'quantity', k.quantity, 'temporary', k.temporary,
        'expires_on', k.expires_on, 'version', (select jsonb_build_object('id', kv.id, 'version', kv.version)
          from product_versions kv where kv.id = k.product_version_id),
        'host', case when k.host_id is not null then jsonb_build_object('type', k.host_type, 'id', k.host_id) end)
        order by k.host_id, k.id), '[]')
        from license_keys k where k.license_id = l.id and k.superseded_at is null and k.revoked_at is null) as keys,
      (select coalesce(jsonb_agg(m.moved_at + make_interval(months => p.rehost_months)), '[]')
        from rehosts m where m.license_id = l.id and m.counted) as frees,
      (select r.number from service_requests r
        where r.license_id = l.id and r.kind = 'rehost' and r.state = 'open' limit 1) as request_number,
      (select o.serial from licenses o where o.registered_at is not null
        and (o.id in (l.covers_license_id, l.renews_license_id) or o.covers_license_id = l.id
          or o.renews_license_id = l.id) limit 1) as related_serial,
      l.covers_license_id is not null as covers, l.upgraded_quantity
    from licenses l
    join product_versions v on v.id = l.product_version_id
    join products p on p.id = v.product_id
    join customers c on c.id = l.customer_id
    where ${which} and l.registered_at is not null`.execute(db)
  return rows[0] && deploymentOf(rows[0], now)
}

function deploymentOf(row: Row, now: Date): Deployment {
  const { code, name, version, key_scheme, host_types, features, warn_days, frees, ...others } = row
  const { downgrade_right, earlier, ...license } = others
  const { rehost_allowance, rehost_months, ...rest } = license
  const dates = frees.map((free) => new Date(free))
  return {
    ...rest,
    own: true,
    product: { code, name, version, key_scheme, host_types, features, warn_days, downgrade_right, earlier },
    allowance: allowanceFrom(dates, rehost_allowance, rehost_months, now),
  }
}

/** What the rules decide about. */
export function factsOf(deployment: Deployment): DeploymentFacts {
  const { own, product, status, quantity, keys, request_number, related_serial, covers, allowance } = deployment
  return {
    ...{ own, key_scheme: product.key_scheme, status, quantity, keys, covers },
    request_open: request_number !== null || keys.some(({ temporary }) => temporary),
    related: related_serial !== null,
    upgrading: deployment.upgraded_quantity > 0,
    moves_left: allowance.left,
    downgrade_right: product.downgrade_right,
    earlier_versions: product.earlier.length,
  }
}

/** A temporary key whose last day is near, or whose request is decided. */
export type TemporaryKey = { license_id: string; organization_id: string; key_id: string; expires_on: Day }

/** Temporary keys that run out by `until`, in the order in which they do. */
export async function listTemporaryKeys(db: Db, until: Day): Promise<TemporaryKey[]> {
  const { rows } = await sql<TemporaryKey>`
    select k.license_id, l.owner_id as organization_id, k.id as key_id, k.expires_on
    from license_keys k join licenses l on l.id = k.license_id
    where k.temporary and k.superseded_at is null and k.revoked_at is null and k.expires_on <= ${until}::date
    order by k.expires_on, k.id limit 1000`.execute(db)
  return rows
}

/** A key to carry away. */
export type NewKey = Pick<
  Selectable<DB['license_keys']>,
  'id' | 'quantity' | 'host_id' | 'key_text' | 'file_name' | 'expires_on'
>

/** Some active keys of a license, by their ids in that order. */
export async function listNewKeys(db: Db, license: Deployment, ids: readonly string[]): Promise<NewKey[]> {
  const known = new Set(license.keys.map(({ id }) => id))
  const wanted = ids.filter((id) => known.has(id))
  if (wanted.length === 0) return []
  const rows = await db
    .selectFrom('license_keys')
    .select(['id', 'quantity', 'host_id', 'key_text', 'file_name', 'expires_on'])
    .where('id', 'in', wanted)
    .execute()
  return rows.sort((a, b) => wanted.indexOf(a.id) - wanted.indexOf(b.id))
}

/** The key that a member's own move of an old key led to: for a button pressed twice. */
export async function findMove(db: Db, actor: Member, license_id: string, old_key_id: string) {
  return await db
    .selectFrom('rehosts')
    .select(['new_key_id', 'request_id'])
    .where('license_id', '=', license_id)
    .where('moved_by', '=', actor.user_id)
    .where('kind', '=', 'rehost')
    .where(sql<string>`old_key_id::text`, '=', old_key_id)
    .executeTakeFirst()
}

/** The serial number of the license that one was split off from, if its owner is the same. */
export async function findSplitFrom(db: Db, license: Deployment): Promise<string | undefined> {
  const row = await db
    .selectFrom('licenses as l')
    .innerJoin('licenses as f', 'f.id', 'l.split_from_license_id')
    .select('f.serial')
    .where('l.id', '=', license.license_id)
    .where('f.owner_id', '=', license.organization_id)
    .executeTakeFirst()
  return row?.serial
}
