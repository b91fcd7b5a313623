import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshDatabase } from '../../test/database.ts'
import { aMember } from '../../test/licensing.ts'
import { anOpenRequest, anOperator, requestConfig } from '../../test/requests.ts'
import type { Actor } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { uuidv7 } from '../platform/ids.ts'
import { otherRequests } from '../service/index.ts'
import { decideRequest } from './decide-request.ts'
import { listMessages } from './messages.ts'
import { countQueue, getRequest, listQueue } from './queries.ts'
import { takeRequest } from './take-request.ts'
import { withdrawRequest } from './withdraw-request.ts'
import { answerRequest, type Person, writeMessage } from './write-message.ts'

const config = requestConfig()
const hour = 3_600_000
const later = <A extends Actor>(actor: A, hours: number): A => ({
  ...actor,
  now: new Date(actor.now.getTime() + hours * hour),
})
const code = (wanted: string) => (error: unknown) => error instanceof AppError && error.code === wanted

const write = (db: Db, actor: Person, number: string, body = 'Hello', message_id = uuidv7()) =>
  writeMessage({ db, config }, actor, { number, body, message_id })
const answer = (db: Db, actor: Actor, number: string, body = 'Which one?', internal = false) =>
  answerRequest({ db, config }, actor, { number, body, internal, message_id: uuidv7() })
const decide = (db: Db, actor: Actor, number: string, decision: 'accept' | 'refuse', reason: string | null = null) =>
  decideRequest({ db, config }, actor, { number, decision, reason }, [otherRequests])
const aQuestion = (db: Db, member: Parameters<typeof anOpenRequest>[1]) =>
  anOpenRequest(db, member, { kind: 'other', details: { description: 'Why?', serials: [] } })
const mailsTo = async (db: Db, template: string) =>
  (
    await db.selectFrom('mails').select(['to_address', 'locale', 'text']).where('template', '=', template).execute()
  ).map(({ to_address, locale, text }) => ({ to: to_address, locale, text }))

test('messages go both ways: each side is mailed in its language, the customer reads the vendor in place of its staff', async (t) => {
  const { db } = await freshDatabase(t)
  const ann = await aMember(db, { name: 'Ann', locale: 'fr' })
  const robin = await anOperator(db, 'support', 'Robin Okafor')
  const number = await aQuestion(db, ann)
  assert.deepEqual(await write(db, ann, number, 'First'), { ok: true, reopened: false })
  const [unassigned] = await mailsTo(db, 'request.message')
  assert.equal(unassigned?.to, config.support_email)
  await takeRequest(db, robin, { number, revision: 1 }, config)
  await write(db, later(ann, 1), number, 'Second')
  await answer(db, later(robin, 2), number, 'Which one?')
  const mails = await mailsTo(db, 'request.message')
  assert.deepEqual(
    mails.map(({ to, locale }) => [to, locale]).sort(),
    [
      [ann.email, 'fr'],
      [config.support_email, 'en'],
      [robin.email, 'en'],
    ].sort(),
  )
  const toAnn = mails.find(({ to }) => to === ann.email)!
  assert.match(toAnn.text, /Which one\?/)
  assert.ok(toAnn.text.includes(`/requests/${number}`) && !toAnn.text.includes('Robin'))
  assert.ok(mails.find(({ to }) => to === robin.email)!.text.includes(`/admin/requests/${number}`))
})

test('internal notes are seen by operators alone, mailed to nobody, and may be kept after the end', async (t) => {
  const { db } = await freshDatabase(t)
  const ann = await aMember(db)
  const robin = await anOperator(db)
  const number = await aQuestion(db, ann)
  await answer(db, robin, number, 'Beware', true)
  await decide(db, robin, number, 'accept', 'Because.')
  assert.deepEqual(await answer(db, robin, number, 'After', true), { ok: true })
  const { id, waiting_since } = await getRequest(db, number)
  assert.equal(waiting_since, null)
  assert.deepEqual((await listMessages(db, id, { staff: false })).messages, [])
  assert.deepEqual(
    (await listMessages(db, id, { staff: true })).messages.map(({ body, internal }) => [body, internal]),
    [
      ['Beware', true],
      ['After', true],
    ],
  )
  assert.deepEqual(await mailsTo(db, 'request.message'), [])
  const seen = await db
    .selectFrom('events')
    .select('action')
    .where('organization_id', '=', ann.organization_id)
    .where('action', '=', 'request.noted')
    .execute()
  assert.deepEqual(seen, [])
})

test('the target does not run while the vendor waits for the customer', async (t) => {
  const { db } = await freshDatabase(t)
  const ann = await aMember(db)
  const robin = await anOperator(db)
  const number = await aQuestion(db, ann)
  const { due_at } = await getRequest(db, number)
  await answer(db, later(robin, 1), number)
  await answer(db, later(robin, 2), number, 'And when?')
  const waiting = await getRequest(db, number)
  assert.deepEqual([waiting.due_at, waiting.waiting_since], [due_at, later(robin, 1).now])
  const late = later(robin, 1000)
  assert.equal((await countQueue(db, late)).overdue, 0)
  const found = async (urgency: 'overdue' | 'vendor' | 'customer') =>
    (await listQueue(db, late.now, { state: 'open', urgency })).requests.length
  assert.deepEqual([await found('overdue'), await found('vendor'), await found('customer')], [0, 0, 1])
  await write(db, { ...ann, now: later(robin, 11).now }, number)
  const answered = await getRequest(db, number)
  assert.deepEqual([answered.due_at.getTime() - due_at.getTime(), answered.waiting_since], [10 * hour, null])
  assert.deepEqual([await found('overdue'), await found('vendor'), await found('customer')], [1, 1, 0])
})

