import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anAccount, openPortal, type Portal, password, signedIn } from '../../test/portal.ts'
import { Visitor } from '../../test/visitor.ts'

const email = 'ann@acme.example'
const fresh = 'seven quiet mountains'

async function resetToken({ db }: Portal): Promise<string> {
  const mail = await db
    .selectFrom('mails')
    .select('text')
    .where('template', '=', 'reset-password')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  return /reset\?token=([\w-]+)/.exec(mail.text)![1]!
}

test('POST /account/password/forgot answers the same with and without an account; only the mail differs', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, email)
  const ask = async (address: string) => {
    const visitor = new Visitor(portal.app)
    const started = performance.now()
    const { status, location } = await visitor.post('/account/password/forgot', { email: address })
    const took = performance.now() - started
    return { status, location, html: (await visitor.get('/account/password/forgot')).html, took }
  }
  const known = await ask(email)
  const unknown = await ask('eve@acme.example')
  assert.equal(known.status, 303)
  assert.equal(unknown.status, 303)
  assert.equal(known.location, unknown.location)
  assert.equal(known.html, unknown.html)
  assert.ok(known.took >= 250 && unknown.took >= 250, 'both wait for the same floor')
  const mails = await portal.db.selectFrom('mails').select(['template', 'to_address']).execute()
  assert.deepEqual(mails, [{ template: 'reset-password', to_address: email }])
  assert.equal((await new Visitor(portal.app).post('/account/password/forgot', { email: 'x' })).status, 422)
})

test('a mailed link sets a password once, ends all sessions and tells the owner', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, email)
  const session = await signedIn(portal, email)
  const visitor = new Visitor(portal.app)
  await visitor.post('/account/password/forgot', { email })
  const token = await resetToken(portal)
  assert.equal((await visitor.get(`/account/password/reset?token=${token}`)).status, 200)
  assert.equal((await visitor.post('/account/password/reset', { token, password: 'short' })).status, 422)
  assert.equal((await visitor.post('/account/password/reset', { token, password: 'aaaaaaaaaaaaa' })).status, 422)
  assert.equal((await visitor.post('/account/password/reset', { token, password: fresh })).location, '/login')
  assert.match((await visitor.get('/login')).html, /signed out everywhere/)
  assert.equal((await session.get('/account')).status, 303)
  assert.equal((await visitor.post('/login', { email, password })).status, 422)
  assert.equal((await visitor.post('/login', { email, password: fresh })).status, 303)

  const again = await new Visitor(portal.app).post('/account/password/reset', {
    token,
    password: 'another three words',
  })
  assert.equal(again.location, '/account/password/forgot')
  const templates = await portal.db.selectFrom('mails').select('template').orderBy('id').execute()
  assert.deepEqual(templates, [{ template: 'reset-password' }, { template: 'password-changed' }])
  const actions = await portal.db
    .selectFrom('events')
    .select('action')
    .where('action', 'like', 'account.%reset%')
    .execute()
  assert.equal(actions.length, 2)
})

test('the token of a mailed link is nowhere in the database', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, email)
  await new Visitor(portal.app).post('/account/password/forgot', { email })
  const rows = await portal.db.selectFrom('auth.verification').selectAll().execute()
  assert.equal(rows.length, 1)
  assert.ok(!JSON.stringify(rows).includes(await resetToken(portal)))
})

test('a link that is used, older than an hour or invented leads back to asking', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, email)
  const visitor = new Visitor(portal.app)
  await visitor.post('/account/password/forgot', { email })
  const token = await resetToken(portal)
  for (const bad of ['', 'nonsense', `${token}x`]) {
    assert.equal((await visitor.get(`/account/password/reset?token=${bad}`)).location, '/account/password/forgot')
  }
  const invented = await visitor.post('/account/password/reset', { token: 'invented', password: fresh })
  assert.equal(invented.location, '/account/password/forgot')
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 61 * 60_000 })
  assert.equal((await visitor.get(`/account/password/reset?token=${token}`)).location, '/account/password/forgot')
  const late = await visitor.post('/account/password/reset', { token, password: fresh })
  assert.equal(late.location, '/account/password/forgot')
  t.mock.timers.reset()
  assert.equal((await visitor.post('/login', { email, password })).status, 303, 'the old password still works')
})

test('of two people with one link exactly one sets the password', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, email)
  await new Visitor(portal.app).post('/account/password/forgot', { email })
  const token = await resetToken(portal)
  const answers = await Promise.all(
    ['first of three words', 'second of three words'].map((each) =>
      new Visitor(portal.app).post('/account/password/reset', { token, password: each }),
    ),
  )
  assert.deepEqual(answers.map(({ location }) => location).sort(), ['/account/password/forgot', '/login'])
})
