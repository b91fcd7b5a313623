import { sql } from 'kysely'
import { type Actor, type Day, mustOperate } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import type { DB, Db, Trx } from '../platform/db/index.ts'
import { uuidv7 } from '../platform/ids.ts'

type Products = DB['products']

export type NewProduct = {
  code: string
  name: string
  description: string
  kind: Products['kind']
  meter: Products['meter']
  key_scheme: Products['key_scheme']
  versions: { version: string; released_on: Day; support_ends_on?: Day }[]
  host_types?: string[]
  register_alone?: boolean
  /** Code of the product that this maintenance or content covers; it must be known or come earlier in the list. */
  covers?: string
  fields_schema?: Record<string, unknown>
  features?: Record<string, true | number | string>
  warn_days?: number
  grace_days?: number
  rehost_allowance?: number
  rehost_months?: number
  /** Whether a license may be used with keys of an earlier version. */
  downgrade_right?: boolean
}

/**
 * Adds products with their versions, or brings those of the same code up to date; versions are added, never removed.
 * @throws AppError `forbidden` unless the actor is an operator for the catalog.
 */
export async function saveProducts(db: Db, actor: Actor, products: NewProduct[]): Promise<void> {
  mustOperate(actor, 'catalog')
  await db.transaction().execute(async (trx) => {
    const ids = products.map(() => uuidv7())
    const rows = JSON.stringify(products.map((product, n) => ({ ...product, id: ids[n] })))
    await sql`
      insert into products (id, code, name, description, kind, meter, key_scheme, host_types, register_alone,
        covers_product_id, fields_schema, features, warn_days, grace_days, rehost_allowance, rehost_months, downgrade_right,
        created_at)
      select p.id, p.code, p.name, p.description, p.kind, p.meter, p.key_scheme, coalesce(p.host_types, '{}'),
        coalesce(p.register_alone, false), coalesce(known.id, listed.id), p.fields_schema, coalesce(p.features, '{}'),
        coalesce(p.warn_days, 30), coalesce(p.grace_days, 0), coalesce(p.rehost_allowance, 3),
        coalesce(p.rehost_months, 12), coalesce(p.downgrade_right, false), ${actor.now}
      from jsonb_to_recordset(${rows}::jsonb) as p (id uuid, code text, name text, description text, kind text,
        meter text, key_scheme text, host_types text[], register_alone boolean, covers text, fields_schema jsonb,
        features jsonb, warn_days integer, grace_days integer, rehost_allowance integer, rehost_months integer,
        downgrade_right boolean)
      left join products known on known.code = p.covers
      left join jsonb_to_recordset(${rows}::jsonb) as listed (id uuid, code text) on listed.code = p.covers
      on conflict (code) do update set name = excluded.name, description = excluded.description, kind = excluded.kind,
        meter = excluded.meter, key_scheme = excluded.key_scheme, host_types = excluded.host_types,
        register_alone = excluded.register_alone, covers_product_id = excluded.covers_product_id,
        fields_schema = excluded.fields_schema, features = excluded.features, warn_days = excluded.warn_days,
        grace_days = excluded.grace_days, rehost_allowance = excluded.rehost_allowance,
        rehost_months = excluded.rehost_months, downgrade_right = excluded.downgrade_right`.execute(trx)
    const versions = products.flatMap(({ code, versions }) => versions.map((each) => ({ ...each, code, id: uuidv7() })))
    await sql`
      insert into product_versions (id, product_id, version, released_on, support_ends_on)
      select v.id, p.id, v.version, v.released_on, v.support_ends_on
      from jsonb_to_recordset(${JSON.stringify(versions)}::jsonb)
        as v (id uuid, code text, version text, released_on date, support_ends_on date)
      join products p on p.code = v.code
      on conflict (product_id, version) do update
        set released_on = excluded.released_on, support_ends_on = excluded.support_ends_on`.execute(trx)
    await record(trx, actor, 'product.saved', { details: { codes: products.map(({ code }) => code) } })
  })
}

/**
 * The id of a product's version, added when it is not known yet; a known one keeps its days. In the caller's
 * transaction, which locks the product so that two do not add the same.
 * @throws AppError `forbidden` unless the actor is an operator for the catalog.
 */
export async function ensureVersion(
  trx: Trx,
  actor: Actor,
  input: { product_id: string; version: string; released_on: Day },
): Promise<{ id: string; released_on: Day }> {
  mustOperate(actor, 'catalog')
  await trx.selectFrom('products').select('id').where('id', '=', input.product_id).forNoKeyUpdate().executeTakeFirst()
  const known = await trx
    .selectFrom('product_versions')
    .select(['id', 'released_on'])
    .where('product_id', '=', input.product_id)
    .where('version', '=', input.version)
    .executeTakeFirst()
  if (known) return known
  const id = uuidv7()
  await trx
    .insertInto('product_versions')
    .values({ id, ...input })
    .execute()
  await record(trx, actor, 'product.version_added', { subject_id: input.product_id, details: input })
  return { id, released_on: input.released_on }
}
