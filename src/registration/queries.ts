import { sql } from 'kysely'
import type { KeyScheme, KeyVersion } from '../keys/index.ts'
import { foldSerial, hasLevel } from '../licenses/index.ts'
import type { Day, Member } from '../platform/actor.ts'
import { type Db, prepared } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { isLocale, type Locale } from '../platform/i18n.ts'
import type { Candidate, LicenseKind, SerialFacts } from './rules.ts'
import { type Choices, choicesSchema, type Details, detailsSchema } from './schemas.ts'
import type { Purpose } from './wizard.ts'

/** An open draft that nobody touched for so many days is as good as discarded, and purged. */
export const draftDays = 90

export type Draft = {
  id: string
  purpose: Purpose
  organization_id: string
  organization_name: string
  /** Whether the organization allows license keys in e-mails, and every other one whose licenses it upgrades. */
  keys_in_email: boolean
  details: Details
  revision: number
  updated_at: Date
  submitted_at: Date | null
  completed_at: Date | null
  refusal: string | null
  progress_done: number
  progress_total: number
  /** The registration it became. */
  registration_id: string | null
}

/**
 * A draft of the actor's organization: any of its managers may go on with it.
 * @throws AppError `not_found` for another organization's or of another wizard, `gone` for one discarded or too old.
 */
export async function getDraft(db: Db, actor: Member, draft_id: string, purpose: Purpose = 'purchase'): Promise<Draft> {
  if (!isUuid(draft_id)) throw new AppError('not_found')
  const { rows } = await sql<
    Omit<Draft, 'details' | 'refusal'> & { details: unknown; refusal: unknown; discarded_at: Date | null }
  >`${prepared}
    select d.id, d.purpose, d.organization_id, d.details, d.revision, d.updated_at, d.submitted_at, d.completed_at,
      d.discarded_at, d.refusal, d.progress_done, d.progress_total, o.name as organization_name,
      o.keys_in_email and not exists (select from upgrade_selections s join licenses l on l.id = s.license_id
        join organizations w on w.id = l.owner_id where s.draft_id = d.id and not w.keys_in_email) as keys_in_email,
      r.id as registration_id
    from registration_drafts d
    join organizations o on o.id = d.organization_id
    left join registrations r on r.draft_id = d.id
    where d.id = ${draft_id}::uuid and d.organization_id = ${actor.organization_id}::uuid
      and d.purpose = ${purpose}`.execute(db)
  const row = rows[0]
  if (!row) throw new AppError('not_found')
  const { discarded_at, ...draft } = row
  if (discarded_at || (!draft.completed_at && draft.updated_at < oldestDraft(actor.now))) throw new AppError('gone')
  return { ...draft, details: detailsSchema.parse(draft.details), refusal: refusalIn(draft.refusal) }
}

export function oldestDraft(now: Date): Date {
  return new Date(now.getTime() - draftDays * 86_400_000)
}

function refusalIn(refusal: unknown): string | null {
  const code = (refusal as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : null
}

export type OpenDraft = {
  id: string
  purpose: Purpose
  updated_at: Date
  submitted: boolean
  serials: number
  first_serial: string | null
}

/** Drafts that a manager of the organization may resume, the latest first. */
export async function listOpenDrafts(db: Db, actor: Member, limit = 20, purpose?: Purpose): Promise<OpenDraft[]> {
  const rows = await db
    .selectFrom('registration_drafts as d')
    .select((e) => [
      'd.id',
      'd.purpose',
      'd.updated_at',
      e('d.submitted_at', 'is not', null).$castTo<boolean>().as('submitted'),
    ])
    .select((e) => [
      e
        .selectFrom('registration_draft_serials as s')
        .select((s) => s.fn.countAll<number>().as('count'))
        .whereRef('s.draft_id', '=', 'd.id')
        .as('serials'),
      e
        .selectFrom('registration_draft_serials as s')
        .select('s.serial')
        .whereRef('s.draft_id', '=', 'd.id')
        .orderBy('s.position')
        .limit(1)
        .as('first_serial'),
    ])
    .where('d.organization_id', '=', actor.organization_id)
    .where('d.completed_at', 'is', null)
    .where('d.discarded_at', 'is', null)
    .where('d.updated_at', '>=', oldestDraft(actor.now))
    .$if(purpose !== undefined, (q) => q.where('d.purpose', '=', purpose!))
    .orderBy('d.updated_at', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ ...row, purpose: row.purpose as Purpose, serials: row.serials ?? 0 }))
}

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

