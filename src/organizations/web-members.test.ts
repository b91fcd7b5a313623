import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anAccount, openPortal, password, signedIn } from '../../test/portal.ts'
import { fieldOf, Visitor } from '../../test/visitor.ts'
import type { Role } from '../platform/actor.ts'
import { runDueJobs } from '../platform/jobs/index.ts'
import { askAccessJob } from './ask-access.ts'

type Scope = Parameters<typeof openPortal>[0]

/** Ann administers Acme; Bob is its viewer, and administers Globex. */
async function aTeam(t: Scope) {
  const portal = await openPortal(t)
  const ann = await anAccount(portal, 'ann@acme.example', { company: 'Acme' })
  const bob = await anAccount(portal, 'bob@globex.example', { company: 'Globex' })
  const join = (user_id: string, role: Role, created_at = new Date(0)) =>
    portal.db
      .insertInto('memberships')
      .values({ organization_id: ann.organization_id, user_id, role, created_at })
      .execute()
  await join(bob.user_id, 'viewer')
  const mails = async (to: string) => {
    const query = portal.db.selectFrom('mails').select(['template', 'text', 'subject']).where('to_address', '=', to)
    return (await query.orderBy('id').execute()).filter(({ template }) => template !== 'confirm-email')
  }
  return {
    portal,
    ann,
    bob,
    join,
    mails,
    asAnn: await signedIn(portal, ann.email),
    asBob: await signedIn(portal, bob.email),
  }
}

const linkIn = (text: string) => /http:\/\/localhost(\/invitations\/[\w-]+)/.exec(text)![1]!

test('the members page shows everybody to everybody, and what changes them to administrators only', async (t) => {
  const { asAnn, asBob, bob } = await aTeam(t)
  const [page, seen] = [(await asAnn.get('/account/members')).html, (await asBob.get('/account/members')).html]
  for (const html of [page, seen]) {
    for (const text of ['ann@acme.example', 'bob@globex.example', 'Acme']) assert.ok(html.includes(text), text)
  }
  const own = ['Invite a colleague', `/account/members/people/${bob.user_id}`, 'History of the organization']
  for (const text of own) assert.ok(page.includes(text) && !seen.includes(text), text)
})

test('an invitation is mailed, shown to its holder, and accepted with one click', async (t) => {
  const { portal, ann, asAnn, mails } = await aTeam(t)
  await anAccount(portal, 'cem@else.example', { locale: 'fr', company: 'Else' })
  const typed = await asAnn.post('/account/members/invite', { email: 'cem@', role: 'manager' })
  assert.equal(typed.status, 422)
  assert.equal(fieldOf(typed.html, 'email'), 'cem@')
  const sent = await asAnn.post('/account/members/invite', { email: ' CEM@else.example ', role: 'manager' })
  assert.deepEqual([sent.status, sent.location], [303, '/account/members'])
  const [mail] = await mails('cem@else.example')
  assert.match(mail!.subject, /^Invitation à rejoindre Acme/)
  const link = linkIn(mail!.text)
  const stored = await portal.db.selectFrom('invitations').selectAll().executeTakeFirstOrThrow()
  assert.ok(!JSON.stringify(stored).includes(link.split('/').at(-1)!), 'the secret is not kept')

  const stranger = await new Visitor(portal.app).get(link)
  assert.equal(stranger.status, 200)
  assert.ok(stranger.html.includes('Acme') && stranger.html.includes('/account/new?invitation='))
  const wrong = await asAnn.get(link)
  assert.ok(wrong.html.includes('You are signed in as ann@acme.example, but this invitation is for cem@else.example'))
  assert.equal((await asAnn.post('/account/join/invitation', { invitation_id: stored.id })).status, 404)

  const cem = await signedIn(portal, 'cem@else.example')
  assert.ok((await cem.get(link)).html.includes(stored.id))
  const joined = await cem.post('/account/join/invitation', { invitation_id: stored.id })
  assert.deepEqual([joined.status, joined.location], [303, '/'])
  const again = await cem.post('/account/join/invitation', { invitation_id: stored.id })
  assert.equal(again.status, 303, 'a second press changes nothing')
  assert.ok((await cem.get('/account/members')).html.includes('ann@acme.example'), 'he works for Acme at once')
  assert.equal((await new Visitor(portal.app).get(link)).status, 410)
  const told = await mails(ann.email)
  assert.deepEqual(
    told.map(({ template }) => template),
    ['invitation-accepted'],
  )
})

