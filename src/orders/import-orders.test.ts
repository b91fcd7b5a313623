import assert from 'node:assert/strict'
import { buffer } from 'node:stream/consumers'
import type { TestContext } from 'node:test'
import { test } from 'node:test'
import { freshDatabase } from '../../test/database.ts'
import { operator, ordersCsv, someCatalog } from '../../test/orders.ts'
import { systemActor } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { sheetRow, xlsxStream } from '../platform/tables/index.ts'
import { HeadRefused, importOrders, type RejectedRow } from './import-orders.ts'
import { isOwnSerialNumber } from './serial-number.ts'

async function aShop(t: TestContext): Promise<Db> {
  const { db } = await freshDatabase(t)
  await someCatalog(db)
  return db
}

async function load(db: Db, file: string | Uint8Array, options: { dry_run?: boolean } = {}) {
  const rejected: RejectedRow[] = []
  const bytes = typeof file === 'string' ? Buffer.from(file) : file
  const report = await importOrders(
    db,
    systemActor('test'),
    { bytes },
    { ...options, on_rejected: (rows) => void rejected.push(...rows) },
  )
  return { ...report, issues: rejected.map(({ line, issue, column }) => [line, issue, column]) }
}

const licensesOf = (db: Db) => db.selectFrom('licenses').selectAll().orderBy('serial').execute()

test('each order line becomes one unregistered license with its customer, order, address and dates', async (t) => {
  const db = await aShop(t)
  const report = await load(
    db,
    ordersCsv([
      {
        order_number: 'A1',
        line: 1,
        serial_number: 'M0000000001',
        quantity: 5,
        purchase_order: 'PO 7',
        address_company: 'Müller',
        address_street: 'Ring 1',
        address_city: 'Köln',
        address_country: 'de',
        maintenance_until: '2027-12-31',
      },
      { order_number: 'A1', line: 2, serial_number: '' },
    ]),
  )
  assert.deepEqual([report.created, report.rejected], [2, 0])
  const rows = await db
    .selectFrom('licenses as l')
    .innerJoin('order_lines as ol', 'ol.id', 'l.order_line_id')
    .innerJoin('orders as o', 'o.id', 'ol.order_id')
    .leftJoin('addresses as a', 'a.id', 'l.address_id')
    .innerJoin('customers as c', 'c.id', 'o.customer_id')
    .select([
      'l.serial',
      'l.quantity',
      'l.registered_at',
      'l.owner_id',
      'l.maintenance_until',
      'o.number',
      'o.purchase_order',
      'ol.line_number',
      'a.city',
      'a.country',
      'c.number as customer',
    ])
    .orderBy('ol.line_number')
    .execute()
  assert.deepEqual(
    { ...rows[0] },
    {
      serial: 'M0000000001',
      quantity: 5,
      registered_at: null,
      owner_id: null,
      maintenance_until: '2027-12-31',
      number: 'A1',
      purchase_order: 'PO 7',
      line_number: 1,
      city: 'Köln',
      country: 'DE',
      customer: 'C1',
    },
  )
  assert.ok(isOwnSerialNumber(rows[1]!.serial))
})

test('the same file again changes nothing', async (t) => {
  const db = await aShop(t)
  const file = ordersCsv([
    { order_number: 'A1', line: 1 },
    { order_number: 'A1', line: 2 },
    { order_number: 'A2', line: 1 },
  ])
  await load(db, file)
  const before = await licensesOf(db)
  const again = await load(db, file)
  assert.deepEqual([again.created, again.corrected, again.unchanged, again.rejected], [0, 0, 3, 0])
  assert.deepEqual(await licensesOf(db), before)
})

test('a corrected line changes its license until that is registered, and history keeps both', async (t) => {
  const db = await aShop(t)
  await load(db, ordersCsv([{ order_number: 'A1', line: 1, serial_number: 'M0000000001', quantity: 5 }]))
  const corrected = ordersCsv([{ order_number: 'A1', line: 1, serial_number: 'M0000000001', quantity: 6 }])
  assert.equal((await load(db, corrected)).corrected, 1)
  const [license] = await licensesOf(db)
  assert.deepEqual([license!.quantity, license!.revision], [6, 2])
  const event = await db
    .selectFrom('events')
    .selectAll()
    .where('action', '=', 'license.corrected')
    .executeTakeFirstOrThrow()
  assert.deepEqual(
    [event.license_id, (event.details as { before: { quantity: number } }).before.quantity],
    [license!.id, 5],
  )

  await register(db, license!.id)
  assert.equal((await load(db, corrected)).unchanged, 1)
  const refused = await load(db, ordersCsv([{ order_number: 'A1', line: 1, quantity: 7 }]))
  assert.deepEqual(refused.issues, [[2, 'already_registered', undefined]])
})

