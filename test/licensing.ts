/** Makes what licensing tests stand on: organizations with members, products, licenses. Each call makes new ones. */
import { sql } from 'kysely'
import { dayOf, type Member, type Role } from '../src/platform/actor.ts'
import type { Db } from '../src/platform/db/index.ts'
import type { Locale } from '../src/platform/i18n.ts'
import { uuidv7 } from '../src/platform/ids.ts'

let count = 0
const next = () => (++count).toString().padStart(5, '0')

type MemberOptions = {
  role?: Role
  organization_id?: string
  name?: string
  locale?: Locale
  now?: Date
  keys_in_email?: boolean
}

/** A signed-in member, of a new organization unless told which. */
export async function aMember(db: Db, options: MemberOptions = {}): Promise<Member> {
  const now = options.now ?? new Date()
  const n = next()
  const user_id = uuidv7()
  const name = options.name ?? `Member ${n}`
  const email = `member${n}@example.com`
  const locale = options.locale ?? 'en'
  const organization_id = options.organization_id ?? (await anOrganization(db, options))
  const role = options.role ?? 'manager'
  await sql`insert into auth."user" (id, name, email, "emailVerified", locale) values (${user_id}, ${name}, ${email}, true, ${locale})`.execute(
    db,
  )
  await db.insertInto('memberships').values({ organization_id, user_id, role, created_at: now }).execute()
  return {
    kind: 'user',
    user_id,
    name,
    email,
    organization_id,
    role,
    operator_role: null,
    locale,
    time_zone: 'UTC',
    now,
    today: dayOf(now, 'UTC'),
    request_id: null,
    address: null,
  }
}

async function anOrganization(db: Db, { keys_in_email = false }: MemberOptions): Promise<string> {
  const id = uuidv7()
  await db
    .insertInto('organizations')
    .values({ id, name: `Organization ${next()}`, keys_in_email, created_at: new Date() })
    .execute()
  return id
}

export async function aCustomer(db: Db, more: { name?: string; locale?: Locale } = {}): Promise<string> {
  const id = uuidv7()
  const number = `C${next()}`
  await db
    .insertInto('customers')
    .values({
      id,
      number,
      name: more.name ?? `Customer ${number}`,
      country: 'DE',
      locale: more.locale ?? 'en',
      created_at: new Date(),
    })
    .execute()
  return id
}

type Product = {
  key_scheme?: 'code' | 'signed' | 'file' | 'file_host' | 'pool' | 'printed' | 'none' | 'external'
  kind?: 'product' | 'maintenance' | 'content' | 'subscription'
  host_types?: string[]
  register_alone?: boolean
  covers_product_id?: string
  fields_schema?: object
  features?: object
}

export type SomeProduct = {
  product_id: string
  product_version_id: string
  code: string
  kind: NonNullable<Product['kind']>
}

/** A product with one version; scheme `file` unless told otherwise. */
export async function aProduct(db: Db, more: Product = {}): Promise<SomeProduct> {
  const product_id = uuidv7()
  const product_version_id = uuidv7()
  const code = `P${next()}`
  const kind = more.kind ?? 'product'
  await db
    .insertInto('products')
    .values({
      id: product_id,
      code,
      name: `Product ${code}`,
      kind,
      meter: 'device',
      key_scheme: more.key_scheme ?? 'file',
      host_types: more.host_types ?? (more.key_scheme === 'file_host' ? ['mac', 'hostname'] : []),
      register_alone: more.register_alone ?? false,
      covers_product_id: more.covers_product_id ?? null,
      fields_schema: more.fields_schema ? JSON.stringify(more.fields_schema) : null,
      features: JSON.stringify(more.features ?? {}),
      created_at: new Date(),
    })
    .execute()
  await db
    .insertInto('product_versions')
    .values({ id: product_version_id, product_id, version: '1.0', released_on: '2026-01-01' })
    .execute()
  return { product_id, product_version_id, code, kind }
}

type LicenseOptions = {
  quantity?: number
  customer_id?: string
  order_line_id?: string
  starts_on?: string
  ends_on?: string
  printed_key?: string
  covers_license_id?: string
  renews_license_id?: string
  serial?: string
  maintenance_until?: string
}

export type SomeLicense = { id: string; serial: string; customer_id: string }

/** An unregistered license of a product. */
export async function aLicense(db: Db, product: SomeProduct, more: LicenseOptions = {}): Promise<SomeLicense> {
  const id = uuidv7()
  const serial = more.serial ?? `M00000${next()}`
  const customer_id = more.customer_id ?? (await aCustomer(db))
  await db
    .insertInto('licenses')
    .values({
      ...more,
      id,
      serial,
      customer_id,
      product_version_id: product.product_version_id,
      kind: product.kind,
      meter: 'device',
      quantity: more.quantity ?? 10,
      created_at: new Date(),
    })
    .execute()
  return { id, serial, customer_id }
}

/** An order line, for licenses to belong to. */
export async function anOrderLine(
  db: Db,
  customer_id: string,
  more: { order_id?: string; contact_email?: string; contact_name?: string; cancelled_at?: Date } = {},
): Promise<{ order_id: string; order_line_id: string }> {
  const { order_id: given, ...order } = more
  const order_id = given ?? uuidv7()
  if (!given) {
    await db
      .insertInto('orders')
      .values({
        ...order,
        id: order_id,
        number: `O${next()}`,
        customer_id,
        ordered_on: '2026-11-01',
        created_at: new Date(),
      })
      .execute()
  }
  const order_line_id = uuidv7()
  await db.insertInto('order_lines').values({ id: order_line_id, order_id, line_number: count }).execute()
  return { order_id, order_line_id }
}

/** Keys imported for a product of scheme `pool`. */
export async function fillPool(db: Db, product: SomeProduct, keys: number): Promise<void> {
  const rows = Array.from({ length: keys }, () => ({
    id: uuidv7(),
    product_id: product.product_id,
    key_text: `POOL-${next()}`,
    imported_at: new Date(),
  }))
  await db.insertInto('pool_keys').values(rows).execute()
}