test('an answer to an answered question opens it again for fourteen days; what was said stays', async (t) => {
  const { db } = await freshDatabase(t)
  const ann = await aMember(db)
  const robin = await anOperator(db)
  const number = await aQuestion(db, ann)
  await decide(db, robin, number, 'accept', 'Because.')
  assert.deepEqual(await write(db, later(ann, 24), number, 'Why that?'), { ok: true, reopened: true })
  const request = await getRequest(db, number)
  assert.deepEqual([request.state, request.reason, request.decided_at], ['open', null, null])
  assert.equal(request.due_at.getTime(), later(ann, 24 + 48).now.getTime())
  assert.deepEqual(
    (await listMessages(db, request.id, { staff: false })).messages.map(({ side, body }) => [side, body]),
    [
      ['vendor', 'Because.'],
      ['customer', 'Why that?'],
    ],
  )
  await decide(db, robin, number, 'refuse', 'It is so.')
  assert.deepEqual(await write(db, later(ann, 15 * 24), number), { ok: false, refusal: 'ended' })
})

test('what was decided with an effect, or withdrawn, takes a new request; both sides are told', async (t) => {
  const { db } = await freshDatabase(t)
  const ann = await aMember(db)
  const robin = await anOperator(db)
  const claim = await anOpenRequest(db, ann)
  await db.updateTable('service_requests').set({ state: 'accepted', decided_at: new Date() }).execute()
  const withdrawn = await aQuestion(db, ann)
  await withdrawRequest(db, ann, withdrawn, [otherRequests], config)
  for (const number of [claim, withdrawn]) {
    assert.deepEqual(await write(db, ann, number), { ok: false, refusal: 'ended' })
    assert.deepEqual(await answer(db, robin, number), { ok: false, refusal: 'ended' })
  }
})

test('whoever asked and managers write; colleagues read, strangers find nothing, other operators do not answer', async (t) => {
  const { db } = await freshDatabase(t)
  const ann = await aMember(db)
  const { organization_id } = ann
  const [manager, viewer] = [
    await aMember(db, { organization_id }),
    await aMember(db, { organization_id, role: 'viewer' }),
  ]
  const number = await aQuestion(db, { ...ann, role: 'viewer' })
  assert.ok((await write(db, { ...ann, role: 'viewer' }, number)).ok)
  assert.ok((await write(db, manager, number)).ok)
  await assert.rejects(write(db, viewer, number), code('forbidden'))
  await assert.rejects(withdrawRequest(db, viewer, number, [otherRequests], config), code('forbidden'))
  await assert.rejects(write(db, await aMember(db), number), code('not_found'))
  for (const role of ['catalog', 'auditor'] as const) {
    await assert.rejects(answer(db, await anOperator(db, role), number), code('forbidden'))
  }
  await assert.rejects(answer(db, ann, number), code('forbidden'))
})

test('a message sent twice is written once; a flood ends', async (t) => {
  const { db } = await freshDatabase(t)
  const ann = await aMember(db)
  const number = await aQuestion(db, ann)
  const id = uuidv7()
  await write(db, ann, number, 'Once', id)
  await write(db, ann, number, 'Once', id)
  const { id: request_id } = await getRequest(db, number)
  assert.equal((await listMessages(db, request_id, { staff: false })).messages.length, 1)
  const flood = async () => {
    for (let n = 0; n < 60; n++) await write(db, ann, number)
  }
  await assert.rejects(flood(), code('too_many_requests'))
  const first = await listMessages(db, request_id, { staff: false })
  assert.ok(first.messages.length <= 50)
})

test('a long conversation is read page by page', async (t) => {
  const { db } = await freshDatabase(t)
  const ann = await aMember(db)
  const robin = await anOperator(db)
  const number = await aQuestion(db, ann)
  for (let n = 0; n < 53; n++) await answer(db, later(robin, n), number, `${n}`)
  const { id } = await getRequest(db, number)
  const newest = await listMessages(db, id, { staff: true })
  const oldest = await listMessages(db, id, { staff: true, before: newest.before! })
  const bodies = [...oldest.messages, ...newest.messages].map(({ body }) => body)
  assert.deepEqual(
    bodies,
    Array.from({ length: 53 }, (_, n) => `${n}`),
  )
  assert.equal(oldest.before, undefined)
})

test('an operator gives a request to a colleague, who is told, or back to nobody', async (t) => {
  const { db } = await freshDatabase(t)
  const ann = await aMember(db)
  const [robin, kim, ada] = [await anOperator(db), await anOperator(db, 'orders'), await anOperator(db, 'auditor')]
  const number = await aQuestion(db, ann)
  const give = (assignee_id: string | null, revision: number) =>
    takeRequest(db, robin, { number, revision, assignee_id }, config)
  assert.deepEqual(await give(kim.user_id, 1), { ok: true })
  assert.deepEqual(
    (await mailsTo(db, 'request.assigned')).map(({ to }) => to),
    [kim.email],
  )
  assert.deepEqual(await give(ada.user_id, 2), { ok: false, refusal: 'unable' })
  assert.deepEqual(await give(ann.user_id, 2), { ok: false, refusal: 'unable' })
  assert.deepEqual(await give(null, 2), { ok: true })
  const { assignee_id, taken_at } = await getRequest(db, number)
  assert.deepEqual([assignee_id, taken_at], [null, null])
})
