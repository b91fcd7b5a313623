/**
 * S1: registering one serial number, 16 callers on PostgreSQL: the product's command (rules, locks, key, signed file,
 * history, outbox), against the same row changes as bare prepared statements through `pg` with everything made
 * before, alternating in one run.
 * Usage: node --import ./tools/tsx.ts bench/registration.ts [--full | --check]
 */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import pg from 'pg'
import { completeRegistration } from '../src/registration/index.ts'
import { freshPostgres } from '../test/database.ts'
import { anIssuing } from '../test/issuing.ts'
import { aFileProduct, median, type Ready, someActors, someReady } from './registration-fixtures.ts'
import { atLeast, report, sizeOfRun } from './report.ts'

/** Short rounds: what else the machine does falls on both sides alike. */
const { rounds, each, warmUp } = sizeOfRun({
  check: { rounds: 1, each: 16, warmUp: 1 },
  small: { rounds: 31, each: 96, warmUp: 4 },
  full: { rounds: 101, each: 160, warmUp: 4 },
})
const callers = 16

const database = await freshPostgres()
const { db } = database
const issuing = await anIssuing(db)
const product = await aFileProduct(db)
const actors = await someActors(db, callers)
const bare = new pg.Pool({ connectionString: database.databaseUrl, max: callers })

/** Every caller takes the next piece of work until none is left. @returns milliseconds. */
async function byCallers(ready: Ready[], work: (one: Ready) => Promise<void>): Promise<number> {
  const queue = [...ready]
  const started = performance.now()
  await Promise.all(
    Array.from({ length: callers }, async () => {
      for (let one = queue.pop(); one; one = queue.pop()) await work(one)
    }),
  )
  return performance.now() - started
}

async function registerOne(one: Ready) {
  const done = await completeRegistration(db, one.actor, { draft_id: one.draft_id, revision: 3 }, issuing)
  if (!done.ok) throw new Error(`refused: ${done.refusal}`)
}

/** What the product wrote for one registration: the bare statements write the same. */
async function aSample(): Promise<Sample> {
  const [one] = await someReady(db, product, actors, 1)
  await registerOne(one!)
  const read = async (query: ReturnType<typeof sql<Record<string, unknown>>>) => (await query.execute(db)).rows
  return {
    keys: await read(sql`select * from license_keys where license_id = ${one!.license_id}`),
    events: await read(sql`select action, details from events order by id desc limit 3`),
    mails: await read(sql`select * from mails order by id desc limit 2`),
  }
}
type Sample = Record<'keys' | 'events' | 'mails', Record<string, unknown>[]>

async function bareStatements(one: Ready, sample: Sample) {
  const { actor, draft_id, license_id, customer_id, serial } = one
  const client = await bare.connect()
  const run = (name: string, text: string, values: unknown[]) => client.query({ name, text, values })
  const registration_id = randomUUID()
  const key = sample.keys[0]!
  await client.query('begin')
  await run('draft', 'select revision, completed_at from registration_drafts where id = $1 for update', [draft_id])
  await run('lock', 'select id, revision from licenses where id = any($1::uuid[]) order by id for no key update', [
    [license_id],
  ])
  await run(
    'registration',
    `insert into registrations (id, draft_id, organization_id, user_id, completed_at, license_count, registered_to, contacts)
     values ($1, $2, $3, $4, $5, 1, 'ACME Research S.A.', '[{"name":"Tess Contact","email":"tess@example.com","phone":null}]')`,
    [registration_id, draft_id, actor.organization_id, actor.user_id, actor.now],
  )
  await run(
    'license',
    `update licenses set owner_id = $1, registration_id = $2, registered_at = $3, registered_to = 'ACME Research S.A.',
     contacts = '[{"name":"Tess Contact","email":"tess@example.com","phone":null}]', fields = '{}', revision = revision + 1
     where id = $4`,
    [actor.organization_id, registration_id, actor.now, license_id],
  )
  await run(
    'key',
    `insert into license_keys (id, license_id, scheme, quantity, file_name, file_content, kid, issued_at)
     values ($1, $2, 'file', 10, $3, $4, $5, $6)`,
    [randomUUID(), license_id, key.file_name, key.file_content, key.kid, actor.now],
  )
  await run(
    'association',
    `insert into customer_associations (organization_id, customer_id, proven_by, proof, created_at)
     values ($1, $2, 'serial', $3, $4) on conflict do nothing`,
    [actor.organization_id, customer_id, serial, actor.now],
  )
  const events = sample.events.flatMap(({ action, details }) => [randomUUID(), action, JSON.stringify(details)])
  await run(
    'events',
    `insert into events (id, at, action, actor_kind, actor_user_id, actor_name, organization_id, customer_id, license_id,
       subject_id, details)
     select id, $4, action, 'user', $5, $6, $7, $8, $9, $10, details
     from unnest($1::uuid[], $2::text[], $3::jsonb[]) as t (id, action, details)`,
    [
      events.filter((_, n) => n % 3 === 0),
      events.filter((_, n) => n % 3 === 1),
      events.filter((_, n) => n % 3 === 2),
      actor.now,
      actor.user_id,
      actor.name,
      actor.organization_id,
      customer_id,
      license_id,
      registration_id,
    ],
  )
  const column = (name: string) => sample.mails.map((mail) => mail[name])
  await run(
    'mails',
    `insert into mails (id, message_id, template, to_address, to_name, locale, subject, text, html, created_at, next_attempt_at)
     select id, id::text, template, to_address, to_name, 'en', subject, text, html, $8, $8
     from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
       as t (id, template, to_address, to_name, subject, text, html)`,
    [
      sample.mails.map(() => randomUUID()),
      ...['template', 'to_address', 'to_name', 'subject', 'text', 'html'].map(column),
      actor.now,
    ],
  )
  await run('done', 'update registration_drafts set completed_at = $2, updated_at = $2 where id = $1', [
    draft_id,
    actor.now,
  ])
  await client.query('commit')
  client.release()
}

const sample = await aSample()
const ready = await someReady(db, product, actors, (rounds + warmUp) * each * 2)
const times: Record<'product' | 'bare', number[]> = { product: [], bare: [] }
for (let round = -warmUp; round < rounds; round++) {
  for (const way of round % 2 === 0 ? (['product', 'bare'] as const) : (['bare', 'product'] as const)) {
    const some = ready.splice(0, each)
    const time = await byCallers(some, way === 'product' ? registerOne : (one) => bareStatements(one, sample))
    if (round >= 0) times[way].push((each * 1000) / time)
  }
}

const { rows } = await sql<{ registered: number; keys: number; twice: number }>`
  select (select count(*) from licenses where registered_at is not null) as registered,
    (select count(*) from license_keys) as keys,
    (select count(*) from (select 1 from license_keys group by license_id having count(*) > 1) t) as twice`.execute(db)
await bare.end()
await database.close()

const expected = (rounds + warmUp) * each * 2 + 1
if (rows[0]!.registered !== expected || rows[0]!.keys !== expected || rows[0]!.twice !== 0) {
  throw new Error(`wrong result: ${JSON.stringify(rows[0])} instead of ${expected}`)
}
const ratio = median(times.product.map((one, n) => one / times.bare[n]!))
report({
  id: 'S1',
  work: `registration of one serial number, ${callers} callers, medians of ${rounds} rounds of ${each}`,
  figure: `${median(times.product).toFixed(0)} a second`,
  limit: `${median(times.bare).toFixed(0)} a second, bare prepared statements`,
  ratio,
  target: atLeast(0.7, ratio),
})
