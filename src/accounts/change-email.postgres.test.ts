/** Both links opened many times at once change the address once. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshPostgres } from '../../test/database.ts'
import { anAccount } from '../../test/portal.ts'
import { testServices } from '../../test/services.ts'
import { uuidv7 } from '../platform/ids.ts'
import { confirmEmailChange, requestEmailChange } from './change-email.ts'
import { actorOfUser, findUser } from './queries.ts'

async function aRequest(t: { after(done: () => unknown): void }, people: number, new_email: (n: number) => string) {
  const services = testServices(await freshPostgres(t), { SECRET: 'only for tests: thirty-two characters' })
  const owners = []
  for (let n = 0; n < people; n++) {
    const { user_id } = await anAccount(services, `ann.${n}@acme.example`)
    const user = await findUser(services.db, user_id)
    const owner = { ...actorOfUser(user!, new Date()), user_id }
    await requestEmailChange(services, owner, new_email(n))
    const mails = services.db.selectFrom('mails').select('text').orderBy('id', 'desc').limit(2)
    const tokens = (await mails.execute()).map(({ text }) => /token=([\w-]+)/.exec(text)![1]!)
    owners.push({ owner, tokens })
  }
  return { services, owners }
}

test('both links pressed at once, several times each: one change, one line of history, one mail to each address', async (t) => {
  const { services, owners } = await aRequest(t, 4, (n) => `new.${n}@acme.example`)
  for (const { owner, tokens } of owners) {
    const presses = [0, 1, 0, 1].map((which) => ({ token: tokens[which]!, session_id: uuidv7() }))
    const results = await Promise.all(presses.map((press) => confirmEmailChange(services, owner, press)))
    assert.equal(results.filter((result) => result.ok && result.state === 'done').length, 1)
    assert.ok(
      results.every((result) => result.ok || result.refusal === 'unknown'),
      'nobody reads that it is taken',
    )
  }
  const changed = services.db.selectFrom('events').select('id').where('action', '=', 'account.email_changed')
  assert.equal((await changed.execute()).length, 4)
  const mails = services.db.selectFrom('mails').select('id').where('template', '=', 'email-changed')
  assert.equal((await mails.execute()).length, 8)
})

test('two people who want the same address: one gets it, the other is told that it is taken', async (t) => {
  const { services, owners } = await aRequest(t, 2, () => 'new@acme.example')
  const confirm = (which: 0 | 1) =>
    Promise.all(
      owners.map(({ owner, tokens }) =>
        confirmEmailChange(services, owner, { token: tokens[which]!, session_id: uuidv7() }),
      ),
    )
  await confirm(0)
  const results = await confirm(1)
  assert.deepEqual(results.map((result) => (result.ok ? result.state : result.refusal)).sort(), ['done', 'taken'])
})