/** A registration and whose it is: who else owns its licenses by now is shown nothing here. */
export type RegistrationScope = Pick<Registration, 'id' | 'organization_id'>

export type Registration = {
  id: string
  organization_id: string
  purpose: Purpose
  completed_at: Date
  license_count: number
  registered_to: string
  organization_name: string
  keys_in_email: boolean
  registered_by: string | null
}

/** A registration of the actor's organization. @throws AppError `not_found` for another's. */
export async function getRegistration(db: Db, actor: Member, id: string): Promise<Registration> {
  if (!isUuid(id)) throw new AppError('not_found')
  const { rows } = await sql<Registration>`
    select r.id, r.organization_id, coalesce(d.purpose, 'purchase') as purpose, r.completed_at, r.license_count, r.registered_to,
      o.name as organization_name,
      o.keys_in_email and not exists (select from licenses l join organizations w on w.id = l.owner_id
        where l.registration_id = r.id and not w.keys_in_email and ${hasLevel(actor, 'download', 'l')}) as keys_in_email,
      u.name as registered_by
    from registrations r join organizations o on o.id = r.organization_id left join auth."user" u on u.id = r.user_id
    left join registration_drafts d on d.id = r.draft_id
    where r.id = ${id} and r.organization_id = ${actor.organization_id}`.execute(db)
  if (!rows[0]) throw new AppError('not_found')
  return rows[0]
}

/** A license of a registration with one of its keys; a license without keys has one row, too. */
export type IssuedKey = {
  license_id: string
  serial: string
  /** The serial number of the license that it is the upgrade of. */
  upgraded_from: string | null
  product_code: string
  product: string
  version: string
  quantity: number
  key_scheme: KeyScheme
  key_id: string | null
  key_quantity: number | null
  host_type: string | null
  host_id: string | null
  key_text: string | null
  file_name: string | null
  file_content: string | null
}

/**
 * What a registration issued and is still active and the organization's own, page by page.
 * `files` reads the content of license files as well.
 */
export async function listIssuedKeys(
  db: Db,
  registration: RegistrationScope,
  page: { after?: string | undefined; limit: number; files?: boolean },
): Promise<IssuedKey[]> {
  const content = page.files ? sql`k.file_content` : sql`null::text`
  const { rows } = await sql<IssuedKey>`
    select l.id as license_id, l.serial, f.serial as upgraded_from, p.code as product_code, p.name as product, v.version, l.quantity, p.key_scheme,
      k.id as key_id, k.quantity as key_quantity, k.host_type, k.host_id, k.key_text, k.file_name,
      ${content} as file_content
    from (
      select * from licenses where registration_id = ${registration.id}
        and ${hasLevel({ organization_id: registration.organization_id }, 'download')}
        and id > coalesce(${page.after ?? null}::uuid, '00000000-0000-0000-0000-000000000000')
      order by id limit ${page.limit}
    ) l
    join product_versions v on v.id = l.product_version_id
    join products p on p.id = v.product_id
    left join licenses f on f.id = l.upgraded_from_license_id
    left join license_keys k on k.license_id = l.id and k.superseded_at is null and k.revoked_at is null
    order by l.id, k.id`.execute(db)
  return rows
}

/** All of what `listIssuedKeys` lists, a page at a time, so that no registration is too large. */
export async function* issuedKeys(
  db: Db,
  registration: RegistrationScope,
  { files = false }: { files?: boolean } = {},
): AsyncGenerator<IssuedKey[]> {
  for (let after: string | undefined; ; ) {
    const page = await listIssuedKeys(db, registration, { after, limit: 500, files })
    if (page.length === 0) return
    yield page
    after = page.at(-1)!.license_id
  }
}

export function isUuid(id: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)
}

export async function countSerials(db: Db, draft_id: string): Promise<number> {
  const query = db.selectFrom('registration_draft_serials').select((e) => e.fn.countAll<number>().as('count'))
  return (await query.where('draft_id', '=', draft_id).executeTakeFirstOrThrow()).count
}
