import { sql } from 'kysely'
import type { Member } from '../src/platform/actor.ts'
import type { Db } from '../src/platform/db/index.ts'

/** `share`: every how-manieth license is the owner's. */
export type CatalogSize = { licenses: number; customers: number; share?: number }

/**
 * Fills a database with many licenses, every second one the owner's: 24 products of three versions, a tenth of them
 * with an end (the older the license, the earlier), one key each, four to an order; with addresses, contacts, tags,
 * two user-defined fields and bookmarks. Statements, not rows: a million licenses take some minutes. Written past
 * triggers and foreign keys, so it needs a superuser (and the embedded engine's user is one).
 */
export async function fillCatalog(db: Db, owner: Member, size: CatalogSize) {
  const indexes = size.licenses > 100_000 ? await dropIndexes(db) : []
  await Promise.all([
    pastTriggers(db, async (one) => {
      await fillProducts(one)
      await fillOrders(one, size)
    }),
    pastTriggers(db, (one) => fillLicenses(one, owner, size)),
  ])
  await Promise.all([pastTriggers(db, fillKeys), pastTriggers(db, (one) => fillNotes(one, owner))])
  await pastTriggers(db, async (one) => {
    for (const index of indexes) await sql.raw(index).execute(one)
  })
  // Not `vacuum` alone: it also marks pages all-visible, which scans of indexes alone live from.
  await sql`vacuum (analyze)`.execute(db)
}

/** Two fields of the owner's: a site that thousands of licenses share, and an asset number of its own for each. */
export const catalogFields = {
  site: '00000000-0000-7000-8000-000000000001',
  asset: '00000000-0000-7000-8000-000000000002',
}
const { site, asset } = catalogFields

function pastTriggers(db: Db, work: (one: Db) => Promise<void>): Promise<void> {
  return db.connection().execute(async (one) => {
    await sql`set session_replication_role = replica`.execute(one)
    await sql`set synchronous_commit = off`.execute(one)
    await sql`set statement_timeout = 0`.execute(one)
    await work(one)
    await sql`reset all`.execute(one)
  })
}

/** Takes indexes that no constraint needs from the large tables: building them once is several times quicker. */
async function dropIndexes(db: Db): Promise<string[]> {
  const { rows } = await sql<{ name: string; created: string }>`
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as created from pg_index
    where indrelid = any(array['orders', 'order_lines', 'addresses', 'licenses', 'license_keys', 'license_texts',
      'license_field_values', 'license_tags', 'events']::regclass[])
      and indexrelid not in (select conindid from pg_constraint)`.execute(db)
  for (const { name } of rows) await sql`drop index ${sql.raw(name)}`.execute(db)
  return rows.map(({ created }) => created)
}

async function fillProducts(db: Db) {
  await sql`
    insert into products (id, code, name, kind, meter, key_scheme, covers_product_id, created_at)
    select md5('p' || n)::uuid, 'KP-' || n,
      (array['Backup', 'Endpoint', 'Mail', 'Archive'])[1 + n % 4] || ' ' || (array['Suite', 'Server', 'Agent'])[1 + n % 3]
        || ' ' || n, ${kindOf(sql`n`)}, 'device', 'code', md5('p0')::uuid, now()
    from generate_series(0, 23) n`.execute(db)
  await sql`
    insert into product_versions (id, product_id, version, released_on)
    select md5('v' || n || '.' || v)::uuid, md5('p' || n)::uuid, v || '.0', date '2018-01-01' + v * 400
    from generate_series(0, 23) n, generate_series(0, 2) v`.execute(db)
}

async function fillOrders(db: Db, { licenses, customers }: { licenses: number; customers: number }) {
  await sql`
    insert into organizations (id, name, created_at)
    select md5('org' || n)::uuid, 'Organization ' || n, now() from generate_series(1, 200) n`.execute(db)
  await sql`
    insert into customers (id, number, name, country, created_at)
    select md5('c' || n)::uuid, 'C' || (100000 + n), 'Customer ' || n, 'DE', now()
    from generate_series(0, ${customers}::int - 1) n`.execute(db)
  await sql`
    insert into orders (id, number, customer_id, purchase_order, ordered_on, created_at)
    select md5('o' || n)::uuid, 'ORD-' || n, md5('c' || n % ${customers}::int)::uuid, 'PO-' || n % 50000, current_date, now()
    from generate_series(0, ${licenses}::int / 4) n`.execute(db)
  await sql`
    insert into order_lines (id, order_id, line_number, certificate_number)
    select md5('ol' || n)::uuid, md5('o' || n / 4)::uuid, 1 + n % 4, 'CERT-' || n
    from generate_series(0, ${licenses}::int - 1) n`.execute(db)
}

