import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aLicense, memberOf } from '../../test/licenses.ts'
import { anAccount, openPortal, type Portal, password, signedIn } from '../../test/portal.ts'
import { fieldOf, type Visitor } from '../../test/visitor.ts'
import { createOperator } from '../accounts/index.ts'
import { systemActor } from '../platform/actor.ts'
import { urls } from '../urls.ts'

async function robinIn(portal: Portal): Promise<Visitor> {
  const operator = { email: 'robin@vendor.example', name: 'Robin Okafor', role: 'support' as const, password }
  await createOperator(portal.db, systemActor('test'), operator)
  return signedIn(portal, operator.email)
}

const filled = {
  ...{ type: 'contract_change', from: 'ann@acme.example', to: 'bob@other.example' },
  ...{ customer_numbers: '', keys: 'stay', description: 'We sold it.' },
}

async function annAndBob(t: Parameters<typeof openPortal>[0]) {
  const portal = await openPortal(t)
  const account = await anAccount(portal, 'ann@acme.example', { company: 'Acme' })
  await anAccount(portal, 'bob@other.example', { company: 'Other' })
  const { serial } = await aLicense(portal.db, memberOf(account), { serial: 'M0123456789' })
  return { portal, account, serial, ann: await signedIn(portal, 'ann@acme.example') }
}

test('the request form of the user guide, from the license to the e-mail that it is verified and processed', async (t) => {
  const { portal, serial, ann } = await annAndBob(t)
  const license = await ann.get(urls.licenses.show.to({ serial }))
  assert.ok(license.html.includes('License Ownership Assignment &amp; Transfers'))
  const ownership = await ann.get(urls.transfers.ownership.to({ serial }))
  assert.match(ownership.html, /<bdi>Acme<\/bdi>|Acme/)
  assert.ok(ownership.html.includes(urls.requests.ownershipRequest.to({ serial })))
  const way = await ann.get(urls.requests.ownershipRequest.to({ serial }))
  assert.match(way.html, /<h2>Email<\/h2>/)
  assert.ok(way.html.includes(`<a href="${urls.requests.new.to({ serial })}">complete this form</a>`))
  const form = await ann.get(urls.requests.new.to({ serial }))
  for (const label of ['Type of Request', 'Contract change request', 'Description of Issue', 'Submit']) {
    assert.ok(form.html.includes(label), label)
  }
  assert.match(form.html, />M0123456789<\/textarea>/)
  const request_id = fieldOf(form.html, 'request_id')
  const asked = await ann.post(urls.requests.new.to(), { ...filled, request_id, serials: serial })
  assert.equal(asked.status, 303)
  const page = await ann.get(asked.location!)
  assert.match(page.html, /bob@other\.example/)

  const robin = await robinIn(portal)
  const number = asked.location!.split('/').at(-1)!
  const decide = await robin.get(urls.admin.request.to({ request: number }))
  assert.match(decide.html, /Other \(Administrator\)/)
  assert.match(decide.html, /The organization that gives/)
  const done = await robin.post(urls.admin.decideRequest.to({ request: number }), { decision: 'accept', reason: '' })
  assert.equal(done.status, 303)
  assert.match((await ann.get(asked.location!)).html, /Verified and processed/)
  assert.equal((await ann.get(urls.licenses.show.to({ serial }))).status, 404)
  const bob = await signedIn(portal, 'bob@other.example')
  assert.equal((await bob.get(urls.licenses.show.to({ serial }))).status, 200)
})

