import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { freshDatabase } from '../../test/database.ts'
import { aLicense, aMember, aProduct } from '../../test/licensing.ts'
import { anOpenRequest, anOperator, requestConfig } from '../../test/requests.ts'
import { type OperatorRole, operatorRoles, type Role } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { decideRequest } from './decide-request.ts'
import { type Acceptance, type AnyRequestKind, defineRequestKind } from './kinds.ts'
import { getRequest, listOwnRequests, listQueue } from './queries.ts'
import { takeRequest } from './take-request.ts'
import { withdrawRequest } from './withdraw-request.ts'

const config = requestConfig()

/** A kind whose effect is to rename the organization, and that tells what it was asked. */
function aKind(acceptance: Acceptance = { ok: true }) {
  const calls: string[] = []
  const kind = defineRequestKind({
    kind: 'customer_number',
    details: z.object({ number: z.string(), explanation: z.string() }),
    facts: () => [],
    async prepare() {
      calls.push('prepare')
      return 'Renamed'
    },
    async accept(trx, _actor, { organization_id }, name) {
      calls.push('accept')
      await trx.updateTable('organizations').set({ name }).where('id', '=', organization_id).execute()
      return acceptance
    },
    async refuse() {
      calls.push('refuse')
    },
  })
  return { calls, kinds: [kind] as AnyRequestKind[] }
}

const nameOf = async (db: Db, id: string) =>
  (await db.selectFrom('organizations').select('name').where('id', '=', id).executeTakeFirstOrThrow()).name
const mailsOf = (db: Db, template: string) =>
  db
    .selectFrom('mails')
    .select(['to_address', 'locale', 'subject', 'text'])
    .where('template', '=', template)
    .orderBy('to_address')
    .execute()
const actionsOf = async (db: Db) =>
  (await db.selectFrom('events').select('action').where('action', 'like', 'request.%').orderBy('id').execute()).map(
    ({ action }) => action,
  )
const forbidden = (error: unknown) => error instanceof AppError && error.code === 'forbidden'
const notFound = (error: unknown) => error instanceof AppError && error.code === 'not_found'

test('opening tells the asker and the administrators, each in their language, and nobody else', async (t) => {
  const { db } = await freshDatabase(t)
  const ann = await aMember(db, { name: 'Ann', locale: 'fr' })
  const { organization_id } = ann
  const admin = await aMember(db, { role: 'administrator', organization_id, locale: 'pt-BR' })
  await aMember(db, { role: 'manager', organization_id })
  const { id: license_id, serial } = await aLicense(db, await aProduct(db))
  const number = await anOpenRequest(db, ann, { license_id })
  assert.match(number, /^SR-[2-9A-Z]{4}-[2-9A-Z]{4}$/)

  const mails = await mailsOf(db, 'request.received')
  assert.deepEqual(
    new Map(mails.map(({ to_address, locale }) => [to_address, locale])),
    new Map([
      [ann.email, 'fr'],
      [admin.email, 'pt-BR'],
    ]),
  )
  for (const { subject, text } of mails) {
    assert.ok(subject.includes(number) && text.includes(serial))
    assert.ok(text.includes(`https://licensing.example/requests/${number}`))
  }
  const request = await getRequest(db, number)
  assert.equal(request.due_at.getTime() - request.opened_at.getTime(), 72 * 3_600_000)
})

test('who wants no mail about service requests gets none', async (t) => {
  const { db } = await freshDatabase(t)
  const ann = await aMember(db)
  const admin = await aMember(db, { role: 'administrator', organization_id: ann.organization_id })
  const declined = { user_id: admin.user_id, topic: 'service_requests', by_email: false }
  await db.insertInto('notification_preferences').values(declined).execute()
  await anOpenRequest(db, ann)
  const mails = await mailsOf(db, 'request.received')
  assert.deepEqual(
    mails.map(({ to_address }) => to_address),
    [ann.email],
  )
})

