import { sql } from 'kysely'
import type { Db } from '../src/platform/db/index.ts'

export type UpgradableSize = { licenses: number; customers: number }

/** What was made: the versions, oldest first, that all licenses are of and could be upgraded to. */
export const upgradable = {
  product_id: '00000000-0000-7000-8000-00000000a000',
  old: '00000000-0000-7000-8000-00000000a001',
  next: '00000000-0000-7000-8000-00000000a002',
  last: '00000000-0000-7000-8000-00000000a003',
}

/**
 * Fills a database with licenses of one version, of many customers: half of them owned, each with an order and its
 * contact; of a hundred, 25 are without maintenance, 15 with maintenance that ended too early, one withdrawn, one
 * superseded, and one in a thousand of a cancelled order. Written past triggers and foreign keys, so it needs a
 * superuser.
 */
export async function fillUpgradable(db: Db, { licenses, customers }: UpgradableSize): Promise<void> {
  await db.connection().execute(async (one) => {
    await sql`set session_replication_role = replica`.execute(one)
    await sql`set synchronous_commit = off`.execute(one)
    await sql`set statement_timeout = 0`.execute(one)
    await fillBuyers(one, customers)
    await fillPurchases(one, licenses, customers)
    await sql`reset session_replication_role`.execute(one)
    await sql`reset statement_timeout`.execute(one)
  })
  await sql`vacuum (analyze)`.execute(db)
}

async function fillBuyers(db: Db, customers: number): Promise<void> {
  const { product_id, old, next, last } = upgradable
  await sql`
    insert into products (id, code, name, kind, meter, key_scheme, created_at)
    values (${product_id}, 'MANY', 'Many Licenses', 'product', 'device', 'code', now())`.execute(db)
  await sql`
    insert into product_versions (id, product_id, version, released_on)
    values (${old}, ${product_id}, '1.0', '2025-01-01'), (${next}, ${product_id}, '2.0', '2026-03-01'),
      (${last}, ${product_id}, '3.0', '2026-09-01')`.execute(db)
  await sql`
    insert into organizations (id, name, created_at)
    select md5('org' || n)::uuid, 'Organization ' || n, now() from generate_series(0, 499) n`.execute(db)
  await sql`
    insert into customers (id, number, name, country, locale, created_at)
    select md5('c' || n)::uuid, 'C' || (1000000 + n), 'Customer ' || n, (array['DE', 'FR', 'BR', 'US'])[1 + n % 4],
      (array['en', 'fr', 'pt-BR', 'en'])[1 + n % 4], now()
    from generate_series(0, ${customers}::int - 1) n`.execute(db)
}

async function fillPurchases(db: Db, licenses: number, customers: number): Promise<void> {
  await sql`
    insert into orders (id, number, customer_id, ordered_on, contact_name, contact_email, cancelled_at, created_at)
    select md5('o' || n)::uuid, 'ORD-' || n, md5('c' || n % ${customers}::int)::uuid, current_date, 'Buyer ' || n,
      'buyer' || n % ${customers}::int || '@customer.example', case when n % 1000 = 7 then now() end, now()
    from generate_series(0, ${licenses}::int - 1) n`.execute(db)
  await sql`
    insert into order_lines (id, order_id, line_number)
    select md5('ol' || n)::uuid, md5('o' || n)::uuid, 1 from generate_series(0, ${licenses}::int - 1) n`.execute(db)
  await sql`
    insert into licenses (id, serial, product_version_id, kind, meter, quantity, customer_id, order_line_id, owner_id,
      registration_id, registered_at, contacts, maintenance_until, revoked_at, superseded_at, created_at)
    select (lpad(to_hex(1500000000000 + n * 1000), 12, '0') || substr(md5('l' || n), 1, 20))::uuid,
      'M' || lpad((n * 829348951 % 10000000000)::text, 10, '0'), ${upgradable.old}, 'product', 'device', 1 + n % 50,
      md5('c' || n % ${customers}::int)::uuid, md5('ol' || n)::uuid,
      case when n % 2 = 0 then md5('org' || n % 500)::uuid end, case when n % 2 = 0 then md5('r')::uuid end,
      case when n % 2 = 0 then now() end,
      case when n % 2 = 0 then jsonb_build_array(jsonb_build_object('name', 'Person', 'email',
        'tech' || n % ${customers}::int || '@customer.example', 'phone', null)) else '[]' end,
      case when n % 100 < 25 then null when n % 100 < 40 then date '2026-02-28' else date '2027-06-30' end,
      case when n % 100 = 98 then now() end, case when n % 100 = 99 then now() end, now()
    from generate_series(0, ${licenses}::bigint - 1) n`.execute(db)
}