async function register(db: Db, license_id: string) {
  const organization_id = '00000000-0000-7000-8000-000000000001'
  await db.insertInto('organizations').values({ id: organization_id, name: 'Owner', created_at: new Date() }).execute()
  await db
    .insertInto('registrations')
    .values({
      id: organization_id,
      organization_id,
      user_id: organization_id,
      completed_at: new Date(),
      license_count: 1,
      registered_to: 'Owner',
    })
    .execute()
  await db
    .updateTable('licenses')
    .set({ owner_id: organization_id, registration_id: organization_id, registered_at: new Date() })
    .where('id', '=', license_id)
    .execute()
}

test('bad rows are reported with line, column and reason and stop nothing else', async (t) => {
  const db = await aShop(t)
  const report = await load(
    db,
    ordersCsv([
      { order_number: 'A1', line: 1, serial_number: 'M0000000001' },
      { order_number: '', line: 2 },
      { order_number: 'A1', line: 'x' },
      { order_number: 'A1', line: 4, product_code: 'NOPE' },
      { order_number: 'A1', line: 5, version: '99' },
      { order_number: 'A1', line: 6, serial_number: 'M0000000001' },
      { order_number: 'A1', line: 1 },
      { order_number: 'A1', line: 7, customer_number: 'C2' },
      { order_number: 'A1', line: 8, country: 'Deutschland' },
      { order_number: 'A1', line: 9, ends_on: '2026-02-30' },
      { order_number: 'A1', line: 10, starts_on: '2027-01-01', ends_on: '2026-01-01' },
      { order_number: 'A1', line: 11, product_code: 'CARE' },
      { order_number: 'A1', line: 12, product_code: 'CARE', ends_on: '2027-01-01', covers_serial: 'M9999999999' },
      { order_number: 'A1', line: 13, product_code: 'PRINT' },
      { order_number: 'A1', line: 14, address_street: 'only a street' },
      { order_number: 'A1', line: 15, contact_email: 'nobody' },
      { order_number: 'A1', line: 16, serial_number: 'with blank' },
      { order_number: 'A1', line: 17, purchase_order: 'x'.repeat(100_000) },
      { order_number: 'A1', line: 18, quantity: 1.5 },
      { order_number: 'A1', line: 19, cancelled: 'perhaps' },
      {
        order_number: 'A1',
        line: 20,
        product_code: 'CARE',
        ends_on: '2027-01-01',
        covers_serial: 'M0000000001',
        serial_number: 'M0000000020',
      },
    ]),
  )
  assert.deepEqual([report.rows, report.created, report.rejected], [21, 2, 19])
  assert.deepEqual(
    report.issues.map(([line, issue]) => [line, issue]),
    [
      [3, 'required'],
      [4, 'not_a_number'],
      [5, 'unknown_product'],
      [6, 'unknown_version'],
      [7, 'serial_twice'],
      [8, 'line_twice'],
      [9, 'other_customer'],
      [10, 'not_a_country'],
      [11, 'not_a_date'],
      [12, 'ends_before_start'],
      [13, 'needs_end'],
      [14, 'unknown_serial'],
      [15, 'needs_printed_key'],
      [16, 'incomplete_address'],
      [17, 'not_an_email'],
      [18, 'not_a_serial'],
      [19, 'too_long'],
      [20, 'not_a_number'],
      [21, 'not_yes_or_no'],
    ],
  )
  const [product, care] = await licensesOf(db)
  assert.equal(care!.covers_license_id, product!.id)
})

