import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshDatabase } from '../../test/database.ts'
import { aCustomer, aMember } from '../../test/licensing.ts'
import type { Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { formatFor } from '../platform/i18n.ts'
import { addAddress, type EnteredAddress } from './add-address.ts'
import { addressLine, findAddress, listAddresses } from './addresses.ts'
import { saveCustomerAddresses } from './save-customer-addresses.ts'
import { type AddressQuery, addressQuerySchema, addressSchema } from './schemas.ts'

const base: EnteredAddress = {
  company: 'Halden Maritime AS',
  street: 'Sjøgata 14',
  street2: null,
  city: 'Halden',
  region: null,
  postal_code: '1767',
  country: 'NO',
}

const add = (db: Db, member: Member, given: Partial<EnteredAddress> = {}) =>
  db.transaction().execute((trx) => addAddress(trx, member, { ...base, ...given }))

async function addOfCustomer(db: Db, customer_id: string, given: Partial<EnteredAddress> = {}) {
  const [id] = await db
    .transaction()
    .execute((trx) => saveCustomerAddresses(trx, { now: new Date() } as never, [{ ...base, ...given, customer_id }]))
  return id!
}

const associate = (db: Db, { organization_id, now }: Member, customer_id: string) =>
  db
    .insertInto('customer_associations')
    .values({ organization_id, customer_id, proven_by: 'serial', proof: 'M1', created_at: now })
    .execute()

test('usable are the addresses that the organization entered and those of its customer numbers, each once', async (t) => {
  const { db } = await freshDatabase(t)
  const [me, other] = [await aMember(db), await aMember(db)]
  const [mine, theirs] = [await aCustomer(db), await aCustomer(db)]
  await associate(db, me, mine)
  await associate(db, other, theirs)
  const entered = await add(db, me, { city: 'Oslo' })
  const ofCustomer = await addOfCustomer(db, mine)
  const foreign = [await add(db, other), await addOfCustomer(db, theirs)]
  // One that belongs to both of ours is not listed twice.
  await db.updateTable('addresses').set({ customer_id: mine }).where('id', '=', entered).execute()

  const { addresses } = await listAddresses(db, me, {})
  assert.deepEqual(
    addresses.map(({ id }) => id),
    [ofCustomer, entered],
  )
  assert.equal((await findAddress(db, me, entered))?.city, 'Oslo')
  for (const id of [...foreign, '01900000-0000-7000-8000-000000000000', 'x', "' or 1=1"]) {
    assert.equal(await findAddress(db, me, id), undefined, id)
  }
})

test('criteria narrow by their own column, the words of the text by all; signs of LIKE mean themselves', async (t) => {
  const { db } = await freshDatabase(t)
  const me = await aMember(db)
  await add(db, me, { company: 'Paris & Fils', city: 'Lyon', postal_code: '69001', country: 'FR' })
  await add(db, me, { company: '100% Coton', city: 'Paris', postal_code: '75002', country: 'FR' })
  await add(db, me, { company: 'Under_score', city: 'Paris', postal_code: null, country: 'US', region: 'TX' })
  const found = async (query: Partial<AddressQuery>) =>
    (await listAddresses(db, me, query)).addresses.map(({ company }) => company)
  assert.deepEqual(await found({ city: 'paris' }), ['100% Coton', 'Under_score'])
  assert.deepEqual(await found({ company: 'paris' }), ['Paris & Fils'])
  assert.deepEqual(await found({ text: 'paris fr' }), ['100% Coton', 'Paris & Fils'])
  assert.deepEqual(await found({ postal_code: '690' }), ['Paris & Fils'])
  assert.deepEqual(await found({ country: 'US', city: 'Paris' }), ['Under_score'])
  assert.deepEqual(await found({ text: '%' }), ['100% Coton'])
  assert.deepEqual(await found({ company: '_' }), ['Under_score'])
  for (const text of ["'", '\\', '😀', 'x'.repeat(10_000)])
    assert.deepEqual(await found({ text }), [], text.slice(0, 9))
})

test('a few thousand addresses come page by page, each exactly once, by company', async (t) => {
  const { db } = await freshDatabase(t)
  const me = await aMember(db)
  const customer_id = await aCustomer(db)
  await associate(db, me, customer_id)
  const many = Array.from({ length: 3000 }, (_, n) => ({
    ...{ ...base, customer_id },
    company: `Company ${n % 7}`,
    street: `Street ${n}`,
  }))
  await db.transaction().execute((trx) => saveCustomerAddresses(trx, me, many))
  const seen: string[] = []
  let after: string | undefined
  do {
    const page = await listAddresses(db, me, { after }, 700)
    seen.push(...page.addresses.map(({ company, id }) => `${company} ${id}`))
    after = page.after
  } while (after)
  assert.equal(new Set(seen).size, 3000)
  assert.deepEqual(seen, [...seen].sort())
})

test('an address needs what an envelope needs, in a country that exists', () => {
  const wrong = (given: object) =>
    addressSchema.safeParse({ ...base, ...given }).error?.issues.map(({ path }) => path[0])
  assert.equal(wrong({}), undefined)
  for (const country of ['ZZ', 'no', '', 'NOR', '<b>']) assert.deepEqual(wrong({ country }), ['country'], country)
  assert.deepEqual(wrong({ company: ' ', street: 'x'.repeat(201), city: '' }), ['company', 'street', 'city'])
  assert.deepEqual(addressSchema.parse({ ...base, region: '  ', street2: undefined }), base)
})

test('what a search does not understand is left out', () => {
  const query = addressQuerySchema.parse({ text: ' a\0b ', country: 'ZZ', after: 'x', city: ['a', 'b'] })
  assert.deepEqual(query, { text: 'ab', company: '', city: '', postal_code: '', country: '', after: undefined })
})

test('an address in one line leaves out what it has not', () => {
  assert.equal(addressLine(base, formatFor('fr', 'UTC')), 'Halden Maritime AS, Sjøgata 14, 1767 Halden, Norvège')
})
