import assert from 'node:assert/strict'
import { test } from 'node:test'
import { memberOf } from '../../test/licenses.ts'
import { anAccount, openPortal, type Portal, password, signedIn } from '../../test/portal.ts'
import { anOpenRequest } from '../../test/requests.ts'
import { fieldOf, Visitor } from '../../test/visitor.ts'
import { createOperator } from '../accounts/index.ts'
import { type OperatorRole, systemActor } from '../platform/actor.ts'
import { urls } from '../urls.ts'

const show = (request: string) => urls.requests.show.to({ request })
const admin = (request: string) => urls.admin.request.to({ request })
const decide = (request: string) => urls.admin.decideRequest.to({ request })

async function operatorIn(portal: Portal, role: OperatorRole = 'support', name = 'Robin Okafor') {
  const email = `${name.split(' ')[0]!.toLowerCase()}@vendor.example`
  await createOperator(portal.db, systemActor('test'), { email, name, role, password })
  return signedIn(portal, email)
}

async function annAsks(t: Parameters<typeof openPortal>[0], explanation = 'We bought it.') {
  const portal = await openPortal(t)
  const ann = memberOf(await anAccount(portal, 'ann@acme.example', { company: 'Acme' }))
  const asker = { ...ann, now: new Date(), name: 'Ann Miller' }
  const number = await anOpenRequest(portal.db, asker, { details: { number: 'C-1', explanation } })
  return { portal, number, ann: await signedIn(portal, 'ann@acme.example') }
}

test('an operator takes a request and refuses it; those who asked read why', async (t) => {
  const { portal, number, ann } = await annAsks(t)
  const robin = await operatorIn(portal)
  assert.equal((await robin.get(urls.home.to())).location, urls.admin.home.to(), 'operators begin at administration')
  assert.match((await robin.get(urls.admin.home.to())).html, /<strong>1<\/strong><span>open requests/)
  assert.ok((await robin.get(urls.admin.requests.to())).html.includes(admin(number)))
  const quoted = await robin.get(urls.admin.requests.to({ number: ` ${number.toLowerCase()} `, state: 'refused' }))
  assert.equal(quoted.location, admin(number), 'a number that somebody quotes leads to the request')
  assert.match((await robin.get(urls.admin.requests.to({ number: 'SR-AAAA-AAAA' }))).html, /No such request/)
  const page = await robin.get(admin(number))
  assert.match(page.html, /Acme/)
  assert.match(page.html, /No customer has this number/)

  const taken = await robin.post(urls.admin.takeRequest.to({ request: number }), {
    revision: fieldOf(page.html, 'revision'),
  })
  assert.deepEqual([taken.status, taken.location], [303, admin(number)])
  assert.match((await robin.get(admin(number))).html, /You look after this request/)
  assert.match((await ann.get(show(number))).html, /Being worked on/)

  const refusal = await robin.post(decide(number), { decision: 'refuse', reason: ' ' })
  assert.equal(refusal.status, 422)
  assert.match(refusal.html, /Say why the request is refused/)
  const long = await robin.post(decide(number), { decision: 'refuse', reason: 'x'.repeat(2001) })
  assert.equal(long.status, 422)
  assert.ok(long.html.includes('x'.repeat(2001)), 'what was typed is kept')
  assert.equal((await robin.post(decide(number), { decision: 'refuse', reason: 'No <b>such</b> number.' })).status, 303)

  const { html } = await ann.get(show(number))
  assert.match(html, /Refused/)
  assert.match(html, /No &lt;b&gt;such&lt;\/b&gt; number\./)
  assert.ok(!html.includes('Robin'), 'customers are told the vendor, not who of its staff')
  assert.ok(!html.includes(urls.requests.withdraw.to({ request: number })), 'what is decided is not taken back')
})

test('the second of two operators is told who decided and when; what was typed is not stored', async (t) => {
  const { portal, number } = await annAsks(t)
  const robin = await operatorIn(portal)
  const kim = await operatorIn(portal, 'orders', 'Kim Duarte')
  const revision = fieldOf((await kim.get(admin(number))).html, 'revision')
  await robin.post(urls.admin.takeRequest.to({ request: number }), { revision })
  const late = await kim.post(urls.admin.takeRequest.to({ request: number }), { revision })
  assert.equal(late.status, 422)
  assert.match(late.html, /now looked after by: Robin Okafor/)
  await robin.post(decide(number), { decision: 'refuse', reason: 'No.' })
  const second = await kim.post(decide(number), { decision: 'accept', reason: '' })
  assert.equal(second.status, 422)
  assert.match(second.html, /Robin Okafor refused this request already \(.+\)\. Your decision was not stored/)
  const again = await kim.post(urls.admin.takeRequest.to({ request: number }), { revision })
  assert.match(again.html, /Robin Okafor refused this request already/)
})

