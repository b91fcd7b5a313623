import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anAccount, openPortal, password, signedIn } from '../../test/portal.ts'
import { fieldOf, Visitor } from '../../test/visitor.ts'
import { systemActor } from '../platform/actor.ts'
import { publishAgreement } from './index.ts'

const email = 'ann@acme.example'
const profile = { given_name: 'Anne', family_name: 'Müller-Braun', phone: '', locale: 'fr', time_zone: 'Asia/Tokyo' }

test('every account page asks anonymous callers to sign in', async (t) => {
  const { app } = await openPortal(t)
  const visitor = new Visitor(app)
  for (const path of ['/account', '/account/security/sessions']) {
    const { status, location } = await visitor.get(path)
    assert.deepEqual([status, location], [303, `/login?next=${encodeURIComponent(path)}`])
  }
  for (const path of [
    '/account',
    '/account/password',
    '/account/security/sessions',
    '/account/agreement',
    '/organizations/current',
  ]) {
    assert.equal((await visitor.post(path, {})).status, 401, path)
  }
  assert.equal((await visitor.get('/account/agreement')).location, '/login')
})

test('Edit My Account saves contact data, language and time zone, with what was there before in history', async (t) => {
  const portal = await openPortal(t)
  const { user_id } = await anAccount(portal, email)
  const visitor = await signedIn(portal, email)
  assert.match((await visitor.get('/account')).html, /name="given_name"[^>]*value="Ann"/)
  const saved = await visitor.post('/account', profile)
  assert.deepEqual([saved.status, saved.location], [303, '/account'])
  const page = await visitor.get('/account')
  assert.match(page.html, /<html lang="fr"/)
  assert.match(page.html, /Votre compte est enregistré/)
  const user = await portal.db.selectFrom('auth.user').selectAll().where('id', '=', user_id).executeTakeFirstOrThrow()
  assert.deepEqual([user.name, user.locale, user.timeZone, user.phone], ['Anne Müller-Braun', 'fr', 'Asia/Tokyo', null])
  const { details } = await portal.db
    .selectFrom('events')
    .select('details')
    .where('action', '=', 'account.updated')
    .executeTakeFirstOrThrow()
  assert.deepEqual((details as Record<string, unknown>).givenName, ['Ann', 'Anne'])
  await visitor.post('/account', profile)
  const events = await portal.db.selectFrom('events').select('id').where('action', '=', 'account.updated').execute()
  assert.equal(events.length, 1, 'saving the same again is no change')
})

test('a refused profile comes back with 422 and everything typed', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, email)
  const visitor = await signedIn(portal, email)
  const { status, html } = await visitor.post('/account', { ...profile, family_name: '', time_zone: 'Mars/Olympus' })
  assert.equal(status, 422)
  assert.match(html, /name="given_name"[^>]*value="Anne"/)
  assert.match(html, /href="#field-family_name"/)
  assert.match(html, /href="#field-time_zone"/)
})

test('changing the password needs the current one, ends all other sessions and tells the owner', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, email)
  const other = await signedIn(portal, email)
  const visitor = await signedIn(portal, email)
  const before = visitor.cookies.get('keyport_session')
  const change = (current_password: string, next: string) =>
    visitor.post('/account/password', { current_password, password: next })
  assert.match((await change('a wrong one', 'seven quiet mountains')).html, /not your current password/)
  assert.equal((await change(password, 'short')).status, 422)
  assert.equal((await change(password, 'seven quiet mountains')).location, '/account/security')
  assert.notEqual(visitor.cookies.get('keyport_session'), before)
  assert.equal((await visitor.get('/account')).status, 200)
  assert.equal((await other.get('/account')).status, 303)
  const mails = await portal.db.selectFrom('mails').select('template').execute()
  assert.deepEqual(mails, [{ template: 'password-changed' }])
  const someone = new Visitor(portal.app)
  assert.equal((await someone.post('/login', { email, password: 'seven quiet mountains' })).status, 303)
})

test('guesses at the current password count as at the login', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, email)
  const visitor = await signedIn(portal, email)
  const fields = { current_password: 'a wrong one', password: 'seven quiet mountains' }
  for (let n = 0; n < 10; n++) assert.equal((await visitor.post('/account/password', fields)).status, 422)
  assert.equal((await visitor.post('/account/password', fields)).status, 429)
})

