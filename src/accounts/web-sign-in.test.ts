import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anAccount, openPortal, password, signedIn } from '../../test/portal.ts'
import { Visitor } from '../../test/visitor.ts'

const email = 'ann@acme.example'
const guess = { email, password: 'a wrong guess' }

test('GET /login shows the form with a language selector', async (t) => {
  const { app } = await openPortal(t)
  const { status, html } = await new Visitor(app).get('/login')
  assert.equal(status, 200)
  assert.match(html, /autocomplete="username"/)
  assert.match(html, /autocomplete="current-password"/)
  assert.match(html, /action="\/preferences\/language"/)
})

test('POST /login opens a session; the cookie is HttpOnly and SameSite, and ends with the browser', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, email)
  const visitor = new Visitor(portal.app)
  const answer = await visitor.post('/login', { email: ' ANN@acme.example ', password })
  assert.deepEqual([answer.status, answer.location], [303, '/'])
  const line = answer.headers.getSetCookie().find((each) => each.startsWith('keyport_session='))!
  assert.match(line, /HttpOnly/)
  assert.match(line, /SameSite=Lax/i)
  assert.doesNotMatch(line, /Max-Age/)
  assert.equal((await visitor.get('/account')).status, 200)
})

test('kept signed in, the cookie lasts seven days; by https it is Secure and bound to the host', async (t) => {
  const portal = await openPortal(t, { BASE_URL: 'https://licensing.example.com' })
  await anAccount(portal, email)
  const answer = await new Visitor(portal.app).post('/login', { email, password, remember: 'on' })
  const line = answer.headers.getSetCookie().find((each) => each.includes('_session='))!
  assert.match(line, /^__Host-keyport_session=/)
  assert.match(line, /Max-Age=604800/)
  assert.match(line, /; Secure/)
  assert.match(line, /Path=\/(;|$)/)
  assert.doesNotMatch(line, /Domain/i)
})

test('a wrong password and an unknown user name get the same answer', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, email)
  const known = await new Visitor(portal.app).post('/login', guess)
  const unknown = await new Visitor(portal.app).post('/login', { ...guess, email: 'eve@acme.example' })
  assert.equal(known.status, 422)
  assert.equal(unknown.status, 422)
  assert.equal(known.html, unknown.html.replaceAll('eve@', 'ann@'))
  assert.doesNotMatch(known.html, /a wrong guess/)
  const sessions = await portal.db.selectFrom('auth.session').select('id').execute()
  assert.equal(sessions.length, 0)
})

test('a form without a user name or password, of an unknown type or too long is refused', async (t) => {
  const { app } = await openPortal(t)
  const visitor = new Visitor(app)
  assert.equal((await visitor.post('/login', {})).status, 422)
  assert.equal((await visitor.post('/login', { email: 'nobody', password })).status, 422)
  assert.equal((await visitor.post('/login', { email, password: 'x'.repeat(5000) })).status, 422)
  const headers = { 'content-type': 'application/json', origin: 'http://localhost' }
  const json = { method: 'POST', body: '{}', headers }
  assert.equal((await app.request('/login', json)).status, 415)
})

test('a form of another site is refused', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, email)
  const body = new URLSearchParams({ email, password })
  const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
  const answer = await portal.app.request('http://localhost/login', { method: 'POST', body, headers })
  assert.equal(answer.status, 403)
  assert.deepEqual(answer.headers.getSetCookie(), [])
})

test('after signing in one comes back to where one was going, on this site only', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, email)
  const go = async (next: string) => (await new Visitor(portal.app).post('/login', { email, password, next })).location
  assert.equal(await go('/licenses?q=a%20b'), '/licenses?q=a%20b')
  for (const next of ['https://evil.example/', '//evil.example', '/\\evil.example', '/.//evil.example']) {
    assert.equal(await go(next), '/', next)
  }
  const visitor = await signedIn(portal, email)
  assert.equal((await visitor.get('/login?next=//evil.example')).location, '/')
  const page = await new Visitor(portal.app).get('/login?next=//evil.example')
  assert.doesNotMatch(page.html, /name="next"/)
})