/** Ids grow with age as UUIDv7 do; serial numbers are a permutation, so they follow nothing. */
async function fillLicenses(db: Db, owner: Member, { licenses, customers, share = 2 }: CatalogSize) {
  await sql`
    insert into addresses (id, customer_id, company, street, city, country, created_at)
    select md5('a' || n)::uuid, md5('c' || n % ${customers}::int)::uuid, 'Company ' || n, n || ' Main Street',
      (array['Berlin', 'Lyon', 'Porto'])[1 + n % 3], 'DE', now()
    from generate_series(0, ${customers}::int * 4 - 1) n`.execute(db)
  await sql`
    insert into licenses (id, serial, product_version_id, kind, meter, quantity, starts_on, ends_on, grace_days,
      customer_id, order_line_id, owner_id, registration_id, registered_at, created_at, revoked_at, superseded_at,
      address_id, contacts)
    select (lpad(to_hex(1500000000000 + n * 100000), 12, '0') || substr(md5('l' || n), 1, 20))::uuid,
      'M' || lpad((n * 829348951 % 10000000000)::text, 10, '0'), md5('v' || n / 2 % 24 || '.' || n / 48 % 3)::uuid,
      ${kindOf(sql`n / 2 % 24`)}, 'device', 1 + n % 50, null, case when ${kindOf(sql`n / 2 % 24`)} <> 'product'
        then current_date - 335 + (n * 600 / ${licenses}::int)::int end, 14,
      md5('c' || n / 4 % ${customers}::int)::uuid, md5('ol' || n)::uuid,
      case when n % ${share}::int = 0 then ${owner.organization_id}::uuid
        when n % 1999 <> 1 then md5('org' || 1 + n / 2 % 200)::uuid end,
      case when not free then md5('r')::uuid end, case when not free then at end, at, case when n % 502 = 0 then now() end, case when n % 206 = 0 then now() end,
      md5('a' || n / 4 % (${customers}::int * 4))::uuid,
      jsonb_build_array(jsonb_build_object('name', 'Person ' || n / 64 % 2000, 'email', 'p' || n / 64 % 2000 || '@acme.example', 'phone', null))
    from generate_series(0, ${licenses}::bigint - 1) n, lateral (select timestamptz '2018-01-01' + n * interval '100 s' as at,
      n % ${share}::int <> 0 and n % 1999 = 1 as free) t
  `.execute(db)
}

async function fillKeys(db: Db) {
  await sql`
    insert into license_keys (id, license_id, scheme, quantity, host_type, host_id, key_text, issued_at)
    select gen_random_uuid(), id, case when hosted then 'file_host' else 'code' end, 1,
      case when hosted then 'hostname' end, case when hosted then 'host-' || right(serial, 8) end,
      case when not hosted then upper(md5(serial)) end, now()
    from licenses, lateral (select substr(serial, 8, 1) > '4' as hosted) h`.execute(db)
}

/** What the owner keeps about its licenses, and what the triggers would have noted. */
async function fillNotes(db: Db, { organization_id, user_id }: Member) {
  await sql`
    insert into license_texts
    select ${organization_id}::uuid, 'address', a.id, address_text(a) from addresses a
    where id in (select address_id from licenses where owner_id = ${organization_id})
    union all
    select distinct ${organization_id}::uuid, 'contacts', md5(contacts::text)::uuid, contacts_text(contacts)
    from licenses where owner_id = ${organization_id}`.execute(db)
  await sql`
    insert into user_defined_fields (id, organization_id, name, type, in_catalog, position, created_at)
    values (${site}, ${organization_id}, 'Site', 'text', true, 0, now()),
      (${asset}, ${organization_id}, 'Asset number', 'text', true, 1, now())`.execute(db)
  await sql`
    insert into license_field_values (license_id, field_id, organization_id, value, sort_value, updated_at)
    select id, ${site}::uuid, ${organization_id}::uuid, initcap(place), place, now()
    from (select id, 'plant ' || mod(hashint4(right(serial, 8)::int)::bigint + 2147483648, 300) as place
      from licenses where owner_id = ${organization_id}) l
    union all
    select id, ${asset}::uuid, ${organization_id}::uuid, 'A-' || serial, 'a-' || lower(serial), now()
    from licenses where owner_id = ${organization_id}`.execute(db)
  await sql`
    insert into license_tags (organization_id, license_id, tag, created_at)
    select ${organization_id}, id, tag, now() from licenses, lateral (
      select case when substr(serial, 8, 2) between '70' and '74' then 'production' when substr(serial, 6, 3) = '333' then 'rare' end as tag) t
    where owner_id = ${organization_id} and tag is not null`.execute(db)
  await sql`
    insert into license_bookmarks (organization_id, license_id, created_by, created_at)
    select ${organization_id}, id, ${user_id}, now() from licenses where owner_id is null limit 2000`.execute(db)
}

function kindOf(product: ReturnType<typeof sql>) {
  return sql`case ${product} % 12 when 4 then 'subscription' when 5 then 'maintenance' else 'product' end`
}
