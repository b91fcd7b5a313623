import { columnNames } from '../orders/index.ts'
import type { Day } from '../platform/actor.ts'
import type { NewProduct } from '../products/index.ts'
import { demoCatalog } from './catalog.ts'
import { type Customer, customerFrom, resellers } from './companies.ts'
import { type Random, randomFrom } from './random.ts'

export type DemoOrderOptions = {
  lines: number
  /** Other seeds make other customers and orders, with other numbers. */
  seed: number
  /** The day after which nothing is ordered. */
  today?: Day
}

type Cells = Partial<Record<(typeof columnNames)[number], string>>
type Line = Cells & { serial_number: string }
type Renewable = { customer: number; product: NewProduct; covers: string; serial: string; ends_on: Day }
/** Lines of an order that are delivered, and written, after other orders. */
type Held = { lines: Line[]; after: number }

const defaultToday = '2026-09-30'
/** What is remembered of earlier orders, so that memory does not grow with the number of lines. */
const remembered = 500
const goods = demoCatalog.filter(({ kind }) => kind !== 'maintenance')
const maintenanceOf = new Map(
  demoCatalog.filter(({ kind }) => kind === 'maintenance').map((each) => [each.covers!, each]),
)

/**
 * Makes the rows of an order file, its head line first, in the columns of docs/orders-import.md: one to eight lines
 * an order, some delivered later, some with maintenance, some that renew what an earlier order bought.
 */
export function* demoOrders(options: DemoOrderOptions): Generator<string[]> {
  yield [...columnNames]
  let left = options.lines
  for (const line of endlessLines(options)) {
    if (left-- <= 0) return
    yield columnNames.map((name) => line[name] ?? '')
  }
}

function* endlessLines({ lines, seed, today = defaultToday }: DemoOrderOptions): Generator<Line> {
  const random = randomFrom(seed)
  const numbers = numbersFrom(seed)
  const customers = Math.min(Math.max(Math.ceil(lines / 25), 5), 200_000)
  const renewable: Renewable[] = []
  let held: Held[] = []
  for (let n = 0; ; n++) {
    const renewal = renewable.length > 0 && random.chance(0.06) ? random.pick(renewable) : undefined
    const index = renewal?.customer ?? skewed(random, customers)
    const order = orderFacts({ random, numbers, seed, n, index, today, after: renewal?.ends_on })
    const made = renewal
      ? [renewalLine(order, renewal, numbers)]
      : purchaseLines({ random, numbers, order, index, renewable })
    const cut = made.length > 1 && random.chance(0.15) ? 1 + random.below(made.length - 1) : made.length
    yield* made.slice(0, cut)
    if (cut < made.length) held.push({ lines: made.slice(cut), after: n + 2 + random.below(30) })

    const due = held.filter(({ after }) => after <= n)
    for (const { lines: late } of due) yield* late
    if (due.length > 0) held = held.filter(({ after }) => after > n)
  }
}

type Numbers = ReturnType<typeof numbersFrom>

/** Serial numbers as an ERP would count them, in no visible order; none comes twice from one seed. */
function numbersFrom(seed: number) {
  const prefix = String(seed % 1000).padStart(3, '0')
  const modulus = 10_000_000_000n
  let serial = BigInt(randomFrom(seed, 7).below(2 ** 32))
  return {
    prefix,
    nextSerial: () => {
      serial = (serial + 7_777_777_771n) % modulus
      return `M${serial.toString().padStart(10, '0')}`
    },
  }
}

/** Few customers buy much, many buy little. */
function skewed(random: Random, customers: number): number {
  return Math.min(random.below(customers), random.below(customers))
}

type OrderInput = {
  random: Random
  numbers: Numbers
  seed: number
  n: number
  index: number
  today: Day
  /** For renewals: the day on which what they renew ends. */
  after: Day | undefined
}

function orderFacts({ random, numbers, seed, n, index, today, after }: OrderInput): Cells {
  const customer = customerFrom(randomFrom(seed, index + 1000), index)
  const order_date = after && after < today ? after : addDays(today, -random.below(900))
  return {
    order_number: `SO-${numbers.prefix}-${String(n + 1).padStart(7, '0')}`,
    order_date,
    customer_number: `C${numbers.prefix}${String(index + 1).padStart(6, '0')}`,
    customer_name: customer.name,
    country: customer.country,
    language: customer.language,
    purchase_order: random.chance(0.7) ? `PO ${customer.country}/${random.below(90_000) + 10_000}` : '',
    reseller: random.chance(0.3) ? random.pick(resellers) : '',
    contact_name: customer.contact_name,
    contact_email: customer.contact_email,
    cancelled: random.chance(0.01) ? 'yes' : '',
    ...(random.chance(0.7) ? addressOf(customer) : {}),
  }
}

