/** What holds where the portal runs: under one name, with staff who prove more than a password. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createOperator } from '../../src/accounts/index.ts'
import { systemActor } from '../../src/platform/actor.ts'
import { urls } from '../../src/urls.ts'
import { anAccount, openPortal, password, signedIn } from '../portal.ts'

const form = 'application/x-www-form-urlencoded'

test('links in mails begin with BASE_URL, whatever names a request gives', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, 'ann@acme.example')
  const named = { host: 'evil.example', 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' }
  const headers = { ...named, 'x-forwarded-proto': 'https', origin: 'http://localhost', 'content-type': form }
  const asked = { method: 'POST', headers, body: 'email=ann@acme.example' }
  const answer = await portal.app.request(`http://evil.example${urls.accounts.forgot.pattern}`, asked)
  assert.ok(answer.status < 400, `${answer.status}`)
  const { text, html } = await portal.db.selectFrom('mails').select(['text', 'html']).executeTakeFirstOrThrow()
  assert.match(text, /http:\/\/localhost\/account\/password\/reset\?token=/)
  assert.doesNotMatch(text + html, /evil/)
})

test('one mailbox has one account, however its address is written', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, 'kim@acme.example')
  await assert.rejects(anAccount(portal, 'KIM@Acme.example'), /has an account already/)
  // The Kelvin sign is a k in lower case: whoever types it reaches the same login, not one of its own.
  const visitor = await signedIn(portal, '\u212Aim@acme.example')
  assert.match((await visitor.get(urls.accounts.show.to())).html, /kim@acme\.example/)
})

test('in production a password alone opens no page of operators', async (t) => {
  const production = { NODE_ENV: 'production', SMTP_URL: 'smtp://mail.example' }
  const portal = await openPortal(t, { ...production, KEY_ENCRYPTION_KEY: Buffer.alloc(32).toString('base64') })
  const staff = { email: 'op@vendor.example', name: 'Op', role: 'administrator', password } as const
  await createOperator(portal.db, systemActor('test'), staff)
  const visitor = await signedIn(portal, staff.email)
  for (const page of [urls.admin.home, urls.admin.requests, urls.admin.releases]) {
    assert.equal((await visitor.get(page.to())).location, urls.accounts.security.to(), page.pattern)
  }
})