test('ten wrong guesses at an account close it for a while, from everywhere; another account stays open', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, email)
  await anAccount(portal, 'bob@acme.example')
  for (let n = 0; n < 10; n++) {
    const guesser = new Visitor(portal.app, { 'x-forwarded-for': `198.51.${n}.7` })
    assert.equal((await guesser.post('/login', guess)).status, 422)
  }
  const owner = new Visitor(portal.app, { 'x-forwarded-for': '203.0.113.5' })
  const closed = await owner.post('/login', { email, password })
  assert.equal(closed.status, 429)
  assert.ok(Number(closed.headers.get('retry-after')) <= 120)
  assert.equal((await owner.post('/login', { email: 'bob@acme.example', password })).status, 303)
})

test('guesses of strangers do not lock the owner out of a browser that signed in before; it has as many of its own', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, email)
  await anAccount(portal, 'bob@acme.example')
  const owner = await signedIn(portal, email)
  await owner.post('/logout')
  const stranger = new Visitor(portal.app, { 'x-forwarded-for': '198.51.100.7' })
  for (let n = 0; n < 10; n++) await stranger.post('/login', { email, password: 'a wrong one' })
  assert.equal((await stranger.post('/login', { email, password })).status, 429)
  assert.equal((await new Visitor(portal.app).post('/login', { email, password })).status, 429, 'a new browser waits')
  assert.equal((await owner.post('/login', { email, password })).status, 303)
  await owner.post('/logout')
  for (let n = 0; n < 10; n++) assert.equal((await owner.post('/login', { email, password: 'no' })).status, 422)
  assert.equal((await owner.post('/login', { email, password })).status, 429)

  const bob = await signedIn(portal, 'bob@acme.example')
  await bob.post('/logout')
  assert.equal((await bob.post('/login', { email, password: 'no' })).status, 422, 'forgiven by the owner')
  stranger.cookies.set('keyport_device', bob.cookies.get('keyport_device')!)
  for (let n = 0; n < 9; n++) await stranger.post('/login', { email, password: 'no' })
  assert.equal((await stranger.post('/login', { email, password: 'no' })).status, 429, 'a cookie of another account')
})

test('an account that does not exist closes just the same', async (t) => {
  const portal = await openPortal(t)
  const statuses: number[] = []
  for (let n = 0; n < 11; n++) statuses.push((await new Visitor(portal.app).post('/login', guess)).status)
  assert.deepEqual(statuses, [...Array(10).fill(422), 429])
})

test('one address may guess at thirty accounts, not at more; signing in forgives only the account', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, email)
  const guesser = new Visitor(portal.app, { 'x-forwarded-for': '198.51.100.9' })
  for (let n = 0; n < 30; n++) {
    assert.equal((await guesser.post('/login', { ...guess, email: `user${n}@acme.example` })).status, 422)
  }
  assert.equal((await guesser.post('/login', { email, password })).status, 429)
  const neighbour = new Visitor(portal.app, { 'x-forwarded-for': '198.51.100.10' })
  assert.equal((await neighbour.post('/login', { email, password })).status, 303)
})

test('a client cannot choose its address by a header when no proxy is trusted', async (t) => {
  const portal = await openPortal(t, { TRUST_PROXY: 'off' })
  await anAccount(portal, email)
  const visitor = await signedIn(portal, email, { 'x-forwarded-for': '203.0.113.99' })
  const [session] = await portal.db.selectFrom('auth.session').select('ipAddress').execute()
  assert.equal(session!.ipAddress, '127.0.0.1')
  assert.match((await visitor.get('/account/security/sessions')).html, /127\.0\.0\.1/)
})

test('right guesses cost nothing: twenty sign-ins in a row work', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, email)
  for (let n = 0; n < 20; n++) await signedIn(portal, email)
})

