import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anAccount, openPortal, type Portal } from '../../test/portal.ts'
import { fieldOf, Visitor } from '../../test/visitor.ts'
import { systemActor } from '../platform/actor.ts'
import { publishAgreement } from './index.ts'

const form = {
  given_name: 'Ann',
  family_name: 'Müller',
  phone: '+33 1 99 00 12 34',
  email: 'Ann@Acme.example',
  password: 'correct horse battery',
  company: 'Acme & Söhne',
  country: 'FR',
  locale: 'en',
  time_zone: 'Europe/Paris',
}

async function draft(visitor: Visitor, change: Partial<typeof form> = {}): Promise<string> {
  const answer = await visitor.post('/account/new', { ...form, ...change })
  assert.equal(answer.status, 200)
  return fieldOf(answer.html, 'sealed')
}

const accept = (visitor: Visitor, sealed: string) =>
  visitor.post('/account/new/agreement', { sealed, decision: 'accept', read: 'on' })

async function stored({ db }: Portal) {
  const count = async (
    table: 'auth.user' | 'auth.account' | 'organizations' | 'memberships' | 'agreement_acceptances' | 'mails',
  ) =>
    Number(
      (
        await db
          .selectFrom(table)
          .select(({ fn }) => fn.countAll<number>().as('n'))
          .executeTakeFirstOrThrow()
      ).n,
    )
  return {
    users: await count('auth.user'),
    passwords: await count('auth.account'),
    organizations: await count('organizations'),
    memberships: await count('memberships'),
    acceptances: await count('agreement_acceptances'),
    mails: await count('mails'),
  }
}
const nothing = { users: 0, passwords: 0, organizations: 0, memberships: 0, acceptances: 0, mails: 0 }
const one = { users: 1, passwords: 1, organizations: 1, memberships: 1, acceptances: 1, mails: 1 }

test('GET /account/new marks what is required and gives autocomplete tokens', async (t) => {
  const { app } = await openPortal(t)
  const { status, html } = await new Visitor(app).get('/account/new')
  assert.equal(status, 200)
  for (const [name, token] of Object.entries({
    given_name: 'given-name',
    family_name: 'family-name',
    email: 'email',
    company: 'organization',
    country: 'country',
    password: 'new-password',
    phone: 'tel',
  })) {
    assert.match(html, new RegExp(`name="${name}"[^>]*autocomplete="${token}"`), name)
  }
  for (const name of ['given_name', 'family_name', 'email', 'password', 'company', 'country', 'locale', 'time_zone']) {
    assert.match(html, new RegExp(`name="${name}"[^>]* required`), name)
  }
  assert.doesNotMatch(html, /name="phone"[^>]* required/)
})

test('POST /account/new comes back with 422, everything typed kept but the password', async (t) => {
  const portal = await openPortal(t)
  const visitor = new Visitor(portal.app)
  const wrong = {
    ...form,
    email: 'ann@',
    country: 'ZZ',
    time_zone: 'Mars/Olympus',
    phone: 'call me',
    password: 'short',
  }
  const { status, html } = await visitor.post('/account/new', wrong)
  assert.equal(status, 422)
  assert.match(html, /name="company"[^>]*value="Acme &amp; Söhne"/)
  assert.doesNotMatch(html, /value="short"/)
  for (const name of ['email', 'country', 'time_zone', 'phone', 'password']) {
    assert.match(html, new RegExp(`href="#field-${name}"`), name)
  }
  const empty = await visitor.post('/account/new', {})
  assert.equal(empty.status, 422)
  const weak = await visitor.post('/account/new', { ...form, password: 'ann@acme.example' })
  assert.match(weak.html, /too easy to guess/)
  const huge = await visitor.post('/account/new', { ...form, company: 'x'.repeat(900_000) })
  assert.equal(huge.status, 422)
  assert.deepEqual(await stored(portal), nothing)
})

test('the agreement of the chosen language follows; until it is accepted nothing is stored', async (t) => {
  const portal = await openPortal(t)
  const visitor = new Visitor(portal.app)
  const { status, html } = await visitor.post('/account/new', { ...form, locale: 'fr' })
  assert.equal(status, 200)
  assert.match(html, /Les présentes conditions d’utilisation/)
  assert.match(html, /lang="fr"/)
  assert.doesNotMatch(html, /correct horse battery/)
  assert.deepEqual(await stored(portal), nothing)
})

