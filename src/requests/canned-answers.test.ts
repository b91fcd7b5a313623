import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshDatabase } from '../../test/database.ts'
import { aMember } from '../../test/licensing.ts'
import { anOpenRequest, anOperator } from '../../test/requests.ts'
import { uuidv7 } from '../platform/ids.ts'
import { getCannedAnswer, listCannedAnswers, textFor } from './canned-answers.ts'
import { getRequest } from './queries.ts'
import { deleteCannedAnswer, saveCannedAnswer } from './save-canned-answer.ts'

const texts = { en: 'Hello {name}, about {number} of {organization}: {serial}', fr: 'Bonjour {name}' }
const by = { operator: 'Robin', vendor: 'Keyport' }

test('an answer is used in the language in which it was asked, with what is known about the request', async (t) => {
  const { db } = await freshDatabase(t)
  const robin = await anOperator(db)
  const id = uuidv7()
  await saveCannedAnswer(db, robin, { id, revision: 0, name: 'Greeting', texts })
  const answer = await getCannedAnswer(db, id)
  const used = async (locale: 'fr' | 'pt-BR') => {
    const number = await anOpenRequest(db, await aMember(db, { name: 'Zoé', locale }))
    const request = await getRequest(db, number)
    return textFor(answer, { ...request, organization_name: 'Acme' }, by).replace(number, 'SR')
  }
  assert.equal(await used('fr'), 'Bonjour Zoé')
  assert.equal(await used('pt-BR'), 'Hello Zoé, about SR of Acme: {serial}', 'English where there is no other')
})

test('a stale change is refused, and so is a name that another answer has', async (t) => {
  const { db } = await freshDatabase(t)
  const robin = await anOperator(db, 'orders')
  const [one, two] = [uuidv7(), uuidv7()]
  const save = (id: string, revision: number, name: string) =>
    saveCannedAnswer(db, robin, { id, revision, name, texts })
  assert.deepEqual(await save(one, 0, 'One'), { ok: true })
  assert.deepEqual(await save(one, 0, 'Twice'), { ok: false, refusal: 'changed' })
  assert.deepEqual(await save(two, 0, 'ONE'), { ok: false, refusal: 'name' })
  assert.deepEqual(await save(one, 1, 'Uno'), { ok: true })
  assert.deepEqual(await save(two, 0, 'One'), { ok: true })
  assert.deepEqual(await deleteCannedAnswer(db, robin, { id: one, revision: 1 }), { ok: false, refusal: 'changed' })
  assert.deepEqual(await deleteCannedAnswer(db, robin, { id: one, revision: 2 }), { ok: true })
  assert.deepEqual(await save(one, 2, 'Back'), { ok: false, refusal: 'changed' })
  assert.deepEqual(
    (await listCannedAnswers(db)).map(({ name }) => name),
    ['One'],
  )
  await assert.rejects(getCannedAnswer(db, one), { code: 'not_found' })
})

test('only operators who decide prepare answers', async (t) => {
  const { db } = await freshDatabase(t)
  const id = uuidv7()
  for (const actor of [await anOperator(db, 'auditor'), await anOperator(db, 'catalog'), await aMember(db)]) {
    await assert.rejects(saveCannedAnswer(db, actor, { id, revision: 0, name: 'x', texts }), { code: 'forbidden' })
    await assert.rejects(deleteCannedAnswer(db, actor, { id, revision: 0 }), { code: 'forbidden' })
  }
})