test('a form that is refused keeps what was typed; whether a user name exists, nothing tells', async (t) => {
  const { portal, serial, ann } = await annAndBob(t)
  const post = (given: Record<string, string>) => {
    const request_id = crypto.randomUUID()
    return ann.post(urls.requests.new.to(), { ...filled, request_id, serials: serial, ...given })
  }
  const same = await post({ to: 'ANN@acme.example' })
  assert.deepEqual([same.status, /Name two different user names/.test(same.html)], [422, true])
  assert.ok(same.html.includes('We sold it.'))
  assert.match((await post({ serials: '' })).html, /Name the licenses/)
  assert.match((await post({ serials: 'NOSUCH123' })).html, /does not own: NOSUCH123/)
  assert.match((await post({ type: '' })).html, /Choose/)
  assert.match((await post({ description: 'x'.repeat(5001) })).html, /at most 5,000/)
  assert.equal((await post({ customer_numbers: 'x'.repeat(41) })).status, 422)
  assert.deepEqual(await portal.db.selectFrom('service_requests').select('id').execute(), [])
  const [known, unknown] = [await post({}), await post({ to: 'nobody@other.example' })]
  assert.deepEqual([known.status, unknown.status], [303, 303])
  const pages = [await ann.get(known.location!), await ann.get(unknown.location!)]
  const anonymous = ({ html }: { html: string }) =>
    html
      .replace(/<main[\s\S]*?<h1/, '<h1')
      .replaceAll(/SR-[2-9A-Z]{4}-[2-9A-Z]{4}|nobody@|bob@|value="[0-9a-f-]{36}"|\d+:\d+/g, '')
      .replaceAll(/\?v=[^"]*|Request {2}is opened[^<]*/g, '')
  assert.equal(anonymous(pages[0]!), anonymous(pages[1]!))
})

test('Customer Service offers each type of request; the license is chosen on the way', async (t) => {
  const { portal, serial, account, ann } = await annAndBob(t)
  const { html } = await ann.get(urls.requests.list.to())
  const ways = [
    ...[urls.requests.new.to({ type: 'contract_change' }), urls.requests.new.to({ type: 'other' })],
    ...[urls.requests.choose.to({ for: 'address' }), urls.requests.choose.to({ for: 'rehost' })],
    ...[`${urls.customers.numbers.to()}#claim`, urls.requests.recovery.to()],
  ]
  for (const way of ways) assert.ok(html.includes(`href="${way.replaceAll('&', '&amp;')}"`), way)
  const choose = await ann.get(urls.requests.choose.to({ for: 'address', q: serial }))
  assert.ok(choose.html.includes(urls.licenses.requestAddress.to({ serial })))
  assert.match((await ann.get(urls.requests.choose.to({ for: 'rehost', q: 'nothing' }))).html, /No such license/)
  assert.match((await ann.get(urls.requests.choose.to({ for: 'evil', q: '\0' }))).html, /is to have a new owner/)
  await portal.db.updateTable('memberships').set({ role: 'viewer' }).where('user_id', '=', account.user_id).execute()
  const viewer = (await (await signedIn(portal, 'ann@acme.example')).get(urls.requests.list.to())).html
  assert.ok(
    !viewer.includes(urls.requests.choose.to({ for: 'address' })) && viewer.includes(urls.requests.recovery.to()),
  )
  assert.match(viewer, /A manager of your organization opens requests/)
})

test('my requests are filtered by state and type', async (t) => {
  const { ann } = await annAndBob(t)
  const question = { type: 'other', description: 'Why?', serials: '', request_id: crypto.randomUUID() }
  const { location } = await ann.post(urls.requests.new.to(), question)
  const shown = async (query: Record<string, string>) =>
    (await ann.get(urls.requests.list.to(query))).html.includes(location!)
  assert.ok((await shown({})) && (await shown({ state: 'open' })) && (await shown({ kind: 'other' })))
  assert.ok(!(await shown({ state: 'refused' })) && !(await shown({ kind: 'address' })))
  assert.ok(await shown({ state: 'evil', kind: "' or 1=1" }), 'what is not understood is left out')
})

test('who works for no organization asks for one, writes about it, and nobody else sees it', async (t) => {
  const { portal, account, ann } = await annAndBob(t)
  const bob = await signedIn(portal, 'bob@other.example')
  await portal.db.deleteFrom('memberships').where('user_id', '=', account.user_id).execute()
  const { html } = await ann.get(urls.requests.list.to())
  assert.match(html, /You work for no organization yet/)
  const form = await ann.get(urls.requests.recovery.to())
  const asked = await ann.post(urls.requests.recovery.to(), {
    ...{ request_id: fieldOf(form.html, 'request_id'), organization: 'Acme', customer_number: '' },
    description: '<b>They</b> left.',
  })
  assert.equal(asked.status, 303)
  const page = await ann.get(asked.location!)
  assert.match(page.html, /&lt;b&gt;They&lt;\/b&gt; left\./)
  const request = asked.location!.split('/').at(-1)!
  const message = { message_id: fieldOf(page.html, 'message_id'), body: 'Hello <i>there</i>' }
  assert.equal((await ann.post(urls.requests.messages.to({ request }), message)).status, 303)
  assert.match((await ann.get(asked.location!)).html, /Hello &lt;i&gt;there&lt;\/i&gt;/)
  assert.equal((await bob.get(asked.location!)).status, 404)
  assert.equal((await bob.post(urls.requests.messages.to({ request }), message)).status, 404)
  assert.equal((await ann.get(urls.requests.new.to())).status, 403)
  const robin = await robinIn(portal)
  assert.match((await robin.get(urls.admin.request.to({ request }))).html, /May be meant: Acme/)
  const own = { request_id: crypto.randomUUID(), organization: 'Acme', customer_number: '', description: 'Mine.' }
  assert.equal((await robin.post(urls.requests.recovery.to(), own)).status, 403)
})

test('the operator’s one text is an answer, a note or a reason; customers never read notes or names of staff', async (t) => {
  const { portal, ann } = await annAndBob(t)
  const question = { type: 'other', description: 'Why?', serials: '', request_id: crypto.randomUUID() }
  const { location } = await ann.post(urls.requests.new.to(), question)
  const request = location!.split('/').at(-1)!
  const robin = await robinIn(portal)
  const answer = urls.admin.answerRequest.to({ request })
  const say = async (reason: string, internal: string) => {
    const page = await robin.get(urls.admin.request.to({ request }))
    return robin.post(answer, { reason, internal, message_id: fieldOf(page.html, 'message_id') })
  }
  assert.equal((await say(' ', 'no')).status, 422)
  assert.equal((await say('Careful with this one', 'yes')).status, 303)
  assert.equal((await say('Which <b>version</b>?', 'no')).status, 303)
  const { html } = await ann.get(location!)
  assert.match(html, /Which &lt;b&gt;version&lt;\/b&gt;\?/)
  assert.match(html, /Waiting for your answer/)
  assert.ok(!html.includes('Careful') && !html.includes('Robin'))
  const staff = (await robin.get(urls.admin.request.to({ request }))).html
  assert.ok(staff.includes('Careful') && staff.includes('Robin Okafor, '))
  const done = await robin.post(urls.admin.decideRequest.to({ request }), { decision: 'accept', reason: 'So.' })
  assert.equal(done.status, 303)
  const late = await say('One more thing', 'no')
  assert.deepEqual([late.status, /One more thing/.test(late.html)], [422, true])
  assert.match((await ann.get(location!)).html, /opened again/)
})
