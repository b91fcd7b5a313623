/** Races on real connections. Seen red with the lock of lock-request.ts deleted. */
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { freshPostgres } from '../../test/database.ts'
import { aMember } from '../../test/licensing.ts'
import { anOpenRequest, anOperator, requestConfig } from '../../test/requests.ts'
import type { Db } from '../platform/db/index.ts'
import { uuidv7 } from '../platform/ids.ts'
import { otherRequests } from '../service/index.ts'
import { decideRequest } from './decide-request.ts'
import { listMessages } from './messages.ts'
import { getRequest } from './queries.ts'
import { withdrawRequest } from './withdraw-request.ts'
import { answerRequest, writeMessage } from './write-message.ts'

let db: Db
const config = requestConfig()
const rounds = Array.from({ length: 12 }, (_, n) => n)

before(async (t) => {
  db = (await freshPostgres(t as never)).db
})

async function aQuestion() {
  const ann = await aMember(db)
  const number = await anOpenRequest(db, ann, { kind: 'other', details: { description: 'Why?', serials: [] } })
  return { ann, robin: await anOperator(db), number }
}

test('a message and taking back at once: it is in the conversation, or refused; nothing is written to what ended', async () => {
  for (const _ of rounds) {
    const { ann, robin, number } = await aQuestion()
    const message = { number, body: 'Which one?', internal: false, message_id: uuidv7() }
    const [back, answered] = await Promise.all([
      withdrawRequest(db, ann, number, [otherRequests], config),
      answerRequest({ db, config }, robin, message),
    ])
    assert.ok(back.ok)
    const { id, state, waiting_since } = await getRequest(db, number)
    assert.deepEqual([state, waiting_since], ['withdrawn', null])
    assert.equal((await listMessages(db, id, { staff: false })).messages.length, answered.ok ? 1 : 0)
  }
})

test('a message and a decision at once: it comes before, or opens the request again and keeps what was decided', async () => {
  for (const _ of rounds) {
    const { ann, robin, number } = await aQuestion()
    const decision = { number, decision: 'accept' as const, reason: 'Because.' }
    const [written, decided] = await Promise.all([
      writeMessage({ db, config }, { ...ann, now: new Date() }, { number, body: 'And?', message_id: uuidv7() }),
      decideRequest({ db, config }, robin, decision, [otherRequests]),
    ])
    assert.ok(written.ok && decided.ok)
    const { id, state, reason } = await getRequest(db, number)
    const bodies = (await listMessages(db, id, { staff: false })).messages.map(({ body }) => body)
    assert.deepEqual([state, reason], written.reopened ? ['open', null] : ['accepted', 'Because.'])
    assert.deepEqual(bodies.sort(), written.reopened ? ['And?', 'Because.'] : ['And?'])
  }
})

test('two answers at once open an answered question again once', async () => {
  for (const _ of rounds) {
    const { ann, robin, number } = await aQuestion()
    await decideRequest({ db, config }, robin, { number, decision: 'accept', reason: 'Because.' }, [otherRequests])
    const write = () =>
      writeMessage({ db, config }, { ...ann, now: new Date() }, { number, body: 'And?', message_id: uuidv7() })
    const results = await Promise.all([write(), write(), write(), write()])
    assert.equal(results.filter((result) => result.ok && result.reopened).length, 1)
    const { id } = await getRequest(db, number)
    assert.equal((await listMessages(db, id, { staff: false })).messages.length, 5)
  }
})