test('accepting does what the kind says in the same transaction, and tells the asker with the words written', async (t) => {
  const { db } = await freshDatabase(t)
  const ann = await aMember(db)
  const robin = await anOperator(db)
  const number = await anOpenRequest(db, ann)
  const { calls, kinds } = aKind()
  const decision = { number, decision: 'accept' as const, reason: 'Welcome.\nRobin' }
  assert.deepEqual(await decideRequest({ config, db }, robin, decision, kinds), { ok: true })
  assert.deepEqual(calls, ['prepare', 'accept'])
  assert.equal(await nameOf(db, ann.organization_id), 'Renamed')
  const request = await getRequest(db, number)
  assert.deepEqual(
    [request.state, request.decider_name, request.reason, request.decided_at],
    ['accepted', robin.name, 'Welcome.\nRobin', robin.now],
  )
  const [mail] = await mailsOf(db, 'request.accepted')
  assert.equal(mail?.to_address, ann.email)
  assert.match(mail!.text, /Welcome\.\nRobin/)
  assert.deepEqual(await actionsOf(db), ['request.opened', 'request.accepted'])
})

test('what cannot be done is not: the request stays open, nothing of its effect stays', async (t) => {
  const { db } = await freshDatabase(t)
  const ann = await aMember(db)
  const before = await nameOf(db, ann.organization_id)
  const number = await anOpenRequest(db, ann)
  const { kinds } = aKind({ ok: false, text: 'customers.claim.unknown' })
  const decision = { number, decision: 'accept' as const, reason: null }
  const decided = await decideRequest({ config, db }, await anOperator(db), decision, kinds)
  assert.deepEqual(decided, { ok: false, refusal: 'impossible', text: 'customers.claim.unknown' })
  assert.equal(await nameOf(db, ann.organization_id), before)
  assert.equal((await getRequest(db, number)).state, 'open')
  assert.deepEqual(await mailsOf(db, 'request.accepted'), [])
})

test('refusing needs a reason, prepares nothing and lets the kind clear up', async (t) => {
  const { db } = await freshDatabase(t)
  const ann = await aMember(db)
  const robin = await anOperator(db)
  const number = await anOpenRequest(db, ann)
  const { calls, kinds } = aKind()
  const refusal = { number, decision: 'refuse' as const, reason: null }
  await assert.rejects(decideRequest({ config, db }, robin, refusal, kinds), { code: 'invalid' })
  assert.deepEqual(await decideRequest({ config, db }, robin, { ...refusal, reason: 'No.' }, kinds), { ok: true })
  assert.deepEqual(calls, ['refuse'])
  assert.equal((await getRequest(db, number)).state, 'refused')
  assert.equal((await mailsOf(db, 'request.refused')).length, 1)

  const late = await decideRequest({ config, db }, await anOperator(db), { ...refusal, decision: 'accept' }, kinds)
  assert.ok(!late.ok && late.refusal === 'decided')
  assert.equal(late.request.decider_name, robin.name)
  assert.deepEqual(calls, ['refuse'], 'nothing was prepared for a request that ended')
})

test('support, orders and administrators decide; catalog, auditors and customers do not', async (t) => {
  const { db } = await freshDatabase(t)
  const deciding: OperatorRole[] = ['support', 'orders', 'administrator']
  const { kinds } = aKind()
  const ann = await aMember(db)
  for (const role of operatorRoles) {
    const number = await anOpenRequest(db, ann)
    const operator = await anOperator(db, role)
    const take = () => takeRequest(db, operator, { number, revision: 1 }, config)
    const decide = () => decideRequest({ config, db }, operator, { number, decision: 'accept', reason: null }, kinds)
    if (deciding.includes(role)) {
      assert.deepEqual(await take(), { ok: true }, role)
      assert.deepEqual(await decide(), { ok: true }, role)
    } else {
      await assert.rejects(take, forbidden, role)
      await assert.rejects(decide, forbidden, role)
    }
  }
  const number = await anOpenRequest(db, ann)
  const own = { number, decision: 'accept' as const, reason: null }
  await assert.rejects(decideRequest({ config, db }, { ...ann, role: 'administrator' }, own, kinds), forbidden)
})

