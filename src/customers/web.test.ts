import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aCustomer, aLicense, memberOf } from '../../test/licenses.ts'
import { anAccount, openPortal, signedIn } from '../../test/portal.ts'
import { urls } from '../urls.ts'

const numbers = urls.customers.numbers.to()
const remove = (customer: string) => urls.customers.remove.to({ customer })

async function annAndBuyer(t: Parameters<typeof openPortal>[0]) {
  const portal = await openPortal(t)
  await anAccount(portal, 'ann@acme.example')
  const customer_id = await aCustomer(portal.db, 'C/1 "x"')
  const { serial } = await aLicense(portal.db, null, { customer_id })
  return { portal, customer_id, serial, number: 'C/1 "x"', ann: await signedIn(portal, 'ann@acme.example') }
}

test('a number is associated with proof, shown with how, and removed after being told what happens', async (t) => {
  const { ann, number, serial } = await annAndBuyer(t)
  assert.match((await ann.get(numbers)).html, /No customer number yet/)
  const wrong = await ann.post(numbers, { number, proof: 'WRONG-1' })
  assert.equal(wrong.status, 422)
  const unknown = await ann.post(numbers, { number: 'C/2', proof: 'WRONG-1' })
  const without = (html: string) => html.replaceAll('C/1 &quot;x&quot;', '').replaceAll('C/2', '')
  assert.equal(without(wrong.html), without(unknown.html), 'a wrong proof answers like an unknown number')
  assert.match((await ann.post(numbers, { number: '', proof: '' })).html, /id="field-proof-error"/)

  assert.equal((await ann.post(numbers, { number, proof: serial })).location, numbers)
  const { html } = await ann.get(numbers)
  assert.ok(html.includes('C/1 &quot;x&quot;') && html.includes(serial) && html.includes(remove(number)))
  assert.match((await ann.post(numbers, { number, proof: serial })).html, /has this customer number already/)

  assert.match((await ann.get(remove(number))).html, /stay its own, with their keys/)
  assert.equal((await ann.post(remove(number))).status, 303)
  assert.match((await ann.get(numbers)).html, /No customer number yet/)
  assert.equal((await ann.post(remove(number))).status, 404)
})

test('a claim opens a request; a second one leads nowhere', async (t) => {
  const { ann, number } = await annAndBuyer(t)
  const claim = { claimed_number: number, explanation: '<i>ours</i>' }
  const empty = await ann.post(urls.customers.claim.to(), { claimed_number: number, explanation: ' ' })
  assert.equal(empty.status, 422)
  const opened = await ann.post(urls.customers.claim.to(), claim)
  assert.match(opened.location ?? '', /^\/requests\/SR-/)
  assert.match((await ann.get(opened.location!)).html, /&lt;i&gt;ours&lt;\/i&gt;/)
  const again = await ann.post(urls.customers.claim.to(), claim)
  assert.equal(again.status, 422)
  assert.match(again.html, /has claimed this number already/)
})

test('a colleague who only sees finds no form; a stranger finds no number', async (t) => {
  const { portal, ann, number, serial } = await annAndBuyer(t)
  await ann.post(numbers, { number, proof: serial })
  await anAccount(portal, 'eve@evil.example')
  const eve = await signedIn(portal, 'eve@evil.example')
  assert.ok(!(await eve.get(numbers)).html.includes('C/1'))
  for (const foreign of [number, 'NONE', '%00', '😀']) {
    assert.equal((await eve.get(remove(foreign))).status, 404, foreign)
    assert.equal((await eve.post(remove(foreign))).status, 404, foreign)
  }
  const { user_id, organization_id } = memberOf(await anAccount(portal, 'bob@other.example'))
  await portal.db
    .updateTable('memberships')
    .set({ role: 'viewer' })
    .where('user_id', '=', user_id)
    .where('organization_id', '=', organization_id)
    .execute()
  const bob = await signedIn(portal, 'bob@other.example')
  const { html } = await bob.get(numbers)
  assert.match(html, /A manager of your organization/)
  assert.ok(!html.includes('name="proof"'))
  assert.equal((await bob.post(numbers, { number, proof: serial })).status, 403)
  assert.equal((await bob.post(urls.customers.claim.to(), {})).status, 403)
  assert.equal((await bob.get(remove(number))).status, 403)
})
