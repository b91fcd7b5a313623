import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeNow, secretIn } from '../../test/authenticator.ts'
import { anAccount, openPortal, type Portal, password, signedIn } from '../../test/portal.ts'
import { Visitor } from '../../test/visitor.ts'

const email = 'ann@acme.example'
const base = '/account/security'

/** Sets an authenticator app up by the pages. */
async function withApp(visitor: Visitor) {
  assert.equal((await visitor.post(`${base}/authenticator/start`, { current_password: password })).status, 303)
  const secret = secretIn((await visitor.get(`${base}/authenticator`)).html)
  const on = await visitor.post(`${base}/authenticator`, { code: codeNow(secret, -1) })
  assert.equal(on.location, `${base}/backup-codes`)
  const shown = await visitor.get(`${base}/backup-codes`)
  const codes = [...shown.html.matchAll(/[a-z2-9]{5}-[a-z2-9]{5}(?=<\/bdi>)/g)].map(([code]) => code)
  return { secret, codes }
}

async function passwordGiven(portal: Portal) {
  const visitor = new Visitor(portal.app)
  const answer = await visitor.post('/login?next=/account', { email, password })
  assert.equal(answer.location, '/login/code?next=%2Faccount')
  return visitor
}

const templates = async ({ db }: Portal) =>
  (await db.selectFrom('mails').select('subject').orderBy('id').execute()).map(({ subject }) => subject)
const actions = async ({ db }: Portal) => {
  const rows = await db.selectFrom('events').select(['action', 'details']).orderBy('id').execute()
  return rows.filter(({ action }) => action.startsWith('account.'))
}

test('an authenticator app is set up by password and code; the other sessions end, the owner is told', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, email)
  const other = await signedIn(portal, email)
  const visitor = await signedIn(portal, email)
  const wrong = await visitor.post(`${base}/authenticator/start`, { current_password: 'a wrong one' })
  assert.equal(wrong.status, 422)
  assert.match(wrong.html, /not your current password/)
  await visitor.post(`${base}/authenticator/start`, { current_password: password })
  const page = await visitor.get(`${base}/authenticator`)
  assert.match(page.html, /<svg class="kp-qr"/)
  const secret = secretIn(page.html)
  const refused = await visitor.post(`${base}/authenticator`, { code: '000000' })
  assert.equal(refused.status, 422)
  assert.match(refused.html, /not the code that the app shows/)
  assert.deepEqual(secretIn(refused.html), secret, 'the same secret, however often one errs')
  const typed = codeNow(secret)
  await visitor.post(`${base}/authenticator`, { code: `${typed.slice(0, 3)} ${typed.slice(3)}` })
  assert.equal((await visitor.get('/account')).status, 200)
  assert.equal((await other.get('/account')).status, 303)
  assert.deepEqual(await templates(portal), ['Your authenticator app is on (Keyport)'])
  const { rows } = await portal.services.database.pool.query('select * from totp_secrets')
  assert.equal(rows.length, 1)
  assert.ok(!rows[0].secret.includes(secret.toString('base64')))
  assert.equal((await visitor.get(`${base}/authenticator`)).location, base, 'it is set up already')
  await visitor.post(`${base}/authenticator/start`, { current_password: password })
  assert.deepEqual((await portal.services.database.pool.query('select * from totp_secrets')).rows, rows)
})

test('signing in asks for the code; before it one is nobody, and no page opens', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, email)
  const { secret } = await withApp(await signedIn(portal, email))
  const visitor = await passwordGiven(portal)
  for (const path of ['/', '/account', base, '/licenses']) {
    assert.match((await visitor.get(path)).location ?? '', /^\/login\?next=|^\/login$/, path)
  }
  assert.equal((await visitor.post('/account', { given_name: 'X' })).status, 401)
  assert.equal((await visitor.post(`${base}/authenticator/remove`, { current_password: password })).status, 401)
  assert.equal((await visitor.get('/login?next=/licenses')).location, '/login/code?next=%2Flicenses')
  const page = await visitor.get('/login/code?next=%2Faccount')
  assert.match(page.html, /autocomplete="one-time-code"/)
  const wrong = await visitor.post('/login/code', { code: '12345a', next: '/account' })
  assert.equal(wrong.status, 422)
  assert.match(wrong.html, /name="next" value="\/account"/)
  const right = await visitor.post('/login/code', { code: codeNow(secret), next: '/account' })
  assert.deepEqual([right.status, right.location], [303, '/account'])
  assert.equal((await visitor.get('/account')).status, 200)
  const { action, details } = (await actions(portal)).at(-1)!
  assert.deepEqual([action, details], ['account.signed_in', { second_factor: 'code' }])
  assert.match((await visitor.get(`${base}/sessions`)).html, /Password and code/)
})