test('an invitation sent again has a new link only; a withdrawn or old one has none', async (t) => {
  const { portal, asAnn, asBob, mails } = await aTeam(t)
  await asAnn.post('/account/members/invite', { email: 'dee@acme.example', role: 'viewer' })
  const { id } = await portal.db.selectFrom('invitations').select('id').executeTakeFirstOrThrow()
  const twice = await asAnn.post('/account/members/invite', { email: 'dee@acme.example', role: 'viewer' })
  assert.ok(twice.status === 422 && twice.html.includes('invited already'))
  const member = await asAnn.post('/account/members/invite', { email: 'bob@globex.example', role: 'viewer' })
  assert.ok(member.status === 422 && member.html.includes('member already'))
  assert.equal((await asBob.post(`/account/members/invitations/${id}`, { do: 'withdraw' })).status, 403)
  await asBob.post('/organizations/current', { organization_id: await idOf('Globex') })
  assert.equal((await asBob.post(`/account/members/invitations/${id}`, { do: 'withdraw' })).status, 404, 'of others')

  assert.equal((await asAnn.post(`/account/members/invitations/${id}`, { do: 'resend' })).status, 303)
  const [first, second] = (await mails('dee@acme.example')).map(({ text }) => linkIn(text))
  const anybody = new Visitor(portal.app)
  assert.equal((await anybody.get(first!)).status, 410)
  assert.equal((await anybody.get(second!)).status, 200)
  await portal.db.updateTable('invitations').set({ expires_at: new Date() }).execute()
  assert.equal((await anybody.get(second!)).status, 410, 'expired')
  assert.equal((await asAnn.post(`/account/members/invitations/${id}`, { do: 'withdraw' })).status, 303)
  assert.equal((await asAnn.post(`/account/members/invitations/${id}`, { do: 'resend' })).status, 404)
  assert.equal((await anybody.get('/invitations/%00')).status, 410)

  async function idOf(name: string) {
    const query = portal.db.selectFrom('organizations').select('id').where('name', '=', name)
    return (await query.executeTakeFirstOrThrow()).id
  }
})

test('who has no account signs up by the invitation, and joins when the address is confirmed', async (t) => {
  const { portal, asAnn, mails } = await aTeam(t)
  await asAnn.post('/account/members/invite', { email: 'eva@acme.example', role: 'downloader' })
  const link = linkIn((await mails('eva@acme.example'))[0]!.text)
  const eva = new Visitor(portal.app)
  const create = `/account/new?invitation=${link.split('/').at(-1)}`
  const form = (await eva.get(create)).html
  assert.equal(fieldOf(form, 'email'), 'eva@acme.example')
  assert.ok(!form.includes('name="company"'), 'no company is asked for')
  const person = { given_name: 'Eva', family_name: 'Luz', phone: '', locale: 'en', time_zone: 'UTC' }
  // Whatever the form says, the account is for the invited address.
  const agreement = await eva.post(create, { ...person, email: 'mallory@evil.example', password })
  const sealed = fieldOf(agreement.html, 'sealed')
  const accepted = await eva.post('/account/new/agreement', { sealed, decision: 'accept', read: 'on' })
  assert.equal(accepted.status, 303)
  assert.equal((await eva.post('/account/new/agreement', { sealed, decision: 'accept', read: 'on' })).status, 303)
  const members = () => asAnn.get('/account/members').then(({ html }) => html.includes('Eva Luz</bdi><br/>'))
  assert.equal(await members(), false, 'not before the address is confirmed')
  const { text } = await portal.db
    .selectFrom('mails')
    .select('text')
    .where('template', '=', 'confirm-email')
    .where('to_address', '=', 'eva@acme.example')
    .executeTakeFirstOrThrow()
  const token = /token=([^\s&]+)/.exec(text)![1]!
  const confirmed = await eva.post('/account/confirm', { token: decodeURIComponent(token), password })
  assert.equal(confirmed.location, '/')
  assert.ok((await eva.get('/account/members')).html.includes('ann@acme.example'))
  const { rows } = { rows: await portal.db.selectFrom('organizations').select('name').execute() }
  assert.deepEqual(rows.map(({ name }) => name).sort(), ['Acme', 'Globex'], 'no organization of her own')
})