test('signing in gives a new session, whatever cookie the browser brought, and ends the one before', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, email)
  await anAccount(portal, 'eve@evil.example')
  const victim = await signedIn(portal, 'eve@evil.example')
  const planted = victim.cookies.get('keyport_session')!
  await victim.post('/logout')
  victim.cookies.set('keyport_session', planted)
  await victim.post('/login', { email, password })
  assert.notEqual(victim.cookies.get('keyport_session'), planted)
  const attacker = new Visitor(portal.app)
  attacker.cookies.set('keyport_session', planted)
  assert.equal((await attacker.get('/account')).location, '/login?next=%2Faccount')
})

test('signing in as somebody else ends the session that the browser had', async (t) => {
  const portal = await openPortal(t)
  const ann = await anAccount(portal, email)
  await anAccount(portal, 'bob@acme.example')
  const visitor = await signedIn(portal, 'bob@acme.example')
  await visitor.post('/login', { email, password })
  const sessions = await portal.db.selectFrom('auth.session').select('userId').execute()
  assert.deepEqual(sessions, [{ userId: ann.user_id }])
  assert.equal((await visitor.get('/account')).status, 200)
})

test('a changed or foreign session cookie is nobody', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, email)
  const visitor = await signedIn(portal, email)
  const cookie = visitor.cookies.get('keyport_session')!
  for (const bad of [`x${cookie}`, cookie.slice(0, -8), 'x.y', '', cookie.split('.')[0]!]) {
    const forger = new Visitor(portal.app)
    forger.cookies.set('keyport_session', bad)
    assert.equal((await forger.get('/account')).status, 303)
  }
})

test('POST /logout ends the session in the database and in every tab', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, email)
  const visitor = await signedIn(portal, email)
  const tab = new Visitor(portal.app)
  for (const [name, value] of visitor.cookies) tab.cookies.set(name, value)
  assert.equal((await tab.get('/account')).status, 200)
  assert.equal((await visitor.post('/logout')).location, '/login')
  assert.equal(visitor.cookies.has('keyport_session'), false)
  assert.match((await visitor.get('/login')).html, /You are signed out/)
  assert.equal((await tab.get('/account')).status, 303)
  assert.equal((await tab.post('/logout')).status, 303)
  assert.equal((await portal.db.selectFrom('auth.session').select('id').execute()).length, 0)
})

test('a language chosen on the login page survives the login and becomes the account’s', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, email)
  const visitor = new Visitor(portal.app)
  const chosen = await visitor.post('/preferences/language', { locale: 'pt-BR', back: '/login?next=%2Faccount' })
  assert.deepEqual([chosen.status, chosen.location], [303, '/login?next=%2Faccount'])
  assert.match((await visitor.get('/login')).html, /<html lang="pt-BR"/)
  await visitor.post('/login', { email, password })
  assert.match((await visitor.get('/account')).html, /<html lang="pt-BR"/)
  const elsewhere = await signedIn(portal, email)
  assert.match((await elsewhere.get('/account')).html, /<html lang="pt-BR"/)
})

test('preferences refuse unknown values and never lead to another site', async (t) => {
  const { app } = await openPortal(t)
  const visitor = new Visitor(app)
  assert.equal((await visitor.post('/preferences/language', { locale: 'xx' })).status, 422)
  assert.equal((await visitor.post('/preferences/theme', { theme: 'pink' })).status, 422)
  assert.equal((await visitor.post('/preferences/theme', { theme: 'dark', back: '//evil.example' })).location, '/')
  assert.match((await visitor.get('/login')).html, /data-bs-theme="dark"/)
})

test('a sign-in is history; the log never sees the password', async (t) => {
  const portal = await openPortal(t)
  const { user_id } = await anAccount(portal, email)
  await signedIn(portal, email, { 'x-forwarded-for': '192.0.2.7' })
  const event = await portal.db
    .selectFrom('events')
    .selectAll()
    .where('action', '=', 'account.signed_in')
    .executeTakeFirstOrThrow()
  assert.equal(event.actor_user_id, user_id)
  assert.equal(event.address, '192.0.2.7')
  assert.doesNotMatch(JSON.stringify(event), /twelve apples/)
})