test('a code works once, for whoever comes first', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, email)
  const { secret } = await withApp(await signedIn(portal, email))
  const code = codeNow(secret)
  const [first, second] = [await passwordGiven(portal), await passwordGiven(portal)]
  assert.equal((await first.post('/login/code', { code })).status, 303)
  assert.equal((await second.post('/login/code', { code })).status, 422)
  assert.equal((await second.get('/account')).status, 303)
})

test('guesses at codes are counted per account, and a new password does not start them anew', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, email)
  const { secret } = await withApp(await signedIn(portal, email))
  for (let n = 0; n < 5; n++) {
    const visitor = await passwordGiven(portal)
    assert.equal((await visitor.post('/login/code', { code: '000000' })).status, 422)
  }
  const visitor = await passwordGiven(portal)
  assert.equal((await visitor.post('/login/code', { code: codeNow(secret) })).status, 429)
})

test('ten minutes after the password it must be given again', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, email)
  const { secret } = await withApp(await signedIn(portal, email))
  const visitor = await passwordGiven(portal)
  const createdAt = new Date(Date.now() - 11 * 60_000)
  await portal.db.updateTable('auth.session').set({ createdAt }).where('secondFactor', 'is', null).execute()
  assert.equal((await visitor.post('/login/code', { code: codeNow(secret) })).location, '/login')
  assert.equal((await visitor.get('/login')).status, 200)
})

test('backup codes sign in once each, are shown once, kept as hashes, and their use is told', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, email)
  const owner = await signedIn(portal, email)
  const { codes } = await withApp(owner)
  assert.equal(new Set(codes).size, 10)
  const file = await owner.get(`${base}/backup-codes/file`)
  assert.match(file.headers.get('content-disposition') ?? '', /attachment; filename="keyport-backup-codes\.txt"/)
  for (const code of codes) assert.ok(file.html.includes(code))
  await owner.post(`${base}/backup-codes`)
  assert.equal((await owner.get(`${base}/backup-codes`)).location, base)
  assert.equal((await owner.get(`${base}/backup-codes/file`)).location, base)

  const visitor = await passwordGiven(portal)
  assert.match((await visitor.get('/login/code?with=backup')).html, /used up/)
  const right = await visitor.post('/login/code', {
    with: 'backup',
    code: ` ${codes[3]!.toUpperCase().replace('-', '')} `,
  })
  assert.equal(right.status, 303)
  assert.equal((await visitor.get('/account')).status, 200)
  assert.match((await visitor.get(base)).html, /9 backup codes are left/)
  assert.equal((await templates(portal)).at(-1), 'A backup code was used (Keyport)')
  const again = await passwordGiven(portal)
  const used = await again.post('/login/code', { with: 'backup', code: codes[3]! })
  assert.equal(used.status, 422)
  assert.match(used.html, /used before/)

  await visitor.post(`${base}/backup-codes/new`, { current_password: password })
  assert.match((await visitor.get(`${base}/backup-codes`)).html, /I have saved them/)
  assert.equal(
    (await again.post('/login/code', { with: 'backup', code: codes[4]! })).status,
    422,
    'void by the new ones',
  )
  assert.equal((await templates(portal)).at(-1), 'New backup codes (Keyport)')
})

