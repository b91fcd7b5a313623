import { createHash } from 'node:crypto'
import { checkHostId, HOST_TYPES } from '@keyport/license'
import { type RawBuilder, sql } from 'kysely'
import type { Member } from '../platform/actor.ts'
import { type Db, prepared } from '../platform/db/index.ts'
import { listTags } from './list-tags.ts'
import { foldSerial } from './rules.ts'
import { longestQuestion } from './schemas.ts'
import { granters, hasLevel, licenseArms, type Scope, seesTags } from './visible-licenses.ts'

/**
 * Licenses that a text names one by one (by a tag, a value of a user-defined field, a host) are collected up to here;
 * whoever has more of them is better served by a filter.
 */
export const namedAtMost = 1_000

/** What a text of the search box names. Ids stand for further conditions on licenses; they are never shown. */
export type Matches = {
  /** Folded as `serial_lookalike`. */
  serial_prefix: string | null
  product_version_ids: string[]
  customer_ids: string[]
  order_ids: string[]
  order_line_ids: string[]
  license_ids: string[]
  address_ids: string[]
  /** MD5 of contacts. */
  contacts_ids: string[]
  /** There are more than `namedAtMost` licenses of one of these kinds. */
  capped: boolean
}

type Named = { what: Exclude<keyof Matches, 'capped'>; id: string }

type Reader = Member & Scope

/**
 * Looks up what a text names, before the licenses are read: with the ids known, PostgreSQL knows how many licenses
 * each will bring, and takes the right index. Costs a few index lookups, however many licenses there are.
 */
export async function findMatches(db: Db, reader: Reader, text: string): Promise<Matches> {
  const found: Matches = {
    serial_prefix: null,
    product_version_ids: [],
    customer_ids: [],
    order_ids: [],
    order_line_ids: [],
    license_ids: [],
    address_ids: [],
    contacts_ids: [],
    capped: false,
  }
  if (text.length > longestQuestion) return found
  const tags = (await listTags(db, reader)).filter((tag) => tag.toLowerCase() === text.toLowerCase())
  const prefix = /^[A-Za-z0-9-]{1,40}$/.test(text) ? foldSerial(text) : ''
  const parts = [named(reader, text), noted(reader, text, tags), ...(prefix ? [begun(prefix)] : [])]
  const { rows } = await sql<Named>`${prepared}${sql.join(parts, sql` union all `)}`.execute(db)
  const counts = new Map<string, number>()
  for (const { what, id } of rows) {
    if (what === 'serial_prefix') found.serial_prefix = prefix
    else found[what].push(id)
    counts.set(what, (counts.get(what) ?? 0) + 1)
  }
  found.capped = [...counts.values()].some((count) => count > namedAtMost)
  return found
}

/** Whether any serial number begins so, whoever owns it; most words do not, and then need not be looked for. */
function begun(prefix: string): RawBuilder<Named> {
  return sql`(select 'serial_prefix', null from licenses l where ${beginsWith(prefix)} limit 1)`
}

/** As two ends, which also a plan made before the prefix was known finds in the index. */
export function beginsWith(prefix: string): RawBuilder<boolean> {
  const last = prefix.codePointAt(prefix.length - 1)!
  const beyond = prefix.slice(0, -1) + String.fromCodePoint(last + 1)
  return sql`(l.serial_lookalike >= ${prefix} and l.serial_lookalike < ${beyond})`
}

/** What the vendor's order and the keys name. Purchase orders, hosts and printed keys may be alike at many customers. */
function named(reader: Reader, text: string): RawBuilder<Named> {
  const { added } = licenseArms(reader)
  const spellings = sql`(${sql.join([text, text.toUpperCase(), text.toLowerCase()])})`
  const keys = [text, text.toUpperCase(), inGroups(text)]
  const digests = keys.map((key) => createHash('md5').update(key).digest('hex'))
  const part = `%${escapeLike(text)}%`
  const isVisible = (condition: RawBuilder<unknown>) =>
    sql`(exists (select from licenses l where ${condition} and ${hasLevel(reader, 'view', 'l')})
      or exists (select from ${added} l where ${condition}))`
  return sql`
    select 'product_version_ids' as what, v.id
    from products p join product_versions v on v.product_id = p.id
    where p.name ilike ${part} or p.code ilike ${`${escapeLike(text)}%`}
    union all
    select 'customer_ids', id from customers where number in ${spellings}
    union all
    select 'order_ids', id from orders where number in ${spellings}
    union all
    select 'order_ids', o.id from orders o
    where o.purchase_order in ${spellings} and exists (select from order_lines n
      where n.order_id = o.id and ${isVisible(sql`l.order_line_id = n.id`)})
    union all
    select 'order_line_ids', n.id from order_lines n
    where n.certificate_number in ${spellings} and ${isVisible(sql`l.order_line_id = n.id`)}
    union all
    select 'license_ids', license_id from license_keys
    where scheme in ('code', 'pool') and md5(key_text) in (${sql.join(digests)}) and key_text in (${sql.join(keys)})
    union all
    select 'license_ids', license_id from license_keys
    where scheme = 'signed' and key_text = ${text}
    union all
    select 'license_ids', l.id from licenses l
    where l.printed_key in (${sql.join(keys)}) and ${hasLevel(reader, 'view', 'l')}
    union all
    (select distinct 'license_ids', l.id
    from license_keys k join licenses l on l.id = k.license_id and ${hasLevel(reader, 'view', 'l')}
    where k.host_id = any(${[text, text.toUpperCase(), text.toLowerCase(), ...hostIdsIn(text)]}::text[])
    limit ${sql.lit(namedAtMost + 1)})`
}

/**
 * What people noted: addresses and contacts, which many licenses share, by any part of them; values of user-defined
 * fields that are searchable; tags. Of others who let the reader use licenses, what stands on those: texts only name
 * what licenses must have, and of fields those that are shared.
 */
function noted(actor: Reader, text: string, tags: string[]): RawBuilder<Named> {
  const { organization_id } = actor
  const others = granters(actor)
  const part = `%${escapeLike(text)}%`
  const most = sql.lit(namedAtMost + 1)
  return sql`
    (select case kind when 'address' then 'address_ids' else 'contacts_ids' end as what, ref as id
    from license_texts where organization_id = any(${organization_id}::uuid || ${others}) and text ilike ${part} limit ${most})
    union all
    (select 'license_ids', v.license_id from license_field_values v
    where v.organization_id = any(${organization_id}::uuid || ${others}) and v.value ilike ${part}
      and v.field_id = any(array(select id from user_defined_fields
        where searchable and deleted_at is null and ((organization_id = ${organization_id} and ${actor.via === undefined})
          or (shared and organization_id = any(${others})))))
    limit ${most})
    union all
    (select 'license_ids', license_id from license_tags
    where organization_id = ${organization_id} and tag = any(${tags}::text[]) and ${seesTags(actor)} limit ${most})`
}

/** The text as a host id of each kind that it may be, written as licenses write it: `00-1A-…` as `00:1a:…`. */
function hostIdsIn(text: string): string[] {
  return HOST_TYPES.flatMap((type) => {
    const check = checkHostId(type, text)
    return check.ok ? [check.id] : []
  })
}

/** A code of 25 characters typed without its hyphens. */
function inGroups(text: string): string {
  const code = text.replace(/[\s-]/g, '').toUpperCase()
  return code.length === 25 ? code.match(/.{5}/g)!.join('-') : text
}

/** A text as a part of a pattern for `like`. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}
