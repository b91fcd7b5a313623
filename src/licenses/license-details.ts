import { sql } from 'kysely'
import type { Day, Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { statusOf } from './catalog-conditions.ts'
import { dayOfColumn } from './catalog-rows.ts'
import { type Level, mayOn } from './levels.ts'
import { type LicenseKind, type LicenseStatus, type Meter, maskKey } from './rules.ts'
import { type Source, visibleLicenses } from './visible-licenses.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** As the schema checks it; anything else is asked of no database. */
const serialNumber = /^[A-Za-z0-9-]{6,40}$/

export type Contact = { name: string; email: string; phone: string | null }

export type LicenseDetails = {
  id: string
  serial: string
  revision: number
  /** Where the reader has it from; what was added by serial number nobody has registered. */
  source: Source
  /** Whether somebody owns it: it is registered. */
  owned: boolean
  /** Whether the owner is the organization that the reader works for, or acts for. */
  own: boolean
  /** At which level the reader's organization has it. */
  level: Level
  owner_id: string | null
  status: LicenseStatus
  kind: LicenseKind
  meter: Meter
  quantity: number
  /** How much of it is upgraded to a new version while its old keys still work. */
  upgraded_quantity: number
  starts_on: Day | null
  ends_on: Day | null
  grace_days: number
  superseded_on: Day | null
  /** Whether, and on which day in the reader's time zone. */
  revoked: boolean
  superseded: boolean
  revoked_on: Day | null
  revoked_reason: string | null
  maintenance_until: Day | null
  product_code: string
  product_name: string
  product_description: string
  key_scheme: string
  /** What registration asked besides the host, and the schema that names it. */
  fields: Record<string, unknown>
  fields_schema: unknown
  version: string
  support_ends_on: Day | null
  customer_number: string
  customer_name: string
  order_number: string | null
  ordered_on: Day | null
  purchase_order: string | null
  reseller: string | null
  line_number: number | null
  certificate_number: string | null
  owner_name: string | null
  registered_at: Date | null
  registered_to: string | null
  registered_by: string | null
  registration_id: string | null
  contacts: Contact[]
  address: Address | null
}

export type Address = {
  company: string
  street: string
  street2: string | null
  city: string
  region: string | null
  postal_code: string | null
  country: string
}

/**
 * Everything the portal knows about one license, for a reader who may see it.
 * @throws AppError `not_found` for somebody else's serial number exactly as for one that does not exist.
 */
export async function getLicense(db: Db, actor: Member, serial: string): Promise<LicenseDetails> {
  if (!serialNumber.test(serial)) throw new AppError('not_found')
  const row = await db
    .selectFrom(visibleLicenses(actor).as('l'))
    .innerJoin('product_versions as v', 'v.id', 'l.product_version_id')
    .innerJoin('products as p', 'p.id', 'v.product_id')
    .innerJoin('customers as c', 'c.id', 'l.customer_id')
    .leftJoin('order_lines as n', 'n.id', 'l.order_line_id')
    .leftJoin('orders as o', 'o.id', 'n.order_id')
    .leftJoin('organizations as w', 'w.id', 'l.owner_id')
    .leftJoin('registrations as r', 'r.id', 'l.registration_id')
    .leftJoin('auth.user as u', 'u.id', 'r.user_id')
    .leftJoin('addresses as a', 'a.id', 'l.address_id')
    .select([
      'l.id',
      'l.serial',
      'l.revision',
      'l.kind',
      'l.meter',
      'l.quantity',
      'l.upgraded_quantity',
      'l.starts_on',
      'l.ends_on',
      'l.grace_days',
    ])
    .select(['l.revoked_reason', 'l.maintenance_until', 'l.fields', 'l.contacts', 'l.source', 'l.level', 'l.owner_id'])
    .select(['l.registered_at', 'l.registered_to'])
    .select(['p.code as product_code', 'p.name as product_name', 'p.description as product_description'])
    .select(['p.key_scheme', 'p.fields_schema', 'v.version', 'v.support_ends_on'])
    .select(['c.number as customer_number', 'c.name as customer_name', 'w.name as owner_name'])
    .select(['o.number as order_number', 'o.ordered_on', 'o.purchase_order', 'o.reseller'])
    .select(['n.line_number', 'n.certificate_number'])
    .select([
      statusOf(actor.today).as('status'),
      sql<boolean>`l.owner_id is not null`.as('owned'),
      // Of an owner before it is not told who registered it, nor with what else.
      sql<string | null>`case when r.organization_id = l.owner_id then r.id end`.as('registration_id'),
      sql<string | null>`case when r.organization_id = l.owner_id then u.name end`.as('registered_by'),
      sql<boolean>`l.source = 'own'`.as('own'),
      sql<boolean>`l.revoked_at is not null`.as('revoked'),
      sql<boolean>`l.superseded_at is not null`.as('superseded'),
      dayOfColumn('l.superseded_at', actor).as('superseded_on'),
      dayOfColumn('l.revoked_at', actor).as('revoked_on'),
      sql<Address | null>`case when a.id is not null then jsonb_build_object('company', a.company, 'street', a.street,
        'street2', a.street2, 'city', a.city, 'region', a.region, 'postal_code', a.postal_code,
        'country', a.country) end`.as('address'),
    ])
    .where('l.serial', '=', serial)
    .$castTo<LicenseDetails>()
    .executeTakeFirst()
  if (!row) throw new AppError('not_found')
  return row
}

export type KeyState = 'active' | 'superseded' | 'revoked' | 'expired'

export type LicenseKey = {
  id: string
  scheme: string
  state: KeyState
  quantity: number
  host_type: string | null
  host_id: string | null
  /** For those who may not download only its last signs. */
  key_text: string | null
  file_name: string | null
  issued_at: Date
  expires_on: Day | null
  ended_at: Date | null
  revoked_reason: string | null
  /** Works until a service request is decided. */
  temporary: boolean
  /** The earlier version that it is for, if it is not for that of its license. */
  version: string | null
}

/** The keys of a license that the actor may see, the active ones first, without the content of files. */
export async function listKeys(db: Db, actor: Member, license_id: string): Promise<LicenseKey[]> {
  const rows = await db
    .selectFrom('license_keys as k')
    .innerJoin(visibleLicenses(actor).as('l'), 'l.id', 'k.license_id')
    .leftJoin('product_versions as v', 'v.id', 'k.product_version_id')
    .select(['v.version', 'k.id', 'k.scheme', 'k.quantity', 'k.host_type', 'k.host_id', 'k.key_text', 'k.file_name'])
    .select(['k.issued_at', 'k.expires_on', 'k.revoked_reason', 'k.temporary'])
    .select([sql<boolean>`l.source = 'own'`.as('own'), 'l.level'])
    .select([
      sql<KeyState>`case when k.revoked_at is not null then 'revoked' when k.superseded_at is not null
        then 'superseded' when k.expires_on + case when k.temporary then 0 else l.grace_days end < ${actor.today}::date then 'expired' else 'active' end`.as(
        'state',
      ),
      sql<Date | null>`coalesce(k.revoked_at, k.superseded_at)`.as('ended_at'),
    ])
    .where('k.license_id', '=', license_id)
    .where(isReaders(actor))
    .orderBy(sql`k.revoked_at is not null or k.superseded_at is not null`)
    .orderBy('k.issued_at', 'desc')
    .orderBy('k.id')
    .execute()
  return rows.map(({ own, level, ...row }) => {
    const mayTake = mayOn(actor, { own, level }, 'downloader')
    return mayTake ? row : { ...row, key_text: row.key_text && maskKey(row.key_text) }
  })
}

/**
 * Whether a key `k` is in force, or ended since another organization gave the license away: what that one had, on which
 * hosts and in whose name, is no business of whoever has the license after it.
 */
function isReaders({ organization_id }: Member) {
  return sql<boolean>`((k.revoked_at is null and k.superseded_at is null) or not exists (
    select from events e where e.license_id = k.license_id
      and e.action in ('license.returned', 'license.transferred', 'license.transfer_undone')
      and e.organization_id <> coalesce(l.owner_id, ${organization_id}::uuid) and e.at >= coalesce(k.revoked_at, k.superseded_at)))`
}

/**
 * One license file, byte for byte as issued, with the license that it is of.
 * @throws AppError `not_found` unless the actor's organization may take its keys and this one is a file of it.
 */
export async function getKeyFile(db: Db, actor: Member, serial: string, key_id: string) {
  if (!uuid.test(key_id)) throw new AppError('not_found')
  if (!serialNumber.test(serial)) throw new AppError('not_found')
  const file = await db
    .selectFrom('license_keys as k')
    .innerJoin(visibleLicenses(actor).as('l'), 'l.id', 'k.license_id')
    .select(['k.file_name as name', 'k.file_content as content', 'l.id as license_id', 'l.owner_id', 'l.source'])
    .where('l.serial', '=', serial)
    .where('l.level', '<>', 'view')
    .where('k.id', '=', key_id)
    .where('k.file_content', 'is not', null)
    .where(isReaders(actor))
    .executeTakeFirst()
  if (!file) throw new AppError('not_found')
  const { license_id, owner_id, source } = file
  return { name: file.name!, content: file.content!, license_id, owner_id, own: source === 'own' }
}