test('a role holds from the next request on; the last administrator stays one', async (t) => {
  const { ann, bob, asAnn, asBob, mails } = await aTeam(t)
  const page = `/account/members/people/${bob.user_id}`
  assert.equal((await asBob.get('/account/members/invite')).status, 403)
  assert.equal((await asAnn.post(page, { role: 'king' })).status, 422)
  assert.equal((await asAnn.post(page, { role: 'administrator' })).status, 303)
  assert.equal((await asBob.get('/account/members/invite')).status, 200)
  assert.deepEqual(
    (await mails(bob.email)).map(({ template }) => template),
    ['role-changed'],
  )
  assert.equal((await asAnn.post(page, { role: 'viewer' })).status, 303)
  assert.equal((await asBob.get('/account/members/invite')).status, 403)
  const last = await asAnn.post(`/account/members/people/${ann.user_id}`, { role: 'viewer' })
  assert.ok(last.status === 422 && last.html.includes('This is the only administrator'))
  const leaving = await asAnn.post('/account/members/leave', { sure: 'on' })
  assert.ok(leaving.status === 422 && leaving.html.includes('This is the only administrator'))
})

test('removing says what happens, asks for a tick, and holds at once; one falls back to another organization', async (t) => {
  const { portal, ann, bob, join, asAnn, asBob, mails } = await aTeam(t)
  const remove = `/account/members/people/${bob.user_id}/remove`
  assert.ok((await asBob.get('/account/members')).html.includes('ann@acme.example'), 'he works for Acme')
  assert.ok((await asAnn.get(remove)).html.includes('All licenses, keys and comments stay with Acme'))
  assert.equal((await asAnn.post(remove)).status, 422)
  assert.equal((await asAnn.post(remove, { sure: 'on' })).status, 303)
  assert.ok(!(await asBob.get('/account/members')).html.includes('ann@acme.example'), 'he works for Globex')
  assert.equal((await asAnn.post(remove, { sure: 'on' })).status, 404, 'once')
  assert.deepEqual(
    (await mails(bob.email)).map(({ template }) => template),
    ['member-removed'],
  )
  for (const id of ['x', '%00', ann.organization_id]) {
    assert.equal((await asAnn.get(`/account/members/people/${id}`)).status, 404)
    assert.equal((await asAnn.post(`/account/members/invitations/${id}`, { do: 'withdraw' })).status, 404)
    assert.equal((await asAnn.post(`/account/members/requests/${id}`, { answer: 'viewer' })).status, 404)
  }

  const fay = await anAccount(portal, 'fay@acme.example')
  await join(fay.user_id, 'downloader')
  await portal.db.deleteFrom('memberships').where('organization_id', '=', fay.organization_id).execute()
  const asFay = await signedIn(portal, fay.email)
  assert.equal((await asFay.post(`/account/members/people/${ann.user_id}/remove`, { sure: 'on' })).status, 403)
  assert.equal((await asFay.post('/account/members/leave', { sure: 'on' })).status, 303)
  const nowhere = await asFay.get('/account/members')
  assert.equal(nowhere.location, '/account/join')
  assert.equal((await asFay.get('/licenses')).status, 403)
  const start = await asFay.post('/account/join/organization', { name: 'Fay & <b>Sons</b>', country: 'FR' })
  assert.equal(start.location, '/')
  assert.ok((await asFay.get('/account/members')).html.includes('Fay &amp; &lt;b&gt;Sons&lt;/b&gt;'))
})

