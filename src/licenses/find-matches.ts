import { createHash } from 'node:crypto'
import { checkHostId, HOST_TYPES } from '@keyport/license'
import { type RawBuilder, sql } from 'kysely'
import type { Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { foldSerial } from './rules.ts'
import { visibleLicenses } from './visible-licenses.ts'

/** What a text of the search box names. Ids stand for further conditions on licenses; they are never shown. */
export type Matches = {
  /** Folded as `serial_lookalike`. */
  serial_prefix: string | null
  product_version_ids: string[]
  customer_ids: string[]
  order_ids: string[]
  order_line_ids: string[]
  license_ids: string[]
}

type Named = { what: Exclude<keyof Matches, 'serial_prefix'>; id: string }

/**
 * Looks up what a text names, before the licenses are read: with the ids known, PostgreSQL knows how many licenses
 * each will bring, and takes the right index. Costs a few index lookups, however many licenses there are.
 */
export async function findMatches(db: Db, actor: Member, text: string): Promise<Matches> {
  const found: Matches = {
    serial_prefix: /^[A-Za-z0-9-]{1,40}$/.test(text) ? foldSerial(text) || null : null,
    product_version_ids: [],
    customer_ids: [],
    order_ids: [],
    order_line_ids: [],
    license_ids: [],
  }
  const { rows } = await named(visibleLicenses(db, actor), text).execute(db)
  for (const { what, id } of rows) found[what].push(id)
  return found
}

/** Purchase orders, hosts and printed keys may be alike at many customers: only those of visible licenses count. */
function named(visible: ReturnType<typeof visibleLicenses>, text: string): RawBuilder<Named> {
  const spellings = [text, text.toUpperCase(), text.toLowerCase()]
  const keys = [text, text.toUpperCase(), inGroups(text)]
  const digests = keys.map((key) => createHash('md5').update(key).digest('hex'))
  const part = `%${escapeLike(text)}%`
  return sql`
    select 'product_version_ids' as what, v.id
    from products p join product_versions v on v.product_id = p.id
    where p.name ilike ${part} or p.code ilike ${`${escapeLike(text)}%`}
    union all
    select 'customer_ids', id from customers where number = any(${spellings}::text[])
    union all
    select 'order_ids', id from orders where number = any(${spellings}::text[])
    union all
    select 'order_ids', o.id from orders o
    where o.purchase_order = any(${spellings}::text[]) and exists (
      select from order_lines n join ${visible} l on l.order_line_id = n.id where n.order_id = o.id)
    union all
    select 'order_line_ids', n.id from order_lines n
    where n.certificate_number = any(${spellings}::text[]) and exists (
      select from ${visible} l where l.order_line_id = n.id)
    union all
    select 'license_ids', license_id from license_keys
    where scheme in ('code', 'pool') and md5(key_text) = any(${digests}::text[]) and key_text = any(${keys}::text[])
    union all
    select 'license_ids', license_id from license_keys
    where scheme = 'signed' and key_text = ${text}
    union all
    select 'license_ids', l.id from ${visible} l
    where l.printed_key in (${sql.join(keys)})
    union all
    select distinct 'license_ids', l.id
    from license_keys k join ${visible} l on l.id = k.license_id
    where k.host_id = any(${[...spellings, ...hostIdsIn(text)]}::text[])`
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

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}
