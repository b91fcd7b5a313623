import { sql } from 'kysely'
import type { KeyScheme, KeyVersion } from '../keys/index.ts'
import { foldSerial } from '../licenses/index.ts'
import type { Day, Member } from '../platform/actor.ts'
import { type Db, prepared } from '../platform/db/index.ts'
import { isLocale, type Locale } from '../platform/i18n.ts'
import type { Candidate, LicenseKind, SerialFacts } from './rules.ts'
import { type Choices, choicesSchema } from './schemas.ts'

/** A license as registration needs it. */
export type LicenseFacts = {
  license_id: string
  serial: string
  revision: number
  product_version_id: string
  kind: LicenseKind
  meter: string
  quantity: number
  starts_on: Day | null
  ends_on: Day | null
  grace_days: number
  maintenance_until: Day | null
  printed_key: string | null
  owner_id: string | null
  registered_at: Date | null
  registered_to: string | null
  revoked_at: Date | null
  superseded_at: Date | null
  covers_license_id: string | null
  renews_license_id: string | null
  customer_id: string
  customer_number: string
  customer_name: string
  customer_locale: Locale
  order_id: string | null
  order_number: string | null
  order_cancelled_at: Date | null
  contact_name: string | null
  contact_email: string | null
}

export type ProductFacts = {
  product_version_id: string
  version: string
  product_id: string
  code: string
  name: string
  key_scheme: KeyScheme
  host_types: string[]
  register_alone: boolean
  covers_product_id: string | null
  fields_schema: unknown
  features: unknown
  warn_days: number
}

/** One serial number of a basket with what is known about it. */
export type BasketRow = {
  position: number
  serial: string
  choices: Choices
  license: (LicenseFacts & { product: ProductFacts; predecessor?: Predecessor }) | null
}

/** The license that one is made from by an upgrade; it is the one that is locked, for the new one does not exist yet. */
export type Predecessor = {
  license_id: string
  serial: string
  revision: number
  /** Its product and version. */
  product: string
  quantity: number
  /** Who owns it: another organization's stays that organization's. */
  owner_id: string | null
}

/** The serial numbers of a draft with the present facts of each, in one query. */
export async function readBasket(db: Db, draft_id: string): Promise<BasketRow[]> {
  const { rows } = await sql<FactsRow & { position: number; choices: unknown }>`${prepared}
    select s.position, s.choices, ${facts}
    from registration_draft_serials s left join licenses l on l.serial = s.serial ${joinedFacts}
    where s.draft_id = ${draft_id}::uuid order by s.position`.execute(db)
  const products: Products = new Map()
  return rows.map((row) => ({
    position: row.position,
    serial: row.serial,
    choices: choicesSchema.parse(row.choices),
    license: licenseOf(row, products),
  }))
}

/** The facts of serial numbers that are in no basket yet, in the given order. */
export async function readSerialFacts(db: Db, serials: string[]): Promise<BasketRow['license'][]> {
  const { rows } = await sql<FactsRow>`
    select ${facts} from unnest(${serials}::text[]) with ordinality as s (serial, position)
    left join licenses l on l.serial = s.serial ${joinedFacts}
    order by s.position`.execute(db)
  const products: Products = new Map()
  return rows.map((row) => licenseOf(row, products))
}

/** What `facts` selects. */
export type FactsRow = Omit<LicenseFacts, 'license_id'> & { license_id: string | null } & Omit<
    ProductFacts,
    'name' | 'code'
  > & {
    product_name: string
    product_code: string
  }
/** Licenses of one product version share its facts: a basket may hold thousands of them. */
export type Products = Map<string, ProductFacts>

/** Of `s` a serial number, `l` its license (any may be missing), and what `joinedFacts` joins. */
export const facts = sql`s.serial, l.id as license_id, l.revision, l.product_version_id, l.kind, l.meter, l.quantity,
  l.starts_on, l.ends_on, l.grace_days, l.maintenance_until, l.printed_key, l.owner_id, l.registered_at,
  l.registered_to, l.revoked_at, l.superseded_at, l.covers_license_id, l.renews_license_id, l.customer_id,
  c.number as customer_number, c.name as customer_name, c.locale as customer_locale, o.id as order_id,
  o.number as order_number, o.cancelled_at as order_cancelled_at, o.contact_name, o.contact_email, v.version,
  p.id as product_id, p.code as product_code, p.name as product_name, p.key_scheme, p.host_types, p.register_alone,
  p.covers_product_id, p.fields_schema, p.features, p.warn_days`

export const joinedFacts = sql`
  left join product_versions v on v.id = l.product_version_id
  left join products p on p.id = v.product_id
  left join customers c on c.id = l.customer_id
  left join order_lines n on n.id = l.order_line_id
  left join orders o on o.id = n.order_id`

export function licenseOf(row: FactsRow, products: Products): BasketRow['license'] {
  if (row.license_id === null) return null
  return {
    license_id: row.license_id,
    serial: row.serial,
    revision: row.revision,
    product_version_id: row.product_version_id,
    kind: row.kind,
    meter: row.meter,
    quantity: row.quantity,
    starts_on: row.starts_on,
    ends_on: row.ends_on,
    grace_days: row.grace_days,
    maintenance_until: row.maintenance_until,
    printed_key: row.printed_key,
    owner_id: row.owner_id,
    registered_at: row.registered_at,
    registered_to: row.registered_to,
    revoked_at: row.revoked_at,
    superseded_at: row.superseded_at,
    covers_license_id: row.covers_license_id,
    renews_license_id: row.renews_license_id,
    customer_id: row.customer_id,
    customer_number: row.customer_number,
    customer_name: row.customer_name,
    customer_locale: isLocale(row.customer_locale) ? row.customer_locale : 'en',
    order_id: row.order_id,
    order_number: row.order_number,
    order_cancelled_at: row.order_cancelled_at,
    contact_name: row.contact_name,
    contact_email: row.contact_email,
    product: productOf(row, products),
  }
}

