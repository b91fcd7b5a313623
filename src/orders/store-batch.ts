import { sql } from 'kysely'
import { saveCustomerAddresses, saveCustomers } from '../customers/index.ts'
import { correctLicenses, createLicenses, type NewLicense } from '../licenses/index.ts'
import type { Actor } from '../platform/actor.ts'
import { record, recordAll } from '../platform/audit.ts'
import type { Db, Trx } from '../platform/db/index.ts'
import { isLocale, localeFor } from '../platform/i18n.ts'
import { uuidv7 } from '../platform/ids.ts'
import type { OrderRow } from './columns.ts'
import { readKnown } from './read-known.ts'
import { type Catalog, type Decision, decideRows, type Known } from './rules.ts'
import { makeSerialNumber } from './serial-number.ts'

/** Decides and stores one batch of rows in one transaction. @returns what became of each row. */
export function storeBatch(
  db: Db,
  actor: Actor,
  catalog: Catalog,
  rows: OrderRow[],
  options: { dry_run?: boolean; name?: string },
): Promise<Decision[]> {
  return db.transaction().execute(async (trx) => {
    await lockImports(trx)
    const known = await readKnown(trx, catalog, rows)
    const decisions = decideRows(rows, known)
    if (!options.dry_run) await store(trx, actor, rows, decisions, known, options.name)
    return decisions
  })
}

/** One batch at a time: two imports of the same file at once see each other's lines. */
async function lockImports(trx: Trx) {
  await sql`select pg_advisory_xact_lock(hashtextextended('orders.import', 0))`.execute(trx)
}

type Taken = { row: OrderRow; decision: Exclude<Decision, { kind: 'reject' }> }
type Changed = { row: OrderRow; decision: Extract<Decision, { kind: 'create' | 'correct' }> }

async function store(trx: Trx, actor: Actor, rows: OrderRow[], decisions: Decision[], known: Known, name?: string) {
  const taken = rows.flatMap((row, n): Taken[] => {
    const decision = decisions[n]!
    return decision.kind === 'reject' ? [] : [{ row, decision }]
  })
  if (taken.length === 0) return
  const customers = await saveCustomers(trx, actor, customersOf(taken))
  const orders = await saveOrders(trx, actor, taken, customers, known)
  const changed = taken.filter((each): each is Changed => each.decision.kind !== 'unchanged')
  if (changed.length === 0) return
  const addresses = await saveAddresses(trx, actor, changed, customers)
  const created = changed.filter(({ decision }) => decision.kind === 'create')
  const lines = await insertLines(trx, created, orders)
  const factsOf = (each: Changed) => licenseFacts(each, customers, addresses)
  await createLicenses(
    trx,
    actor,
    created.map((each, n) => ({ ...factsOf(each), order_line_id: lines[n]! })),
  )
  await correctAll(trx, actor, changed, factsOf)
  if (created.length > 0) {
    const details = { file: name, lines: created.length, from: keyOf(created[0]!), to: keyOf(created.at(-1)!) }
    await record(trx, actor, 'order.imported', { details })
  }
}

function keyOf({ row }: { row: OrderRow }): string {
  return `${row.order_number}/${row.line}`
}

function customersOf(taken: Taken[]) {
  const facts = taken.map(({ row }) => ({
    number: row.customer_number,
    name: row.customer_name,
    country: row.country,
    locale: row.language === null ? null : isLocale(row.language) ? row.language : localeFor(row.language),
  }))
  return [...new Map(facts.map((customer) => [customer.number, customer])).values()]
}

/** Adds orders and corrects known ones; an empty cell says nothing. @returns ids by order number. */
async function saveOrders(trx: Trx, actor: Actor, taken: Taken[], customers: Map<string, string>, known: Known) {
  const facts = orderFacts(taken, customers, known)
  const { rows: cancelled } = await sql<{ id: string; customer_id: string }>`
    with given as (
      select * from json_to_recordset(${JSON.stringify([...facts.values()])}::json) as t (id uuid, number text,
        customer_id uuid, purchase_order text, ordered_on date, reseller text, contact_name text, contact_email text,
        cancelled boolean)
    ), merged as (
      select t.id, t.number, t.customer_id, t.ordered_on, coalesce(t.purchase_order, o.purchase_order) as purchase_order,
        coalesce(t.reseller, o.reseller) as reseller, coalesce(t.contact_name, o.contact_name) as contact_name,
        coalesce(t.contact_email, o.contact_email) as contact_email,
        case when coalesce(t.cancelled, o.cancelled_at is not null) then coalesce(o.cancelled_at, ${actor.now}) end
          as cancelled_at
      from given t left join orders o on o.number = t.number
    ), written as (
      insert into orders (id, number, customer_id, purchase_order, ordered_on, reseller, contact_name, contact_email,
        cancelled_at, created_at)
      select m.id, m.number, m.customer_id, m.purchase_order, m.ordered_on, m.reseller, m.contact_name,
        m.contact_email, m.cancelled_at, ${actor.now}
      from merged m left join orders o on o.number = m.number
      where o.id is null
        or (o.purchase_order, o.ordered_on, o.reseller, o.contact_name, o.contact_email, o.cancelled_at)
          is distinct from
          (m.purchase_order, m.ordered_on, m.reseller, m.contact_name, m.contact_email, m.cancelled_at)
      on conflict (number) do update set purchase_order = excluded.purchase_order, ordered_on = excluded.ordered_on,
        reseller = excluded.reseller, contact_name = excluded.contact_name, contact_email = excluded.contact_email,
        cancelled_at = excluded.cancelled_at
      returning id, customer_id, cancelled_at
    ) select id, customer_id from written where cancelled_at = ${actor.now}`.execute(trx)
  const events = cancelled.map(({ id, customer_id }) => ({ subject_id: id, customer_id }))
  await recordAll(trx, actor, 'order.cancelled', events)
  return new Map([...facts].map(([number, { id }]) => [number, id]))
}

