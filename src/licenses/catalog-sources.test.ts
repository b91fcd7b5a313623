/** What a catalog shows besides its own licenses' serial numbers: what people noted, and what they added. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshDatabase } from '../../test/database.ts'
import { aBookmark, aCustomer, aField, aLicense, aMember, aProduct, aValue, now, today } from '../../test/licenses.ts'
import type { Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { uuidv7 } from '../platform/ids.ts'
import { foundLicenses, listCatalog, listProductsInCatalog } from './catalog.ts'
import { listRows } from './catalog-rows.ts'
import { getLicense } from './license-details.ts'
import { listTags } from './list-tags.ts'
import { dayAfter } from './rules.ts'
import { catalogQuerySchema } from './schemas.ts'
import { tagLicenses } from './tag-licenses.ts'

test('the search box finds by address, contact, value of a searchable field and tag, of the own organization only', async (t) => {
  const { db } = await freshDatabase(t)
  const [me, other] = [await aMember(db), await aMember(db)]
  const wanted = await aNotedLicense(db, me, 'M0000000001')
  await aLicense(db, me, { serial: 'M0000000002' })
  const secret = await aField(db, me, { searchable: false })
  await aValue(db, wanted.id, secret, 'under the counter')
  const gone = await aField(db, me, { deleted_at: now })
  await aValue(db, wanted.id, gone, 'deleted field')

  for (const q of [
    'rue de l’Église',
    'lyon',
    '69003',
    'Zoé',
    'ZOE@',
    'data centre',
    'DATA',
    'production',
    'Production',
  ]) {
    assert.deepEqual(await serials(db, me, { q }), ['M0000000001'], q)
    assert.deepEqual(await serials(db, other, { q }), [], `${q}, by a stranger`)
  }
  for (const q of ['under the counter', 'deleted field', 'produc'])
    assert.deepEqual(await serials(db, me, { q }), [], q)
})

test('a search follows an address and contacts that were changed', async (t) => {
  const { db } = await freshDatabase(t)
  const me = await aMember(db)
  const { id, serial } = await aNotedLicense(db, me, 'M0000000001')
  const contacts = JSON.stringify([{ name: 'Ole Hansen', email: 'ole@x.example', phone: null }])
  await db
    .updateTable('licenses')
    .set({ contacts, address_id: await anAddress(db, me, 'Oslo') })
    .where('id', '=', id)
    .execute()
  assert.deepEqual(await serials(db, me, { q: 'hansen' }), [serial])
  assert.deepEqual(await serials(db, me, { q: 'oslo' }), [serial])
  assert.deepEqual(await serials(db, me, { q: 'lyon' }), [])
  assert.deepEqual(await serials(db, me, { q: 'zoé' }), [])
})

test('filters narrow by version, customer, source, tag, dates and value of a field', async (t) => {
  const { db } = await freshDatabase(t)
  const me = await aMember(db)
  const [one, two] = [await aProduct(db, { version: '1.0' }), await aProduct(db, { version: '2.0' })]
  const customer_id = await aCustomer(db, 'C4711')
  const a = await aLicense(db, me, { serial: 'SA-0001', product_version_id: one, customer_id, ends_on: '2026-12-31' })
  const b = await aLicense(db, me, {
    serial: 'SB-0001',
    product_version_id: two,
    registered_at: new Date('2025-03-01T23:30:00Z'),
  })
  const added = await aLicense(db, null, { serial: 'SC-0001', product_version_id: two })
  await aBookmark(db, me, added.id)
  await tagLicenses(db, me, { license_ids: [a.id, added.id], add: ['Lab'], remove: [] })
  const fields = {
    text: await aField(db, me, { type: 'text' }),
    number: await aField(db, me, { type: 'number' }),
    choice: await aField(db, me, { type: 'choice', choices: ['Red', 'Redder'] }),
    yes_no: await aField(db, me, { type: 'yes_no' }),
    date: await aField(db, me, { type: 'date' }),
  }
  await aValue(db, a.id, fields.text, 'Münster 12%', 'munster 12%')
  await aValue(db, a.id, fields.number, '1.5', 'p000000000000001500000')
  await aValue(db, b.id, fields.choice, 'Redder')
  await aValue(db, a.id, fields.choice, 'Red')
  await aValue(db, b.id, fields.yes_no, 'true', '1')
  await aValue(db, b.id, fields.date, '2027-01-31')

  const cases: [Record<string, string>, string[]][] = [
    [{ version: '1.0' }, ['SA-0001']],
    [{ version: '3.0' }, []],
    [{ customer: 'c4711' }, ['SA-0001']],
    [{ customer: 'C4711', version: '2.0' }, []],
    [{ source: 'own' }, ['SA-0001', 'SB-0001']],
    [{ source: 'added' }, ['SC-0001']],
    [{ status: 'unregistered' }, ['SC-0001']],
    [{ tag: 'Lab' }, ['SA-0001', 'SC-0001']],
    [{ tag: 'Lab', source: 'own' }, ['SA-0001']],
    [{ ends_from: '2026-12-31', ends_to: '2026-12-31' }, ['SA-0001']],
    [{ ends_from: '2026-01-01' }, ['SA-0001']],
    [{ ends_to: '2026-12-30' }, []],
    [{ registered_from: '2025-03-01', registered_to: '2025-03-01' }, ['SB-0001']],
    [{ registered_to: '2025-02-28' }, []],
    [{ field: fields.text, value: 'MUNST' }, ['SA-0001']],
    [{ field: fields.text, value: '%' }, []],
    [{ field: fields.number, value: '1,5' }, ['SA-0001']],
    [{ field: fields.choice, value: 'Red' }, ['SA-0001']],
    [{ field: fields.yes_no, value: 'true' }, ['SB-0001']],
    [{ field: fields.date, value: '2027-01-31' }, ['SB-0001']],
    [{ field: uuidv7(), value: 'x' }, ['SA-0001', 'SB-0001', 'SC-0001']],
  ]
  for (const [given, wanted] of cases) {
    assert.deepEqual(await serials(db, me, { sort: 'serial', ...given }), wanted, JSON.stringify(given))
  }
  const auckland = { ...me, time_zone: 'Pacific/Auckland' }
  assert.deepEqual(await serials(db, auckland, { registered_to: '2025-03-01' }), [], 'it was the second there')
})

test('every order goes through all licenses once, those added by serial number among them', async (t) => {
  const { db } = await freshDatabase(t)
  const me = await aMember(db)
  const field = await aField(db, me, { type: 'text' })
  const products = [await aProduct(db, { name: 'Vault' }), await aProduct(db, { name: 'agent', version: '2.0' })]
  for (let n = 0; n < 110; n++) {
    const owner = n % 3 === 0 ? null : me
    const given = {
      product_version_id: products[n % 2]!,
      quantity: 1 + (n % 4),
      ends_on: n % 5 ? dayAfter(today, n) : null,
    }
    const { id } = await aLicense(db, owner, given, { purchase_order: `PO-${n % 7}` })
    if (!owner) await aBookmark(db, me, id)
    if (n % 2) await aValue(db, id, field, `v${n % 10}`)
  }
  const all = [
    'newest',
    'serial',
    'end',
    'product',
    'version',
    'kind',
    'quantity',
    'customer',
    'order',
    'purchase_order',
  ]
  const few = ['certificate', 'maintenance', 'registered_to', 'status', `field:${field}`]
  for (const sort of [...all, ...few]) {
    for (const direction of ['up', 'down']) {
      const ids: string[] = []
      for (let after: string | undefined; ; ) {
        const page = await listCatalog(db, me, query({ sort, direction, ...(after && { after }) }))
        assert.equal(page.order.by, sort)
        assert.equal(page.before, ids.length)
        ids.push(...page.rows.map(({ id }) => id))
        after = page.next
        if (!after) break
      }
      assert.equal(new Set(ids).size, 110, `${sort} ${direction}: each once`)
      assert.equal(ids.length, 110, `${sort} ${direction}`)
    }
  }
})

test('orders by quantity, purchase order, status and a field are what they say', async (t) => {
  const { db } = await freshDatabase(t)
  const me = await aMember(db)
  const field = await aField(db, me, { type: 'text' })
  const a = await aLicense(db, me, { serial: 'SA-0001', quantity: 2 }, { purchase_order: 'B' })
  const b = await aLicense(
    db,
    me,
    { serial: 'SB-0001', quantity: 10, ends_on: dayAfter(today, 3) },
    { purchase_order: 'A' },
  )
  await aLicense(db, me, { serial: 'SC-0001', quantity: 1, revoked_at: now }, { purchase_order: 'C' })
  await aValue(db, a.id, field, 'Zeta')
  await aValue(db, b.id, field, 'alpha')
  const orders: Record<string, string[]> = {
    quantity: ['SC-0001', 'SA-0001', 'SB-0001'],
    purchase_order: ['SB-0001', 'SA-0001', 'SC-0001'],
    status: ['SB-0001', 'SA-0001', 'SC-0001'],
    [`field:${field}`]: ['SB-0001', 'SA-0001', 'SC-0001'],
  }
  for (const [sort, wanted] of Object.entries(orders)) {
    assert.deepEqual(await serials(db, me, { sort, direction: 'up' }), wanted, sort)
  }
  const down = await serials(db, me, { sort: `field:${field}`, direction: 'down' })
  assert.deepEqual(down, ['SA-0001', 'SB-0001', 'SC-0001'], 'those without a value stay last')
})

test('a license added by serial number shows what was bought until somebody else registers it', async (t) => {
  const { db } = await freshDatabase(t)
  const [me, other] = [await aMember(db), await aMember(db)]
  const { id, serial } = await aLicense(db, null, { serial: 'M0000000009', printed_key: 'PRINTED-KEY-1' })
  await aBookmark(db, me, id)
  assert.deepEqual(await serials(db, me, {}), [serial])
  assert.deepEqual(await serials(db, other, {}), [])
  assert.equal((await getLicense(db, me, serial)).serial, serial)
  assert.equal((await listProductsInCatalog(db, me)).length, 1)
  assert.deepEqual(await serials(db, me, { q: 'printed-key-1' }), [], 'its printed key is not found')

  const theirs = await aLicense(db, other, {})
  const { registration_id } = await db
    .selectFrom('licenses')
    .select('registration_id')
    .where('id', '=', theirs.id)
    .executeTakeFirstOrThrow()
  const registered = { owner_id: other.organization_id, registered_at: now, registration_id }
  await db.updateTable('licenses').set(registered).where('id', '=', id).execute()
  assert.deepEqual(await serials(db, me, {}), [])
  assert.deepEqual(await serials(db, me, { q: serial }), [])
  await assert.rejects(getLicense(db, me, serial), { code: 'not_found' })
  assert.deepEqual(await listRows(db, me, [id]), [])
})

test('all that a question finds comes in the order of its page, counted to the end', async (t) => {
  const { db } = await freshDatabase(t)
  const me = await aMember(db)
  for (const serial of ['SB-0001', 'SA-0001', 'SC-0001']) await aLicense(db, me, { serial })
  const asked = query({ sort: 'serial', direction: 'down' })
  const parts: string[][] = []
  for await (const ids of foundLicenses(db, me, asked)) parts.push(ids)
  const rows = await listRows(db, me, parts.flat())
  assert.deepEqual(
    rows.map(({ serial }) => serial),
    ['SC-0001', 'SB-0001', 'SA-0001'],
  )
  assert.deepEqual((await listCatalog(db, me, { ...asked, count: 'all' })).total, { count: 3, exact: true })
  assert.deepEqual(await listTags(db, me), [])
})

function query(given: Record<string, string>) {
  return catalogQuerySchema.parse(given)
}

async function serials(db: Db, actor: Member, given: Record<string, string>): Promise<string[]> {
  return (await listCatalog(db, actor, query(given))).rows.map(({ serial }) => serial)
}

async function anAddress(db: Db, { organization_id }: Member, city: string): Promise<string> {
  const id = uuidv7()
  const place = { company: 'Atelier', street: '3 rue de l’Église', city, postal_code: '69003', country: 'FR' }
  await db
    .insertInto('addresses')
    .values({ id, organization_id, ...place, created_at: now })
    .execute()
  return id
}

async function aNotedLicense(db: Db, me: Member, serial: string) {
  const contacts = JSON.stringify([{ name: 'Zoé Lefèvre', email: 'zoe@vermeil.example', phone: null }])
  const license = await aLicense(db, me, { serial, contacts, address_id: await anAddress(db, me, 'Lyon') })
  await aValue(db, license.id, await aField(db, me), 'Berlin data centre')
  await tagLicenses(db, me, { license_ids: [license.id], add: ['Production'], remove: [] })
  return license
}
