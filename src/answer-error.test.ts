import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPortal } from '../test/portal.ts'
import { Visitor } from '../test/visitor.ts'
import { urls } from './urls.ts'

test('a form sent after the session ended tells how to send it again; a page leads to the login', async (t) => {
  const { app } = await openPortal(t)
  const visitor = new Visitor(app)
  const sent = await visitor.post(urls.registration.drafts.to(), { serials: 'M0123456789' })
  assert.equal(sent.status, 401)
  assert.match(sent.html, /Your session has ended/)
  assert.ok(sent.html.includes(`href="${urls.accounts.signIn.to()}" target="_blank"`))
  const asked = await visitor.get(urls.registration.start.to())
  assert.deepEqual(
    [asked.status, asked.location],
    [303, urls.accounts.signIn.to({ next: urls.registration.start.to() })],
  )
})
