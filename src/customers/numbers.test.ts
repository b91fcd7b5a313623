import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshDatabase } from '../../test/database.ts'
import { aCustomer, aLicense, aMember, anOrderLine, aProduct } from '../../test/licensing.ts'
import { anOperator, requestConfig } from '../../test/requests.ts'
import type { Member, Role } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { decideRequest } from '../requests/index.ts'
import { associateNumber } from './associate-number.ts'
import { claimNumber } from './claim-number.ts'
import { numberRequest } from './number-request.ts'
import { listNumbers } from './queries.ts'
import { removeNumber } from './remove-number.ts'

const config = requestConfig()
const refusedAs = (code: string) => (error: unknown) => error instanceof AppError && error.code === code

/** A customer with an order and a license that nobody has registered. */
async function aBuyer(db: Db) {
  const customer_id = await aCustomer(db)
  const { order_id, order_line_id } = await anOrderLine(db, customer_id, { contact_email: 'Buyer@shop.example' })
  const { serial } = await aLicense(db, await aProduct(db), { customer_id, order_line_id })
  const { number } = await db
    .selectFrom('customers')
    .select('number')
    .where('id', '=', customer_id)
    .executeTakeFirstOrThrow()
  const order = await db.selectFrom('orders').select('number').where('id', '=', order_id).executeTakeFirstOrThrow()
  return { customer_id, number, serial, order: order.number, order_id }
}

const numbersOf = async (db: Db, actor: Member) => (await listNumbers(db, actor)).numbers

test('an order number or a serial number of the customer proves its number; who, when and how is kept', async (t) => {
  const { db } = await freshDatabase(t)
  const [ann, bob] = [await aMember(db, { name: 'Ann' }), await aMember(db, { name: 'Bob' })]
  const { number, serial, order } = await aBuyer(db)
  assert.deepEqual(await associateNumber(db, ann, { number, proof: order }), { ok: true })
  assert.deepEqual(await associateNumber(db, bob, { number, proof: serial }), { ok: true })
  const [mine] = await numbersOf(db, ann)
  assert.deepEqual(
    [mine?.number, mine?.proven_by, mine?.proof, mine?.by, mine?.since, mine?.owned, mine?.unregistered],
    [number, 'order', order, 'Ann', ann.now, 0, 1],
  )
  assert.equal((await numbersOf(db, bob))[0]?.proven_by, 'serial')
  assert.deepEqual(await associateNumber(db, ann, { number, proof: serial }), { ok: false, refusal: 'already' })
  const events = await db
    .selectFrom('events')
    .select(['actor_name', 'details'])
    .where('action', '=', 'customer.associated')
    .execute()
  assert.equal(events.length, 2)
})

test('a wrong proof answers exactly like a number that does not exist', async (t) => {
  const { db } = await freshDatabase(t)
  const ann = await aMember(db)
  const [buyer, other] = [await aBuyer(db), await aBuyer(db)]
  const unknown = { ok: false, refusal: 'unknown' }
  for (const proof of [other.order, other.serial, buyer.number, buyer.serial.toLowerCase(), '%', "' or 1=1"]) {
    assert.deepEqual(await associateNumber(db, ann, { number: buyer.number, proof }), unknown, proof)
  }
  assert.deepEqual(await associateNumber(db, ann, { number: 'NONE', proof: buyer.serial }), unknown)
  await db.updateTable('orders').set({ cancelled_at: new Date() }).where('id', '=', buyer.order_id).execute()
  assert.deepEqual(await associateNumber(db, ann, { number: buyer.number, proof: buyer.order }), unknown, 'cancelled')
  assert.deepEqual(await numbersOf(db, ann), [])
})

test('guesses run out, for the organization and for the address they come from', async (t) => {
  const { db } = await freshDatabase(t)
  const ann = { ...(await aMember(db)), address: '203.0.113.7' }
  const buyer = await aBuyer(db)
  const guess = (actor: Member) => associateNumber(db, actor, { number: buyer.number, proof: 'no' })
  for (let n = 0; n < 20; n++) await guess(ann)
  await assert.rejects(guess(ann), refusedAs('too_many_requests'))
  await assert.rejects(
    associateNumber(db, ann, { number: buyer.number, proof: buyer.serial }),
    refusedAs('too_many_requests'),
  )
  await assert.rejects(
    claimNumber(db, ann, { number: 'C-1', explanation: 'x' }, config),
    refusedAs('too_many_requests'),
    'claims are counted with them',
  )
  // Organizations are made freely: the next one of the same address gets what is left there.
  const again = { ...(await aMember(db)), address: '203.0.113.7' }
  for (let n = 0; n < 17; n++) await guess(again)
  await assert.rejects(async () => {
    for (let n = 0; n < 3; n++) await guess(again)
  }, refusedAs('too_many_requests'))
  const elsewhere = { ...(await aMember(db)), address: '198.51.100.1' }
  assert.equal((await guess(elsewhere)).ok, false)
})

