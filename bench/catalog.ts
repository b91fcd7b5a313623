/**
 * S4: pages of the License Catalog in an account of 10,000 licenses, half of all in the database (--full: 1,000,000 of
 * 10,000,000), on PostgreSQL; beside the bare index scan of one page, alternating. Times are those of all statements
 * of a page with their way to the server and back. Filling the full database takes most of an hour.
 * With --shares N the reader owns nothing, and sees all of the account through N shares, of a customer number each.
 * Usage: node --import ./tools/tsx.ts bench/catalog.ts [--full | --licenses N --share N] [--shares N]
 */
import process from 'node:process'
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import { listCatalog, pageSize } from '../src/licenses/catalog.ts'
import { dayAfter } from '../src/licenses/rules.ts'
import { catalogQuerySchema } from '../src/licenses/schemas.ts'
import { dayOf } from '../src/platform/actor.ts'
import { freshPostgres } from '../test/database.ts'
import { aMember } from '../test/licenses.ts'
import { fillCatalog } from '../test/many-licenses.ts'
import { aGrant } from '../test/sharing.ts'
import { timed } from './registration-fixtures.ts'

const { values: options } = parseArgs({
  options: {
    full: { type: 'boolean' },
    licenses: { type: 'string' },
    share: { type: 'string' },
    shares: { type: 'string' },
  },
})
const licenses = Number(options.licenses ?? (options.full ? 10_000_000 : 20_000))
const share = Number(options.share ?? (options.full ? 10 : 2))
const shares = Number(options.shares ?? 0)
const rounds = licenses > 100_000 ? 60 : 20

const database = await freshPostgres()
const { db } = database
const now = new Date()
const owner = { ...(await aMember(db)), now, today: dayOf(now, 'UTC') }
const me = shares > 0 ? { ...(await aMember(db)), now, today: owner.today } : owner
const began = performance.now()
const { site, asset } = await fillCatalog(db, owner, {
  ...{ licenses, share, customers: shares || (licenses > 100_000 ? 1000 : 50) },
})
if (shares > 0) await shareAll()
const filled = Math.round((performance.now() - began) / 1000)

/** Serial numbers of the account, spread over it, so that no two rounds ask for the same pages. */
const { rows: samples } = await sql<{ serial: string; number: string; host_id: string }>`
  select l.serial, o.number, k.host_id from licenses l join license_keys k on k.license_id = l.id and k.host_id is not null
     join order_lines n on n.id = l.order_line_id join orders o on o.id = n.order_id
  where l.owner_id = ${owner.organization_id} order by md5(l.serial) limit ${rounds}`.execute(db)

type Question = Record<string, string>
const questions: Record<string, (round: number) => Question> = {
  'first page': () => ({}),
  'by serial number': () => ({ sort: 'serial' }),
  'by end': () => ({ sort: 'end' }),
  'by product': () => ({ sort: 'product' }),
  'by customer': () => ({ sort: 'customer', direction: 'down' }),
  'by version': () => ({ sort: 'version' }),
  'by kind': () => ({ sort: 'kind' }),
  'by quantity': () => ({ sort: 'quantity', direction: 'down' }),
  'by a field': () => ({ sort: `field:${asset}` }),
  'whole serial number': (n) => ({ q: samples[n]!.serial.toLowerCase() }),
  'prefix of 5 signs': (n) => ({ q: samples[n]!.serial.slice(0, 5) }),
  'prefix of 3 signs': (n) => ({ q: samples[n]!.serial.slice(0, 3) }),
  'order number': (n) => ({ q: samples[n]!.number }),
  'customer number': (n) => ({ q: `C${100000 + n}` }),
  'product name': () => ({ q: 'suite' }),
  'host ID': (n) => ({ q: samples[n]!.host_id }),
  'street of an address': (n) => ({ q: `${n} main` }),
  'town of an address': () => ({ q: 'lyon' }),
  'technical contact': (n) => ({ q: `p${n}@acme` }),
  'value of one license': (n) => ({ q: `a-${samples[n]!.serial}` }),
  'value of many': (n) => ({ q: `plant ${n}` }),
  'tag of many': () => ({ q: 'production' }),
  'nothing found': (n) => ({ q: `no such license ${n}` }),
  'status active': () => ({ status: 'active' }),
  'status expiring': () => ({ status: 'expiring' }),
  'status grace': () => ({ status: 'grace' }),
  'status expired': () => ({ status: 'expired' }),
  'status revoked': () => ({ status: 'revoked' }),
  'one product': (n) => ({ product: `KP-${n % 24}` }),
  'one kind': () => ({ kind: 'maintenance' }),
  'one version': (n) => ({ product: `KP-${n % 24}`, version: '1.0' }),
  'one customer': (n) => ({ customer: `C${100000 + n}` }),
  'ends in a month': (n) => ({ ends_from: dayAfter(me.today, n), ends_to: dayAfter(me.today, n + 30) }),
  'registered in a week': (n) => ({
    registered_from: `2018-01-${10 + (n % 10)}`,
    registered_to: `2018-01-${17 + (n % 10)}`,
  }),
  'field: a plant': (n) => ({ field: site, value: `Plant ${n}` }),
  'field: all plants': () => ({ field: site, value: 'plant' }),
  'tag: many': () => ({ tag: 'production' }),
  'tag: few': () => ({ tag: 'rare' }),
  'added by serial number': () => ({ source: 'added' }),
}