function addressOf(customer: Customer): Cells {
  return {
    address_company: customer.name,
    address_street: customer.street,
    address_city: customer.city,
    address_region: customer.region,
    address_postal_code: customer.postal_code,
    address_country: customer.country,
  }
}

type Purchase = { random: Random; numbers: Numbers; order: Cells; index: number; renewable: Renewable[] }

function purchaseLines(purchase: Purchase): Line[] {
  const { random, order } = purchase
  const lines: Line[] = []
  const wanted = random.chance(0.5) ? 1 : 1 + random.below(5)
  for (let n = 0; n < wanted; n++) {
    const product = random.pick(goods)
    const line = goodsLine(purchase, product, lines.length + 1)
    const maintenance = maintenanceOf.get(product.code)
    const maintained = maintenance && random.chance(0.6)
    if (maintained) line.maintenance_until = yearAfter(order.order_date!)
    // What is maintained must be known by its number; of the rest, some get one when they are imported.
    else if (random.chance(0.1)) line.serial_number = ''
    lines.push(line)
    if (maintained) lines.push(maintenanceLine(purchase, maintenance, line, lines.length + 1))
  }
  return lines
}

function goodsLine({ random, numbers, order }: Purchase, product: NewProduct, line: number): Line {
  const day = order.order_date!
  const released = product.versions.filter(({ released_on }) => released_on <= day)
  const { version } = random.pick(released.length > 0 ? released : product.versions.slice(0, 1))
  return {
    ...order,
    ...lineNumbers(order, line),
    product_code: product.code,
    version,
    quantity: String(product.meter === 'site' || product.register_alone ? 1 : quantityFrom(random)),
    serial_number: numbers.nextSerial(),
    starts_on: product.kind === 'subscription' ? day : '',
    ends_on: product.kind === 'subscription' ? yearAfter(day) : '',
    printed_key: product.key_scheme === 'printed' ? printedKey(random) : '',
  }
}

function maintenanceLine(purchase: Purchase, maintenance: NewProduct, covered: Line, line: number): Line {
  const { numbers, order, index, renewable, random } = purchase
  const ends_on = yearAfter(order.order_date!)
  const serial_number = numbers.nextSerial()
  const slot = renewable.length < remembered ? renewable.length : random.below(remembered)
  renewable[slot] = {
    customer: index,
    product: maintenance,
    covers: covered.serial_number,
    serial: serial_number,
    ends_on,
  }
  return {
    ...order,
    ...lineNumbers(order, line),
    product_code: maintenance.code,
    version: maintenance.versions[0]!.version,
    quantity: covered.quantity!,
    serial_number,
    starts_on: order.order_date!,
    ends_on,
    covers_serial: covered.serial_number,
  }
}

function renewalLine(order: Cells, renewal: Renewable, numbers: Numbers): Line {
  const starts_on = addDays(renewal.ends_on, 1)
  const serial_number = numbers.nextSerial()
  const line = {
    ...order,
    ...lineNumbers(order, 1),
    product_code: renewal.product.code,
    version: renewal.product.versions[0]!.version,
    quantity: '1',
    serial_number,
    starts_on,
    ends_on: yearAfter(starts_on),
    covers_serial: renewal.covers,
    renews_serial: renewal.serial,
  }
  Object.assign(renewal, { serial: serial_number, ends_on: line.ends_on })
  return line
}

function lineNumbers(order: Cells, line: number): Cells {
  return { line: String(line), certificate_number: `CERT-${order.order_number!.slice(3)}` }
}

function quantityFrom(random: Random): number {
  return random.chance(0.4) ? 1 : random.pick([2, 3, 5, 8, 10, 20, 25, 50, 100, 250])
}

function printedKey(random: Random): string {
  const part = () =>
    random
      .below(36 ** 4)
      .toString(36)
      .padStart(4, '0')
      .toUpperCase()
  return `${part()}-${part()}-${part()}-${part()}`
}

const dayLength = 86_400_000

function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayLength).toISOString().slice(0, 10)
}

/** The last day of twelve months that begin on a day. */
function yearAfter(day: Day): Day {
  const end = new Date(`${day}T00:00:00Z`)
  end.setUTCFullYear(end.getUTCFullYear() + 1)
  return new Date(end.getTime() - dayLength).toISOString().slice(0, 10)
}
