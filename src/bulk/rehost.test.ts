/** Licenses that move, each to a host of its own, and keys made anew: by the commands of the single license's page. */
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { freshDatabase } from '../../test/database.ts'
import { aDeployedLicense, deployed } from '../../test/deploying.ts'
import { anIssuing } from '../../test/issuing.ts'
import { aMember } from '../../test/licensing.ts'
import type { Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import type { Issuing } from '../registration/index.ts'
import { getBulk } from './queries.ts'
import { readList } from './read-list.ts'
import { startBulkFromList } from './start-bulk.ts'
import { checkBulk, runBulk } from './submit-bulk.ts'
import { workOnBulk } from './work-on-bulk.ts'

let db: Db
let issuing: Issuing
let ann: Member

before(async (t) => {
  ;({ db } = await freshDatabase(t as never))
  issuing = await anIssuing(db)
  ann = await aMember(db, { role: 'administrator' })
})

async function start(csv: string): Promise<string> {
  const list = await readList(new TextEncoder().encode(csv))
  assert.ok(list.ok)
  const started = await startBulkFromList(db, ann, list)
  assert.ok(started.ok)
  return started.bulk_id
}

async function tried(bulk_id: string, action: string, input: object): Promise<Record<string, string | null>> {
  await checkBulk(db, ann, { bulk_id, action, input })
  await workOnBulk(db, ann, bulk_id, issuing)
  return outcomes(bulk_id)
}

async function ran(bulk_id: string): Promise<Record<string, string | null>> {
  const { revision } = await getBulk(db, ann, bulk_id)
  const result = await runBulk(db, ann, { bulk_id, revision })
  assert.ok(result.ok)
  await workOnBulk(db, ann, bulk_id, issuing)
  return outcomes(bulk_id)
}

async function outcomes(bulk_id: string): Promise<Record<string, string | null>> {
  const rows = await db
    .selectFrom('bulk_action_rows')
    .select(['serial', 'outcome'])
    .where('bulk_action_id', '=', bulk_id)
    .orderBy('position')
    .execute()
  return Object.fromEntries(rows.map(({ serial, outcome }) => [serial, outcome]))
}

const byColumn = { column: 0, type: null, old_column: null, reason: null }

test('each license moves to the host that the list names; the trial moves nothing', async () => {
  const [moving, missing, same, several, used, unbound, foreign] = [
    await aDeployedLicense(db, ann, issuing),
    await aDeployedLicense(db, ann, issuing),
    await aDeployedLicense(db, ann, issuing),
    await aDeployedLicense(db, ann, issuing, { hosts: { a: 4, b: 6 } }),
    await aDeployedLicense(db, ann, issuing, { allowance: 0 }),
    await aDeployedLicense(db, ann, issuing, { key_scheme: 'code', hosts: {} }),
    await aDeployedLicense(db, await aMember(db), issuing),
  ]
  const lines = [
    `${moving.serial};New-Host`,
    `${missing.serial};`,
    `${same.serial};old-host`,
    `${several.serial};c`,
    `${used.serial};d`,
    `${unbound.serial};e`,
    `${foreign.serial};f`,
  ]
  const bulk_id = await start(`Serial number;New host\n${lines.join('\n')}`)
  const expected = {
    [moving.serial]: 'ok',
    [missing.serial]: 'host_missing',
    [same.serial]: 'same_host',
    [several.serial]: 'several_hosts',
    [used.serial]: 'over_allowance',
    [unbound.serial]: 'not_bound',
    [foreign.serial]: 'not_found',
  }
  assert.deepEqual(await tried(bulk_id, 'rehost', byColumn), expected)
  assert.deepEqual(await deployed(db, moving.serial), ['old-host 10'])

  assert.deepEqual(await ran(bulk_id), { ...expected, [moving.serial]: 'done' })
  assert.deepEqual(await deployed(db, moving.serial), ['new-host 10'])
  assert.deepEqual(await deployed(db, foreign.serial), ['old-host 10'])
  const mails = await db.selectFrom('mails').select('template').where('to_address', '=', ann.email!).execute()
  const told = mails.filter(({ template }) => !template.startsWith('registration.'))
  assert.deepEqual(told, [{ template: 'bulk.done' }], 'administrators are told once about all')
})

test('the old host is named where there are several; a reason opens requests over the allowance', async () => {
  const several = await aDeployedLicense(db, ann, issuing, { hosts: { a: 4, b: 6 } })
  const wrong = await aDeployedLicense(db, ann, issuing)
  const used = await aDeployedLicense(db, ann, issuing, { allowance: 0 })
  const lines = [`${several.serial},B,c`, `${wrong.serial},elsewhere,c`, `${used.serial},,d`]
  const bulk_id = await start(`Serial,Old host,New host\n${lines.join('\n')}`)
  const input = { column: 1, type: 'hostname', old_column: 0, reason: 'New data center' }
  const expected = { [several.serial]: 'ok', [wrong.serial]: 'old_host_unknown', [used.serial]: 'ok' }
  assert.deepEqual(await tried(bulk_id, 'rehost', input), expected)
  assert.equal((await db.selectFrom('service_requests').select('id').execute()).length, 0)
  await ran(bulk_id)
  assert.deepEqual(await deployed(db, several.serial), ['a 4', 'c 6'])
  assert.deepEqual(await deployed(db, used.serial), ['d 10 temporary'])
  assert.equal((await db.selectFrom('service_requests').select('id').execute()).length, 1)
})

test('keys are made anew; a license that changed after the trial is left alone', async () => {
  const [one, two] = [await aDeployedLicense(db, ann, issuing), await aDeployedLicense(db, ann, issuing)]
  const bulk_id = await start(`Serial\n${one.serial}\n${two.serial}`)
  assert.deepEqual(await tried(bulk_id, 'reissue', {}), { [one.serial]: 'ok', [two.serial]: 'ok' })
  await db
    .updateTable('licenses')
    .set((e) => ({ revision: e('revision', '+', 1) }))
    .where('id', '=', two.id)
    .execute()
  assert.deepEqual(await ran(bulk_id), { [one.serial]: 'done', [two.serial]: 'changed' })
  const keys = async (license_id: string) =>
    (await db.selectFrom('license_keys').select('id').where('license_id', '=', license_id).execute()).length
  assert.deepEqual([await keys(one.id), await keys(two.id)], [2, 1])
})