/** What the rows of an order say together: the last that says something counts. */
function orderFacts(taken: Taken[], customers: Map<string, string>, known: Known) {
  const told = new Map<string, Partial<OrderRow>>()
  for (const { row } of taken) {
    const said = Object.entries(row).filter(([, value]) => value !== null)
    told.set(row.order_number, { ...told.get(row.order_number), ...Object.fromEntries(said) })
  }
  const facts = [...told].map(([number, row]) => ({
    id: known.orders.get(number)?.id ?? uuidv7(),
    number,
    customer_id: customers.get(row.customer_number!),
    ordered_on: row.order_date,
    purchase_order: row.purchase_order,
    reseller: row.reseller,
    contact_name: row.contact_name,
    contact_email: row.contact_email,
    cancelled: row.cancelled,
  }))
  return new Map(facts.map((order) => [order.number, order]))
}

async function insertLines(trx: Trx, created: Changed[], orders: Map<string, string>): Promise<string[]> {
  if (created.length === 0) return []
  const lines = created.map(({ row }) => ({
    id: uuidv7(),
    order_id: orders.get(row.order_number),
    line_number: row.line,
    certificate_number: row.certificate_number,
  }))
  await sql`
    insert into order_lines (id, order_id, line_number, certificate_number)
    select id, order_id, line_number, certificate_number from json_to_recordset(${JSON.stringify(lines)}::json)
      as t (id uuid, order_id uuid, line_number integer, certificate_number text)`.execute(trx)
  return lines.map(({ id }) => id)
}

/** @returns the id of the install-at address by row. */
async function saveAddresses(trx: Trx, actor: Actor, changed: Changed[], customers: Map<string, string>) {
  const rows = changed.map(({ row }) => row).filter((row) => row.address_street !== null)
  const ids = await saveCustomerAddresses(
    trx,
    actor,
    rows.map((row) => ({
      customer_id: customers.get(row.customer_number)!,
      company: row.address_company!,
      street: row.address_street!,
      street2: row.address_street2,
      city: row.address_city!,
      region: row.address_region,
      postal_code: row.address_postal_code,
      country: row.address_country!,
    })),
  )
  return new Map(rows.map((row, n) => [row, ids[n]!]))
}

function licenseFacts(
  { row, decision }: Changed,
  customers: Map<string, string>,
  addresses: Map<OrderRow, string>,
): Omit<NewLicense, 'order_line_id'> {
  return {
    serial: decision.kind === 'correct' ? decision.known.serial : (row.serial_number ?? makeSerialNumber()),
    product_version_id: decision.entry.product_version_id,
    quantity: row.quantity,
    starts_on: row.starts_on,
    ends_on: row.ends_on,
    maintenance_until: row.maintenance_until,
    customer_id: customers.get(row.customer_number)!,
    address_id: addresses.get(row) ?? null,
    printed_key: row.printed_key,
    covers_serial: row.covers_serial,
    renews_serial: row.renews_serial,
  }
}

async function correctAll(
  trx: Trx,
  actor: Actor,
  changed: Changed[],
  factsOf: (each: Changed) => Omit<NewLicense, 'order_line_id'>,
) {
  const corrected = changed.flatMap((each) =>
    each.decision.kind === 'correct' ? [{ known: each.decision.known, after: factsOf(each) }] : [],
  )
  await correctLicenses(
    trx,
    corrected.map(({ known, after }) => ({ ...after, id: known.license_id })),
  )
  const events = corrected.map(({ known, after }) => ({
    license_id: known.license_id,
    customer_id: known.customer_id,
    details: { before: known, after },
  }))
  await recordAll(trx, actor, 'license.corrected', events)
}
