import assert from 'node:assert/strict'
import { test } from 'node:test'
import { memberOf } from '../../test/licenses.ts'
import { anAccount, openPortal, password, signedIn } from '../../test/portal.ts'
import { anOpenRequest } from '../../test/requests.ts'
import { fieldOf } from '../../test/visitor.ts'
import { createOperator } from '../accounts/index.ts'
import { systemActor } from '../platform/actor.ts'
import { uuidv7 } from '../platform/ids.ts'
import { urls } from '../urls.ts'

test('an operator prepares an answer in several languages and writes with it; customers have no part in it', async (t) => {
  const portal = await openPortal(t)
  const account = await anAccount(portal, 'zoe@vermeil.example', { company: 'Vermeil', locale: 'fr' })
  const zoe = { ...memberOf(account), now: new Date(), locale: 'fr' as const }
  const request = await anOpenRequest(portal.db, zoe, { kind: 'other', details: { description: 'x', serials: [] } })
  const operator = { email: 'robin@vendor.example', name: 'Robin', role: 'support' as const, password }
  await createOperator(portal.db, systemActor('test'), operator)
  const robin = await signedIn(portal, operator.email)
  const list = urls.admin.answers.to()
  const texts = { text_en: 'Hello {name}', text_fr: 'Bonjour {name} <b>, {number}', 'text_pt-BR': '' }
  const post = async (given: Record<string, string>) => {
    const { html } = await robin.get(list)
    return robin.post(list, { answer_id: fieldOf(html, 'answer_id'), revision: '0', name: 'Hi', ...texts, ...given })
  }
  const unknown = await post({ text_fr: 'Bonjour {nom}' })
  assert.deepEqual([unknown.status, /Only the placeholders named above/.test(unknown.html)], [422, true])
  const empty = await post({ text_en: '', text_fr: '' })
  assert.match(empty.html, /Write it in one language at least/)
  assert.equal((await post({ name: '<i>Hi</i>' })).status, 303)
  assert.match((await post({ name: '<I>hi</I>' })).html, /Another canned answer has this name/)

  const { html } = await robin.get(list)
  assert.match(html, /&lt;i&gt;Hi&lt;\/i&gt;/)
  const answer = /admin\/answers\/([0-9a-f-]{36})/.exec(html)![1]!
  const typed = { use: 'yes', answer, reason: 'Thank you', message_id: uuidv7(), internal: '' }
  const page = await robin.post(urls.admin.answerRequest.to({ request }), typed)
  assert.match(page.html, /They read Français/)
  assert.ok(page.html.includes(`>Thank you\n\nBonjour Ann Miller &lt;b&gt;, ${request}</textarea>`), 'typed text stays')
  const odd = await robin.post(urls.admin.answerRequest.to({ request }), { ...typed, answer: '%00' })
  assert.ok(odd.html.includes('>Thank you</textarea>'))

  const change = await robin.get(urls.admin.answer.to({ answer }))
  const fields = { answer_id: answer, revision: fieldOf(change.html, 'revision'), name: 'Hello', ...texts }
  assert.equal((await robin.post(list, fields)).status, 303)
  const stale = await robin.post(list, fields)
  assert.deepEqual([stale.status, /A colleague changed or removed it/.test(stale.html)], [422, true])
  const remove = urls.admin.deleteAnswer.to({ answer })
  assert.equal((await robin.post(remove, { revision: '1' })).status, 422)
  assert.equal((await robin.post(remove, { revision: '2' })).status, 303)
  assert.equal((await robin.get(urls.admin.answer.to({ answer }))).status, 404)
  for (const odd of ['x', '%00']) assert.equal((await robin.get(urls.admin.answer.to({ answer: odd }))).status, 404)
})