test('sessions show where one is signed in, without any token, and can be ended one by one or all others', async (t) => {
  const portal = await openPortal(t)
  const { user_id } = await anAccount(portal, email)
  const phone = await signedIn(portal, email, { 'user-agent': 'Mozilla/5.0 (iPhone) Safari/604.1' })
  const tablet = await signedIn(portal, email)
  const visitor = await signedIn(portal, email, { 'user-agent': 'Mozilla/5.0 (X11; Linux) Firefox/140.0' })
  const page = await visitor.get('/account/security/sessions')
  assert.match(page.html, /Safari on iOS/)
  assert.match(page.html, /Firefox on Linux/)
  const sessions = await portal.db.selectFrom('auth.session').selectAll().where('userId', '=', user_id).execute()
  assert.equal(sessions.length, 3)
  for (const { token } of sessions) assert.ok(!page.html.includes(token))
  const ofPhone = sessions.find(({ userAgent }) => userAgent?.includes('iPhone'))!
  assert.equal(
    (await visitor.post('/account/security/sessions', { session_id: ofPhone.id })).location,
    '/account/security/sessions',
  )
  assert.equal((await phone.get('/account')).status, 303)
  assert.equal((await tablet.get('/account')).status, 200)
  assert.equal((await visitor.post('/account/security/sessions', { session_id: ofPhone.id })).status, 404)
  await visitor.post('/account/security/sessions', { session_id: 'others' })
  assert.equal((await tablet.get('/account')).status, 303)
  assert.equal((await visitor.get('/account')).status, 200)
  assert.equal((await visitor.post('/account/security/sessions', { session_id: 'nonsense' })).status, 400)
})

test('nobody ends a session of somebody else: it looks like none', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, email)
  const bob = await anAccount(portal, 'bob@acme.example')
  const victim = await signedIn(portal, 'bob@acme.example')
  const [session] = await portal.db.selectFrom('auth.session').select('id').where('userId', '=', bob.user_id).execute()
  const visitor = await signedIn(portal, email)
  assert.equal((await visitor.post('/account/security/sessions', { session_id: session!.id })).status, 404)
  assert.equal((await victim.get('/account')).status, 200)
})

const second = { version: '2.0', texts: { en: 'Version two.', fr: 'Version deux.', 'pt-BR': 'Versão dois.' } }

test('a new agreement must be accepted before anything else; others keep their sessions, too', async (t) => {
  const portal = await openPortal(t)
  const { user_id } = await anAccount(portal, email)
  const visitor = await signedIn(portal, email, { 'x-forwarded-for': '192.0.2.7' })
  assert.equal((await visitor.get('/account/agreement')).location, '/', 'nothing to accept')
  await publishAgreement(portal.db, systemActor('test'), second)
  for (const path of ['/', '/account', '/licenses']) {
    assert.equal((await visitor.get(path)).location, '/account/agreement', path)
  }
  const page = await visitor.get('/account/agreement')
  assert.match(page.html, /Version two\./)
  const agreement_id = fieldOf(page.html, 'agreement_id')
  const accept = (fields: Record<string, string>) =>
    visitor.post('/account/agreement', { agreement_id, decision: 'accept', ...fields })
  assert.equal((await accept({})).status, 422)
  assert.equal((await accept({ read: 'on' })).location, '/')
  assert.equal((await accept({ read: 'on' })).location, '/', 'twice does no harm')
  assert.equal((await visitor.get('/account')).status, 200)
  const accepted = await portal.db
    .selectFrom('agreement_acceptances')
    .selectAll()
    .where('user_id', '=', user_id)
    .where('agreement_id', '=', agreement_id)
    .execute()
  assert.equal(accepted.length, 1)
  assert.equal(accepted[0]!.address, '192.0.2.7')
})

test('declining the new agreement signs out and keeps the account', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, email)
  const visitor = await signedIn(portal, email)
  await publishAgreement(portal.db, systemActor('test'), second)
  const agreement_id = fieldOf((await visitor.get('/account/agreement')).html, 'agreement_id')
  const declined = await visitor.post('/account/agreement', { agreement_id, decision: 'decline' })
  assert.equal(declined.location, '/login')
  assert.equal(visitor.cookies.has('keyport_session'), false)
  assert.equal((await visitor.post('/login', { email, password })).status, 303)
  assert.equal((await visitor.get('/')).location, '/account/agreement')
})

test('accepting a version that is not in force any more shows the one that is', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, email)
  const visitor = await signedIn(portal, email)
  await publishAgreement(portal.db, systemActor('test'), second)
  const agreement_id = fieldOf((await visitor.get('/account/agreement')).html, 'agreement_id')
  const texts = { en: 'Version three.', fr: 'Version trois.', 'pt-BR': 'Versão três.' }
  await publishAgreement(portal.db, systemActor('test'), { version: '3.0', texts })
  const answer = await visitor.post('/account/agreement', { agreement_id, decision: 'accept', read: 'on' })
  assert.equal(answer.status, 422)
  assert.match(answer.html, /Version three\./)
  assert.equal((await visitor.get('/')).location, '/account/agreement')
})