test('what cannot be accepted says why, and stays open', async (t) => {
  const { portal, number } = await annAsks(t)
  const robin = await operatorIn(portal)
  const answer = await robin.post(decide(number), { decision: 'accept', reason: 'Welcome' })
  assert.equal(answer.status, 422)
  assert.match(answer.html, /There is no customer with this number/)
  assert.match(answer.html, />Welcome<\/textarea>/)
})

test('auditors and catalog operators see requests and no way to decide; posting is forbidden', async (t) => {
  const { portal, number } = await annAsks(t)
  for (const [role, name] of [
    ['auditor', 'Ada A'],
    ['catalog', 'Cay C'],
  ] as const) {
    const visitor = await operatorIn(portal, role, name)
    const { status, html } = await visitor.get(admin(number))
    assert.equal(status, 200)
    assert.match(html, /lets you see requests, not decide them/)
    assert.ok(!html.includes(decide(number)))
    assert.equal((await visitor.post(decide(number), { decision: 'accept', reason: '' })).status, 403)
    assert.equal((await visitor.post(urls.admin.takeRequest.to({ request: number }), { revision: '1' })).status, 403)
  }
})

test('customers never reach administration, operators no customer’s pages', async (t) => {
  const { portal, number, ann } = await annAsks(t)
  for (const path of [urls.admin.home.to(), urls.admin.requests.to(), admin(number)]) {
    assert.equal((await ann.get(path)).status, 403, path)
    assert.equal((await new Visitor(portal.app).get(path)).status, 303, path)
  }
  assert.equal((await ann.post(decide(number), { decision: 'accept', reason: '' })).status, 403)
  const robin = await operatorIn(portal)
  assert.equal((await robin.get(show(number))).status, 404)
})

test('a stranger finds no request of others, by page or by post', async (t) => {
  const { portal, number } = await annAsks(t)
  await anAccount(portal, 'eve@evil.example')
  const eve = await signedIn(portal, 'eve@evil.example')
  assert.ok(!(await eve.get(urls.requests.list.to())).html.includes(number))
  for (const request of [number, 'SR-AAAA-AAAA', 'x', '%00', "' or 1=1"]) {
    assert.equal((await eve.get(show(request))).status, 404, request)
    assert.equal((await eve.post(urls.requests.withdraw.to({ request }))).status, 404, request)
  }
})

test('a request is taken back once; what was asked is shown as text', async (t) => {
  const { number, ann } = await annAsks(t, '<script>alert(1)</script>\n=1+1')
  const { html } = await ann.get(show(number))
  assert.ok(!html.includes('<script>alert'))
  assert.match(html, /&lt;script&gt;alert\(1\)&lt;\/script&gt;/)
  assert.ok((await ann.get(urls.requests.list.to())).html.includes(show(number)))
  const back = urls.requests.withdraw.to({ request: number })
  assert.equal((await ann.post(back)).location, show(number))
  const again = await ann.post(back)
  assert.equal(again.status, 422)
  assert.match(again.html, /came to an end before/)
})

test('in production an operator without a second factor is led to set one up, whatever is asked', async (t) => {
  const production = {
    ...{ NODE_ENV: 'production', SMTP_URL: 'smtp://localhost:1', BASE_URL: 'http://localhost' },
    KEY_ENCRYPTION_KEY: Buffer.alloc(32, 3).toString('base64'),
  }
  const portal = await openPortal(t, production)
  const robin = await operatorIn(portal, 'administrator')
  for (const path of [urls.admin.home.to(), urls.admin.requests.to(), admin('SR-AAAA-AAAA')]) {
    const answer = await robin.get(path)
    assert.deepEqual([answer.status, answer.location], [303, urls.accounts.security.to()], path)
  }
  const posted = await robin.post(decide('SR-AAAA-AAAA'), { decision: 'accept', reason: '' })
  assert.deepEqual([posted.status, posted.location], [303, urls.accounts.security.to()])
  assert.match((await robin.get(urls.help.index.to())).html, /asks for more than a password/)
})