test('asking for access answers everybody the same; administrators decide, and the asker is told', async (t) => {
  const { portal, ann, asAnn, asBob, mails } = await aTeam(t)
  const gil = await anAccount(portal, 'gil@else.example', { company: 'Else', given_name: 'Gil' })
  const asGil = await signedIn(portal, gil.email)
  const work = () => runDueJobs(portal.services, [askAccessJob])
  assert.equal((await asGil.post('/account/join/request', { message: 'hello' })).status, 422)
  assert.equal((await asGil.post('/account/join/request', { customer_number: 'C1' })).status, 422)
  const answers = []
  for (const email of ['ann@acme.example', 'nobody@acme.example', 'ann@acme.example']) {
    answers.push(await asGil.post('/account/join/request', { email, message: '<script>alert(1)</script>' }))
  }
  const said = answers.map(({ status, location, headers }) => [status, location, headers.get('set-cookie')])
  assert.equal(new Set(said.map(String)).size, 1)
  await work()
  assert.deepEqual(
    (await mails(ann.email)).map(({ template }) => template),
    ['access-requested'],
    'once',
  )

  const html = (await asAnn.get('/account/members')).html
  assert.ok(html.includes('gil@else.example') && html.includes('&lt;script&gt;'))
  assert.ok(!(await asBob.get('/account/members')).html.includes('gil@else.example'))
  const { id } = await portal.db.selectFrom('access_requests').select('id').executeTakeFirstOrThrow()
  assert.equal((await asBob.post(`/account/members/requests/${id}`, { answer: 'administrator' })).status, 403)
  assert.equal((await asGil.post(`/account/members/requests/${id}`, { answer: 'administrator' })).status, 404)
  assert.equal((await asAnn.post(`/account/members/requests/${id}`, { answer: 'refuse' })).status, 303)
  assert.equal((await asAnn.post(`/account/members/requests/${id}`, { answer: 'viewer' })).status, 404, 'answered once')
  const [refused] = await mails(gil.email)
  assert.ok(refused!.template === 'access-answered' && !refused!.text.includes('Acme'), 'who is refused learns no name')

  await asGil.post('/account/join/request', { email: 'ann@acme.example' })
  await work()
  assert.equal((await portal.db.selectFrom('access_requests').select('id').execute()).length, 1, 'not again so soon')
  await portal.db
    .updateTable('access_requests')
    .set({ answered_at: new Date(0) })
    .execute()
  await asGil.post('/account/join/request', { email: 'ann@acme.example' })
  await work()
  const open = portal.db.selectFrom('access_requests').select('id').where('answered_at', 'is', null)
  const { id: second } = await open.executeTakeFirstOrThrow()
  assert.equal((await asAnn.post(`/account/members/requests/${second}`, { answer: 'manager' })).status, 303)
  assert.ok((await asGil.get('/account/members')).html.includes('gil@else.example'))
  assert.match((await mails(gil.email))[1]!.text, /Your role: Manager/)
  assert.equal((await asGil.post('/account/join/request', { email: 'ann@acme.example' })).status, 429, 'throttled')
})

test('who asked for access and closed the account at once is asked about no more', async (t) => {
  const { portal, ann, mails } = await aTeam(t)
  const gil = await anAccount(portal, 'gil@else.example')
  const asGil = await signedIn(portal, gil.email)
  await asGil.post('/account/join/request', { email: ann.email, message: 'I am Gil' })
  const close = await asGil.post('/account/close', { typed: gil.email, current_password: password })
  assert.equal(close.location, '/login')
  await runDueJobs(portal.services, [askAccessJob])
  assert.deepEqual(await mails(ann.email), [])
  assert.deepEqual(await portal.db.selectFrom('access_requests').select('id').execute(), [])
})

test('settings changed meanwhile are shown, not overwritten', async (t) => {
  const { portal, asAnn, asBob } = await aTeam(t)
  assert.equal((await asBob.get('/account/members/settings')).status, 403)
  const revision = fieldOf((await asAnn.get('/account/members/settings')).html, 'revision')
  const first = { name: 'Acme Holding', country: 'DE', revision }
  assert.equal((await asAnn.post('/account/members/settings', first)).status, 303)
  const stale = await asAnn.post('/account/members/settings', { name: 'Acme GmbH', country: '', revision })
  assert.equal(stale.status, 422)
  assert.ok(stale.html.includes('Acme Holding') && stale.html.includes('What is stored now'))
  assert.equal(fieldOf(stale.html, 'name'), 'Acme GmbH')
  assert.notEqual(fieldOf(stale.html, 'revision'), revision)
  const { name, keys_in_email } = await portal.db
    .selectFrom('organizations')
    .select(['name', 'keys_in_email'])
    .where('country', '=', 'DE')
    .executeTakeFirstOrThrow()
  assert.deepEqual([name, keys_in_email], ['Acme Holding', false])
  for (const bad of ['', ' ', 'x'.repeat(201)]) {
    const answer = await asAnn.post('/account/members/settings', { name: bad, country: 'DE', revision: '2' })
    assert.equal(answer.status, 422)
  }
})
