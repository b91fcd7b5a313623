import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { freshDatabase } from '../../test/database.ts'
import { aMember } from '../../test/licenses.ts'
import { requestConfig } from '../../test/requests.ts'
import type { Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { uuidv7 } from '../platform/ids.ts'
import { askRecovery, endRecovery } from './ask-recovery.ts'
import { addDomain, verifyDomain } from './change-domains.ts'
import { settleRecoveries } from './jobs.ts'
import { listRecoverable } from './queries.ts'
import { proofOf } from './rules.ts'

const config = requestConfig()
const day = 86_400_000
const now = new Date('2027-03-01T10:00:00Z')
const later = (days: number) => new Date(now.getTime() + days * day)
const notFound = (error: unknown) => error instanceof AppError && error.code === 'not_found'

/** An organization whose administrator joined in June 2026 and has not been seen since, with a member. */
async function aSilentOne(t: Parameters<typeof freshDatabase>[0]) {
  const { db } = await freshDatabase(t)
  const administrator = { ...(await aMember(db, 'administrator')), now }
  const member = { ...(await aMember(db, 'viewer', administrator)), now }
  const { organization_id } = administrator
  return { db, administrator, member, organization_id }
}

const roleOf = async (db: Db, { organization_id, user_id }: Pick<Member, 'organization_id' | 'user_id'>) =>
  (
    await db
      .selectFrom('memberships')
      .select('role')
      .where('organization_id', '=', organization_id)
      .where('user_id', '=', user_id)
      .executeTakeFirst()
  )?.role

async function signIn(db: Db, { user_id }: Member, at: Date): Promise<void> {
  await sql`insert into events (id, at, action, actor_kind, actor_user_id, actor_name)
    values (${uuidv7()}, ${at}, 'account.signed_in', 'user', ${user_id}, 'Ada')`.execute(db)
}

const mailsAbout = async (db: Db, template: string) =>
  (await db.selectFrom('mails').select('to_address').where('template', '=', template).execute())
    .map(({ to_address }) => to_address)
    .sort()

test('a member asks, everybody is told and told again, and becomes administrator after the waiting period', async (t) => {
  const { db, administrator, member, organization_id } = await aSilentOne(t)
  const everybody = [administrator.email!, member.email!].sort()
  const asked = await askRecovery(db, member, { organization_id }, config)
  assert.ok(asked.ok)
  assert.deepEqual(await mailsAbout(db, 'recovery-asked'), everybody)
  await settleRecoveries(db, later(1), config)
  assert.deepEqual(await mailsAbout(db, 'recovery-reminded'), [])
  await settleRecoveries(db, later(11.5), config)
  await settleRecoveries(db, later(12), config)
  assert.deepEqual(await mailsAbout(db, 'recovery-reminded'), everybody, 'once each')
  await settleRecoveries(db, later(13.9), config)
  assert.equal(await roleOf(db, member), 'viewer')
  await settleRecoveries(db, later(14), config)
  await settleRecoveries(db, later(14), config)
  assert.equal(await roleOf(db, member), 'administrator')
  assert.deepEqual(await mailsAbout(db, 'recovery-completed'), everybody)
  const { rows } = await sql`select from events where action = 'recovery.completed'`.execute(db)
  assert.equal(rows.length, 1)
})

test('an administrator who is there stands in the way: nobody can ask', async (t) => {
  const { db, administrator, member, organization_id } = await aSilentOne(t)
  await signIn(db, administrator, later(-20))
  assert.deepEqual(await listRecoverable(db, member, now), [])
  await assert.rejects(askRecovery(db, member, { organization_id }, config), notFound)
})

test('an administrator stops it by a click, or by coming back', async (t) => {
  for (const how of ['click', 'sign-in'] as const) {
    const { db, administrator, member, organization_id } = await aSilentOne(t)
    const asked = await askRecovery(db, member, { organization_id }, config)
    assert.ok(asked.ok)
    const { recovery_id } = asked
    if (how === 'click') await endRecovery(db, administrator, { recovery_id, as: 'stopped' }, config)
    else await signIn(db, administrator, later(2))
    await settleRecoveries(db, later(14), config)
    assert.equal(await roleOf(db, member), 'viewer', how)
    const { state } = await db.selectFrom('recoveries').select('state').executeTakeFirstOrThrow()
    assert.equal(state, 'stopped')
  }
})

test('an administrator whose mails bounce is gone, whoever signed in after that is not', async (t) => {
  const { db, administrator, member } = await aSilentOne(t)
  await signIn(db, administrator, later(-30))
  const bounce = (at: Date, queued = at) =>
    sql`
    insert into mails (id, message_id, template, to_address, locale, subject, text, html, created_at, next_attempt_at, parked_at)
    values (${uuidv7()}, ${uuidv7()}, 'x', ${administrator.email}, 'en', 's', 't', 'h', ${queued}, ${at}, ${at})`.execute(
      db,
    )
  await bounce(later(-40))
  assert.equal((await listRecoverable(db, member, now)).length, 0)
  await bounce(later(-10), later(-15.1))
  assert.equal(
    (await listRecoverable(db, member, now)).length,
    0,
    'given up, because no server answered: ours was down',
  )
  await bounce(later(-10))
  assert.equal((await listRecoverable(db, member, now)).length, 0, 'one mail may be refused by mistake')
  await bounce(later(-5))
  assert.equal((await listRecoverable(db, member, now)).length, 1)
})

test('a colleague of a verified domain recovers an organization that everybody left; one of another domain does not', async (t) => {
  const { db, administrator, organization_id } = await aSilentOne(t)
  assert.deepEqual(await addDomain(db, administrator, { domain: 'gmail.com' }), { ok: false, refusal: 'public' })
  assert.deepEqual(await addDomain(db, administrator, { domain: 'acme.example' }), { ok: true })
  assert.deepEqual(await addDomain(db, administrator, { domain: 'acme.example' }), { ok: false, refusal: 'known' })
  const colleague = { ...(await aMember(db, 'administrator')), now }
  assert.deepEqual(await listRecoverable(db, colleague, now), [], 'not before the domain is verified')
  const { token } = await db.selectFrom('organization_domains').select('token').executeTakeFirstOrThrow()
  const proof = proofOf('acme.example', token)
  const wrong = async () => [['keyport-verification=', 'something else']]
  assert.deepEqual(await verifyDomain(db, administrator, { domain: 'acme.example' }, wrong), {
    ok: false,
    refusal: 'no_record',
  })
  const right = async (name: string) =>
    name === proof.name ? [['v=spf1'], [proof.text.slice(0, 9), proof.text.slice(9)]] : []
  assert.deepEqual(await verifyDomain(db, administrator, { domain: 'acme.example' }, right), { ok: true })
  await db.deleteFrom('memberships').where('organization_id', '=', organization_id).execute()

  const stranger = { ...colleague, email: 'ada@acme.example.evil.example' }
  assert.deepEqual(await listRecoverable(db, stranger, now), [])
  assert.ok((await askRecovery(db, colleague, { organization_id }, config)).ok)
  await settleRecoveries(db, later(14), config)
  assert.equal(await roleOf(db, { organization_id, user_id: colleague.user_id }), 'administrator')
})

test('one asks at a time; nobody else withdraws or stops; whoever lost the account becomes nothing', async (t) => {
  const { db, member, administrator, organization_id } = await aSilentOne(t)
  const other = { ...(await aMember(db, 'manager', administrator)), now }
  const stranger = { ...(await aMember(db, 'administrator')), now }
  const asked = await askRecovery(db, member, { organization_id }, config)
  assert.ok(asked.ok)
  const { recovery_id } = asked
  assert.deepEqual(await askRecovery(db, other, { organization_id }, config), { ok: false, refusal: 'waiting' })
  await assert.rejects(endRecovery(db, other, { recovery_id, as: 'withdrawn' }, config), notFound)
  await assert.rejects(endRecovery(db, other, { recovery_id, as: 'stopped' }, config), /forbidden/)
  await assert.rejects(endRecovery(db, stranger, { recovery_id, as: 'stopped' }, config), notFound)
  await assert.rejects(askRecovery(db, stranger, { organization_id }, config), notFound)
  await db.deleteFrom('memberships').where('user_id', '=', member.user_id).execute()
  await settleRecoveries(db, later(14), config)
  assert.equal(await roleOf(db, member), undefined)
})
