import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { freshDatabase } from '../../test/database.ts'
import { aDeployedLicense, deployed, register } from '../../test/deploying.ts'
import { anIssuing, verify } from '../../test/issuing.ts'
import { aLicense, aMember, aProduct, fillPool } from '../../test/licensing.ts'
import { contact } from '../../test/registering.ts'
import { addField, listFields, setFieldValues } from '../fields/index.ts'
import { tagLicenses } from '../licenses/index.ts'
import type { Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import type { Issuing } from '../registration/index.ts'
import { deployLicense } from './deploy-license.ts'
import { getDeployment } from './queries.ts'
import { type RehostInput, rehostLicense } from './rehost-license.ts'
import { reissueKeys } from './reissue-keys.ts'
import { returnLicense } from './return-license.ts'
import { splitLicense } from './split-license.ts'

let db: Db
let actor: Member
let issuing: Issuing

beforeEach(async (t) => {
  db = (await freshDatabase(t as never)).db
  issuing = await anIssuing(db)
  actor = await aMember(db)
})

const host = (id: string) => ({ type: 'hostname', id })

/** Moves from a host by name, from the license as it is now. */
async function move(serial: string, from: string, to: string, more: Partial<RehostInput> = {}) {
  const license = await getDeployment(db, actor, serial)
  const key = license.keys.find((key) => key.host?.id === from)?.id ?? ''
  const input = { serial, revision: license.revision, key, host: host(to), quantity: null, reason: null, ...more }
  return rehostLicense(db, actor, input, issuing)
}

async function eventsOf(license_id: string): Promise<string[]> {
  const rows = await db
    .selectFrom('events')
    .select('action')
    .where('license_id', '=', license_id)
    .orderBy('chain_number')
    .execute()
  return rows.map(({ action }) => action)
}

const keyOf = (id: string) => db.selectFrom('license_keys').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const allKeys = (license_id: string) =>
  db.selectFrom('license_keys').selectAll().where('license_id', '=', license_id).orderBy('id').execute()

test('a move revokes the old key and issues one that works on the new host only, at once', async () => {
  const { id, serial } = await aDeployedLicense(db, actor, issuing)
  const old = (await allKeys(id))[0]!
  const result = await move(serial, 'old-host', 'new-host')
  assert.ok(result.ok)
  assert.deepEqual(await deployed(db, serial), ['new-host 10'])
  const ended = await keyOf(old.id)
  assert.equal(ended.revoked_reason, 'rehosted')
  assert.deepEqual(ended.revoked_at, actor.now)
  const key = await keyOf(result.keys[0]!)
  assert.equal(key.replaces_id, old.id)
  assert.equal((await verify(db, key.file_content!, host('new-host'))).status, 'valid')
  assert.equal((await verify(db, key.file_content!, host('old-host'))).status, 'wrong_host')
  assert.deepEqual((await eventsOf(id)).slice(1), ['license.rehosted'])
  const { used, left } = (await getDeployment(db, actor, serial)).allowance
  assert.deepEqual({ used, left }, { used: 1, left: 2 })
})

test('part of a quantity moves; the old host keeps the rest by a new key', async () => {
  const { id, serial } = await aDeployedLicense(db, actor, issuing)
  assert.ok((await move(serial, 'old-host', 'new-host', { quantity: 4 })).ok)
  assert.deepEqual(await deployed(db, serial), ['new-host 4', 'old-host 6'])
  const [old, ...made] = await allKeys(id)
  assert.deepEqual(
    made.map(({ replaces_id }) => replaces_id),
    [old!.id, old!.id],
  )
})

test('a move to a host that has a key of the license already makes the two one', async () => {
  const { serial } = await aDeployedLicense(db, actor, issuing, { hosts: { a: 6, b: 4 } })
  assert.ok((await move(serial, 'a', 'b', { quantity: 2 })).ok)
  assert.deepEqual(await deployed(db, serial), ['a 4', 'b 6'])
})

test('a move is refused with the reason, and nothing changes', async () => {
  const { id, serial } = await aDeployedLicense(db, actor, issuing, { hosts: { a: 6, b: 3 } })
  const before = JSON.stringify(await allKeys(id))
  const cases: [string, string, Partial<RehostInput>][] = [
    ['same_host', 'a', {}],
    ['same_host', 'A', {}],
    ['quantity', 'c', { quantity: 7 }],
    ['host_invalid', 'localhost', {}],
    ['host_invalid', 'c', { host: { type: 'dongle', id: '12345678' } }],
    ['host_invalid', '<script>', {}],
    ['unknown_key', 'c', { key: '00000000-0000-7000-8000-000000000000' }],
    ['unknown_key', 'c', { key: "' or 1=1" }],
    ['changed', 'c', { revision: 1 }],
  ]
  for (const [refusal, to, more] of cases) {
    assert.deepEqual(await move(serial, 'a', to, more), { ok: false, refusal }, `${refusal} ${to}`)
  }
  assert.equal(JSON.stringify(await allKeys(id)), before)
})

test('a split gives the new license the tags and the values of fields of the old one', async () => {
  const { id, serial } = await aDeployedLicense(db, actor, issuing, { key_scheme: 'file' })
  assert.ok((await addField(db, actor, { name: 'Rack', type: 'text', choices: [], flags: [] })).ok)
  const field_id = (await listFields(db, actor))[0]!.id
  assert.ok((await setFieldValues(db, actor, { license_ids: [id], values: { [field_id]: '17' } })).ok)
  assert.ok((await tagLicenses(db, actor, { license_ids: [id], add: ['lab'], remove: [] })).ok)
  const { revision } = await getDeployment(db, actor, serial)
  const result = await splitLicense(db, actor, { serial, revision, key_ids: [], quantity: 3 }, issuing)
  assert.ok(result.ok)
  const values = await db.selectFrom('license_field_values').select(['value', 'sort_value']).execute()
  const tags = await db.selectFrom('license_tags').select('tag').execute()
  assert.deepEqual([values.length, values[0], tags], [2, values[1], [{ tag: 'lab' }, { tag: 'lab' }]])
})

test('viewers, downloaders and strangers move, deploy, split, return and reissue nothing', async () => {
  const { id, serial } = await aDeployedLicense(db, actor, issuing, { hosts: { a: 6 } })
  const { revision, keys } = await getDeployment(db, actor, serial)
  const before = JSON.stringify(await allKeys(id))
  const to = { serial, revision, host: host('b'), quantity: null }
  const all = (who: Member) => [
    () => rehostLicense(db, who, { ...to, key: keys[0]!.id, reason: null }, issuing),
    () => deployLicense(db, who, to, issuing),
    () => splitLicense(db, who, { serial, revision, key_ids: [], quantity: 1 }, issuing),
    () => returnLicense(db, who, { serial, revision, typed: serial }, issuing),
    () => reissueKeys(db, who, { serial, revision }, issuing),
  ]
  const colleague = { organization_id: actor.organization_id }
  const people: [Member, string][] = [
    [await aMember(db, { ...colleague, role: 'viewer' }), 'forbidden'],
    [await aMember(db, { ...colleague, role: 'downloader' }), 'forbidden'],
    [await aMember(db, { role: 'administrator' }), 'not_found'],
  ]
  for (const [who, code] of people) {
    for (const attempt of all(who)) {
      await assert.rejects(attempt, (error) => error instanceof AppError && error.code === code)
    }
  }
  assert.equal(JSON.stringify(await allKeys(id)), before)
})

test('quantity that no host uses goes to a further host, and counts as no move', async () => {
  const { id, serial } = await aDeployedLicense(db, actor, issuing, { hosts: { a: 4 } })
  const at = async () => (await getDeployment(db, actor, serial)).revision
  const deploy = async (to: string, quantity: number | null) =>
    deployLicense(db, actor, { serial, revision: await at(), host: host(to), quantity }, issuing)
  assert.ok((await deploy('b', 2)).ok)
  assert.deepEqual(await deploy('c', 5), { ok: false, refusal: 'quantity' })
  assert.ok((await deploy('a', null)).ok)
  assert.deepEqual(await deployed(db, serial), ['a 8', 'b 2'])
  assert.deepEqual(await deploy('c', 1), { ok: false, refusal: 'all_deployed' })
  assert.equal((await getDeployment(db, actor, serial)).allowance.used, 0)
  assert.deepEqual((await eventsOf(id)).slice(1), ['license.deployed', 'license.deployed'])
})

test('a split makes two licenses whose keys fit, the new one with the same facts and its lineage', async () => {
  const { id, serial } = await aDeployedLicense(db, actor, issuing, { key_scheme: 'file' })
  const { revision } = await getDeployment(db, actor, serial)
  const result = await splitLicense(db, actor, { serial, revision, key_ids: [], quantity: 3 }, issuing)
  assert.ok(result.ok)
  assert.deepEqual([await deployed(db, serial), await deployed(db, result.serial)], [['* 7'], ['* 3']])
  const read = (serial: string) =>
    db.selectFrom('licenses').selectAll().where('serial', '=', serial).executeTakeFirstOrThrow()
  const [old, part] = [await read(serial), await read(result.serial)]
  assert.equal(part.split_from_license_id, id)
  const facts = ({ product_version_id, owner_id, registration_id, registered_to, contacts, customer_id }: typeof old) =>
    JSON.stringify([product_version_id, owner_id, registration_id, registered_to, contacts, customer_id])
  assert.equal(facts(part), facts(old))
  const file = (await keyOf(result.goes[0]!)).file_content!
  const verified = await verify(db, file)
  assert.ok(verified.status === 'valid')
  assert.equal(verified.license.serial, result.serial)
  assert.equal(verified.license.quantity, 3)
  assert.deepEqual((await eventsOf(id)).slice(1), ['license.split'])
  assert.deepEqual(await eventsOf(part.id), ['license.split_from'])
})

test('hosts go along whole when a license bound to hosts is split; those that stay keep their keys', async () => {
  const { serial } = await aDeployedLicense(db, actor, issuing, { hosts: { a: 4, b: 3 } })
  assert.ok((await move(serial, 'a', 'c')).ok)
  const { revision, keys } = await getDeployment(db, actor, serial)
  const [b, c] = ['b', 'c'].map((name) => keys.find(({ host }) => host?.id === name)!.id) as [string, string]
  const split = (key_ids: string[], quantity: number) =>
    splitLicense(db, actor, { serial, revision, key_ids, quantity }, issuing)
  assert.deepEqual(await split([b, c], 3), { ok: false, refusal: 'nothing_left' })
  assert.deepEqual(await split([], 0), { ok: false, refusal: 'nothing_chosen' })
  assert.deepEqual(await split([b], 4), { ok: false, refusal: 'quantity' })
  assert.deepEqual(await split([b, serial], 0), { ok: false, refusal: 'unknown_key' })
  const result = await split([b], 2)
  assert.ok(result.ok)
  assert.deepEqual([await deployed(db, serial), await deployed(db, result.serial)], [['c 4'], ['b 3']])
  assert.equal((await keyOf(c)).superseded_at, null)
  const { allowance, quantity } = await getDeployment(db, actor, result.serial)
  assert.deepEqual([quantity, allowance.used], [5, 1])
})

test('a returned license can be registered by whoever holds its serial number; its moves stay with it', async () => {
  const { id, serial } = await aDeployedLicense(db, actor, issuing, { allowance: 1 })
  const { revision } = await getDeployment(db, actor, serial)
  const give = (typed: string) => returnLicense(db, actor, { serial, revision, typed }, issuing)
  assert.deepEqual(await give(serial.toLowerCase()), { ok: false, refusal: 'not_typed' })
  assert.ok((await give(serial)).ok)
  const row = await db.selectFrom('licenses').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  assert.deepEqual([row.owner_id, row.registered_at, row.contacts, row.address_id], [null, null, [], null])
  assert.equal((await allKeys(id))[0]!.revoked_reason, 'returned')
  await assert.rejects(getDeployment(db, actor, serial), { code: 'not_found' })

  const other = await aMember(db)
  await register(db, other, issuing, serial, { elsewhere: 10 })
  assert.deepEqual(await deployed(db, serial), ['elsewhere 10'])
  const { allowance, ...license } = await getDeployment(db, other, serial)
  assert.equal(allowance.left, 0)
  const again = await returnLicense(db, other, { serial, revision: license.revision, typed: serial }, issuing)
  assert.deepEqual(again, { ok: false, refusal: 'allowance_used' })
})

test('a license tied to another by maintenance is neither returned nor, covering it, split', async () => {
  const base = await aProduct(db)
  const maintenance = await aProduct(db, {
    kind: 'maintenance',
    key_scheme: 'none',
    covers_product_id: base.product_id,
  })
  const license = await aLicense(db, base)
  await register(db, actor, issuing, license.serial, {})
  const cover = await aLicense(db, maintenance, { covers_license_id: license.id, ends_on: '2040-01-01' })
  await register(db, actor, issuing, cover.serial, {})
  for (const serial of [license.serial, cover.serial]) {
    const { revision } = await getDeployment(db, actor, serial)
    const result = await returnLicense(db, actor, { serial, revision, typed: serial }, issuing)
    assert.deepEqual(result, { ok: false, refusal: 'related' })
  }
  const { serial, revision } = await getDeployment(db, actor, cover.serial)
  const split = await splitLicense(db, actor, { serial, revision, key_ids: [], quantity: 1 }, issuing)
  assert.deepEqual(split, { ok: false, refusal: 'related' })
})

test('reissued keys say what holds today and supersede the old ones; ten a day', async () => {
  const { id, serial } = await aDeployedLicense(db, actor, issuing, { hosts: { a: 6, b: 4 } })
  await db.updateTable('licenses').set({ registered_to: 'New Name' }).where('id', '=', id).execute()
  const again = async () => {
    const { revision } = await getDeployment(db, actor, serial)
    return reissueKeys(db, actor, { serial, revision }, issuing)
  }
  const result = await again()
  assert.ok(result.ok)
  assert.deepEqual(await deployed(db, serial), ['a 6', 'b 4'])
  const key = await keyOf(result.keys[0]!)
  const verified = await verify(db, key.file_content!, host(key.host_id!))
  assert.ok(verified.status === 'valid')
  assert.equal(verified.license.licensee.name, 'New Name')
  assert.ok((await keyOf(key.replaces_id!)).superseded_at)
  for (let n = 2; n <= 10; n++) assert.ok((await again()).ok)
  assert.deepEqual(await again(), { ok: false, refusal: 'too_often' })
})

test('keys of a pool are neither taken back nor divided', async () => {
  const product = await aProduct(db, { key_scheme: 'pool' })
  await fillPool(db, product, 1)
  const { serial } = await aLicense(db, product)
  await register(db, actor, issuing, serial, {})
  const { revision } = await getDeployment(db, actor, serial)
  const given = await returnLicense(db, actor, { serial, revision, typed: serial }, issuing)
  const split = await splitLicense(db, actor, { serial, revision, key_ids: [], quantity: 1 }, issuing)
  assert.deepEqual([given, split], Array(2).fill({ ok: false, refusal: 'pool_key' }))
})

test('technical contacts and administrators are told, each once and in their language', async () => {
  const administrator = await aMember(db, {
    organization_id: actor.organization_id,
    role: 'administrator',
    locale: 'fr',
  })
  const { serial } = await aDeployedLicense(db, actor, issuing)
  assert.ok((await move(serial, 'old-host', 'new-host')).ok)
  const mails = await db
    .selectFrom('mails')
    .select(['to_address', 'subject', 'text'])
    .where('template', '=', 'deployment.rehosted')
    .orderBy('locale')
    .execute()
  assert.deepEqual(
    mails.map(({ to_address, subject }) => [to_address, subject]),
    [
      [contact.email, `${serial} was moved to a new host`],
      [administrator.email, `${serial} a été déplacée vers un nouvel hôte`],
    ],
  )
  assert.match(mails[0]!.text, /from old-host to new-host/)
})
