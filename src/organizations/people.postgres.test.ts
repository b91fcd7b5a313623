/** Races on real connections. Each was seen red with its lock deleted. */
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { freshPostgres } from '../../test/database.ts'
import { aMember, now } from '../../test/licenses.ts'
import { testServices } from '../../test/services.ts'
import type { Db } from '../platform/db/index.ts'
import { acceptInvitation } from './accept-invitation.ts'
import { changeRole } from './change-role.ts'
import { inviteMember } from './invite-member.ts'
import { leaveOrganizations, removeMember } from './remove-member.ts'
import { mostInvitations } from './rules.ts'
import { startOrganization } from './start-organization.ts'

let db: Db
const config = { base_url: 'http://localhost', vendor: { name: 'Keyport' } } as never

before(async (t) => {
  db = testServices(await freshPostgres(t as never)).db
})

const settled = (all: Promise<unknown>[]) => Promise.allSettled(all)
const succeeded = (results: PromiseSettledResult<unknown>[]) =>
  results.filter((each) => each.status === 'fulfilled' && (each.value as { ok: boolean }).ok).length

async function administratorsOf(organization_id: string): Promise<number> {
  const query = db.selectFrom('memberships').select('user_id').where('organization_id', '=', organization_id)
  return (await query.where('role', '=', 'administrator').execute()).length
}

for (let round = 1; round <= 5; round++) {
  test(`of two administrators who remove each other exactly one succeeds (round ${round})`, async () => {
    const one = await aMember(db, 'administrator')
    const two = await aMember(db, 'administrator', one)
    const results = await settled([removeMember(db, one, two, config), removeMember(db, two, one, config)])
    assert.equal(succeeded(results), 1)
    assert.equal(await administratorsOf(one.organization_id), 1)
  })
}

test('of eight administrators who all leave at once the last one stays', async () => {
  const one = await aMember(db, 'administrator')
  const all = [one]
  for (let n = 1; n < 8; n++) all.push(await aMember(db, 'administrator', one))
  const results = await settled(all.map((each) => removeMember(db, each, each, config)))
  assert.equal(succeeded(results), 7)
  assert.equal(await administratorsOf(one.organization_id), 1)
})

test('two administrators who both become viewers leave one administrator', async () => {
  const one = await aMember(db, 'administrator')
  const two = await aMember(db, 'administrator', one)
  const down = (each: typeof one) => changeRole(db, each, { user_id: each.user_id, role: 'viewer' }, config)
  assert.equal(succeeded(await settled([down(one), down(two)])), 1)
  assert.equal(await administratorsOf(one.organization_id), 1)
})

test('one invitation accepted sixteen times at once gives one membership, one line of history and one mail', async () => {
  const inviter = await aMember(db, 'administrator')
  const guest = await aMember(db, 'viewer')
  const invited = await inviteMember(db, inviter, { email: guest.email!, role: 'manager' }, config)
  assert.ok(invited.ok)
  const presses = Array.from({ length: 16 }, () => acceptInvitation(db, guest, invited, config))
  const organizations = await Promise.all(presses)
  assert.deepEqual(new Set(organizations.map((each) => each.organization_id)), new Set([inviter.organization_id]))
  const joined = await db
    .selectFrom('memberships')
    .select('role')
    .where('organization_id', '=', inviter.organization_id)
    .where('user_id', '=', guest.user_id)
    .execute()
  assert.deepEqual(joined, [{ role: 'manager' }])
  const events = await db.selectFrom('events').select('id').where('subject_id', '=', guest.user_id).execute()
  assert.equal(events.length, 1)
  const mails = db.selectFrom('mails').select('id').where('template', '=', 'invitation-accepted')
  assert.equal((await mails.where('to_address', '=', inviter.email!).execute()).length, 1)
})

test('invitations sent at once stop at the limit', async () => {
  const inviter = await aMember(db, 'administrator')
  const { organization_id, user_id } = inviter
  const waiting = Array.from({ length: mostInvitations - 3 }, (_, n) => ({
    id: `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`,
    organization_id,
    email: `waiting-${n}@acme.example`,
    role: 'viewer' as const,
    token_hash: Buffer.from(`waiting ${n}`),
    invited_by: user_id,
    created_at: now,
    expires_at: now,
  }))
  await db.insertInto('invitations').values(waiting).execute()
  const guests = Array.from({ length: 10 }, (_, n) => ({ email: `guest-${n}@acme.example`, role: 'viewer' as const }))
  const results = await settled(guests.map((guest) => inviteMember(db, inviter, guest, config)))
  assert.equal(succeeded(results), 3)
})

test('one address invited eight times at once gets one mail', async () => {
  const inviter = await aMember(db, 'administrator')
  const guest = { email: 'once@acme.example', role: 'viewer' as const }
  const results = await settled(Array.from({ length: 8 }, () => inviteMember(db, inviter, guest, config)))
  assert.equal(succeeded(results), 1)
  assert.ok(results.every((each) => each.status === 'fulfilled'))
  const mails = await db.selectFrom('mails').select('id').where('to_address', '=', guest.email).execute()
  assert.equal(mails.length, 1)
})

test('an organization started sixteen times at once is one', async () => {
  const one = await aMember(db, 'administrator')
  await db.deleteFrom('memberships').where('user_id', '=', one.user_id).execute()
  const presses = Array.from({ length: 16 }, () => startOrganization(db, one, { name: 'Acme', country: 'FR' }))
  assert.equal(succeeded(await settled(presses)), 1)
})

test('who closes the account leaves everywhere, but not colleagues without an administrator, also when two close at once', async () => {
  const one = await aMember(db, 'administrator')
  const two = await aMember(db, 'administrator', one)
  await aMember(db, 'viewer', one)
  const leave = (member: typeof one) => db.transaction().execute((trx) => leaveOrganizations(trx, member))
  const results = await Promise.all([leave(one), leave(two)])
  assert.equal(results.filter((each) => each.ok).length, 1)
  const stuck = results.find((each) => !each.ok)!
  assert.deepEqual(
    stuck.organizations?.map(({ id }) => id),
    [one.organization_id],
  )
  const alone = await aMember(db, 'administrator')
  const inviter = await aMember(db, 'administrator')
  const invited = await inviteMember(db, inviter, { email: alone.email!, role: 'viewer' }, config)
  assert.ok(invited.ok)
  await acceptInvitation(db, alone, invited, config)
  assert.equal((await leave(alone)).ok, true, 'an organization of one person stays behind')
  const left = await db.selectFrom('memberships').select('role').where('user_id', '=', alone.user_id).execute()
  assert.equal(left.length, 0)
  const kept = await db.selectFrom('invitations').select('email').where('email', '=', alone.email!).execute()
  assert.equal(kept.length, 0, 'the address is forgotten')
})
