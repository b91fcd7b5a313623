import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commandIo } from '../../test/command-io.ts'
import { freshDatabase } from '../../test/database.ts'
import { aDeployedLicense, deployed } from '../../test/deploying.ts'
import { anIssuing } from '../../test/issuing.ts'
import { aMember } from '../../test/licensing.ts'
import { testServices } from '../../test/services.ts'
import { runCommand } from '../commands.ts'

test('licenses revoke withdraws licenses with all their keys, for good, and says so in their history', async (t) => {
  const services = testServices(await freshDatabase(t))
  const { db } = services
  const issuing = await anIssuing(db)
  const { id, serial } = await aDeployedLicense(db, await aMember(db), issuing, { hosts: { a: 4, b: 3 } })
  const run = async (...args: string[]) => {
    const io = commandIo('.')
    return { code: await runCommand(services, ['licenses', 'revoke', ...args], io), ...io.written() }
  }
  const unknown = await run(serial, 'M0000UNKNOWN', '--reason', 'Paid back')
  assert.deepEqual(unknown, { code: 1, stdout: '', stderr: 'M0000UNKNOWN is not known\n' })
  assert.equal((await deployed(db, serial)).length, 2)
  for (const wrong of [[serial], ['--reason', 'x'], [serial, '--reason', ' ']]) {
    assert.equal((await run(...wrong)).code, 2)
  }

  const done = await run(serial, '--reason', 'Paid back')
  assert.deepEqual(done, { code: 0, stdout: `${serial} revoked, with its keys: 2\n`, stderr: '' })
  assert.deepEqual(await deployed(db, serial), [])
  const license = await db.selectFrom('licenses').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  assert.equal(license.revoked_reason, 'Paid back')
  const again = await run(serial, '--reason', 'Again', '--json')
  assert.deepEqual(JSON.parse(again.stdout), [{ serial, outcome: 'revoked_before', keys: 0 }])
  const events = await db
    .selectFrom('events')
    .selectAll()
    .where('license_id', '=', id)
    .orderBy('chain_number')
    .execute()
  const { action, details } = events.at(-1)!
  assert.deepEqual([action, details], ['license.revoked', { serial, reason: 'Paid back', keys_revoked: 2 }])
})
