/**
 * S4: pages of the License Catalog in an account of 10,000 licenses, half of all in the database (--full: 1,000,000 of
 * 10,000,000), on PostgreSQL; beside the bare index scan of one page, alternating. Prints what the database spends
 * (from the first byte sent to the last received) and the whole, which adds building statements and reading rows; then
 * other pages of the portal that show what grows. Filling the full database takes most of an hour: --database keeps it.
 * With --shares N the reader owns nothing, and sees all of the account through N shares.
 * With --database URL that database is filled when it is empty, brought up to date otherwise, and left as it is.
 * Usage: node --import ./tools/tsx.ts bench/catalog.ts [--full | --check | --licenses N --share N] [--shares N] [--database URL]
 */
import process from 'node:process'
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import { listCatalog, pageSize } from '../src/licenses/catalog.ts'
import { dayAfter } from '../src/licenses/rules.ts'
import { catalogQuerySchema } from '../src/licenses/schemas.ts'
import { migrate, openDatabase, readMigrations } from '../src/platform/db/index.ts'
import { urls } from '../src/urls.ts'
import { freshPostgres } from '../test/database.ts'
import { openPortal, signedIn } from '../test/portal.ts'
import { accountsIn } from './catalog-fixtures.ts'
import { watchDatabase } from './database-time.ts'
import { atMost, report, sizeOfRun } from './report.ts'

const { values: options } = parseArgs({ options: { database: { type: 'string' } }, strict: false })
const kept = typeof options.database === 'string' ? options.database : undefined
const size = sizeOfRun({
  check: { licenses: 8_000, share: 2, shares: 0, rounds: 1 },
  small: { licenses: 20_000, share: 2, shares: 0, rounds: 20 },
  full: { licenses: 10_000_000, share: 10, shares: 0, rounds: 60 },
})
const { licenses, share, shares, rounds } = size
const warmUp = Math.min(6, rounds)

const database = kept ? await openDatabase({ databaseUrl: kept, dataDir: '' }) : await freshPostgres()
const { db } = database
if (kept) await migrate(database, readMigrations())
const spent = watchDatabase(database.pool)
const { owner, reader: me, email, fields, filled } = await accountsIn(db, size)
const { site, asset } = fields

