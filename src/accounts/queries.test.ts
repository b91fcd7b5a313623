import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anAccount, anUnconfirmedAccount, openPortal } from '../../test/portal.ts'
import { clearEndedJob, findMemberByEmail } from './index.ts'

const now = new Date('2026-03-01T23:30:00Z')

test('findMemberByEmail gives the member that a command acts for, with today in their time zone', async (t) => {
  const portal = await openPortal(t)
  const ann = await anAccount(portal, 'ann@acme.example')
  const member = await findMemberByEmail(portal.db, 'Ann@ACME.example', now)
  assert.ok(member)
  assert.equal(member.kind, 'user')
  assert.equal(member.user_id, ann.user_id)
  assert.equal(member.organization_id, ann.organization_id)
  assert.equal(member.role, 'administrator')
  assert.equal(member.today, '2026-03-02')
})

test('nobody acts as an unknown or unconfirmed user, or as one without an organization', async (t) => {
  const portal = await openPortal(t)
  await anUnconfirmedAccount(portal, 'ann@acme.example')
  const bob = await anAccount(portal, 'bob@acme.example')
  await portal.db.deleteFrom('memberships').where('user_id', '=', bob.user_id).execute()
  for (const email of ['ann@acme.example', 'bob@acme.example', 'eve@acme.example', '']) {
    assert.equal(await findMemberByEmail(portal.db, email, now), undefined, email)
  }
})

test('every night sessions and links that have ended are deleted, and no others', async (t) => {
  const portal = await openPortal(t)
  const { user_id: userId } = await anAccount(portal, 'ann@acme.example')
  const hour = 3600_000
  for (const [n, expiresAt] of [new Date(Date.now() - hour), new Date(Date.now() + hour)].entries()) {
    const id = `01900000-0000-7000-8000-00000000000${n}`
    await portal.db.insertInto('auth.session').values({ id, userId, token: id, expiresAt }).execute()
    await portal.db.insertInto('auth.verification').values({ id, identifier: id, value: 'x', expiresAt }).execute()
  }
  await clearEndedJob.run({ services: portal.services, signal: new AbortController().signal, attempt: 1 }, {})
  const left = [
    await portal.db.selectFrom('auth.session').select('id').execute(),
    await portal.db.selectFrom('auth.verification').select('id').execute(),
  ]
  assert.deepEqual(left, Array(2).fill([{ id: '01900000-0000-7000-8000-000000000001' }]))
})

test('every night what was begun and never finished is deleted: new addresses, authenticator apps', async (t) => {
  const portal = await openPortal(t)
  const ago = (days: number) => new Date(Date.now() - days * 86_400_000)
  for (const [n, age] of [2, 0].entries()) {
    const { user_id } = await anAccount(portal, `ann.${n}@acme.example`)
    await portal.db
      .insertInto('totp_secrets')
      .values({ user_id, secret: `${age}`, created_at: ago(age) })
      .execute()
    const hashes = { old_token_hash: Buffer.alloc(32, n), new_token_hash: Buffer.alloc(32, n) }
    const times = { created_at: ago(age * 20 + 3), expires_at: ago(age * 20) }
    const id = `01900000-0000-7000-8000-00000000000${n}`
    await portal.db
      .insertInto('email_changes')
      .values({ id, user_id, new_email: 'x', ...hashes, ...times })
      .execute()
  }
  const { user_id } = await anAccount(portal, 'on@acme.example')
  const on = { user_id, secret: 'on', created_at: ago(400), confirmed_at: ago(400) }
  await portal.db.insertInto('totp_secrets').values(on).execute()
  await clearEndedJob.run({ services: portal.services, signal: new AbortController().signal, attempt: 1 }, {})
  const secrets = await portal.db.selectFrom('totp_secrets').select('secret').orderBy('secret').execute()
  assert.deepEqual(secrets, [{ secret: '0' }, { secret: 'on' }])
  assert.equal((await portal.db.selectFrom('email_changes').select('id').execute()).length, 1)
})
