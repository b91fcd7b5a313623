import { columnNames } from '../orders/index.ts'
import { type Day, dayOf } from '../platform/actor.ts'

type Cells = Partial<Record<(typeof columnNames)[number], string>>
type Customer = { number: string; name: string; country: string; language: string; contact: string }

const halden: Customer = {
  number: 'C900001',
  name: 'Halden Maritime AS',
  country: 'NO',
  language: 'en',
  contact: 'Åse Lægreid',
}
const vermeil: Customer = {
  number: 'C900002',
  name: 'Atelier Vermeil SARL',
  country: 'FR',
  language: 'fr',
  contact: 'Zoé Lefèvre',
}

/** Serial numbers that the demo registers for the first company, so that its catalog shows every status. */
export const registeredSerials = [
  'M9000000001',
  'M9000000004',
  'M9000000007',
  'M9000000021',
  'M9000000022',
  'M9000000023',
  'M9000000071',
  'M9000000072',
  'M9000000073',
  'M9000000075',
]

/** What the two companies of the demo's logins bought: several of each key scheme, and dates that are near. */
export function companyOrders(now: Date): string[][] {
  const near = (days: number) => dayOf(new Date(now.getTime() + days * 86_400_000), 'UTC')
  const rows = [
    ...haldenSchemes(near),
    ...haldenDates(near),
    ...haldenRenewals(near),
    ...cancelledOrder(near),
    ...vermeilOrder(near),
    ...haldenOldVersions(near),
  ]
  return [[...columnNames], ...rows.map((row) => columnNames.map((name) => row[name] ?? ''))]
}

type Near = (days: number) => Day

/** Three of each product, so that one can be registered and two are left to try. */
function haldenSchemes(near: Near): Cells[] {
  const products: [code: string, version: string, quantity: number][] = [
    ['ATLAS-PRO', '9.1', 25],
    ['BEACON-MONITOR', '5.0', 100],
    ['CITADEL-BACKUP', '12.1', 16],
    ['ATLAS-SERVER', '9.1', 2],
    ['DELTA-SYNC', '7.0', 10],
    ['EMBER-POS', '3.5', 4],
  ]
  return products.flatMap(([product_code, version, quantity], product) =>
    [0, 1, 2].map((copy) => {
      const n = product * 3 + copy + 1
      return {
        ...orderOf(halden, 'SO-900-0000001', near(-40)),
        line: String(n),
        product_code,
        version,
        quantity: String(quantity),
        serial_number: serial(n),
        printed_key: product_code === 'EMBER-POS' ? `EMBR-${7300 + n}-KQ4W-${2200 + n}` : '',
      }
    }),
  )
}

function haldenDates(near: Near): Cells[] {
  const terms: [n: number, starts: number, ends: number][] = [
    [21, -350, 14],
    [22, -300, 64],
    [23, -372, -7],
    [24, -3, 361],
    [25, 20, 384],
  ]
  const subscriptions = terms.map(([n, starts, ends]) => ({
    ...orderOf(halden, 'SO-900-0000002', near(-372)),
    line: String(n),
    product_code: 'HARBOR-GATEWAY',
    version: '2025.1',
    quantity: '3',
    serial_number: serial(n),
    starts_on: near(starts),
    ends_on: near(ends),
  }))
  const others: [n: number, code: string, version: string][] = [
    [26, 'FERN-VIEWER', '2.4'],
    [27, 'FERN-VIEWER', '2.4'],
    [28, 'GRANITE-HSM', '2.0'],
    [29, 'GRANITE-HSM', '2.0'],
    [30, 'IRIS-ANALYTICS', '4.2'],
    [31, 'KESTREL-CAD', '2026'],
  ]
  const rest = others.map(([n, product_code, version]) => ({
    ...orderOf(halden, 'SO-900-0000003', near(-20)),
    line: String(n),
    product_code,
    version,
    quantity: '1',
    serial_number: serial(n),
  }))
  return [...subscriptions, ...rest]
}