test('Decline leaves nothing stored', async (t) => {
  const portal = await openPortal(t)
  const visitor = new Visitor(portal.app)
  const sealed = await draft(visitor)
  const { status, location } = await visitor.post('/account/new/agreement', { sealed, decision: 'decline' })
  assert.deepEqual([status, location], [303, '/login'])
  assert.match((await visitor.get('/login')).html, /No account was created and nothing was kept/)
  assert.deepEqual(await stored(portal), nothing)
  assert.equal((await portal.db.selectFrom('events').select('action').execute()).length, 1, 'the published agreement')
})

test('Accept creates login, organization, membership, acceptance, history and mail together', async (t) => {
  const portal = await openPortal(t)
  const { db } = portal
  const visitor = new Visitor(portal.app, { 'x-forwarded-for': '192.0.2.7' })
  const { status, location } = await accept(visitor, await draft(visitor))
  assert.equal(status, 303)
  assert.match((await visitor.get(location!)).html, /ann@acme\.example/)
  assert.deepEqual(await stored(portal), one)

  const user = await db.selectFrom('auth.user').selectAll().executeTakeFirstOrThrow()
  assert.equal(user.email, 'ann@acme.example')
  assert.equal(user.name, 'Ann Müller')
  assert.equal(user.emailVerified, false)
  assert.equal(user.timeZone, 'Europe/Paris')
  const membership = await db.selectFrom('memberships').selectAll().executeTakeFirstOrThrow()
  assert.equal(membership.role, 'administrator')
  const { password } = await db.selectFrom('auth.account').select('password').executeTakeFirstOrThrow()
  assert.match(password!, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  const acceptance = await db.selectFrom('agreement_acceptances').selectAll().executeTakeFirstOrThrow()
  assert.equal(acceptance.address, '192.0.2.7')
  assert.ok(Math.abs(acceptance.accepted_at.getTime() - Date.now()) < 60_000)
  const events = await db.selectFrom('events').select(['action', 'actor_user_id']).orderBy('id').execute()
  assert.deepEqual(
    events.map(({ action }) => action),
    ['agreement.published', 'organization.created', 'account.created', 'agreement.accepted'],
  )
  assert.ok(events.slice(1).every(({ actor_user_id }) => actor_user_id === user.id))
})

test('an accepted agreement must have been read to its end', async (t) => {
  const portal = await openPortal(t)
  const visitor = new Visitor(portal.app)
  const sealed = await draft(visitor)
  const answer = await visitor.post('/account/new/agreement', { sealed, decision: 'accept' })
  assert.equal(answer.status, 422)
  assert.match(answer.html, /Tick this box once you have read/)
  assert.deepEqual(await stored(portal), nothing)
  assert.equal((await accept(visitor, fieldOf(answer.html, 'sealed'))).status, 303)
})

test('Accept pressed twice, in two tabs at once, and once more later makes one account and one mail', async (t) => {
  const portal = await openPortal(t)
  const visitor = new Visitor(portal.app)
  const sealed = await draft(visitor)
  const answers = await Promise.all([accept(visitor, sealed), accept(visitor, sealed)])
  answers.push(await accept(visitor, sealed))
  for (const { status, location } of answers) {
    assert.equal(status, 303)
    assert.match(location!, /^\/account\/new\/done\?to=/)
  }
  assert.deepEqual(await stored(portal), one)
})

test('an address with an account gets the same answer; only its owner learns of it, by mail', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, 'ann@acme.example', { locale: 'fr' })
  const before = await stored(portal)
  const visitor = new Visitor(portal.app)
  const known = await accept(visitor, await draft(visitor))
  const unknown = await accept(visitor, await draft(visitor, { email: 'bob@acme.example' }))
  const shape = ({ status, location }: typeof known) => [status, location!.replace(/to=.*/, ''), location!.length]
  assert.deepEqual(shape(known), shape(unknown))
  const pages = [await visitor.get(known.location!), await visitor.get(unknown.location!)]
  assert.equal(pages[0]!.status, pages[1]!.status)
  const [first, second] = pages.map(({ html }) => html.replaceAll(/to=[\w-]+/g, '').replaceAll('ann@', 'bob@'))
  assert.equal(first, second)
  const mails = await portal.db.selectFrom('mails').select(['template', 'to_address', 'locale']).orderBy('id').execute()
  assert.deepEqual(mails, [
    { template: 'account-exists', to_address: 'ann@acme.example', locale: 'fr' },
    { template: 'confirm-email', to_address: 'bob@acme.example', locale: 'en' },
  ])
  assert.equal((await stored(portal)).users, before.users + 1)
})

