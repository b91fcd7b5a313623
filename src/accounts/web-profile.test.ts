import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anAccount, openPortal, type Portal, password, signedIn } from '../../test/portal.ts'
import { Visitor } from '../../test/visitor.ts'
import { systemActor } from '../platform/actor.ts'
import { hashPassword } from '../platform/auth/index.ts'
import { createColleague, createOperator } from './index.ts'

const email = 'ann@acme.example'
const new_email = 'ann.new@acme.example'
const ask = { new_email, current_password: password }

const mailsOf = ({ db }: Portal) =>
  db.selectFrom('mails').select(['to_address', 'template', 'text', 'locale']).orderBy('id').execute()

async function linkTo(portal: Portal, address: string): Promise<string> {
  const mails = (await mailsOf(portal)).filter((mail) => mail.to_address === address)
  const token = /\/account\/email\/confirm\?token=([\w-]+)/.exec(mails.at(-1)?.text ?? '')?.[1]
  if (!token) throw new Error(`no link was mailed to ${address}`)
  return token
}

const addressOf = async ({ db }: Portal, id: string) =>
  (await db.selectFrom('auth.user').select('email').where('id', '=', id).executeTakeFirstOrThrow()).email

for (const order of [
  ['old', 'new'],
  ['new', 'old'],
] as const) {
  test(`an e-mail address changes once both links were opened, ${order.join(' then ')}`, async (t) => {
    const portal = await openPortal(t)
    const { user_id } = await anAccount(portal, email)
    const other = await signedIn(portal, email)
    const visitor = await signedIn(portal, email)
    await new Visitor(portal.app).post('/account/password/forgot', { email })
    assert.equal((await visitor.post('/account/email', ask)).location, '/account')
    assert.match((await visitor.get('/account')).html, /Waits for its link/)
    const used: string[] = []
    for (const side of order) {
      assert.equal(await addressOf(portal, user_id), email)
      const token = await linkTo(portal, side === 'old' ? email : new_email)
      used.push(token)
      const page = await visitor.get(`/account/email/confirm?token=${token}`)
      assert.match(page.html, new RegExp(`sent to ${side === 'old' ? email : new_email}`))
      assert.equal((await visitor.post('/account/email/confirm', { token })).location, '/account')
      if (side === order[0])
        assert.equal((await visitor.post('/account/email/confirm', { token })).status, 303, 'twice')
    }
    assert.equal(await addressOf(portal, user_id), new_email)
    assert.match((await visitor.get('/account')).html, /Your user name is ann\.new@acme\.example now/)
    assert.equal((await other.get('/account')).status, 303)
    assert.equal((await new Visitor(portal.app).post('/login', { email, password })).status, 422)
    assert.equal((await new Visitor(portal.app).post('/login', { email: new_email, password })).status, 303)
    const changed = (await mailsOf(portal)).filter(({ template }) => template === 'email-changed')
    assert.deepEqual(changed.map((mail) => mail.to_address).sort(), [new_email, email].sort())
    assert.deepEqual(
      await portal.db.selectFrom('auth.verification').select('id').execute(),
      [],
      'no reset link is left',
    )
    const { details } = await portal.db
      .selectFrom('events')
      .select('details')
      .where('action', '=', 'account.email_changed')
      .executeTakeFirstOrThrow()
    assert.deepEqual(details, { email: [email, new_email] })
    for (const token of used) assert.equal((await visitor.post('/account/email/confirm', { token })).status, 410)
  })
}

test('links work for the owner alone, for three days, until cancelled or replaced', async (t) => {
  const portal = await openPortal(t)
  const { user_id } = await anAccount(portal, email)
  await anAccount(portal, 'bob@acme.example')
  const visitor = await signedIn(portal, email)
  const bob = await signedIn(portal, 'bob@acme.example')
  await visitor.post('/account/email', ask)
  const token = await linkTo(portal, new_email)
  assert.equal((await new Visitor(portal.app).get(`/account/email/confirm?token=${token}`)).status, 303)
  assert.equal((await new Visitor(portal.app).post('/account/email/confirm', { token })).status, 401)
  assert.equal((await bob.get(`/account/email/confirm?token=${token}`)).status, 410)
  assert.equal((await bob.post('/account/email/confirm', { token })).status, 410)
  await bob.post('/account/email/cancel')
  assert.equal((await visitor.get(`/account/email/confirm?token=${token}`)).status, 200)
  await visitor.post('/account/email', ask)
  assert.equal((await visitor.get(`/account/email/confirm?token=${token}`)).status, 410, 'replaced')
  const second = await linkTo(portal, new_email)
  await portal.db
    .updateTable('email_changes')
    .set({ expires_at: new Date(Date.now() - 1000) })
    .execute()
  assert.equal((await visitor.post('/account/email/confirm', { token: second })).status, 410, 'too old')
  await visitor.post('/account/email', ask)
  const third = await linkTo(portal, new_email)
  assert.equal((await visitor.post('/account/email/cancel')).location, '/account')
  assert.equal((await visitor.post('/account/email/confirm', { token: third })).status, 410, 'cancelled')
  assert.equal(await addressOf(portal, user_id), email)
  for (const token of ['', 'x', "' or 1=1", '😀', '\0']) {
    assert.equal((await visitor.get(`/account/email/confirm?${new URLSearchParams({ token })}`)).status, 410)
  }
})

