import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshDatabase } from '../../test/database.ts'
import { columnNames, importOrders } from '../orders/index.ts'
import { systemActor } from '../platform/actor.ts'
import { csvLine } from '../platform/tables/index.ts'
import { saveProducts } from '../products/index.ts'
import { demoCatalog, demoOrders } from './index.ts'

const records = (lines: number, seed: number) => {
  const [, ...rows] = [...demoOrders({ lines, seed })]
  return rows.map((cells) => Object.fromEntries(columnNames.map((name, n) => [name, cells[n]!])))
}

test('the same seed makes the same orders, another seed others', () => {
  assert.deepEqual(records(500, 7), records(500, 7))
  const numbers = new Set(records(500, 7).map(({ order_number }) => order_number))
  assert.ok(records(500, 8).every(({ order_number }) => !numbers.has(order_number)))
})

test('no order line and no serial number comes twice', () => {
  const rows = records(20_000, 1)
  assert.equal(rows.length, 20_000)
  assert.equal(new Set(rows.map(({ order_number, line }) => `${order_number}/${line}`)).size, rows.length)
  const serials = rows.map(({ serial_number }) => serial_number).filter(Boolean)
  assert.equal(new Set(serials).size, serials.length)
})

test('orders are as varied as those of a vendor', () => {
  const rows = records(20_000, 1)
  const having = (test: (row: (typeof rows)[number]) => unknown) => rows.filter((row) => test(row)).length
  const schemes = new Map(demoCatalog.map(({ code, key_scheme }) => [code, key_scheme]))
  assert.equal(new Set(rows.map(({ product_code }) => schemes.get(product_code!))).size, 7)
  assert.ok(new Set(rows.map(({ country }) => country)).size >= 12)
  assert.ok(having(({ customer_name }) => /[\u3040-\u9fff\uac00-\ud7af]/.test(customer_name!)) > 500, 'CJK')
  assert.ok(having(({ customer_name }) => /[À-ž]/.test(customer_name!)) > 2000, 'accents')
  assert.ok(having(({ renews_serial }) => renews_serial) > 100, 'renewals')
  assert.ok(having(({ covers_serial }) => covers_serial) > 1000, 'maintenance')
  assert.ok(having(({ serial_number }) => !serial_number) > 500, 'no serial number')
  assert.ok(having(({ cancelled }) => cancelled) > 50, 'cancelled')

  const ended = new Set<string>()
  let late = 0
  for (const [n, { order_number }] of rows.entries()) {
    if (ended.has(order_number!)) late++
    const next = rows[n + 1]?.order_number
    if (next !== order_number) ended.add(order_number!)
  }
  assert.ok(late > 200, 'partial deliveries')
})

test('every generated line can be imported', async (t) => {
  const { db } = await freshDatabase(t)
  const actor = systemActor('test')
  await saveProducts(db, actor, demoCatalog)
  const bytes = Buffer.from([...demoOrders({ lines: 3000, seed: 99 })].map(csvLine).join(''))
  const rejected: unknown[] = []
  const options = { on_rejected: (rows: unknown[]) => void rejected.push(...rows) }
  const report = await importOrders(db, actor, { bytes }, options)
  assert.deepEqual(rejected, [])
  assert.equal(report.created, 3000)
})
