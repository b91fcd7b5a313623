/** Races on real connections. Seen red with the lock of save-canned-answer.ts deleted. */
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { freshPostgres } from '../../test/database.ts'
import { anOperator } from '../../test/requests.ts'
import type { Db } from '../platform/db/index.ts'
import { uuidv7 } from '../platform/ids.ts'
import { getCannedAnswer } from './canned-answers.ts'
import { saveCannedAnswer } from './save-canned-answer.ts'

let db: Db

before(async (t) => {
  db = (await freshPostgres(t as never)).db
})

test('of eight operators who change an answer as their page showed it, one does; of eight new ones of a name, one is kept', async () => {
  const robin = await anOperator(db)
  const id = uuidv7()
  await saveCannedAnswer(db, robin, { id, revision: 0, name: 'Hello', texts: {} })
  const eight = Array.from({ length: 8 }, (_, n) => n)
  const changes = await Promise.all(
    eight.map((n) => saveCannedAnswer(db, robin, { id, revision: 1, name: `Hello ${n}`, texts: {} })),
  )
  assert.equal(changes.filter(({ ok }) => ok).length, 1)
  assert.equal((await getCannedAnswer(db, id)).revision, 2)
  const made = await Promise.all(
    eight.map(() => saveCannedAnswer(db, robin, { id: uuidv7(), revision: 0, name: 'Goodbye', texts: {} })),
  )
  assert.equal(made.filter(({ ok }) => ok).length, 1)
  assert.equal(made.filter((result) => !result.ok && result.refusal === 'name').length, 7)
})
