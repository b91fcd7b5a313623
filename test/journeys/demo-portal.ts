/** A portal for journeys: a process of its own on a demo database, with orders that came through the importer. */
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ordersCsv } from '../orders.ts'
import { aDataDir, aServer, keyport } from '../process.ts'

type Scope = { after(done: () => Promise<void> | void): void }

/** What one traveller bought, by its second sign: `serialsOf('E')`. */
export function serialsOf(traveller: string) {
  const serial = (n: number) => `M${traveller}7${String(n).padStart(7, '0')}`
  return {
    file: serial(1),
    host: serial(2),
    code: serial(3),
    signed: serial(4),
    pool: serial(5),
    printed: serial(6),
    none: serial(7),
    asking: serial(8),
    maintenance: serial(9),
    alone: serial(10),
    cancelled: serial(11),
    spare: Array.from({ length: 8 }, (_, n) => serial(20 + n)),
  }
}

/** Enough serial numbers for a basket that is completed in the background. */
export const manySerials = Array.from({ length: 320 }, (_, n) => `B77${String(n + 1).padStart(6, '0')}`)

type Row = Parameters<typeof ordersCsv>[0][number]

export function orderRows(travellers: string[]): Row[] {
  const many = manySerials.map((serial_number, n) => ({
    ...orderOf('BULK', n + 1),
    ...{ product_code: 'BEACON-MONITOR', version: '5.0', serial_number },
  }))
  return [...travellers.flatMap(boughtBy), ...many]
}

function boughtBy(traveller: string): Row[] {
  const own = serialsOf(traveller)
  const ends = { starts_on: '2026-01-01', ends_on: '2036-12-31' }
  const lines: Row[] = [
    { product_code: 'ATLAS-PRO', version: '9.1', serial_number: own.file, quantity: 5 },
    { product_code: 'ATLAS-SERVER', version: '9.1', serial_number: own.host, quantity: 3 },
    { product_code: 'BEACON-MONITOR', version: '5.0', serial_number: own.code, quantity: 40 },
    { product_code: 'CITADEL-BACKUP', version: '12.1', serial_number: own.signed, quantity: 16 },
    { product_code: 'DELTA-SYNC', version: '7.0', serial_number: own.pool, quantity: 10 },
    { product_code: 'EMBER-POS', version: '3.5', serial_number: own.printed, printed_key: 'EMBR-1234-KQ4W-5678' },
    { product_code: 'FERN-VIEWER', version: '2.4', serial_number: own.none },
    { product_code: 'IRIS-ANALYTICS', version: '4.2', serial_number: own.asking },
    { product_code: 'ATLAS-PRO-MNT', version: '1', serial_number: own.maintenance, covers_serial: own.file, ...ends },
    { product_code: 'GRANITE-HSM', version: '2.0', serial_number: own.alone },
    {
      product_code: 'JETTY-RENDER',
      version: '2.0',
      serial_number: own.cancelled,
      order_number: `JOURNEY-${traveller}-X`,
    },
    ...own.spare.map((serial_number) => ({ product_code: 'BEACON-MONITOR', version: '5.0', serial_number })),
  ]
  return lines.map((line, n) => ({
    ...orderOf(traveller, n + 1),
    ...line,
    cancelled: line.serial_number === own.cancelled ? 'yes' : '',
  }))
}

function orderOf(name: string, line: number): Row {
  const address = { address_company: 'Journey & Sons', address_street: '7 Long Road', address_city: 'Porto' }
  return {
    ...{ order_number: `JOURNEY-${name}`, line, customer_number: 'C777', customer_name: 'Journey & Sons' },
    ...{ country: 'PT', contact_name: 'Ines Reis', contact_email: 'orders@journey.example', ...address },
    ...{ address_country: 'PT', purchase_order: 'PO 7/2026', certificate_number: 'CERT-7' },
  }
}

/** Starts it and imports the orders by `keyport orders import`, while it runs. */
export async function aDemoPortal(t: Scope, travellers: string[], further: Row[] = []) {
  const DATA_DIR = aDataDir(t)
  const env = { DATA_DIR, LOG_LEVEL: 'warn' }
  const { port, output } = await aServer(t, { ...env, TRUST_PROXY: 'on' }, ['serve', '--demo'])
  const orders = join(DATA_DIR, 'orders.csv')
  writeFileSync(orders, ordersCsv([...orderRows(travellers), ...further]))
  const imported = await keyport(['orders', 'import', orders, '--json'], env)
  assert.equal(imported.exit, 0, imported.stdout + imported.stderr)
  assert.equal(JSON.parse(imported.stdout).created, orderRows(travellers).length + further.length)
  return { url: `http://localhost:${port}`, env, output }
}