test('a draft that was changed, is older than 30 minutes or was never ours starts again', async (t) => {
  const portal = await openPortal(t)
  const visitor = new Visitor(portal.app)
  const sealed = await draft(visitor)
  for (const bad of [`${sealed[0] === 'A' ? 'B' : 'A'}${sealed.slice(1)}`, '', 'nonsense']) {
    const answer = await accept(visitor, bad)
    assert.deepEqual([answer.status, answer.location], [303, '/account/new'])
  }
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 31 * 60_000 })
  const late = await accept(visitor, sealed)
  assert.deepEqual([late.status, late.location], [303, '/account/new'])
  t.mock.timers.reset()
  assert.match((await visitor.get('/account/new')).html, /more than 30 minutes/)
  assert.deepEqual(await stored(portal), nothing)
})

test('an agreement that changed while it was read is shown again in its new version', async (t) => {
  const portal = await openPortal(t)
  const visitor = new Visitor(portal.app)
  const sealed = await draft(visitor)
  const texts = { en: 'Version two.', fr: 'Version deux.', 'pt-BR': 'Versão dois.' }
  await publishAgreement(portal.db, systemActor('test'), { version: '2.0', texts })
  const answer = await accept(visitor, sealed)
  assert.equal(answer.status, 422)
  assert.match(answer.html, /Version two\./)
  assert.deepEqual(await stored(portal), nothing)
  assert.equal((await accept(visitor, fieldOf(answer.html, 'sealed'))).status, 303)
  const accepted = await portal.db
    .selectFrom('agreement_acceptances')
    .innerJoin('agreements', 'agreements.id', 'agreement_id')
    .select('version')
    .execute()
  assert.deepEqual(accepted, [{ version: '2.0' }])
})

test('when the mail cannot be written there is no account either', async (t) => {
  const portal = await openPortal(t)
  const visitor = new Visitor(portal.app)
  const sealed = await draft(visitor)
  await portal.db.schema.alterTable('mails').renameTo('mails_away').execute()
  const answer = await accept(visitor, sealed)
  assert.equal(answer.status, 500)
  await portal.db.schema.alterTable('mails_away').renameTo('mails').execute()
  assert.deepEqual(await stored(portal), nothing)
  assert.equal((await accept(visitor, sealed)).status, 303)
  assert.deepEqual(await stored(portal), one)
})

test('sign-ups from one network are throttled, whatever they claim about themselves', async (t) => {
  const portal = await openPortal(t)
  const visitor = new Visitor(portal.app, { 'x-forwarded-for': '198.51.100.9' })
  let answer = await visitor.post('/account/new', form)
  for (let n = 0; n < 40 && answer.status === 200; n++) answer = await visitor.post('/account/new', form)
  assert.equal(answer.status, 429)
  assert.ok(Number(answer.headers.get('retry-after')) > 0)
  const elsewhere = new Visitor(portal.app, { 'x-forwarded-for': '203.0.113.5' })
  assert.equal((await elsewhere.post('/account/new', form)).status, 200)
})

test('GET /account/new/agreement and /done without a draft lead back; signed-in users go home', async (t) => {
  const { app } = await openPortal(t)
  const visitor = new Visitor(app)
  assert.equal((await visitor.get('/account/new/agreement')).location, '/account/new')
  assert.equal((await visitor.get('/account/new/done')).location, '/login')
  assert.equal((await visitor.get('/account/new/done?to=nonsense')).location, '/login')
})
