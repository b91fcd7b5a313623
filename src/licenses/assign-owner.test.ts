import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { freshDatabase } from '../../test/database.ts'
import { aField, aKey, aLicense, aMember, aValue, now } from '../../test/licenses.ts'
import { anOperator } from '../../test/requests.ts'
import type { Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { assignOwner, type OwnerChange } from './assign-owner.ts'
import { listComments } from './comments.ts'
import { listHistory } from './history.ts'
import { getKeyFile, getLicense, listKeys } from './license-details.ts'
import { getNotes } from './notes.ts'
import { tagLicenses } from './tag-licenses.ts'
import { addComment } from './write-comments.ts'

type Given = Partial<OwnerChange> & { license_ids: string[] }

async function assign(db: Db, from: Member, to: Member, given: Given) {
  const robin = { ...(await anOperator(db)), now: new Date(now.getTime() + 60_000) }
  const change = { from: from.organization_id, to: to.organization_id, keys: 'stay' as const, ...given }
  return db.transaction().execute((trx) => assignOwner(trx, robin, change))
}

const notFound = (error: unknown) => error instanceof AppError && error.code === 'not_found'

test('keys in force go along; keys that ended, and what the old owner kept about the license, do not', async (t) => {
  const { db } = await freshDatabase(t)
  const [ann, bob] = [await aMember(db), await aMember(db)]
  const contacts = JSON.stringify([{ name: 'Carl', email: 'carl@acme.example', phone: null }])
  const fields = JSON.stringify({ cluster: 'secret' })
  const { id, serial } = await aLicense(db, ann, { registered_to: 'Acme', contacts, fields, quantity: 9 })
  const file = { scheme: 'file' as const, file_name: 'a.slf', file_content: '{}' }
  const old = await aKey(db, id, { ...file, superseded_at: now })
  const used = await aKey(db, id, file)
  await addComment(db, ann, { license_id: id, comment_id: used, body: 'Ours' })
  await tagLicenses(db, ann, { license_ids: [id], add: ['ours'], remove: [] })
  await aValue(db, id, await aField(db, ann), 'ours')

  const { assigned, refused } = await assign(db, ann, bob, { license_ids: [id, id], details: { request: 'SR-1' } })
  assert.deepEqual([assigned, refused], [[{ license_id: id, serial, keys_revoked: 0 }], []])

  await assert.rejects(getLicense(db, ann, serial), notFound)
  const license = await getLicense(db, bob, serial)
  assert.deepEqual([license.contacts, license.fields, license.address], [[], {}, null])
  assert.deepEqual([license.registered_by, license.registration_id], [null, null])
  assert.equal(license.registered_to, license.owner_name)
  assert.deepEqual(
    (await listKeys(db, bob, id)).map((key) => [key.id, key.state]),
    [[used, 'active']],
  )
  await assert.rejects(getKeyFile(db, bob, serial, old), notFound)
  assert.equal((await getKeyFile(db, bob, serial, used)).content, '{}')
  const notes = await getNotes(db, bob, { id, owner_id: bob.organization_id, level: 'full' })
  assert.deepEqual([notes.tags, (await listComments(db, bob, id, { limit: 3 })).comments], [[], []])
  assert.ok(!JSON.stringify(notes).includes('ours'))
})

test('both sides have a line of history, and neither reads that of the other', async (t) => {
  const { db } = await freshDatabase(t)
  const [ann, bob] = [await aMember(db), await aMember(db)]
  const { id } = await aLicense(db, ann)
  await assign(db, ann, bob, { license_ids: [id] })
  const actions = async (reader: Member) => (await listHistory(db, reader, id)).entries.map(({ action }) => action)
  assert.deepEqual(await actions(bob), ['license.received'])
  await assign(db, bob, ann, { license_ids: [id] })
  assert.deepEqual(await actions(ann), ['license.received', 'license.transferred'])
})

test('keys that end are revoked as transferred; the new owner registers the license', async (t) => {
  const { db } = await freshDatabase(t)
  const [ann, bob] = [await aMember(db), await aMember(db)]
  const { id, serial } = await aLicense(db, ann, { quantity: 2 })
  await aKey(db, id)
  await aKey(db, id)
  const { assigned } = await assign(db, ann, bob, { license_ids: [id], keys: 'end' })
  assert.equal(assigned[0]?.keys_revoked, 2)
  const reasons = await db.selectFrom('license_keys').select('revoked_reason').where('license_id', '=', id).execute()
  assert.deepEqual(
    reasons.map(({ revoked_reason }) => revoked_reason),
    ['transferred', 'transferred'],
  )
  const license = await getLicense(db, bob, serial)
  assert.deepEqual([license.status, license.registered_at, license.registered_to], ['unregistered', null, null])
  assert.deepEqual(await listKeys(db, bob, id), [])
})

test('what ended, moves, is being upgraded or is owned by somebody else stays as it is', async (t) => {
  const { db } = await freshDatabase(t)
  const [ann, bob, eve] = [await aMember(db), await aMember(db), await aMember(db)]
  const revoked = await aLicense(db, ann, { revoked_at: now })
  const superseded = await aLicense(db, ann, { superseded_at: now })
  const foreign = await aLicense(db, eve)
  const moving = await aLicense(db, ann)
  const temporary = await aKey(db, moving.id, { scheme: 'file_host', host_type: 'hostname', host_id: 'new' })
  await sql`update license_keys set temporary = true, expires_on = '2026-07-01' where id = ${temporary}`.execute(db)
  const upgrading = await aLicense(db, ann)
  await sql`update licenses set upgraded_quantity = 1 where id = ${upgrading.id}`.execute(db)
  const before = await db.selectFrom('licenses').selectAll().orderBy('id').execute()
  const ids = [revoked, superseded, foreign, moving, upgrading].map(({ id }) => id)
  const { assigned, refused } = await assign(db, ann, bob, { license_ids: [...ids, ann.organization_id], keys: 'end' })
  assert.deepEqual(assigned, [])
  assert.deepEqual(
    refused.map(({ refusal }) => refusal),
    ['revoked', 'superseded', 'not_found', 'moving', 'upgrading', 'not_found'],
  )
  assert.deepEqual(await db.selectFrom('licenses').selectAll().orderBy('id').execute(), before)
  await assert.rejects(assign(db, ann, ann, { license_ids: [] }), { code: 'invalid' })
})

test('a hundred licenses take as many statements as one', async (t) => {
  const { db } = await freshDatabase(t)
  const [ann, bob] = [await aMember(db), await aMember(db)]
  const licenses: string[] = []
  for (let n = 0; n < 100; n++) licenses.push((await aLicense(db, ann)).id)
  const count = async (license_ids: string[]) => {
    let statements = 0
    const counting = db.withPlugin({
      transformQuery: ({ node }) => {
        statements++
        return node
      },
      transformResult: async ({ result }) => result,
    })
    const robin = await anOperator(db)
    const change = { from: ann.organization_id, to: bob.organization_id, keys: 'end' as const, license_ids }
    await counting.transaction().execute((trx) => assignOwner(trx, robin, change))
    return statements
  }
  assert.equal(await count(licenses.slice(0, 1)), await count(licenses.slice(1)))
})