test('taking a request names who looks after it; a colleague takes over only what the page showed', async (t) => {
  const { db } = await freshDatabase(t)
  const number = await anOpenRequest(db, await aMember(db))
  const [robin, kim] = [await anOperator(db, 'support', 'Robin'), await anOperator(db, 'orders', 'Kim')]
  assert.deepEqual(await takeRequest(db, robin, { number, revision: 1 }, config), { ok: true })
  assert.deepEqual(await takeRequest(db, robin, { number, revision: 1 }, config), { ok: true }, 'twice is once')
  assert.deepEqual(await takeRequest(db, kim, { number, revision: 1 }, config), { ok: false, refusal: 'changed' })
  assert.equal((await getRequest(db, number)).assignee_name, 'Robin')
  assert.deepEqual(await takeRequest(db, kim, { number, revision: 2 }, config), { ok: true })
  assert.equal((await getRequest(db, number)).assignee_name, 'Kim')
  assert.equal((await mailsOf(db, 'request.taken')).length, 1, 'customers hear once that somebody works on it')
  assert.deepEqual(await actionsOf(db), ['request.opened', 'request.taken', 'request.taken'])
})

test('a manager takes a request of the own organization back while it is open', async (t) => {
  const { db } = await freshDatabase(t)
  const ann = await aMember(db)
  const { organization_id } = ann
  const number = await anOpenRequest(db, ann)
  const { calls, kinds } = aKind()
  for (const role of ['viewer', 'downloader'] as Role[]) {
    const colleague = await aMember(db, { role, organization_id })
    await assert.rejects(withdrawRequest(db, colleague, number, kinds, config), forbidden)
  }
  const stranger = await aMember(db, { role: 'administrator' })
  await assert.rejects(withdrawRequest(db, stranger, number, kinds, config), notFound)
  await assert.rejects(withdrawRequest(db, ann, 'SR-AAAA-AAAA', kinds, config), notFound)
  await assert.rejects(withdrawRequest(db, ann, "SR-\0' or 1=1", kinds, config), notFound)

  const colleague = await aMember(db, { role: 'manager', organization_id, name: 'Bob' })
  assert.deepEqual(await withdrawRequest(db, colleague, number, kinds, config), { ok: true })
  assert.deepEqual(calls, ['refuse'])
  const request = await getRequest(db, number)
  assert.deepEqual([request.state, request.decider_name], ['withdrawn', 'Bob'])
  assert.deepEqual(await withdrawRequest(db, ann, number, kinds, config), { ok: false, refusal: 'decided' })
})

test('the queue lists open requests by target date, by kind and by who looks after them, page by page', async (t) => {
  const { db } = await freshDatabase(t)
  const now = Date.now()
  const numbers: string[] = []
  for (let n = 0; n < 53; n++) {
    const member = await aMember(db, { now: new Date(now - n * 60_000) })
    numbers.unshift(await anOpenRequest(db, member, n === 0 ? { kind: 'address' } : {}))
  }
  const first = await listQueue(db, { state: 'open' })
  assert.equal(first.requests.length, 50)
  const second = await listQueue(db, { state: 'open', after: first.after })
  assert.equal(second.after, undefined)
  const shown = [...first.requests, ...second.requests].map(({ number }) => number)
  const address = numbers.at(-1)!
  assert.deepEqual(shown, [address, ...numbers.slice(0, -1)], 'an address is due a day before a customer number')

  const robin = await anOperator(db)
  await takeRequest(db, robin, { number: address, revision: 1 }, config)
  const found = async (filter: object) =>
    (await listQueue(db, { state: 'open', ...filter })).requests.map(({ number }) => number)
  assert.deepEqual(await found({ kind: 'address' }), [address])
  assert.deepEqual(await found({ assignee: robin.user_id }), [address])
  assert.ok(!(await found({ assignee: 'none' })).includes(address))
  assert.deepEqual(await found({ state: 'accepted' }), [])
})

test('an organization lists its own requests, the newest first; a cursor of others finds nothing', async (t) => {
  const { db } = await freshDatabase(t)
  const now = Date.now()
  const ann = await aMember(db)
  const older = await anOpenRequest(db, { ...ann, now: new Date(now - 60_000) })
  const newer = await anOpenRequest(db, { ...ann, now: new Date(now) })
  const foreign = await anOpenRequest(db, await aMember(db))
  const numbers = async (after?: string) => (await listOwnRequests(db, ann, after)).requests.map(({ number }) => number)
  assert.deepEqual(await numbers(), [newer, older])
  assert.deepEqual(await numbers(newer), [older])
  assert.deepEqual(await numbers(foreign), await numbers('SR-AAAA-AAAA'))
  await assert.rejects(getRequest(db, foreign, ann), notFound)
})
