/**
 * S8: the License Catalog of 20,000 licenses (--full: 1,000,000) exported as CSV through the portal on PostgreSQL,
 * against `COPY (SELECT …) TO STDOUT` of the same columns, alternating in one run; and the memory that it takes.
 * Usage: node --import ./tools/tsx.ts bench/export.ts [--full | --check | --licenses N --rounds N]
 */
import process from 'node:process'
import pg from 'pg'
import { dayOf } from '../src/platform/actor.ts'
import { urls } from '../src/urls.ts'
import { freshPostgres } from '../test/database.ts'
import { memberOf } from '../test/licenses.ts'
import { fillCatalog } from '../test/many-licenses.ts'
import { anAccount, openPortal, signedIn } from '../test/portal.ts'
import { median } from './registration-fixtures.ts'
import { atLeast, report, sizeOfRun } from './report.ts'

const { licenses: size, rounds } = sizeOfRun({
  check: { licenses: 300, rounds: 1 },
  small: { licenses: 20_000, rounds: 5 },
  full: { licenses: 1_000_000, rounds: 3 },
})

const database = await freshPostgres()
const ends: (() => unknown)[] = []
const portal = await openPortal({ after: (done) => void ends.push(done) }, {}, database)
const account = await anAccount(portal, 'bench@example.com')
const now = new Date()
const me = { ...memberOf(account), now, today: dayOf(now, 'UTC') }
await fillCatalog(database.db, me, { licenses: 2 * size, customers: size > 100_000 ? 1000 : 50 })
const visitor = await signedIn(portal, account.email)
const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
const bare = new pg.Client({ connectionString: database.databaseUrl })
await bare.connect()
// As the portal's own connections: compiling the statement would take longer than what it saves.
await bare.query('set statement_timeout = 0; set jit = off; set random_page_cost = 1.1')
await bare.query('set max_parallel_workers_per_gather = 0')

/** License information that was added without owning the license: on the page, and not in the bare statement. */
const { rows: added } = await bare.query('select count(*)::int as count from license_bookmarks')
const expected = { copy: size + 1, product: size + 1 + added[0].count }

type Done = { bytes: number; lines: number }

async function byProduct(): Promise<Done> {
  const address = `http://localhost${urls.licenses.export.to({ format: 'csv' })}`
  const answer = await portal.app.request(address, { headers: { cookie } })
  if (answer.status !== 200) throw new Error(`answered ${answer.status}`)
  const done = { bytes: 0, lines: 0 }
  for await (const part of answer.body!) count(done, part)
  return done
}

function count(done: Done, part: Uint8Array) {
  done.bytes += part.length
  for (let at = part.indexOf(10); at !== -1; at = part.indexOf(10, at + 1)) done.lines += 1
}

/** The same columns in one statement, as somebody with access to the database would write it. */
const columns = `
  select l.serial, license_status(l.registered_at, l.starts_on, l.ends_on, l.grace_days, l.superseded_at, l.revoked_at,
      current_date), p.code, p.name, v.version, l.kind, l.quantity, l.meter, l.starts_on, l.ends_on, l.grace_days,
    l.maintenance_until, v.support_ends_on, l.registered_at::date, l.registered_to, w.name, c.number, c.name, o.number,
    n.line_number, o.ordered_on, o.purchase_order, n.certificate_number, o.reseller, a.company, a.street, a.street2,
    a.city, a.region, a.postal_code, a.country, l.contacts, l.revoked_at::date, l.revoked_reason,
    l.superseded_at::date, x.serial, r.serial, s.serial,
    (select string_agg(tag, ', ' order by tag) from license_tags t
      where t.license_id = l.id and t.organization_id = l.owner_id),
    (select json_object_agg(field_id, value) from license_field_values f
      where f.license_id = l.id and f.organization_id = l.owner_id),
    k.hosts, k.files, k.texts
  from licenses l join product_versions v on v.id = l.product_version_id join products p on p.id = v.product_id
  join customers c on c.id = l.customer_id left join organizations w on w.id = l.owner_id
  left join order_lines n on n.id = l.order_line_id left join orders o on o.id = n.order_id
  left join addresses a on a.id = l.address_id left join licenses x on x.id = l.covers_license_id
  left join licenses r on r.id = l.renews_license_id left join licenses s on s.id = l.split_from_license_id
  left join lateral (select string_agg(host_id, E'\\n' order by issued_at, id) as hosts,
      string_agg(file_name, E'\\n' order by issued_at, id) as files,
      string_agg(key_text, E'\\n' order by issued_at, id) as texts
    from license_keys where license_id = l.id and revoked_at is null and superseded_at is null) k on true
  where l.owner_id = '${me.organization_id}' order by coalesce(l.registered_at, l.created_at) desc, l.id desc`

function byCopy(): Promise<Done> {
  const done = { bytes: 0, lines: 0 }
  return new Promise((resolve, reject) => {
    bare.query({
      submit: (connection: { query(text: string): void }) =>
        connection.query(`copy (${columns}) to stdout with (format csv, header)`),
      handleCopyData: ({ chunk }: { chunk: Buffer }) => count(done, chunk),
      handleCommandComplete() {},
      handleReadyForQuery: () => resolve(done),
      handleError: reject,
    } as unknown as pg.Submittable)
  })
}

/** The most memory that a piece of work takes above what it found, in bytes. */
async function peakOf(work: () => Promise<Done>): Promise<Done & { peak: number }> {
  globalThis.gc?.()
  const before = process.memoryUsage().rss
  let peak = 0
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss - before)
  }, 10)
  const done = await work()
  clearInterval(timer)
  return { ...done, peak }
}

const times: Record<'product' | 'copy', number[]> = { product: [], copy: [] }
const peaks: number[] = []
let wrong = 0
for (let round = -1; round < rounds; round++) {
  for (const way of round % 2 === 0 ? (['product', 'copy'] as const) : (['copy', 'product'] as const)) {
    const started = performance.now()
    const done = way === 'copy' ? await byCopy() : await peakOf(byProduct)
    const time = performance.now() - started
    if (round >= 0) times[way].push(time)
    if (round >= 0 && 'peak' in done) peaks.push(done.peak as number)
    if (done.lines !== expected[way]) {
      wrong += 1
      console.error(`wrong: ${way} gave ${done.lines} lines instead of ${expected[way]}`)
    }
  }
}
await bare.end()
for (const end of ends) await end()
await database.close()

const work = `export of ${size} licenses as CSV`
const figureOf = (way: 'product' | 'copy') =>
  `${(median(times[way]) / 1000).toFixed(2)} s, ${Math.round(size / (median(times[way]) / 1000))} a second`
const ratio = median(times.copy.map((copy, n) => copy / times.product[n]!))
report({
  id: 'S8',
  work: `${work}, medians of ${rounds} rounds`,
  figure: figureOf('product'),
  limit: `${figureOf('copy')}, COPY (SELECT …) TO STDOUT`,
  ratio,
  target: atLeast(0.3, ratio),
})
const memory = Math.max(...peaks) / 2 ** 20
const target = { text: 'flat: ≤ 100 MB', met: memory <= 100 }
report({ id: 'S8', work: `${work}: memory`, figure: `+ ${memory.toFixed(0)} MB at most`, target })
process.exitCode ||= wrong > 0 ? 1 : 0
