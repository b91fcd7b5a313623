import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshDatabase } from '../../test/database.ts'
import { aKey, aLicense, aMember, aProduct, now, today } from '../../test/licenses.ts'
import { type Actor, systemActor } from '../platform/actor.ts'
import { record } from '../platform/audit.ts'
import { uuidv7 } from '../platform/ids.ts'
import { listHistory } from './history.ts'
import { getKeyFile, getLicense, listKeys } from './license-details.ts'
import { listRelatives } from './lineage.ts'
import { dayAfter } from './rules.ts'

test('the details of a license say what was bought, by which order, and where it is in use', async (t) => {
  const { db } = await freshDatabase(t)
  const me = await aMember(db)
  const product_version_id = await aProduct(db, { code: 'VAULT', name: 'Mail Vault', version: '3.1' })
  const address_id = uuidv7()
  const address = { company: 'Acme', street: 'Rue 1', city: 'Lyon', country: 'FR', postal_code: '69000' }
  const organization_id = me.organization_id
  await db
    .insertInto('addresses')
    .values({ id: address_id, organization_id, ...address, created_at: now })
    .execute()
  const contacts = [{ name: 'Zoë', email: 'zoe@acme.example', phone: null }]
  const { serial } = await aLicense(
    db,
    me,
    {
      serial: 'AbcDEF0123456',
      product_version_id,
      address_id,
      registered_to: 'Acme',
      quantity: 7,
      contacts: JSON.stringify(contacts),
    },
    { number: 'ORD-1', purchase_order: 'PO-1', certificate_number: 'CERT-1', reseller: 'Reseller & Co' },
  )
  const license = await getLicense(db, me, serial)
  assert.deepEqual(license.address, { ...address, street2: null, region: null })
  assert.deepEqual(license.contacts, contacts)
  assert.partialDeepStrictEqual(license, {
    serial,
    status: 'active',
    product_code: 'VAULT',
    version: '3.1',
    quantity: 7,
    order_number: 'ORD-1',
    purchase_order: 'PO-1',
    certificate_number: 'CERT-1',
    line_number: 1,
    reseller: 'Reseller & Co',
    registered_to: 'Acme',
    ordered_on: today,
  })
})

test("somebody else's serial number is not found, exactly as one that does not exist or is spelled otherwise", async (t) => {
  const { db } = await freshDatabase(t)
  const [me, stranger] = [await aMember(db), await aMember(db)]
  await aLicense(db, stranger, { serial: 'AbcDEF0123456' })
  await aLicense(db, null, { serial: 'AbcDEF0123457' })
  const odd = [
    'AbcDEF0123456',
    'AbcDEF0123457',
    'AbcDEF9999999',
    'abcdef0123456',
    "'",
    '\0',
    '%',
    '😀',
    'x'.repeat(10_240),
    '',
  ]
  for (const serial of odd) {
    const asked = serial === 'abcdef0123456' ? stranger : me
    await assert.rejects(
      getLicense(db, asked, serial),
      { code: 'not_found', message: 'not_found' },
      serial.slice(0, 20),
    )
  }
})

test('keys are shown whole to those who may take them; a viewer sees that they exist', async (t) => {
  const { db } = await freshDatabase(t)
  const viewer = await aMember(db, 'viewer')
  const downloader = await aMember(db, 'downloader', viewer)
  const { id } = await aLicense(db, viewer, { quantity: 9 })
  const old = await aKey(db, id, {
    key_text: 'AAAAA-BBBBB-CCCCC-DDDDD-EEEEE',
    superseded_at: now,
    issued_at: new Date(0),
  })
  const key = await aKey(db, id, { key_text: 'FFFFF-GGGGG-HHHHH-JJJJJ-KKKKK', quantity: 9, replaces_id: old })

  const whole = await listKeys(db, downloader, id)
  assert.deepEqual(
    whole.map((each) => [each.id, each.state, each.key_text, each.ended_at]),
    [
      [key, 'active', 'FFFFF-GGGGG-HHHHH-JJJJJ-KKKKK', null],
      [old, 'superseded', 'AAAAA-BBBBB-CCCCC-DDDDD-EEEEE', now],
    ],
  )
  const masked = await listKeys(db, viewer, id)
  assert.deepEqual(
    masked.map(({ key_text }) => key_text),
    ['••••• KKKK', '••••• EEEE'],
  )
  assert.deepEqual(await listKeys(db, await aMember(db), id), [], 'a stranger')
})