test('backup codes kept for showing are of one user only', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, email)
  await anAccount(portal, 'bob@acme.example')
  const owner = await signedIn(portal, email)
  await withApp(owner)
  const bob = await signedIn(portal, 'bob@acme.example')
  bob.cookies.set('keyport_backup_codes', owner.cookies.get('keyport_backup_codes')!)
  assert.equal((await bob.get(`${base}/backup-codes`)).location, base)
})

test('turning the app off takes the password; no session counts as more than that afterwards', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, email)
  const visitor = await signedIn(portal, email)
  await withApp(visitor)
  assert.equal((await visitor.post(`${base}/authenticator/remove`, { current_password: 'no' })).status, 422)
  assert.equal((await visitor.post(`${base}/authenticator/remove`, { current_password: password })).location, base)
  assert.equal((await templates(portal)).at(-1), 'Your authenticator app is off (Keyport)')
  const session = await portal.db.selectFrom('auth.session').select('secondFactor').executeTakeFirstOrThrow()
  assert.equal(session.secondFactor, null)
  assert.deepEqual(await portal.db.selectFrom('backup_codes').selectAll().execute(), [])
  assert.equal((await visitor.get('/account')).status, 200)
  assert.equal((await new Visitor(portal.app).post('/login', { email, password })).location, '/')
  assert.equal((await visitor.post(`${base}/backup-codes/new`, { current_password: password })).location, base)
  assert.equal((await visitor.get(`${base}/backup-codes`)).location, base, 'without an app there are none')
})

test('who only had the password while the app was on is nobody after it was turned off, too', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, email)
  const owner = await signedIn(portal, email)
  await withApp(owner)
  const stranger = await passwordGiven(portal)
  await owner.post(`${base}/authenticator/remove`, { current_password: password })
  assert.match((await stranger.get('/account')).location ?? '', /^\/login/)
  assert.equal((await owner.get('/account')).status, 200)
})

test('changing the password keeps what the session is worth, and ends reset links mailed before', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, email)
  const visitor = await signedIn(portal, email)
  await withApp(visitor)
  await new Visitor(portal.app).post('/account/password/forgot', { email })
  const mails = portal.db.selectFrom('mails').select('text').where('template', '=', 'reset-password')
  const token = /token=(\S+)/.exec((await mails.executeTakeFirstOrThrow()).text)![1]!
  const changed = { current_password: password, password: 'seven quiet mountains' }
  assert.equal((await visitor.post('/account/password', changed)).location, base)
  assert.equal((await visitor.get('/account')).status, 200)
  const reset = await new Visitor(portal.app).post('/account/password/reset', { token, password: 'eight loud rivers' })
  assert.equal(reset.location, '/account/password/forgot')
  assert.equal((await new Visitor(portal.app).post('/login', { email, password: 'eight loud rivers' })).status, 422)
})

test('a password set by a mailed link ends the other links, and the code is still asked for', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, email)
  await withApp(await signedIn(portal, email))
  for (let n = 0; n < 2; n++) await new Visitor(portal.app).post('/account/password/forgot', { email })
  const mails = await portal.db.selectFrom('mails').select('text').where('template', '=', 'reset-password').execute()
  const [first, second] = mails.map(({ text }) => /token=(\S+)/.exec(text)![1]!)
  const reset = (token: string) =>
    new Visitor(portal.app).post('/account/password/reset', { token, password: 'eight loud rivers' })
  assert.equal((await reset(first!)).location, '/login')
  assert.equal((await reset(second!)).location, '/account/password/forgot')
  const visitor = new Visitor(portal.app)
  assert.equal((await visitor.post('/login', { email, password: 'eight loud rivers' })).location, '/login/code')
})

test('hostile codes are refused like wrong ones', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, email)
  await withApp(await signedIn(portal, email))
  const visitor = await passwordGiven(portal)
  for (const code of ["'; drop table totp_secrets; --", '<script>alert(1)</script>', '😀', '\0']) {
    const { status, html } = await visitor.post('/login/code', { code })
    assert.equal(status, 422)
    assert.ok(!html.includes('<script>alert'))
  }
  assert.equal((await visitor.post('/login/code', { code: '1'.repeat(10_000) })).status, 422)
})
