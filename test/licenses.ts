/** Rows for tests of what is read: written straight into the tables, one license with all that it needs at a time. */
import { type Actor, dayOf, type Member, type Role, systemActor } from '../src/platform/actor.ts'
import type { Db } from '../src/platform/db/index.ts'
import { uuidv7 } from '../src/platform/ids.ts'

/** The moment and the day of every actor made here. */
export const now = new Date('2026-06-15T10:00:00Z')
export const today = dayOf(now, 'UTC')

/** Somebody who works for an organization: a new one, or that of a colleague. */
export async function aMember(db: Db, role: Role = 'manager', colleague?: Member): Promise<Member> {
  const user_id = uuidv7()
  const email = `${role}-${user_id}@acme.example`
  await db
    .insertInto('auth.user')
    .values({ id: user_id, name: `Ada ${role}`, email, emailVerified: true })
    .execute()
  const organization_id = colleague?.organization_id ?? (await anOrganization(db))
  await db.insertInto('memberships').values({ organization_id, user_id, role, created_at: now }).execute()
  const base: Actor = { ...systemActor(`Ada ${role}`, now), kind: 'user', email }
  return { ...base, user_id, organization_id, role }
}

/** The actor of an account made in another way. */
export function memberOf(account: { user_id: string; organization_id: string }, role: Role = 'manager'): Member {
  return { ...systemActor(`Ada ${role}`, now), kind: 'user', ...account, role }
}

async function anOrganization(db: Db): Promise<string> {
  const id = uuidv7()
  await db
    .insertInto('organizations')
    .values({ id, name: `Acme ${id}`, created_at: now })
    .execute()
  return id
}

type Product = {
  code: string
  name: string
  key_scheme: 'code' | 'signed' | 'file' | 'file_host' | 'pool' | 'printed' | 'none'
  kind: 'product' | 'subscription'
  version: string
}

/** A product with one version. @returns the version's id. */
export async function aProduct(db: Db, given: Partial<Product> = {}): Promise<string> {
  const { version = '1.0', ...product } = given
  const [product_id, id] = [uuidv7(), uuidv7()]
  await db
    .insertInto('products')
    .values({
      id: product_id,
      code: `P-${product_id.slice(-12).toUpperCase()}`,
      name: 'Backup Server',
      kind: 'product',
      meter: 'device',
      key_scheme: 'code',
      host_types: product.key_scheme === 'file_host' ? ['hostname'] : [],
      created_at: now,
      ...product,
    })
    .execute()
  await db.insertInto('product_versions').values({ id, product_id, version, released_on: '2025-01-01' }).execute()
  return id
}

/** A buyer. @returns its id. */
export async function aCustomer(db: Db, number: string, name = `Buyer ${number}`): Promise<string> {
  const id = uuidv7()
  await db.insertInto('customers').values({ id, number, name, country: 'FR', created_at: now }).execute()
  return id
}

type License = {
  serial: string
  product_version_id: string
  customer_id: string
  kind: 'product' | 'subscription' | 'maintenance' | 'content'
  quantity: number
  starts_on: string | null
  ends_on: string | null
  grace_days: number
  registered_at: Date
  registered_to: string
  contacts: string
  fields: string
  address_id: string
  maintenance_until: string
  covers_license_id: string
  renews_license_id: string
  printed_key: string
  revoked_at: Date
  revoked_reason: string
  superseded_at: Date
  upgraded_quantity: number
}
type Order = {
  number: string
  purchase_order: string
  certificate_number: string
  reseller: string
  contact_name: string
  contact_email: string
  cancelled_at: Date
}

