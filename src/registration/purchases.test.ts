import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aCustomer, aLicense, memberOf } from '../../test/licenses.ts'
import { anAccount, openPortal, type Portal, signedIn } from '../../test/portal.ts'
import { roles } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { urls } from '../urls.ts'
import { countWaiting, listPurchases, listWaitingSerials } from './purchases.ts'

const address = urls.registration.purchases.to()

async function aBuyer(portal: Portal, email: string, number: string) {
  const me = memberOf(await anAccount(portal, email))
  const customer_id = await aCustomer(portal.db, number)
  await portal.db
    .insertInto('customer_associations')
    .values({ ...associated, organization_id: me.organization_id, customer_id })
    .execute()
  return { me, customer_id }
}
const associated = { proven_by: 'operator', proof: 'test', created_at: new Date() } as const

/** Orders of so many licenses each, the last one the newest. */
async function purchases(db: Db, customer_id: string, sizes: Record<string, number>) {
  for (const [number, size] of Object.entries(sizes)) {
    const first = await aLicense(db, null, { serial: `${number}-00001`, customer_id }, { number })
    const { order_line_id } = await db
      .selectFrom('licenses')
      .select('order_line_id')
      .where('id', '=', first.id)
      .executeTakeFirstOrThrow()
    for (let n = 2; n <= size; n++) {
      const serial = `${number}-${String(n).padStart(5, '0')}`
      const { id } = await aLicense(db, null, { serial, customer_id })
      await db.updateTable('licenses').set({ order_line_id }).where('id', '=', id).execute()
    }
  }
}

test('purchases that wait are those of my customer numbers that nobody registered, by order, page by page', async (t) => {
  const portal = await openPortal(t)
  const { db } = portal
  const { me, customer_id } = await aBuyer(portal, 'ann@acme.example', 'C-ME')
  const other = await aBuyer(portal, 'eve@other.example', 'C-OTHER')
  await purchases(db, other.customer_id, { 'SO-FOREIGN': 2 })
  await purchases(db, customer_id, { 'SO-1': 1, 'SO-2': 3, 'SO-3': 2, 'SO-CANCELLED': 1 })
  await db.updateTable('orders').set({ cancelled_at: new Date() }).where('number', '=', 'SO-CANCELLED').execute()
  await aLicense(db, me, { serial: 'REGISTERED1', customer_id })
  await aLicense(db, null, { serial: 'REVOKED1', customer_id, revoked_at: new Date() })
  const { id } = await aLicense(db, null, { serial: 'WITHOUT-ORDER', customer_id })
  await db.updateTable('licenses').set({ order_line_id: null }).where('id', '=', id).execute()

  const pages: (string | null)[][] = []
  let before: string | undefined
  do {
    const { rows, next } = await listPurchases(db, me, { before, size: 2 })
    pages.push(rows.map(({ order_number, waiting }) => `${order_number} ${waiting}`))
    before = next
  } while (before)
  assert.deepEqual(pages, [
    ['null 1', 'SO-3 2'],
    ['SO-2 3', 'SO-1 1'],
  ])
  assert.deepEqual(await countWaiting(db, me, 100), { count: 7, exact: true })
  assert.deepEqual(await countWaiting(db, me, 3), { count: 3, exact: false })
  const { rows } = await listPurchases(db, other.me, { size: 9 })
  assert.deepEqual(await listWaitingSerials(db, me, rows[0]!.id), [], "somebody else's purchase")
  assert.deepEqual(await listWaitingSerials(db, other.me, rows[0]!.id), ['SO-FOREIGN-00001', 'SO-FOREIGN-00002'])
  assert.equal((await listWaitingSerials(db, me, 'all')).length, 7)
})

test('POST /get-a-license-key/purchases puts a purchase into a basket, the second time into the same', async (t) => {
  const portal = await openPortal(t)
  const { db } = portal
  const { me, customer_id } = await aBuyer(portal, 'ann@acme.example', 'C-ME')
  await purchases(db, customer_id, { 'SO-1': 2 })
  const visitor = await signedIn(portal, 'ann@acme.example')
  const { html } = await visitor.get(address)
  assert.match(html, /2 licenses wait/)
  const { rows } = await listPurchases(db, me, { size: 1 })
  const purchase = rows[0]!.id
  assert.ok(html.includes(`name="purchase" value="${purchase}"`))
  const first = await visitor.post(address, { purchase })
  assert.equal(first.status, 303)
  const second = await visitor.post(address, { purchase })
  assert.equal(second.location, first.location)
  const basket = await visitor.get(first.location!)
  assert.ok(basket.html.includes('SO-1-00001') && basket.html.includes('SO-1-00002'))

  await db.updateTable('licenses').set({ revoked_at: new Date() }).execute()
  const gone = await visitor.post(address, { purchase })
  assert.equal(gone.location, address)
  const after = (await visitor.get(address)).html
  assert.ok(after.includes('registered meanwhile') && after.includes('Nothing waits to be'))
})

test('POST /get-a-license-key/purchases takes no foreign, unknown or malformed purchase', async (t) => {
  const portal = await openPortal(t)
  const { customer_id } = await aBuyer(portal, 'ann@acme.example', 'C-ME')
  await purchases(portal.db, customer_id, { 'SO-1': 1 })
  const { rows } = await listPurchases(portal.db, memberOf(await anAccount(portal, 'x@acme.example')), { size: 1 })
  assert.deepEqual(rows, [])
  const { id } = await portal.db.selectFrom('orders').select('id').executeTakeFirstOrThrow()
  await anAccount(portal, 'eve@other.example')
  const stranger = await signedIn(portal, 'eve@other.example')
  for (const purchase of [id, customer_id, 'all', "'; drop", '\0']) {
    assert.equal((await stranger.post(address, { purchase })).location, address, purchase)
  }
  assert.deepEqual(await portal.db.selectFrom('registration_drafts').selectAll().execute(), [])
})

test('purchases to register are for managers', async (t) => {
  const portal = await openPortal(t)
  const { me } = await aBuyer(portal, 'ann@acme.example', 'C-ME')
  for (const role of roles) {
    await portal.db.updateTable('memberships').set({ role }).where('user_id', '=', me.user_id).execute()
    const visitor = await signedIn(portal, 'ann@acme.example')
    const may = role === 'manager' || role === 'administrator'
    assert.equal((await visitor.get(address)).status, may ? 200 : 403, role)
    assert.equal((await visitor.post(address, { purchase: 'all' })).status, may ? 303 : 403, role)
  }
})