/** Maintenance for the registered licenses, and its renewal for the year after. */
function haldenRenewals(near: Near): Cells[] {
  const order = orderOf(halden, 'SO-900-0000004', near(-40))
  const maintenance = {
    ...order,
    product_code: 'ATLAS-PRO-MNT',
    version: '1',
    quantity: '25',
    covers_serial: serial(1),
  }
  return [
    { ...maintenance, line: '1', serial_number: serial(41), starts_on: near(-40), ends_on: near(324) },
    {
      ...maintenance,
      ...orderOf(halden, 'SO-900-0000005', near(-2)),
      line: '1',
      serial_number: serial(42),
      starts_on: near(325),
      ends_on: near(689),
      renews_serial: serial(41),
    },
    {
      ...order,
      line: '2',
      product_code: 'CITADEL-BACKUP-MNT',
      version: '1',
      quantity: '16',
      serial_number: serial(43),
      starts_on: near(-40),
      ends_on: near(324),
      covers_serial: serial(7),
    },
  ]
}

function cancelledOrder(near: Near): Cells[] {
  const order = orderOf(halden, 'SO-900-0000006', near(-12))
  return [
    {
      ...order,
      line: '1',
      product_code: 'JETTY-RENDER',
      version: '2.0',
      quantity: '8',
      serial_number: serial(51),
      cancelled: 'yes',
    },
  ]
}

function vermeilOrder(near: Near): Cells[] {
  const products: [code: string, version: string][] = [
    ['ATLAS-PRO', '9.0'],
    ['BEACON-MONITOR', '4.8'],
    ['KESTREL-CAD', '2025'],
    ['FERN-VIEWER', '2.0'],
  ]
  return products.map(([product_code, version], n) => ({
    ...orderOf(vermeil, 'SO-900-0000007', near(-90)),
    line: String(n + 1),
    product_code,
    version,
    quantity: product_code === 'KESTREL-CAD' ? '1' : '5',
    serial_number: serial(61 + n),
  }))
}

/** Of versions that have a newer one: with maintenance, with maintenance that ended too early, and without any. */
function haldenOldVersions(near: Near): Cells[] {
  const bought: [n: number, code: string, version: string, quantity: number, maintenance_until: string][] = [
    [71, 'ATLAS-PRO', '9.0', 40, near(200)],
    [72, 'ATLAS-PRO', '9.0', 12, '2025-12-31'],
    [73, 'ATLAS-PRO', '8.2', 5, ''],
    [74, 'ATLAS-PRO', '8.2', 8, near(200)],
    [75, 'CITADEL-BACKUP', '12.0', 32, near(90)],
  ]
  return bought.map(([n, product_code, version, quantity, maintenance_until], line) => ({
    ...orderOf(halden, 'SO-900-0000008', near(-500)),
    line: String(line + 1),
    product_code,
    version,
    quantity: String(quantity),
    maintenance_until,
    serial_number: serial(n),
  }))
}

function orderOf(customer: Customer, order_number: string, order_date: Day): Cells {
  const norwegian = customer === halden
  return {
    order_number,
    order_date,
    customer_number: customer.number,
    customer_name: customer.name,
    country: customer.country,
    language: customer.language,
    purchase_order: `PO ${order_number.slice(-2)}/${order_date.slice(0, 4)}`,
    reseller: norwegian ? '' : 'Société Lumen',
    certificate_number: `CERT-${order_number.slice(3)}`,
    contact_name: customer.contact,
    contact_email: `licensing@${norwegian ? 'halden' : 'vermeil'}.example`,
    address_company: customer.name,
    address_street: norwegian ? 'Sjøgata 14' : '8 bis, rue des Érables',
    address_city: norwegian ? 'Halden' : 'Besançon',
    address_postal_code: norwegian ? '1767' : '25000',
    address_country: customer.country,
  }
}

function serial(n: number): string {
  return `M9${String(n).padStart(9, '0')}`
}
