import assert from 'node:assert/strict'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { test } from 'node:test'
import { anAccount, anUnconfirmedAccount, openPortal, type Portal, password, signedIn } from '../../test/portal.ts'
import { Visitor } from '../../test/visitor.ts'
import { operatorCommand } from './index.ts'

async function run({ services }: Portal, ...argv: string[]) {
  let out = ''
  const sink = () =>
    new Writable({
      write(chunk, _encoding, done) {
        out += chunk
        done()
      },
    })
  const cwd = mkdtempSync(join(tmpdir(), 'keyport-operator-'))
  writeFileSync(join(cwd, 'password.txt'), 'vendors have passwords too\n')
  writeFileSync(join(cwd, 'weak.txt'), 'olga.operator1\n')
  const io = { stdout: sink(), stderr: sink(), cwd, signal: new AbortController().signal }
  return { exit: await operatorCommand(services, argv, io), out }
}

const olga = ['create', '--email', 'Olga@vendor.example', '--name', 'Olga Operator', '--role', 'catalog']

test('keyport operator create makes an operator, whose password is shown once', async (t) => {
  const portal = await openPortal(t)
  const { exit, out } = await run(portal, ...olga)
  assert.equal(exit, 0)
  const made = /^password: (\S{23})$/m.exec(out)![1]!
  const visitor = new Visitor(portal.app)
  assert.equal((await visitor.post('/login', { email: 'olga@vendor.example', password: made })).status, 303)
  assert.equal((await visitor.get('/account')).status, 200)
  const operators = await portal.db.selectFrom('operators').select('role').execute()
  assert.deepEqual(operators, [{ role: 'catalog' }])
  const event = await portal.db
    .selectFrom('events')
    .select('details')
    .where('action', '=', 'operator.created')
    .execute()
  assert.deepEqual(event, [{ details: { role: 'catalog' } }])
})

test('with --password-file the password is the first line, and is not shown', async (t) => {
  const portal = await openPortal(t)
  const { exit, out } = await run(portal, ...olga, '--password-file', 'password.txt')
  assert.equal(exit, 0)
  assert.doesNotMatch(out, /password/)
  const answer = await new Visitor(portal.app).post('/login', {
    email: 'olga@vendor.example',
    password: 'vendors have passwords too',
  })
  assert.equal(answer.status, 303)
})

test('a confirmed login keeps its password; an unconfirmed one, perhaps a stranger’s, gets the new one', async (t) => {
  const portal = await openPortal(t)
  await anAccount(portal, 'olga@vendor.example')
  const kept = await run(portal, ...olga)
  assert.equal(kept.exit, 0)
  assert.match(kept.out, /keeps its password/)
  await signedIn(portal, 'olga@vendor.example')

  await anUnconfirmedAccount(portal, 'paul@vendor.example')
  const stranger = await signedIn(portal, 'paul@vendor.example')
  const taken = await run(portal, ...olga.with(2, 'paul@vendor.example'))
  assert.match(taken.out, /^password: /m)
  assert.equal((await stranger.get('/account')).location, '/login?next=%2Faccount')
  const again = await new Visitor(portal.app).post('/login', { email: 'paul@vendor.example', password })
  assert.equal(again.status, 422)
})

test('an operator twice is refused; wrong calls say what is wrong', async (t) => {
  const portal = await openPortal(t)
  await run(portal, ...olga)
  assert.equal((await run(portal, ...olga)).exit, 1)
  for (const argv of [
    [],
    ['delete'],
    ['create'],
    olga.with(2, 'nobody'),
    olga.with(6, 'king'),
    [...olga.with(2, 'x@vendor.example'), '--password-file', 'weak.txt'],
  ]) {
    const { exit, out } = await run(portal, ...argv)
    assert.equal(exit, 2, argv.join(' '))
    assert.ok(out.length > 0)
  }
  assert.equal((await run(portal, '--help')).exit, 0)
})

test('reset-second-factor lets somebody in again who lost everything but the password', async (t) => {
  const portal = await openPortal(t)
  const { user_id } = await anAccount(portal, 'ann@acme.example')
  const secret = { user_id, secret: 'sealed', created_at: new Date(), confirmed_at: new Date() }
  await portal.db.insertInto('totp_secrets').values(secret).execute()
  const visitor = new Visitor(portal.app)
  const credentials = { email: 'ann@acme.example', password }
  assert.equal((await visitor.post('/login', credentials)).location, '/login/code')
  assert.equal((await run(portal, 'reset-second-factor', '--email', credentials.email)).exit, 0)
  assert.equal((await new Visitor(portal.app).post('/login', credentials)).location, '/')
  assert.equal((await visitor.get('/login/code')).location, '/login', 'sessions ended')
  const { subject } = await portal.db.selectFrom('mails').select('subject').executeTakeFirstOrThrow()
  assert.equal(subject, 'Your second factor was removed (Keyport)')
  assert.equal((await run(portal, 'reset-second-factor', '--email', 'no@acme.example')).exit, 1)
  assert.equal((await run(portal, 'reset-second-factor')).exit, 1)
})
