/** Of many who come at once with the same one-time code, one gets in. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeNow, secretOf } from '../../test/authenticator.ts'
import { freshPostgres } from '../../test/database.ts'
import { anAccount } from '../../test/portal.ts'
import { testServices } from '../../test/services.ts'
import { uuidv7 } from '../platform/ids.ts'
import { actorOfUser, findUser } from './queries.ts'
import { confirmTotp, findTotpSetup, giveCode, startTotp } from './second-factor.ts'

async function anOwner(t: { after(done: () => unknown): void }) {
  const services = testServices(await freshPostgres(t), { SECRET: 'only for tests: thirty-two characters' })
  const { user_id } = await anAccount(services, 'ann@acme.example')
  const user = await findUser(services.db, user_id)
  const owner = { ...actorOfUser(user!, new Date()), user_id }
  await startTotp(services, owner)
  const { key } = (await findTotpSetup(services, owner))!
  const secret = secretOf(key)
  const on = await confirmTotp(services, owner, { session_id: uuidv7(), code: codeNow(secret, -1) })
  assert.ok(on.ok)
  const sessions = await Promise.all(Array.from({ length: 16 }, () => aSession(services.db, user_id)))
  return { services, owner, secret, sessions, backup_codes: on.backup_codes }
}

async function aSession(db: Parameters<typeof findUser>[0], userId: string): Promise<string> {
  const now = new Date()
  const times = { createdAt: now, updatedAt: now, expiresAt: new Date(now.getTime() + 3_600_000) }
  const session = { id: uuidv7(), token: uuidv7(), userId, ...times }
  await db.insertInto('auth.session').values(session).execute()
  return session.id
}

for (const kind of ['code', 'backup code'] as const) {
  test(`of sixteen who give the same ${kind} at once, one gets in`, async (t) => {
    const { services, owner, secret, sessions, backup_codes } = await anOwner(t)
    const code = kind === 'code' ? codeNow(secret) : backup_codes[0]!
    const given = await Promise.all(sessions.map((session_id) => giveCode(services, owner, { session_id, code })))
    assert.equal(given.filter(Boolean).length, 1)
    const opened = services.db.selectFrom('auth.session').select('id').where('secondFactor', 'is not', null)
    assert.equal((await opened.execute()).length, 1)
    const signIns = services.db.selectFrom('events').select('id').where('action', '=', 'account.signed_in')
    assert.equal((await signIns.execute()).length, 1)
  })
}