test('a serial number of another order line is refused', async (t) => {
  const db = await aShop(t)
  await load(db, ordersCsv([{ order_number: 'A1', line: 1, serial_number: 'M0000000001' }]))
  const report = await load(db, ordersCsv([{ order_number: 'A2', line: 1, serial_number: 'M0000000001' }]))
  assert.deepEqual(report.issues, [[2, 'serial_taken', 'serial_number']])
})

test('a dry run reports the same and stores nothing', async (t) => {
  const db = await aShop(t)
  const file = ordersCsv([
    { order_number: 'A1', line: 1 },
    { order_number: 'A1', line: 2, country: 'x' },
  ])
  const dry = await load(db, file, { dry_run: true })
  assert.deepEqual([dry.created, dry.rejected], [1, 1])
  assert.equal((await licensesOf(db)).length, 0)
  assert.equal((await db.selectFrom('customers').select('id').execute()).length, 0)
  assert.deepEqual(await load(db, file), dry)
})

test('an order is cancelled and taken back, each once in history', async (t) => {
  const db = await aShop(t)
  const line = { order_number: 'A1', line: 1 }
  await load(db, ordersCsv([line]))
  for (const _ of [1, 2]) await load(db, ordersCsv([{ ...line, cancelled: 'yes' }]))
  assert.ok((await db.selectFrom('orders').select('cancelled_at').executeTakeFirstOrThrow()).cancelled_at)
  assert.equal((await db.selectFrom('events').select('id').where('action', '=', 'order.cancelled').execute()).length, 1)
  await load(db, ordersCsv([{ ...line, cancelled: 'no' }]))
  assert.equal((await db.selectFrom('orders').select('cancelled_at').executeTakeFirstOrThrow()).cancelled_at, null)
})

test('a workbook imports like a CSV, texts that look like formulas as texts', async (t) => {
  const db = await aShop(t)
  const lines = ordersCsv([{ order_number: 'A1', line: 1, reseller: 'Plain' }])
    .trim()
    .split('\r\n')
    .map((line) => line.split(','))
  const reseller = lines[0]!.indexOf('reseller')
  lines[1]![reseller] = '=HYPERLINK("http://x")'
  const report = await load(db, await buffer(xlsxStream(lines.map(sheetRow))))
  assert.equal(report.created, 1)
  assert.equal(
    (await db.selectFrom('orders').select('reseller').executeTakeFirstOrThrow()).reseller,
    '=HYPERLINK("http://x")',
  )
})

test('columns come in any order and spelling; unknown ones are listed', async (t) => {
  const db = await aShop(t)
  const [head, row] = ordersCsv([{ order_number: 'A1', line: 1 }])
    .trim()
    .split('\r\n')
  const upper = head!.toUpperCase().replaceAll('_', ' ')
  const report = await load(db, `Colour,${upper}\r\nred,${row}\r\n`)
  assert.deepEqual([report.created, report.unknown_columns], [1, ['Colour']])
})

test('a head line without the required columns, or with one twice, is refused before anything is stored', async (t) => {
  const db = await aShop(t)
  await assert.rejects(
    load(db, 'order_number,line,line\r\n1,1,1\r\n'),
    (error) => error instanceof HeadRefused && error.missing.includes('quantity') && error.twice.includes('line'),
  )
})

test('only operators for orders import', async (t) => {
  const db = await aShop(t)
  for (const role of ['support', 'catalog', 'auditor'] as const) {
    await assert.rejects(
      importOrders(db, operator(role), { bytes: Buffer.from('x') }),
      (error) => error instanceof AppError && error.code === 'forbidden',
    )
  }
})

test('more rows than one batch are all taken, and an interrupted import is continued', async (t) => {
  const db = await aShop(t)
  const file = ordersCsv(
    Array.from({ length: 5_100 }, (_, n) => ({ order_number: `B${Math.floor(n / 3)}`, line: (n % 3) + 1 })),
  )
  const stop = importOrders(
    db,
    systemActor('test'),
    { bytes: Buffer.from(file) },
    {
      on_progress: () => {
        throw new Error('stopped')
      },
    },
  )
  await assert.rejects(stop, /stopped/)
  const stored = (await licensesOf(db)).length
  assert.ok(stored > 0 && stored < 5_100)
  const report = await load(db, file)
  assert.deepEqual([report.created, report.unchanged], [5_100 - stored, stored])
})