test('an address that is taken looks like any other; only its owner hears of it', async (t) => {
  const portal = await openPortal(t)
  const { user_id } = await anAccount(portal, email)
  await anAccount(portal, new_email, { locale: 'fr' })
  const visitor = await signedIn(portal, email)
  const taken = await visitor.post('/account/email', ask)
  const page = (await visitor.get('/account')).html
  await visitor.post('/account/email/cancel')
  const free = await visitor.post('/account/email', { ...ask, new_email: 'free@acme.example' })
  assert.deepEqual([taken.status, taken.location], [free.status, free.location])
  const same = (await visitor.get('/account')).html.replaceAll('free@acme.example', new_email)
  const plain = (html: string) => html.replaceAll(/\d+:\d+(:\d+)?/g, '')
  assert.equal(plain(page), plain(same))
  const mails = await mailsOf(portal)
  assert.deepEqual(
    mails.slice(0, 2).map((mail) => [mail.to_address, mail.template, mail.locale]),
    [
      [email, 'email-change-old', 'en'],
      [new_email, 'email-change-taken', 'fr'],
    ],
  )
  assert.ok(!mails[1]!.text.includes('confirm?token'))
  assert.equal(await addressOf(portal, user_id), email)
})

test('an address taken while the links waited is not taken away from its owner', async (t) => {
  const portal = await openPortal(t)
  const { user_id } = await anAccount(portal, email)
  const visitor = await signedIn(portal, email)
  await visitor.post('/account/email', ask)
  const [old_token, new_token] = [await linkTo(portal, email), await linkTo(portal, new_email)]
  await visitor.post('/account/email/confirm', { token: old_token })
  await anAccount(portal, new_email)
  assert.equal((await visitor.post('/account/email/confirm', { token: new_token })).location, '/account')
  assert.match((await visitor.get('/account')).html, /cannot be used any more/)
  assert.equal(await addressOf(portal, user_id), email)
})

test('a new address needs the password, and is no address typed wrong or the same', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, email)
  const visitor = await signedIn(portal, email)
  const refused = await visitor.post('/account/email', { ...ask, current_password: 'a wrong one' })
  assert.equal(refused.status, 422)
  assert.match(refused.html, /value="ann\.new@acme\.example"/)
  assert.equal((await visitor.post('/account/email', { ...ask, new_email: 'nonsense' })).status, 422)
  assert.match(
    (await visitor.post('/account/email', { ...ask, new_email: 'ANN@acme.example' })).html,
    /your address already/,
  )
  assert.deepEqual(await mailsOf(portal), [])
})

test('what the portal keeps about a person is one JSON file without secrets', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, email)
  await anAccount(portal, 'bob@acme.example')
  const visitor = await signedIn(portal, email)
  const { status, headers, html } = await visitor.post('/account/data')
  assert.equal(status, 200)
  assert.match(headers.get('content-disposition') ?? '', /attachment; filename="my-data-\d{4}-\d\d-\d\d\.json"/)
  const data = JSON.parse(html) as Record<string, Record<string, unknown>[]>
  assert.equal(data.profile![0]!.user_name, email)
  assert.equal(data.memberships![0]!.role, 'administrator')
  assert.equal(data.sessions!.length, 1)
  assert.equal(data.agreements!.length, 1)
  assert.deepEqual(
    data.history!.map(({ action }) => action),
    ['organization.created', 'account.created', 'agreement.accepted', 'account.signed_in', 'account.exported'],
  )
  assert.ok(!html.includes('bob@acme'))
  assert.ok(!html.includes('argon2') && !html.includes('"token"'))
  for (let n = 1; n < 5; n++) assert.equal((await visitor.post('/account/data')).status, 200)
  assert.equal((await visitor.post('/account/data')).status, 429)
})