function productOf(row: FactsRow, products: Products): ProductFacts {
  const known = products.get(row.product_version_id)
  if (known) return known
  const { product_version_id, version, product_id, key_scheme, host_types, register_alone } = row
  const { covers_product_id, fields_schema, features, warn_days } = row
  const product: ProductFacts = {
    product_version_id,
    version,
    product_id,
    code: row.product_code,
    name: row.product_name,
    key_scheme,
    host_types,
    register_alone,
    covers_product_id,
    fields_schema,
    features,
    warn_days,
  }
  products.set(product_version_id, product)
  return product
}

/** What `outcomesOf` decides about. Contracts and vouchers have serial numbers of their own once they exist. */
export function serialFactsOf(license: BasketRow['license']): SerialFacts | undefined {
  if (!license) return undefined
  const { key_scheme, register_alone } = license.product
  return { ...license, belongs_to: 'license', key_scheme, register_alone }
}

/** Newest licenses of each customer that proposals look through; any other can be named by its serial number. */
const proposalsAmong = 20_000

/**
 * Licenses of the actor's organization that new serial numbers may cover or renew: those named by `ids`, of the same
 * orders, and the newest of the same customers.
 */
export async function listCandidates(
  db: Db,
  actor: Member,
  wanted: { ids: string[]; product_ids: string[]; order_ids: string[]; customer_ids: string[] },
): Promise<(Candidate & { revision: number })[]> {
  const { rows } = await sql<Candidate & { revision: number }>`
    with near as (
      select id from licenses where id = any(${wanted.ids}::uuid[])
      union
      select l.id from licenses l join order_lines n on n.id = l.order_line_id
      where n.order_id = any(${wanted.order_ids}::uuid[])
      union
      select newest.id from unnest(${wanted.customer_ids}::uuid[]) as c (id) cross join lateral (
        select id from licenses where owner_id = ${actor.organization_id} and customer_id = c.id
        order by id desc limit ${proposalsAmong}
      ) newest
    )
    select l.id as license_id, l.serial, v.product_id, l.customer_id, n.order_id, l.quantity, l.maintenance_until,
      l.revision
    from near join licenses l using (id)
    join product_versions v on v.id = l.product_version_id
    left join order_lines n on n.id = l.order_line_id
    where l.owner_id = ${actor.organization_id} and l.registered_at is not null
      and l.revoked_at is null and l.superseded_at is null and v.product_id = any(${wanted.product_ids}::uuid[])`.execute(
    db,
  )
  return rows
}

/** What maintenance being renewed covered: by the id of the renewed license. */
export async function readRenewedCovers(db: Db, ids: string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; covers_license_id: string }>`
    select m.id, coalesce(u.new_license_id, m.covers_license_id) as covers_license_id
    from licenses m
    join licenses c on c.id = m.covers_license_id
    left join lateral (
      select new_license_id from upgrades where old_license_id = c.id and quantity = c.quantity
      order by upgraded_at desc limit 1
    ) u on true
    where m.id = any(${ids}::uuid[])`.execute(db)
  return new Map(rows.map((row) => [row.id, row.covers_license_id]))
}

/** A license of the actor's organization that can be covered or renewed, by its serial number in any case. */
export async function findCandidate(
  db: Db,
  actor: Member,
  serial: string,
  product_id: string,
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select l.id from licenses l join product_versions v on v.id = l.product_version_id
    where l.serial_lookalike = ${foldSerial(serial)} and upper(l.serial) = upper(${serial})
      and l.owner_id = ${actor.organization_id} and l.registered_at is not null and l.revoked_at is null
      and l.superseded_at is null and v.product_id = ${product_id}
    order by l.serial = ${serial} desc limit 1`.execute(db)
  return rows[0]?.id
}

/** An owned license whose maintenance is about to be raised, with the keys that say how long it lasts. */
export type Covered = Omit<LicenseFacts, 'registered_to'> & {
  registered_to: string
  product: ProductFacts
  active_keys: {
    id: string
    quantity: number
    host: { type: string; id: string } | null
    /** Last day of a key that bridges the time until a request is decided. */
    temporary_until: Day | null
    /** The earlier version that it is for, if it is not for that of its license. */
    version: KeyVersion | null
  }[]
}

/** Licenses of the actor's organization by id, with their active keys that carry signed claims. */
export async function readCovered(db: Db, actor: Member, ids: string[]): Promise<Covered[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<FactsRow & { active_keys: Covered['active_keys'] }>`
    select ${facts}, (
      select coalesce(jsonb_agg(jsonb_build_object('id', k.id, 'quantity', k.quantity,
        'host', case when k.host_id is not null then jsonb_build_object('type', k.host_type, 'id', k.host_id) end,
        'temporary_until', case when k.temporary then k.expires_on end,
        'version', (select jsonb_build_object('id', kv.id, 'version', kv.version)
          from product_versions kv where kv.id = k.product_version_id))
        order by k.id), '[]')
      from license_keys k
      where k.license_id = l.id and k.superseded_at is null and k.revoked_at is null
        and k.scheme in ('signed', 'file', 'file_host')) as active_keys
    from (select id, serial from licenses where id = any(${ids}::uuid[])) s
    left join licenses l on l.serial = s.serial ${joinedFacts}
    where l.owner_id = ${actor.organization_id}
    order by l.id`.execute(db)
  const products: Products = new Map()
  return rows.map((row) => ({
    ...licenseOf(row, products)!,
    registered_to: row.registered_to ?? '',
    active_keys: row.active_keys,
  }))
}