test('a claim tells nothing about the number; accepting it associates, by the operator’s word', async (t) => {
  const { db } = await freshDatabase(t)
  const ann = await aMember(db)
  const { number } = await aBuyer(db)
  const claim = (claimed: string) => claimNumber(db, ann, { number: claimed, explanation: 'We bought it.' }, config)
  const [real, none] = [await claim(number), await claim('C-NONE')]
  assert.ok(real.ok && none.ok)
  assert.deepEqual(await claim(number), { ok: false, refusal: 'claimed' })

  const kinds = [numberRequest]
  const robin = await anOperator(db)
  const accept = (request: string) =>
    decideRequest({ config, db }, robin, { number: request, decision: 'accept', reason: null }, kinds)
  assert.deepEqual(await accept(none.request), { ok: false, refusal: 'impossible', text: 'customers.claim.unknown' })
  assert.deepEqual(await accept(real.request), { ok: true })
  const [mine] = await numbersOf(db, ann)
  assert.deepEqual([mine?.proven_by, mine?.proof, mine?.by], ['operator', real.request, null])
  assert.deepEqual(await claim(number), { ok: false, refusal: 'already' })
})

test('removing a number leaves the licenses and takes the purchases; only of the own organization', async (t) => {
  const { db } = await freshDatabase(t)
  const [ann, eve] = [await aMember(db), await aMember(db)]
  const { number, serial, customer_id } = await aBuyer(db)
  for (const member of [ann, eve]) await associateNumber(db, member, { number, proof: serial })
  const stranger = await aMember(db)
  for (const foreign of [number, 'NONE', "C\0'%"]) {
    await assert.rejects(removeNumber(db, stranger, foreign), refusedAs('not_found'))
  }
  await removeNumber(db, ann, number)
  assert.deepEqual(await numbersOf(db, ann), [])
  assert.equal((await numbersOf(db, eve)).length, 1)
  await assert.rejects(removeNumber(db, ann, number), refusedAs('not_found'))
  const event = await db
    .selectFrom('events')
    .select(['customer_id', 'details'])
    .where('action', '=', 'customer.removed')
    .executeTakeFirst()
  assert.deepEqual(event, { customer_id, details: { proven_by: 'serial', proof: serial } })
  assert.deepEqual(await associateNumber(db, ann, { number, proof: serial }), { ok: true })
})

test('managers and administrators associate, claim and remove; viewers and downloaders do not', async (t) => {
  const { db } = await freshDatabase(t)
  const { number, serial } = await aBuyer(db)
  for (const role of ['viewer', 'downloader'] as Role[]) {
    const member = await aMember(db, { role })
    await assert.rejects(associateNumber(db, member, { number, proof: serial }), refusedAs('forbidden'))
    await assert.rejects(claimNumber(db, member, { number, explanation: 'x' }, config), refusedAs('forbidden'))
    await assert.rejects(removeNumber(db, member, number), refusedAs('forbidden'))
  }
  const administrator = await aMember(db, { role: 'administrator' })
  assert.deepEqual(await associateNumber(db, administrator, { number, proof: serial }), { ok: true })
})

test('customer numbers come page by page', async (t) => {
  const { db } = await freshDatabase(t)
  const ann = await aMember(db)
  const { organization_id, now } = ann
  for (let n = 0; n < 52; n++) {
    const customer_id = await aCustomer(db)
    const association = { organization_id, customer_id, proven_by: 'serial' as const, proof: 'M1', created_at: now }
    await db.insertInto('customer_associations').values(association).execute()
  }
  const first = await listNumbers(db, ann)
  const second = await listNumbers(db, ann, first.after)
  assert.deepEqual([first.numbers.length, second.numbers.length, second.after], [50, 2, undefined])
  assert.equal(new Set([...first.numbers, ...second.numbers].map(({ number }) => number)).size, 52)
})
