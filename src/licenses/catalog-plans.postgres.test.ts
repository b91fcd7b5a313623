/** Every page of the catalog reads a small part of an account, whatever it is sorted by, searched or filtered for. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { freshPostgres } from '../../test/database.ts'
import { aMember } from '../../test/licenses.ts'
import { fillCatalog } from '../../test/many-licenses.ts'
import { explained, type Plan, rowsOf } from '../../test/plans.ts'
import { aGrant } from '../../test/sharing.ts'
import { dayOf, type Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { listCatalog, pageSize } from './catalog.ts'
import { dayAfter } from './rules.ts'
import { catalogQuerySchema } from './schemas.ts'

const licenses = 40_000
/** Rows of `licenses` that one statement may fetch: some pass by while looking for fifty that one in a hundred is. */
const touchedAtMost = licenses / 5

/** The fields of `fillCatalog`: a site that many licenses share, and an asset number of its own for each. */
const [site, asset] = ['00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002']

const asked: Record<string, string>[] = [
  {},
  { sort: 'newest', direction: 'up' },
  ...['serial', 'end', 'product', 'customer', 'version', 'kind', 'quantity', `field:${site}`, `field:${asset}`].flatMap(
    (sort) => [
      { sort, direction: 'up' },
      { sort, direction: 'down' },
    ],
  ),
  { q: 'm' },
  { q: 'm01' },
  { q: 'm0123' },
  { q: 'm', sort: 'customer' },
  { q: 'ord-100' },
  { q: 'PO-100' },
  { q: 'cert-100' },
  { q: 'C100010' },
  { q: 'suite' },
  { q: 'suite', sort: 'product' },
  { q: 'host-00000000' },
  { q: '17 main' },
  { q: 'lyon' },
  { q: 'p17@acme' },
  { q: 'a-m01' },
  { q: 'plant 17' },
  { q: 'plant' },
  { q: 'production' },
  { q: 'rare' },
  { q: 'nothing at all' },
  ...[
    'active',
    'start_planning',
    'expiring',
    'grace',
    'expired',
    'planned',
    'superseded',
    'revoked',
    'unregistered',
  ].map((status) => ({ status })),
  { product: 'KP-3' },
  { product: 'KP-3', sort: 'serial' },
  { kind: 'maintenance' },
  { kind: 'content' },
  { version: '1.0' },
  { version: '1.0', sort: 'quantity' },
  { customer: 'C100010' },
  { source: 'own' },
  { source: 'added' },
  { source: 'added', sort: 'product' },
  { tag: 'production' },
  { tag: 'production', sort: 'customer' },
  { tag: 'rare' },
  { tag: 'rare', sort: 'serial' },
  { field: site, value: 'Plant 17' },
  { field: site, value: 'plant' },
  { field: site, value: 'plant', sort: 'serial' },
  { field: asset, value: 'a-m01' },
  { ends_from: day(10), ends_to: day(40) },
  { ends_to: day(-200) },
  { registered_from: '2018-01-05', registered_to: '2018-01-08' },
  { registered_to: '2018-02-01', sort: 'serial' },
  { kind: 'maintenance', status: 'expired', product: 'KP-5' },
]

/** What an index answers also where all of an account is seen through shares, a customer number each. */
const askedOfOthers: Record<string, string>[] = [
  {},
  ...['newest', 'serial', 'end'].flatMap((sort) => [
    { sort, direction: 'up' },
    { sort, direction: 'down' },
  ]),
  { source: 'shared' },
  { q: 'm0123' },
  { q: 'ord-100' },
  { q: 'C100010' },
  { q: 'host-00000000' },
  { q: 'nothing at all' },
  { customer: 'C100010' },
  ...['active', 'expiring', 'grace', 'revoked', 'superseded'].map((status) => ({ status })),
  { ends_from: day(10), ends_to: day(40) },
]

function day(from_now: number): string {
  return dayAfter(dayOf(new Date(), 'UTC'), from_now)
}

test('the catalog reads a small part of a large account', async (t) => {
  const { db } = await freshPostgres(t)
  const now = new Date()
  const me = { ...(await aMember(db)), now, today: dayOf(now, 'UTC') }
  await fillCatalog(db, me, { licenses, customers: 40 })

  for (const query of asked) {
    await t.test(`GET /licenses?${new URLSearchParams(query)}, on every page`, async () => {
      const first = await looked(db, me, query)
      if (first.next) await looked(db, me, { ...query, after: first.next })
    })
  }

  const reader = { ...(await aMember(db)), now, today: me.today }
  const customers = await db.selectFrom('customers').select('id').orderBy('number').execute()
  for (const { id } of customers) await aGrant(db, me, reader, { level: 'full', customer_ids: [id] })
  await sql`analyze license_grants, license_grant_customers`.execute(db)
  for (const query of askedOfOthers) {
    await t.test(`GET /licenses?${new URLSearchParams(query)}, through ${customers.length} shares`, async () => {
      const first = await looked(db, reader, query)
      if (first.next) await looked(db, reader, { ...query, after: first.next })
    })
  }
})

/** Lists a page and looks at the plan of every statement that doing so took. */
async function looked(db: Db, me: Member, query: Record<string, string>) {
  const { result: page, plans } = await explained(db, (db) => listCatalog(db, me, catalogQuerySchema.parse(query)))
  assert.ok(page.rows.length <= pageSize)
  for (const { sql: text, plan } of plans) {
    const touched = touchedBy(plan)
    assert.ok(
      touched <= touchedAtMost,
      `${touched} rows of licenses touched by ${text}\n${JSON.stringify(plan, null, 1)}`,
    )
  }
  return page
}

function touchedBy(plan: Plan): number {
  const own = plan['Relation Name'] === 'licenses' ? rowsOf(plan) : 0
  return own + (plan.Plans ?? []).reduce((sum, each) => sum + touchedBy(each), 0)
}