test('the file holds all of a long history, in order', async (t) => {
  const portal = await openPortal(t)
  const { user_id } = await anAccount(portal, email)
  const visitor = await signedIn(portal, email)
  await portal.services.database.pool.query(
    `insert into events (id, at, action, actor_kind, actor_user_id, actor_name)
     select gen_random_uuid(), now(), 'test.done', 'user', $1, 'Ann' from generate_series(1, 2500)`,
    [user_id],
  )
  const data = JSON.parse((await visitor.post('/account/data')).html) as { history: { id: string; action: string }[] }
  assert.equal(data.history.filter(({ action }) => action === 'test.done').length, 2500)
  assert.deepEqual(
    data.history,
    data.history.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  )
})

const close = { typed: email, current_password: password }

test('closing an account forgets the person, keeps what was done, and frees the address', async (t) => {
  const portal = await openPortal(t)
  const { user_id, organization_id } = await anAccount(portal, email)
  const other = await signedIn(portal, email)
  const visitor = await signedIn(portal, email, { 'x-forwarded-for': '192.0.2.7' })
  assert.match((await visitor.get('/account/close')).html, /Nobody else works for Acme/)
  const profile = { given_name: 'Anne', family_name: 'Miller', phone: '', locale: 'en', time_zone: 'UTC' }
  await visitor.post('/account', profile)
  const wrong = await visitor.post('/account/close', { ...close, typed: 'ann' })
  assert.equal(wrong.status, 422)
  assert.equal((await visitor.post('/account/close', { ...close, current_password: 'no' })).status, 422)
  const closed = await visitor.post('/account/close', { ...close, typed: ' Ann@acme.example ' })
  assert.equal(closed.location, '/login')
  assert.match((await visitor.get('/login')).html, /account is closed/)
  for (const browser of [visitor, other]) assert.equal((await browser.get('/account')).status, 303)
  assert.equal((await new Visitor(portal.app).post('/login', { email, password })).status, 422)
  const user = await portal.db.selectFrom('auth.user').selectAll().where('id', '=', user_id).executeTakeFirstOrThrow()
  assert.match(user.name, /^Former user [0-9A-F]{5}$/)
  assert.deepEqual([user.email, user.phone], [`${user_id}@closed.invalid`, null])
  for (const table of ['auth.account', 'auth.session', 'memberships'] as const) {
    assert.deepEqual(await portal.db.selectFrom(table).selectAll().execute(), [], table)
  }
  const events = await portal.db.selectFrom('events').selectAll().where('actor_user_id', '=', user_id).execute()
  assert.ok(events.some(({ action }) => action === 'account.closed'))
  const rewrite = `update events set details = '{"email": "x"}' where action = 'account.created'`
  await assert.rejects(portal.services.database.pool.query(rewrite), /append-only/)
  assert.doesNotMatch(JSON.stringify(events), /ann@acme|Miller|Anne|192\.0\.2\.7/)
  for (const { actor_name, address } of events) assert.deepEqual([actor_name, address], [user.name, null])
  assert.deepEqual(
    (await mailsOf(portal)).map((mail) => [mail.to_address, mail.template]),
    [[email, 'account-closed']],
  )
  const organization = portal.db.selectFrom('organizations').select('name').where('id', '=', organization_id)
  assert.equal((await organization.executeTakeFirstOrThrow()).name, 'Acme')
  assert.notEqual((await anAccount(portal, email)).user_id, user_id, 'the address signs up again')
})

test('the last administrator of colleagues hands over first; the vendor’s staff does not close itself', async (t) => {
  const portal = await openPortal(t)
  const system = systemActor('test')
  const { organization_id } = await anAccount(portal, email)
  const person = { given_name: 'B', family_name: 'C', phone: null, locale: 'en', time_zone: 'UTC' } as const
  const login = { password_hash: await hashPassword(password), organization_id, role: 'manager' as const }
  await createColleague(portal.db, system, { ...person, ...login, email: 'bob@acme.example' })
  const visitor = await signedIn(portal, email)
  const refused = await visitor.post('/account/close', close)
  assert.equal(refused.status, 422)
  assert.match(refused.html, /last administrator of Acme/)
  assert.equal((await visitor.get('/account')).status, 200)
  const bob = await signedIn(portal, 'bob@acme.example')
  assert.equal((await bob.post('/account/close', { ...close, typed: 'bob@acme.example' })).location, '/login')
  assert.equal((await visitor.post('/account/close', close)).location, '/login', 'alone by now')

  await createOperator(portal.db, system, { email: 'op@vendor.example', name: 'Op', role: 'support', password })
  const operator = await signedIn(portal, 'op@vendor.example')
  const staff = await operator.post('/account/close', { ...close, typed: 'op@vendor.example' })
  assert.equal(staff.status, 422)
  assert.match(staff.html, /vendor’s staff/)
})