/** A license of the member's organization, or of none, with its order. */
export async function aLicense(db: Db, owner: Member | null, given: Partial<License> = {}, order: Partial<Order> = {}) {
  const id = uuidv7()
  const serial = given.serial ?? `KP${id.replaceAll('-', '').slice(-16).toUpperCase()}`
  const customer_id = given.customer_id ?? (await aCustomer(db, `C${id.slice(-12)}`))
  const registered_at = owner ? (given.registered_at ?? now) : null
  await db
    .insertInto('licenses')
    .values({
      product_version_id: given.product_version_id ?? (await aProduct(db)),
      kind: 'product',
      meter: 'device',
      quantity: 1,
      order_line_id: await anOrderLine(db, customer_id, order),
      owner_id: owner?.organization_id ?? null,
      created_at: now,
      ...given,
      id,
      serial,
      customer_id,
      registered_at,
      registration_id: owner ? await aRegistration(db, owner) : null,
    })
    .execute()
  return { id, serial, customer_id }
}

async function anOrderLine(db: Db, customer_id: string, given: Partial<Order>): Promise<string> {
  const { certificate_number, ...rest } = given
  const [order_id, id] = [uuidv7(), uuidv7()]
  const order = { id: order_id, number: `ORD-${order_id.slice(-12)}`, customer_id, ordered_on: today, created_at: now }
  await db
    .insertInto('orders')
    .values({ ...order, ...rest })
    .execute()
  await db.insertInto('order_lines').values({ id, order_id, line_number: 1, certificate_number }).execute()
  return id
}

async function aRegistration(db: Db, { organization_id, user_id }: Member): Promise<string> {
  const id = uuidv7()
  await db
    .insertInto('registrations')
    .values({ id, organization_id, user_id, completed_at: now, license_count: 1, registered_to: 'Acme' })
    .execute()
  return id
}

type Key = {
  scheme: 'code' | 'signed' | 'file' | 'file_host' | 'pool'
  quantity: number
  host_type: string
  host_id: string
  key_text: string
  file_name: string
  file_content: string
  revoked_at: Date
  revoked_reason: string
  superseded_at: Date
  issued_at: Date
  replaces_id: string
}

/** A key of a license. @returns its id. */
export async function aKey(db: Db, license_id: string, given: Partial<Key> = {}): Promise<string> {
  const id = uuidv7()
  const key = { id, license_id, scheme: 'code' as const, quantity: 1, issued_at: now }
  await db
    .insertInto('license_keys')
    .values({ ...key, ...given })
    .execute()
  return id
}

type Field = {
  name: string
  type: 'text' | 'number' | 'date' | 'choice' | 'yes_no'
  choices: string[]
  in_catalog: boolean
  searchable: boolean
  deleted_at: Date
}

/** A user-defined field of the member's organization. @returns its id. */
export async function aField(db: Db, { organization_id }: Member, given: Partial<Field> = {}): Promise<string> {
  const id = uuidv7()
  const field = { id, organization_id, name: `Field ${id}`, type: 'text' as const, position: 0, created_at: now }
  await db
    .insertInto('user_defined_fields')
    .values({ ...field, in_catalog: true, ...given })
    .execute()
  return id
}

/** A value of a user-defined field on a license, as the portal writes it. */
export async function aValue(db: Db, license_id: string, field_id: string, value: string, sort_value = value) {
  const { organization_id } = await db
    .selectFrom('user_defined_fields')
    .select('organization_id')
    .where('id', '=', field_id)
    .executeTakeFirstOrThrow()
  await db
    .insertInto('license_field_values')
    .values({ license_id, field_id, organization_id, value, sort_value: sort_value.toLowerCase(), updated_at: now })
    .execute()
}

/** License information that an organization added by serial number. */
export async function aBookmark(db: Db, { organization_id, user_id }: Member, license_id: string): Promise<void> {
  await db
    .insertInto('license_bookmarks')
    .values({ organization_id, license_id, created_by: user_id, created_at: now })
    .execute()
}

/** A tag that the member's organization gave a license. */
export async function aTag(db: Db, { organization_id }: Member, license_id: string, tag: string): Promise<void> {
  await db.insertInto('license_tags').values({ organization_id, license_id, tag, created_at: now }).execute()
}
