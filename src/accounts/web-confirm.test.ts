import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anAccount, anUnconfirmedAccount, openPortal, type Portal, password, signedIn } from '../../test/portal.ts'
import { Visitor } from '../../test/visitor.ts'
import { confirmationToken } from './auth.ts'

const email = 'ann@acme.example'

async function linkIn({ db }: Portal, template: string): Promise<string> {
  const mail = await db
    .selectFrom('mails')
    .select('text')
    .where('template', '=', template)
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  const url = new URL(/http:\/\/localhost\/account\S+token=\S+/.exec(mail.text)![0])
  return url.pathname + url.search
}

const tokenIn = (link: string) => new URL(link, 'http://localhost').searchParams.get('token')!

test('opening the mailed link changes nothing; pressing the button confirms and signs in', async (t) => {
  const portal = await openPortal(t)
  const { user_id } = await anUnconfirmedAccount(portal, email)
  const visitor = new Visitor(portal.app)
  const link = await linkIn(portal, 'confirm-email')
  for (let scans = 0; scans < 3; scans++) assert.equal((await visitor.get(link)).status, 200)
  const confirmed = () =>
    portal.db.selectFrom('auth.user').select('emailVerified').where('id', '=', user_id).executeTakeFirstOrThrow()
  assert.equal((await confirmed()).emailVerified, false)
  const answer = await visitor.post('/account/confirm', { token: tokenIn(link), password })
  assert.deepEqual([answer.status, answer.location], [303, '/'])
  assert.equal((await confirmed()).emailVerified, true)
  assert.equal((await visitor.get('/account')).status, 200)
  const events = await portal.db
    .selectFrom('events')
    .select('action')
    .where('action', '=', 'account.confirmed')
    .execute()
  assert.equal(events.length, 1)
})

test('who was signed up by a stranger cannot confirm the stranger’s password; setting an own one ends it', async (t) => {
  const portal = await openPortal(t)
  await anUnconfirmedAccount(portal, email)
  const stranger = await signedIn(portal, email)
  const owner = new Visitor(portal.app)
  const link = await linkIn(portal, 'confirm-email')
  const refused = await owner.post('/account/confirm', { token: tokenIn(link), password: '' })
  assert.equal(refused.status, 422)
  assert.equal((await owner.post('/account/confirm', { token: tokenIn(link), password: 'a guess' })).status, 422)
  await owner.post('/account/password/forgot', { email })
  const token = tokenIn(await linkIn(portal, 'reset-password'))
  const reset = await owner.post('/account/password/reset', { token, password: 'my own four words' })
  assert.equal(reset.location, '/login')
  assert.equal((await owner.post('/login', { email, password: 'my own four words' })).location, '/')
  assert.equal((await owner.get('/account')).status, 200, 'the mailed link has confirmed the address')
  assert.equal((await stranger.get('/account')).location, '/login?next=%2Faccount')
  assert.equal((await stranger.post('/login', { email, password })).status, 422)
})

test('signed in before confirming, every page leads to the one that tells so and sends the link again', async (t) => {
  const portal = await openPortal(t)
  await anUnconfirmedAccount(portal, email)
  const visitor = await signedIn(portal, email)
  for (const path of ['/', '/account', '/account/security/sessions', '/licenses', '/account/agreement-x', '/login']) {
    assert.equal((await visitor.get(path)).location, '/account/confirm/resend', path)
  }
  assert.equal((await visitor.post('/account', { given_name: 'Eve' })).location, '/account/confirm/resend')
  const page = await visitor.get('/account/confirm/resend')
  assert.equal(page.status, 200)
  assert.match(page.html, /ann@acme\.example/)
  assert.doesNotMatch(page.html, /name="email"/)
  const before = (await portal.db.selectFrom('mails').select('id').execute()).length
  assert.equal((await visitor.post('/account/confirm/resend')).location, '/account/confirm/resend')
  assert.equal((await portal.db.selectFrom('mails').select('id').execute()).length, before + 1)
  assert.match((await visitor.get('/account/confirm/resend')).html, /a message is on its way/)

  const link = await linkIn(portal, 'confirm-email')
  assert.doesNotMatch((await visitor.get(link)).html, /type="password"/)
  assert.equal((await visitor.post('/account/confirm', { token: tokenIn(link) })).location, '/')
  assert.equal((await visitor.get('/account')).status, 200)
  assert.equal((await visitor.get('/account/confirm/resend')).location, '/')
  assert.equal((await visitor.get(link)).location, '/', 'confirmed already')
})

test('pressing Confirm twice, or in two browsers, does no harm', async (t) => {
  const portal = await openPortal(t)
  await anUnconfirmedAccount(portal, email)
  const token = tokenIn(await linkIn(portal, 'confirm-email'))
  const browsers = [new Visitor(portal.app), new Visitor(portal.app)]
  const answers = await Promise.all(browsers.map((each) => each.post('/account/confirm', { token, password })))
  assert.deepEqual(
    answers.map(({ location }) => location),
    ['/', '/'],
  )
})

test('a link that was changed, is too old, or names nobody is gone and offers another', async (t) => {
  const portal = await openPortal(t)
  await anUnconfirmedAccount(portal, email)
  const visitor = new Visitor(portal.app)
  const token = tokenIn(await linkIn(portal, 'confirm-email'))
  const [head, , signature] = token.split('.')
  const forged = [head, Buffer.from('{"email":"eve@acme.example"}').toString('base64url'), signature].join('.')
  for (const bad of ['', 'nonsense', `${token}x`, forged]) {
    const page = await visitor.get(`/account/confirm?${new URLSearchParams({ token: bad })}`)
    assert.equal(page.status, 410, bad)
    assert.match(page.html, /action="\/account\/confirm\/resend"/)
    assert.equal((await visitor.post('/account/confirm', { token: bad, password })).status, 410)
  }
  const nobody = await confirmationToken(portal.config, 'nobody@acme.example')
  assert.equal((await visitor.post('/account/confirm', { token: nobody, password })).status, 422)
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 4 * 24 * 3600_000 })
  assert.equal((await visitor.get(`/account/confirm?token=${token}`)).status, 410)
})

test('resending answers the same for an address that waits, one that is confirmed and one without an account', async (t) => {
  const portal = await openPortal(t)
  await anUnconfirmedAccount(portal, email)
  await anAccount(portal, 'bob@acme.example')
  const before = (await portal.db.selectFrom('mails').select('id').execute()).length
  const answers = []
  for (const address of [email, 'bob@acme.example', 'eve@acme.example']) {
    const visitor = new Visitor(portal.app)
    const { status, location } = await visitor.post('/account/confirm/resend', { email: address })
    answers.push([status, location, (await visitor.get('/account/confirm/resend')).html])
  }
  assert.deepEqual(answers[1], answers[0])
  assert.deepEqual(answers[2], answers[0])
  assert.equal(answers[0]![0], 303)
  assert.equal((await portal.db.selectFrom('mails').select('id').execute()).length, before + 1)
  assert.equal((await new Visitor(portal.app).post('/account/confirm/resend', { email: 'no address' })).status, 422)
})

test('five mails to one address, then it is quiet for a while, whoever asks', async (t) => {
  const portal = await openPortal(t)
  const ask = (n: number) =>
    new Visitor(portal.app, { 'x-forwarded-for': `198.51.${n}.7` }).post('/account/confirm/resend', { email })
  for (let n = 0; n < 5; n++) assert.equal((await ask(n)).status, 303)
  assert.equal((await ask(6)).status, 429)
})