let wrong = 0
const bare: number[] = []
const lines: [name: string, first: number[], next: number[]][] = []
/** What stands in notes of the owner finds nothing for others. */
const ofOwner = /field|plant|tag|value|added/
const asked = Object.entries(questions).filter(([name]) => shares === 0 || !ofOwner.test(name))
for (const [name, ask] of asked) {
  const [first, next]: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round++) {
    const question = ask(round)
    const page = await timed(first, () => list(question))
    if (name !== 'nothing found' && page.rows.length === 0) fail(`${name}: nothing found`)
    const { next: after } = page
    if (after) {
      const second = await timed(next, () => list({ ...question, after }))
      const seen = new Set(page.rows.map(({ id }) => id))
      if (second.rows.some(({ id }) => seen.has(id))) fail(`${name}: a license on both pages`)
    }
    await timed(bare, bareScan)
  }
  lines.push([name, first, next])
}
await database.close()

console.log(
  `S4 catalog: ${licenses / share} licenses in the account${shares ? `, seen through ${shares} shares,` : ''} of ${licenses} (filled in ${filled} s), ${rounds} rounds`,
)
console.log(`  ${'milliseconds'.padEnd(22)} first page: median, p95   next page: median, p95`)
for (const [name, first, next] of [...lines, ['bare index scan', bare, []] as const]) {
  const figures = [first, next].map((times) => (times.length > 0 ? `${at(times, 0.5)} ${at(times, 0.95)}` : ''))
  console.log(`  ${name.padEnd(22)} ${figures[0]!.padStart(23)} ${figures[1]!.padStart(25)}`)
}
console.log('to reach: p95 15 ms in the database, at every size')
process.exitCode = wrong > 0 ? 1 : 0

async function shareAll() {
  const { rows } = await sql<{ id: string }>`select id from customers order by number`.execute(db)
  for (const { id } of rows) await aGrant(db, owner, me, { level: 'full', customer_ids: [id] })
  await sql`analyze license_grants, license_grant_customers`.execute(db)
}

function list(question: Question) {
  return listCatalog(db, me, catalogQuerySchema.parse(question))
}

/** The least that any page costs: fifty ids from an index, without a count and without what is shown of them. */
function bareScan() {
  return sql`
    select id from licenses where owner_id = ${owner.organization_id}
    order by coalesce(registered_at, created_at) desc, id desc limit ${pageSize}`.execute(db)
}

function fail(message: string) {
  wrong += 1
  console.error(`wrong: ${message}`)
}

/** A quantile, as text of one width. */
function at(times: readonly number[], share: number): string {
  const sorted = [...times].sort((a, b) => a - b)
  return sorted[Math.ceil(share * sorted.length) - 1]!.toFixed(1).padStart(8)
}