/** Serial numbers of the account whose keys name a host, spread over it, so that no two rounds ask for the same pages. */
const { rows: samples } = await sql<{ serial: string; number: string; host_id: string }>`
  select l.serial, o.number, k.host_id from (
      select id, serial from licenses where owner_id = ${owner.organization_id} and substr(serial, 8, 1) > '4'
      order by md5(serial) limit ${rounds}) few
    join licenses l on l.id = few.id join license_keys k on k.license_id = l.id
    join order_lines n on n.id = l.order_line_id join orders o on o.id = n.order_id`.execute(db)

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
type Times = { database: number[]; whole: number[] }
const bare = noTimes()
const lines: [name: string, first: Times, next: Times][] = []
/** What stands in notes of the owner finds nothing for others. */
const ofOwner = /field|plant|tag|value|added/
const asked = Object.entries(questions).filter(([name]) => shares === 0 || !ofOwner.test(name))
for (const [name, ask] of asked) {
  const [first, next] = [noTimes(), noTimes()]
  // What is asked first on a connection is planned first, too: a portal has been asked before.
  for (let round = 0; round < warmUp; round++) await list(ask(round))
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
const pages = await otherPages()
await database.close()

console.log(
  `S4 catalog: ${licenses / share} licenses in the account${shares ? `, seen through ${shares} shares,` : ''} of ${licenses} (filled in ${filled} s), ${rounds} rounds`,
)
print('first page', [...lines.map(([name, first]) => [name, first] as const), ['bare index scan', bare]])
print(
  'next page',
  lines.map(([name, , next]) => [name, next] as const).filter(([, { whole }]) => whole.length > 0),
)
print('other pages', pages)
summarise()
process.exitCode ||= wrong > 0 ? 1 : 0

/** The slowest of each group, by what one in twenty takes longer than. */
function summarise() {
  const isPage = (name: string) => /^(first page|by )/.test(name)
  const all = lines.map(([name, first, next]) => ({ name, first, next }))
  const groups: Record<string, Slow[]> = {
    'first pages in every order': all.filter(({ name }) => isPage(name)).map(({ name, first }) => [name, first]),
    'next pages in every order': all.filter(({ name }) => isPage(name)).map(({ name, next }) => [name, next]),
    'searches and filters': all.filter(({ name }) => !isPage(name)).map(({ name, first }) => [name, first]),
  }
  for (const [group, members] of Object.entries(groups)) {
    const p95 = members.map(([name, { database }]) => ({ name, ms: quantile(database, 0.95) }))
    const slowest = p95.reduce((a, b) => (b.ms > a.ms ? b : a))
    const within = p95.filter(({ ms }) => ms <= 15).length
    report({
      id: 'S4',
      work: `${group}, ${licenses / share} licenses in the account of ${licenses}: p95 in the database, ${within} of ${p95.length} within`,
      figure: `${slowest.ms.toFixed(1)} ms at most (${slowest.name})`,
      limit: `${quantile(bare.database, 0.95).toFixed(1)} ms, bare index scan`,
      target: atMost(15, slowest.ms, 'ms'),
    })
  }
}
type Slow = [name: string, times: Times]

/** What else shows licenses, with all that a request asks: who is signed in, counts, badges. */
async function otherPages() {
  const portal = await openPortal({ after() {} }, {}, database)
  const visitor = await signedIn(portal, email)
  const paths: Record<string, (round: number) => string> = {
    'whole catalog page': () => urls.licenses.catalog.to(),
    'License Key Details': (n) => urls.licenses.show.to({ serial: samples[n]!.serial }),
    home: () => urls.home.to(),
    purchases: () => urls.registration.purchases.to(),
    upgrades: () => urls.upgrades.start.to(),
    requests: () => urls.requests.list.to(),
    software: () => urls.software.home.to(),
    downloads: () => urls.software.history.to(),
  }
  const found: [name: string, times: Times][] = []
  for (const [name, pathOf] of Object.entries(paths)) {
    const times = noTimes()
    for (let round = 0; round < warmUp; round++) await visitor.get(pathOf(round))
    for (let round = 0; round < rounds; round++) {
      const { status } = await timed(times, () => visitor.get(pathOf(round)))
      if (status !== 200) fail(`${name}: answered ${status}`)
    }
    found.push([name, times])
  }
  return found
}

function list(question: Question) {
  return listCatalog(db, me, catalogQuerySchema.parse(question))
}

function noTimes(): Times {
  return { database: [], whole: [] }
}

async function timed<T>({ database, whole }: Times, work: () => Promise<T>): Promise<T> {
  spent()
  const start = performance.now()
  const result = await work()
  whole.push(performance.now() - start)
  database.push(spent().milliseconds)
  return result
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

function print(title: string, lines: readonly (readonly [name: string, times: Times])[]) {
  console.log(`  ${title.padEnd(22)}  in the database: median, p95    whole: median, p95   (milliseconds)`)
  for (const [name, { database, whole }] of lines) {
    const [inDatabase, all] = [database, whole].map((times) => `${at(times, 0.5)} ${at(times, 0.95)}`)
    console.log(`  ${name.padEnd(22)} ${inDatabase!.padStart(29)} ${all!.padStart(22)}`)
  }
}

/** A quantile, as text of one width. */
function at(times: readonly number[], share: number): string {
  return quantile(times, share).toFixed(1).padStart(8)
}

function quantile(times: readonly number[], share: number): number {
  return [...times].sort((a, b) => a - b)[Math.ceil(share * times.length) - 1] ?? 0
}
