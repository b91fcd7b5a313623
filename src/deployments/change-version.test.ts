import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { sql } from 'kysely'
import { freshDatabase } from '../../test/database.ts'
import { aDeployedLicense } from '../../test/deploying.ts'
import { anIssuing, verify } from '../../test/issuing.ts'
import { aMember } from '../../test/licensing.ts'
import type { Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { uuidv7 } from '../platform/ids.ts'
import type { Issuing } from '../registration/index.ts'
import { changeVersion } from './change-version.ts'
import { getDeployment } from './queries.ts'
import { rehostLicense } from './rehost-license.ts'
import { reissueKeys } from './reissue-keys.ts'

let db: Db
let issuing: Issuing
let actor: Member

before(async (t) => {
  db = (await freshDatabase(t as never)).db
  issuing = await anIssuing(db)
  actor = await aMember(db)
})

/** A license of version 1.0 of a product that had a version before and has a later one. */
async function aRightfulLicense(given: Parameters<typeof aDeployedLicense>[3] = {}, right = true) {
  const license = await aDeployedLicense(db, actor, issuing, given)
  const { product_id } = license.product
  await sql`update products set downgrade_right = ${right} where id = ${product_id}`.execute(db)
  for (const [version, released_on] of [
    ['0.9', '2025-01-01'],
    ['2.0', '2026-09-01'],
  ] as const) {
    await db.insertInto('product_versions').values({ id: uuidv7(), product_id, version, released_on }).execute()
  }
  return license
}

async function change(serial: string, version: string, which: (host: string | undefined) => boolean = () => true) {
  const { revision, keys } = await getDeployment(db, actor, serial)
  const key_ids = keys.filter(({ host }) => which(host?.id)).map(({ id }) => id)
  return changeVersion(db, actor, { serial, revision, version, key_ids }, issuing)
}

const versions = async (serial: string) =>
  (await getDeployment(db, actor, serial)).keys.map(
    ({ host, version }) => `${host?.id ?? '*'} ${version?.version ?? 'own'}`,
  )

test('a key of an earlier version under the same license, signed, and back again', async () => {
  const { serial, id } = await aRightfulLicense({ hosts: { a: 4, b: 6 } })
  const done = await change(serial, '0.9', (host) => host === 'a')
  assert.equal(done.ok, true, JSON.stringify(done))
  assert.deepEqual(await versions(serial), ['a 0.9', 'b own'])
  const { rows } = await sql<{
    file_content: string
    file_name: string
  }>`select file_content, file_name from license_keys
    where license_id = ${id} and superseded_at is null and host_id = 'a'`.execute(db)
  const result = await verify(db, rows[0]!.file_content, { type: 'hostname', id: 'a' })
  assert.equal(result.status, 'valid')
  assert.equal(result.license!.product.version, '0.9')
  assert.equal(result.license!.quantity, 4)
  assert.equal((await getDeployment(db, actor, serial)).product.version, '1.0', 'the license stays what it is')

  assert.equal((await change(serial, '1.0')).ok, true)
  assert.deepEqual(await versions(serial), ['a own', 'b own'])
})

test('what is done with the key afterwards keeps its version', async () => {
  const { serial } = await aRightfulLicense({ hosts: { a: 10 } })
  await change(serial, '0.9')
  const { revision, keys } = await getDeployment(db, actor, serial)
  const host = { type: 'hostname', id: 'c' }
  const moved = { serial, revision, key: keys[0]!.id, host, quantity: 4, reason: null }
  assert.equal((await rehostLicense(db, actor, moved, issuing)).ok, true)
  assert.deepEqual(await versions(serial), ['a 0.9', 'c 0.9'])
  const again = await getDeployment(db, actor, serial)
  assert.equal((await reissueKeys(db, actor, { serial, revision: again.revision }, issuing)).ok, true)
  assert.deepEqual(await versions(serial), ['a 0.9', 'c 0.9'])
})

test('a key without a host becomes one of the earlier version, too', async () => {
  const { serial } = await aRightfulLicense({ key_scheme: 'signed', hosts: {} })
  assert.equal((await change(serial, '0.9')).ok, true)
  assert.deepEqual(await versions(serial), ['* 0.9'])
})

test('later and unknown versions, no keys, no change, products without the right and strangers are refused', async () => {
  const { serial } = await aRightfulLicense({ hosts: { a: 10 } })
  const refused = async (refusal: string, result: ReturnType<typeof change>) =>
    assert.deepEqual(await result, { ok: false, refusal })
  await refused('unknown_version', change(serial, '2.0'))
  await refused('unknown_version', change(serial, 'nonsense'))
  await refused(
    'unknown_key',
    change(serial, '0.9', () => false),
  )
  await refused('same_version', change(serial, '1.0'))
  const { revision, keys } = await getDeployment(db, actor, serial)
  const key_ids = keys.map(({ id }) => id)
  const stale = { serial, revision: revision - 1, version: '0.9', key_ids }
  await refused('changed', changeVersion(db, actor, stale, issuing))
  const other = await aRightfulLicense({}, false)
  await refused('no_downgrade', change(other.serial, '0.9'))

  const input = { serial, revision, version: '0.9', key_ids }
  const is = (code: string) => (error: unknown) => error instanceof AppError && error.code === code
  await assert.rejects(changeVersion(db, await aMember(db), input, issuing), is('not_found'))
  await assert.rejects(changeVersion(db, { ...actor, role: 'downloader' }, input, issuing), is('forbidden'))
})