test('a license file comes byte for byte as issued, and only through its own license', async (t) => {
  const { db } = await freshDatabase(t)
  const [me, stranger] = [await aMember(db), await aMember(db)]
  const [mine, other] = [await aLicense(db, me), await aLicense(db, me)]
  const content = '{\r\n  "payload": "é😀"\n}\n'
  const file = { scheme: 'file' as const, file_name: 'vault.slf', file_content: content }
  const [key, text] = [await aKey(db, mine.id, file), await aKey(db, other.id, { key_text: 'A' })]
  const whose = { own: true, license_id: mine.id, owner_id: me.organization_id }
  assert.deepEqual(await getKeyFile(db, me, mine.serial, key), { name: 'vault.slf', content, ...whose })
  const refused = { code: 'not_found' }
  await assert.rejects(getKeyFile(db, stranger, mine.serial, key), refused)
  await assert.rejects(getKeyFile(db, me, other.serial, key), refused)
  await assert.rejects(getKeyFile(db, me, other.serial, text), refused)
  await assert.rejects(getKeyFile(db, me, mine.serial, uuidv7()), refused)
  await assert.rejects(getKeyFile(db, me, mine.serial, "' or true --"), refused)
  await assert.rejects(getKeyFile(db, me, '\0', key), refused)
})

test('lineage names what a license covers and renews, in both directions, as far as the reader may see it', async (t) => {
  const { db } = await freshDatabase(t)
  const [me, stranger] = [await aMember(db), await aMember(db)]
  const first = await aLicense(db, me, { serial: 'FIRST1' })
  const second = await aLicense(db, me, { serial: 'SECOND', renews_license_id: first.id })
  const ends_on = dayAfter(today, 100)
  await aLicense(db, me, { serial: 'MAINT1', kind: 'maintenance', covers_license_id: second.id, ends_on })
  await aLicense(db, stranger, { serial: 'FOREIGN', renews_license_id: first.id })

  const of = async (id: string) => (await listRelatives(db, me, id)).map((each) => [each.relation, each.serial])
  assert.deepEqual(await of(first.id), [['renewed_by', 'SECOND']])
  assert.deepEqual((await of(second.id)).sort(), [
    ['covered_by', 'MAINT1'],
    ['renews', 'FIRST1'],
  ])
  assert.deepEqual(await listRelatives(db, stranger, second.id), [])
})

test("history shows the own organization's and the vendor's actions, never another customer's", async (t) => {
  const { db } = await freshDatabase(t)
  const [me, former] = [await aMember(db), await aMember(db)]
  const { id: license_id } = await aLicense(db, me)
  const operator: Actor = { ...systemActor('Olga Operator', now), kind: 'operator', operator_role: 'support' }
  const write = (actor: Actor, action: string, organization_id: string | null) =>
    db.transaction().execute((trx) => record(trx, actor, action, { license_id, organization_id }))
  await write(former, 'license.registered', former.organization_id)
  await write(former, 'license.commented', null)
  await write(operator, 'license.transferred', former.organization_id)
  await write(systemActor('import'), 'license.created', null)
  await write(operator, 'license.corrected', null)
  await write(me, 'license.registered', me.organization_id)

  const { entries, older } = await listHistory(db, me, license_id)
  assert.deepEqual(entries.map(({ action, by }) => [action, by]).sort(), [
    ['license.corrected', null],
    ['license.created', null],
    ['license.registered', 'Ada manager'],
  ])
  assert.equal(older, undefined)
  assert.deepEqual((await listHistory(db, await aMember(db), license_id)).entries, [])
})

test('a long history is read page by page', async (t) => {
  const { db } = await freshDatabase(t)
  const me = await aMember(db)
  const { id: license_id } = await aLicense(db, me)
  const at = (n: number) => ({ ...me, now: new Date(now.getTime() + Math.floor(n / 3) * 1000) })
  for (let n = 0; n < 60; n++) {
    const subject = { license_id, organization_id: me.organization_id, details: { n } }
    await db.transaction().execute((trx) => record(trx, at(n), 'license.registered', subject))
  }
  const first = await listHistory(db, me, license_id)
  const second = await listHistory(db, me, license_id, first.older)
  const read = [...first.entries, ...second.entries].map(({ details }) => (details as { n: number }).n)
  assert.deepEqual(
    read,
    Array.from({ length: 60 }, (_, n) => 59 - n),
  )
  assert.equal(second.older, undefined)
  assert.equal((await listHistory(db, me, license_id, "' --")).entries.length, 50)
})
