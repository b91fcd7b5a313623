import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anAccount, anUnconfirmedAccount, openPortal, type Portal, signedIn } from '../../test/portal.ts'
import { Visitor } from '../../test/visitor.ts'
import { systemActor } from '../platform/actor.ts'
import { tokenOf } from '../platform/auth/index.ts'
import { authOver, authPath, authSecret } from './auth.ts'
import { createOperator } from './index.ts'
import { findSignedIn } from './queries.ts'

const day = 24 * 3600_000

/** Whom better-auth and our own query see behind the same cookie. */
async function bothSee(portal: Portal, cookie: string) {
  // Ours first: better-auth deletes a session that it finds expired.
  const token = tokenOf(decodeURIComponent(cookie), authSecret(portal.config))
  const ours = token ? await findSignedIn(portal.db, token, new Date()) : undefined
  const request = new Request(`${portal.config.base_url}${authPath}/get-session`, {
    headers: { cookie: `keyport_session=${cookie}` },
  })
  const answer = await authOver(portal.services).handler(request)
  const theirs = (await answer.json()) as { session: { id: string }; user: Record<string, unknown> } | null
  return {
    theirs: theirs && { session_id: theirs.session.id, user_id: theirs.user.id, confirmed: theirs.user.emailVerified },
    ours: ours ? { session_id: ours.session_id, user_id: ours.user_id, confirmed: ours.confirmed } : null,
  }
}

test('our one query and better-auth see the same person behind every cookie', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, 'ann@acme.example')
  await anUnconfirmedAccount(portal, 'bob@acme.example')
  const ann = (await signedIn(portal, 'ann@acme.example')).cookies.get('keyport_session')!
  const bob = (await signedIn(portal, 'bob@acme.example')).cookies.get('keyport_session')!
  const gone = await signedIn(portal, 'ann@acme.example')
  const ended = gone.cookies.get('keyport_session')!
  await gone.post('/logout')

  for (const cookie of [ann, bob]) {
    const { theirs, ours } = await bothSee(portal, cookie)
    assert.ok(theirs)
    assert.deepEqual(ours, theirs)
  }
  const swapped = `${ann.split('.')[0]}.${bob.split('.')[1]}`
  for (const cookie of [ended, swapped, `${ann}x`, ann.slice(0, 20), 'nonsense', '', '.', encodeURIComponent('a.b')]) {
    assert.deepEqual(await bothSee(portal, cookie), { theirs: null, ours: null }, cookie)
  }
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 8 * day })
  assert.deepEqual(await bothSee(portal, ann), { theirs: null, ours: null }, 'expired')
})

test('a visitor carries organization, role, language and time zone', async (t) => {
  const portal = await openPortal(t)
  const ann = await anAccount(portal, 'ann@acme.example', { locale: 'fr' })
  portal.app.get('/who', (c) => c.json({ visitor: c.var.visitor, session: c.var.session, locale: c.var.locale }))
  const visitor = await signedIn(portal, 'ann@acme.example', { 'accept-language': '' })
  const { visitor: actor, session, locale } = JSON.parse((await visitor.get('/who')).html)
  assert.equal(actor.kind, 'user')
  assert.equal(actor.user_id, ann.user_id)
  assert.equal(actor.organization_id, ann.organization_id)
  assert.equal(actor.role, 'administrator')
  assert.equal(actor.operator_role, null)
  assert.equal(actor.time_zone, 'Europe/Paris')
  assert.equal(locale, 'fr')
  assert.equal(session.hold, undefined)
  assert.deepEqual(session.organizations, [{ id: ann.organization_id, name: 'Acme' }])
  assert.equal(JSON.parse((await new Visitor(portal.app).get('/who')).html).visitor, undefined)
})

test('somebody held back has no role, even on pages that are always open', async (t) => {
  const portal = await openPortal(t)
  await anUnconfirmedAccount(portal, 'ann@acme.example')
  await createOperator(portal.db, systemActor('test'), {
    email: 'op@vendor.example',
    name: 'Olga Operator',
    role: 'support',
    password: 'vendors have passwords too',
  })
  portal.app.get('/help/who/visitor', (c) => c.json({ visitor: c.var.visitor, session: c.var.session }))
  const visitor = await signedIn(portal, 'ann@acme.example')
  const { visitor: actor, session } = JSON.parse((await visitor.get('/help/who/visitor')).html)
  assert.equal(session.hold, 'confirm')
  assert.deepEqual([actor.role, actor.organization_id, actor.operator_role], [null, null, null])

  const operator = new Visitor(portal.app)
  await operator.post('/login', { email: 'op@vendor.example', password: 'vendors have passwords too' })
  const seen = JSON.parse((await operator.get('/help/who/visitor')).html)
  assert.equal(seen.session.hold, undefined, 'operators need no customer’s agreement')
  assert.deepEqual([seen.visitor.kind, seen.visitor.operator_role], ['operator', 'support'])
})

test('a kept session is extended once a day, one that ends with the browser is not', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, 'ann@acme.example')
  const keeping = new Visitor(portal.app)
  await keeping.post('/login', { email: 'ann@acme.example', password: 'a horse eats twelve apples', remember: 'on' })
  const expiry = async () =>
    (await portal.db.selectFrom('auth.session').select('expiresAt').executeTakeFirstOrThrow()).expiresAt.getTime()
  const first = await expiry()
  await keeping.get('/account')
  assert.equal(await expiry(), first, 'within a day nothing is written')
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 2 * day })
  const answer = await keeping.get('/account')
  assert.equal(answer.status, 200)
  assert.ok((await expiry()) >= first + 2 * day - 60_000)
  assert.ok(answer.headers.getSetCookie().some((line) => line.startsWith('keyport_session=')))
  t.mock.timers.reset()
  await portal.db.deleteFrom('auth.session').execute()

  const leaving = await signedIn(portal, 'ann@acme.example')
  const short = await expiry()
  assert.ok(short <= Date.now() + day)
  await leaving.get('/account')
  assert.equal(await expiry(), short)
})
