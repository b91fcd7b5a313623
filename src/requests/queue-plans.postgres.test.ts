/** Lists of requests are read from their indexes: a page costs what it shows, however many there are. */
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { type CompiledQuery, sql } from 'kysely'
import { freshPostgres } from '../../test/database.ts'
import { aMember } from '../../test/licensing.ts'
import type { Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { listMessages } from './messages.ts'
import { listOwnRequests, listQueue } from './queries.ts'

let db: Db
let ann: Member

before(async (t) => {
  db = (await freshPostgres(t as never)).db
  ann = await aMember(db)
  const bob = await aMember(db)
  await sql`
    insert into service_requests (id, number, kind, state, organization_id, opened_by, locale, opened_at, due_at, decided_at)
    select gen_random_uuid(), 'SR-' || n, 'other', case when n % 10 = 0 then 'open' else 'accepted' end,
      case when n % 2 = 0 then ${ann.organization_id}::uuid else ${bob.organization_id}::uuid end, ${ann.user_id},
      'en', now() - n * interval '1 minute', now() - n * interval '1 minute',
      case when n % 10 <> 0 then now() end
    from generate_series(1, 40000) n`.execute(db)
  await sql`
    insert into request_messages (id, request_id, side, author_id, body, written_at)
    select gen_random_uuid(), id, 'customer', opened_by, 'Hello', opened_at from service_requests`.execute(db)
  await sql`analyze`.execute(db)
})

/** The plans of the queries that a list makes, as text. */
async function plansOf(list: (db: Db) => Promise<unknown>): Promise<string[]> {
  const queries: CompiledQuery[] = []
  const noting = db.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => result,
  })
  const executor = noting.getExecutor()
  const original = executor.compileQuery.bind(executor)
  executor.compileQuery = (...args) => {
    const compiled = original(...args)
    queries.push(compiled)
    return compiled
  }
  await list(noting as Db)
  const plans: string[] = []
  for (const query of queries) {
    const { rows } = await db.executeQuery<{ 'QUERY PLAN': string }>({ ...query, sql: `explain ${query.sql}` })
    plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'))
  }
  return plans
}

const lists: [name: string, list: (db: Db) => Promise<unknown>, index: RegExp][] = [
  ['my requests', (d) => listOwnRequests(d, ann), /service_requests_organization/],
  ['my requests, filtered', (d) => listOwnRequests(d, ann, { state: 'accepted' }), /service_requests_organization/],
  ['the queue', (d) => listQueue(d, new Date(), { state: 'open' }), /service_requests_open/],
  [
    'one operator’s',
    (d) => listQueue(d, new Date(), { state: 'open', assignee: ann.user_id }),
    /service_requests_assignee/,
  ],
  ['what was decided', (d) => listQueue(d, new Date(), { state: 'accepted' }), /service_requests_recent/],
  ['messages', (d) => listMessages(d, ann.user_id, { staff: false }), /request_messages_request/],
]

for (const [name, list, index] of lists) {
  test(`${name}: read from an index, in its order`, async () => {
    const plans = await plansOf(list)
    assert.ok(plans.length > 0)
    assert.match(plans[0]!, index)
    for (const plan of plans) assert.doesNotMatch(plan, /Seq Scan on service_requests|Seq Scan on request_messages/)
  })
}
