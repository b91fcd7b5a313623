/**
 * S2: 10,000 serial numbers registered in one go on PostgreSQL, against set-based SQL of the same rows plus signing
 * as many files on all cores, alternating in one run; and the memory that it takes.
 * Usage: node --import ./tools/tsx.ts bench/registration-many.ts [--full | --check]
 */
import { randomUUID } from 'node:crypto'
import process from 'node:process'
import { sql } from 'kysely'
import pg from 'pg'
import { licenseClaims, makeLicenseFile } from '../src/keys/index.ts'
import { completeRegistration } from '../src/registration/index.ts'
import { freshPostgres } from '../test/database.ts'
import { anIssuing } from '../test/issuing.ts'
import { aFileProduct, median, type Ready, someActors, someReady } from './registration-fixtures.ts'
import { atMost, report, sizeOfRun } from './report.ts'

const { rounds, each } = sizeOfRun({
  check: { rounds: 1, each: 100 },
  small: { rounds: 3, each: 2_000 },
  full: { rounds: 5, each: 10_000 },
})

const database = await freshPostgres()
const { db } = database
const issuing = await anIssuing(db)
const product = await aFileProduct(db)
const actors = await someActors(db, 1)
const bare = new pg.Pool({ connectionString: database.databaseUrl, max: 1 })

async function byProduct(ready: Ready[]) {
  const { actor, draft_id } = ready[0]!
  let asked = 0
  const done = await completeRegistration(db, actor, { draft_id, revision: 3 }, issuing, async () => {
    asked += 1
  })
  if (!done.ok || asked === 0) throw new Error('not registered')
}

/** Signs on all of libuv's threads, then writes all rows of a kind in one statement. */
async function bySql(ready: Ready[]) {
  const files: string[] = []
  for (let from = 0; from < ready.length; from += 500) {
    files.push(
      ...(await Promise.all(
        ready.slice(from, from + 500).map((one) => makeLicenseFile(issuing.signer, claimsOf(one))),
      )),
    )
  }
  const { actor, draft_id } = ready[0]!
  const client = await bare.connect()
  const registration_id = randomUUID()
  const ids = ready.map((one) => one.license_id)
  const customers = ready.map((one) => one.customer_id)
  await client.query('begin')
  await client.query('select revision from registration_drafts where id = $1 for update', [draft_id])
  await client.query('select id, revision from licenses where id = any($1::uuid[]) order by id for no key update', [
    ids,
  ])
  await client.query(
    `insert into registrations (id, draft_id, organization_id, user_id, completed_at, license_count, registered_to)
     values ($1, $2, $3, $4, $5, $6, 'ACME Research S.A.')`,
    [registration_id, draft_id, actor.organization_id, actor.user_id, actor.now, ready.length],
  )
  await client.query(
    `update licenses set owner_id = $1, registration_id = $2, registered_at = $3, registered_to = 'ACME Research S.A.',
     contacts = '[{"name":"Tess Contact","email":"tess@example.com","phone":null}]', revision = revision + 1
     where id = any($4::uuid[])`,
    [actor.organization_id, registration_id, actor.now, ids],
  )
  await client.query(
    `insert into license_keys (id, license_id, scheme, quantity, file_name, file_content, kid, issued_at)
     select gen_random_uuid(), license_id, 'file', 10, 'LICENSE-' || license_id || '.slf', file, $3, $4
     from unnest($1::uuid[], $2::text[]) as t (license_id, file)`,
    [ids, files, issuing.signer.kid, actor.now],
  )
  await client.query(
    `insert into customer_associations (organization_id, customer_id, proven_by, proof, created_at)
     select $1, id, 'serial', 'proof', $3 from unnest($2::uuid[]) as t (id)`,
    [actor.organization_id, customers, actor.now],
  )
  await client.query(
    `insert into events (id, at, action, actor_kind, actor_user_id, actor_name, organization_id, customer_id, license_id,
       subject_id, details)
     select gen_random_uuid(), $1, action, 'user', $2, $3, $4, customer_id, license_id, $5,
       jsonb_build_object('serial', license_id, 'registered_to', 'ACME Research S.A.')
     from unnest($6::uuid[], $7::uuid[]) as t (license_id, customer_id),
       unnest('{license.registered,customer.associated}'::text[]) as a (action)`,
    [actor.now, actor.user_id, actor.name, actor.organization_id, registration_id, ids, customers],
  )
  await client.query('update registration_drafts set completed_at = $2 where id = $1', [draft_id, actor.now])
  await client.query('commit')
  client.release()
}

function claimsOf({ serial }: Ready) {
  return licenseClaims({
    issuer: issuing.config.vendor.issuer,
    key_id: randomUUID(),
    issued_at: new Date(),
    serial,
    product: { code: product.code, name: `Product ${product.code}`, version: '1.0' },
    kind: 'product',
    quantity: 10,
    meter: 'device',
    registered_to: 'ACME Research S.A.',
    customer_number: `C${serial}`,
    host: null,
    starts_on: null,
    ends_on: null,
    maintenance_until: null,
    features: { export: true, nodes: 16 },
    warn_days: 30,
    grace_days: 0,
    replaces: [],
    temporary: false,
  })
}

/** The most memory that a piece of work takes above what it found, in bytes. */
async function peakOf(work: () => Promise<void>): Promise<number> {
  const before = process.memoryUsage().rss
  let peak = 0
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss - before)
  }, 10)
  await work()
  clearInterval(timer)
  return peak
}

const times: Record<'product' | 'bare', number[]> = { product: [], bare: [] }
const peaks: number[] = []
const drafts: string[] = []
for (let round = -1; round < rounds; round++) {
  for (const way of round % 2 === 0 ? (['product', 'bare'] as const) : (['bare', 'product'] as const)) {
    const ready = await someReady(db, product, actors, each, { in_one: true })
    drafts.push(ready[0]!.draft_id)
    const started = performance.now()
    if (way === 'bare') await bySql(ready)
    else peaks.push(await peakOf(() => byProduct(ready)))
    if (round >= 0) times[way].push(performance.now() - started)
  }
}

const { rows } = await sql<{ registered: number; keys: number; twice: number; events: number }>`
  select (select count(*) from licenses where registered_at is not null) as registered,
    (select count(*) from license_keys) as keys,
    (select count(*) from events where action = 'license.registered') as events,
    (select count(*) from (select 1 from license_keys group by license_id having count(*) > 1) t) as twice`.execute(db)
await bare.end()
await database.close()

const expected = (rounds + 1) * each * 2
const { registered, keys, twice, events } = rows[0]!
if (registered !== expected || keys !== expected || events !== expected || twice !== 0) {
  throw new Error(`wrong result: ${JSON.stringify(rows[0])} instead of ${expected}`)
}
const work = `${each} serial numbers registered in one go`
const seconds = (way: 'product' | 'bare') => `${(median(times[way]) / 1000).toFixed(2)} s`
const ratio = median(times.product.map((one, n) => one / times.bare[n]!))
report({
  id: 'S2',
  work: `${work}, medians of ${rounds} rounds`,
  figure: seconds('product'),
  limit: `${seconds('bare')}, set-based SQL and signing on all cores`,
  ratio,
  target: atMost(1.5, ratio),
})
const memory = Math.max(...peaks) / 2 ** 20
report({
  id: 'S2',
  work: `${work}: memory`,
  figure: `+ ${memory.toFixed(0)} MB at most`,
  target: atMost(150, memory, 'MB'),
})
