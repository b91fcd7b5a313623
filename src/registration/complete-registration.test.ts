import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { freshDatabase } from '../../test/database.ts'
import { anIssuing, verify } from '../../test/issuing.ts'
import {
  aCustomer,
  aLicense,
  aMember,
  anOrderLine,
  aProduct,
  fillPool,
  type SomeLicense,
} from '../../test/licensing.ts'
import { aVerifiedDraft, contact, type Entered } from '../../test/registering.ts'
import type { Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { addSerials } from './add-serials.ts'
import { completeRegistration, type Issuing } from './complete-registration.ts'
import { getDraft } from './queries.ts'
import { startDraft } from './start-draft.ts'

let db: Db
let issuing: Issuing

before(async (t) => {
  db = (await freshDatabase(t as never)).db
  issuing = await anIssuing(db)
})

const aDraft = (actor: Member, licenses: SomeLicense[], entered?: Entered) =>
  aVerifiedDraft(
    db,
    actor,
    licenses.map(({ serial }) => serial),
    entered,
  )

async function register(actor: Member, licenses: SomeLicense[], entered?: Entered) {
  return completeRegistration(db, actor, await aDraft(actor, licenses, entered), issuing)
}

async function mustRegister(actor: Member, licenses: SomeLicense[], entered?: Entered): Promise<string> {
  const done = await register(actor, licenses, entered)
  assert.ok(done.ok, JSON.stringify(done))
  return done.registration_id
}

const licenseRow = (id: string) => db.selectFrom('licenses').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const keysOf = (id: string) =>
  db.selectFrom('license_keys').selectAll().where('license_id', '=', id).orderBy('id').execute()
const eventsOf = (id: string) =>
  db.selectFrom('events').selectAll().where('license_id', '=', id).orderBy('id').execute()

test('a registered license belongs to the organization, with a key, a line of history and the customer number', async () => {
  const actor = await aMember(db)
  const license = await aLicense(db, await aProduct(db, { features: { export: true } }))
  const registration_id = await mustRegister(actor, [license])
  const row = await licenseRow(license.id)
  assert.equal(row.owner_id, actor.organization_id)
  assert.equal(row.registration_id, registration_id)
  assert.equal(row.registered_to, 'ACME')
  assert.deepEqual(row.contacts, [contact])
  assert.equal(row.revision, 2)
  assert.deepEqual(
    (await eventsOf(license.id)).map((event) => [event.action, event.actor_user_id, event.subject_id]),
    [['license.registered', actor.user_id, registration_id]],
  )
  const association = await db
    .selectFrom('customer_associations')
    .selectAll()
    .where('organization_id', '=', actor.organization_id)
    .executeTakeFirstOrThrow()
  assert.deepEqual(
    [association.customer_id, association.proven_by, association.proof],
    [license.customer_id, 'serial', license.serial],
  )
})

test('a license file verifies offline and says what was registered', async () => {
  const actor = await aMember(db)
  const license = await aLicense(db, await aProduct(db, { features: { export: true } }), { quantity: 7 })
  await mustRegister(actor, [license])
  const [key] = await keysOf(license.id)
  const verified = await verify(db, key!.file_content!)
  assert.equal(verified.status, 'valid')
  assert.ok(verified.status === 'valid')
  const { serial, quantity, jti, licensee, features, iss } = verified.license
  assert.deepEqual(
    { serial, quantity, jti, licensee: licensee.name, iss },
    {
      serial: license.serial,
      quantity: 7,
      jti: key!.id,
      licensee: 'ACME',
      iss: 'https://vendor.example',
    },
  )
  assert.deepEqual({ ...features }, { export: true })
})

test('each key scheme gives what it should', async () => {
  const actor = await aMember(db)
  const pool = await aProduct(db, { key_scheme: 'pool' })
  await fillPool(db, pool, 1)
  const license = {
    code: await aLicense(db, await aProduct(db, { key_scheme: 'code' })),
    signed: await aLicense(db, await aProduct(db, { key_scheme: 'signed' })),
    pool: await aLicense(db, pool),
    printed: await aLicense(db, await aProduct(db, { key_scheme: 'printed' }), { printed_key: 'PRINTED-1' }),
    none: await aLicense(db, await aProduct(db, { key_scheme: 'none' })),
  }
  await mustRegister(actor, Object.values(license))
  assert.match((await keysOf(license.code.id))[0]!.key_text!, /^([2-9A-Z]{5}-){4}[2-9A-Z]{5}$/)
  assert.equal((await verify(db, (await keysOf(license.signed.id))[0]!.key_text!)).status, 'valid')
  assert.equal((await keysOf(license.printed.id))[0]!.key_text, 'PRINTED-1')
  assert.deepEqual(await keysOf(license.none.id), [])
  const [fromPool] = await keysOf(license.pool.id)
  const used = await db
    .selectFrom('pool_keys')
    .selectAll()
    .where('license_key_id', '=', fromPool!.id)
    .executeTakeFirst()
  assert.equal(used?.key_text, fromPool!.key_text)
})

test('hosts share a quantity, entered once for all and changed for one license', async () => {
  const actor = await aMember(db)
  const product = await aProduct(db, { key_scheme: 'file_host' })
  const [both, own] = [await aLicense(db, product, { quantity: 10 }), await aLicense(db, product, { quantity: 3 })]
  const hosts = [
    { type: 'mac', id: '00-1A-2B-3C-4D-5E', quantity: 4 },
    { type: 'hostname', id: 'build-07', quantity: null },
  ]
  await mustRegister(actor, [both, own], {
    details: { products: { [product.product_id]: { hosts, fields: {} } } },
    choices: { [own.serial]: { hosts: [{ type: 'hostname', id: 'build-08', quantity: null }] } },
  })
  const keys = await keysOf(both.id)
  assert.deepEqual(
    keys.map((key) => [key.host_type, key.host_id, key.quantity]),
    [
      ['mac', '00:1a:2b:3c:4d:5e', 4],
      ['hostname', 'build-07', 6],
    ],
  )
  assert.equal((await verify(db, keys[1]!.file_content!, { type: 'hostname', id: 'build-07' })).status, 'valid')
  assert.equal((await verify(db, keys[1]!.file_content!, { type: 'hostname', id: 'build-08' })).status, 'wrong_host')
  assert.deepEqual(
    (await keysOf(own.id)).map((key) => [key.host_id, key.quantity]),
    [['build-08', 3]],
  )
})

test('a basket with a missing host, a wrong one or too much deployed is refused, and nothing is registered', async () => {
  const actor = await aMember(db)
  const product = await aProduct(db, { key_scheme: 'file_host' })
  const license = await aLicense(db, product, { quantity: 2 })
  const hosts = [[], [{ type: 'mac', id: 'nonsense', quantity: null }], [{ type: 'hostname', id: 'a', quantity: 3 }]]
  for (const entered of hosts) {
    const done = await register(actor, [license], { choices: { [license.serial]: { hosts: entered } } })
    assert.deepEqual(done, { ok: false, refusal: 'incomplete', serials: [license.serial] })
  }
  assert.equal((await licenseRow(license.id)).registered_at, null)
})

test("a product's own questions are checked against its JSON Schema and stored with the license", async () => {
  const actor = await aMember(db)
  const fields_schema = {
    type: 'object',
    required: ['site'],
    properties: { site: { type: 'string', pattern: '^S\\d+$' } },
  }
  const product = await aProduct(db, { fields_schema })
  const license = await aLicense(db, product)
  const answers = (site: string) => ({
    details: { products: { [product.product_id]: { hosts: [], fields: { site } } } },
  })
  assert.equal((await register(actor, [license])).ok, false)
  assert.equal((await register(actor, [license], answers('X'))).ok, false)
  await mustRegister(actor, [license], answers('S1'))
  assert.deepEqual((await licenseRow(license.id)).fields, { site: 'S1' })
})

test("maintenance registered with its product is signed into the product's key", async () => {
  const actor = await aMember(db)
  const product = await aProduct(db)
  const maintenance = await aProduct(db, {
    kind: 'maintenance',
    key_scheme: 'none',
    covers_product_id: product.product_id,
  })
  const customer_id = await aCustomer(db)
  const covered = await aLicense(db, product, { customer_id })
  const renewal = await aLicense(db, maintenance, { customer_id, starts_on: '2026-11-01', ends_on: '2027-10-31' })
  await mustRegister(actor, [renewal, covered])
  assert.equal((await licenseRow(covered.id)).maintenance_until, '2027-10-31')
  assert.equal((await licenseRow(renewal.id)).covers_license_id, covered.id)
  const verified = await verify(db, (await keysOf(covered.id))[0]!.file_content!)
  assert.ok(verified.status === 'valid')
  assert.equal(verified.license.maintenance_until, '2027-10-31')
})

test('maintenance of an owned license raises its end and reissues its active signed keys', async () => {
  const actor = await aMember(db)
  const product = await aProduct(db)
  const maintenance = await aProduct(db, {
    kind: 'maintenance',
    key_scheme: 'none',
    covers_product_id: product.product_id,
  })
  const customer_id = await aCustomer(db)
  const covered = await aLicense(db, product, { customer_id, maintenance_until: '2026-12-31' })
  await mustRegister(actor, [covered])
  const renewal = await aLicense(db, maintenance, { customer_id, ends_on: '2027-12-31' })
  await mustRegister(actor, [renewal])
  const [old, anew, ...more] = await keysOf(covered.id)
  assert.deepEqual(more, [])
  assert.ok(old!.superseded_at)
  assert.equal(anew!.replaces_id, old!.id)
  assert.equal(anew!.superseded_at, null)
  const verified = await verify(db, anew!.file_content!)
  assert.ok(verified.status === 'valid')
  assert.equal(verified.license.maintenance_until, '2027-12-31')
  assert.deepEqual(verified.license.replaces, [old!.id])
  const row = await licenseRow(covered.id)
  assert.deepEqual([row.maintenance_until, row.revision], ['2027-12-31', 3])
  assert.deepEqual(
    (await eventsOf(covered.id)).map((event) => event.action),
    ['license.registered', 'license.maintenance_extended'],
  )
})

test('shorter maintenance lowers nothing and reissues nothing', async () => {
  const actor = await aMember(db)
  const product = await aProduct(db)
  const maintenance = await aProduct(db, {
    kind: 'maintenance',
    key_scheme: 'none',
    covers_product_id: product.product_id,
  })
  const customer_id = await aCustomer(db)
  const covered = await aLicense(db, product, { customer_id, maintenance_until: '2028-12-31' })
  await mustRegister(actor, [covered])
  await mustRegister(actor, [await aLicense(db, maintenance, { customer_id, ends_on: '2027-12-31' })])
  assert.equal((await licenseRow(covered.id)).maintenance_until, '2028-12-31')
  assert.equal((await keysOf(covered.id)).length, 1)
})

test('maintenance cannot be pointed at a license of another organization or product', async () => {
  const [actor, other] = [await aMember(db), await aMember(db)]
  const product = await aProduct(db)
  const maintenance = await aProduct(db, {
    kind: 'maintenance',
    key_scheme: 'none',
    covers_product_id: product.product_id,
  })
  const theirs = await aLicense(db, product)
  await mustRegister(other, [theirs])
  const mine = await aLicense(db, await aProduct(db))
  await mustRegister(actor, [mine])
  for (const relates_to of [theirs.id, mine.id]) {
    const renewal = await aLicense(db, maintenance, { ends_on: '2027-12-31' })
    const done = await register(actor, [renewal], { choices: { [renewal.serial]: { relates_to } } })
    assert.deepEqual(done, { ok: false, refusal: 'incomplete', serials: [renewal.serial] })
  }
})

test('a renewed subscription keeps its lineage', async () => {
  const actor = await aMember(db)
  const product = await aProduct(db, { kind: 'subscription' })
  const first = await aLicense(db, product, { starts_on: '2026-01-01', ends_on: '2026-12-31' })
  await mustRegister(actor, [first])
  const second = await aLicense(db, product, { starts_on: '2027-01-01', ends_on: '2027-12-31' })
  await mustRegister(actor, [second], { choices: { [second.serial]: { relates_to: first.id } } })
  assert.equal((await licenseRow(second.id)).renews_license_id, first.id)
})

test('a basket completes only as it was verified', async () => {
  const actor = await aMember(db)
  const product = await aProduct(db)
  const draft = await aDraft(actor, [await aLicense(db, product)])
  await addSerials(db, actor, { draft_id: draft.draft_id, text: (await aLicense(db, product)).serial })
  assert.deepEqual(await completeRegistration(db, actor, draft, issuing), {
    ok: false,
    refusal: 'changed',
    serials: [],
  })
})

test('a serial number taken meanwhile refuses the whole basket and tells which', async () => {
  const [actor, faster] = [await aMember(db), await aMember(db)]
  const product = await aProduct(db)
  const [contested, free] = [await aLicense(db, product), await aLicense(db, product)]
  const draft = await aDraft(actor, [contested, free])
  await mustRegister(faster, [contested])
  const done = await completeRegistration(db, actor, draft, issuing)
  assert.deepEqual(done, { ok: false, refusal: 'refused_serials', serials: [contested.serial] })
  assert.equal((await licenseRow(free.id)).registered_at, null)
})

test('completing again gives the same registration', async () => {
  const actor = await aMember(db)
  const license = await aLicense(db, await aProduct(db))
  const draft = await aDraft(actor, [license])
  const first = await completeRegistration(db, actor, draft, issuing)
  assert.deepEqual(await completeRegistration(db, actor, draft, issuing), first)
  assert.equal((await keysOf(license.id)).length, 1)
})

test('an exhausted pool refuses clearly and stores nothing', async () => {
  const actor = await aMember(db)
  const product = await aProduct(db, { key_scheme: 'pool' })
  await fillPool(db, product, 1)
  const licenses = [await aLicense(db, product), await aLicense(db, product)]
  const done = await register(actor, licenses)
  assert.deepEqual(done, { ok: false, refusal: 'pool_empty', serials: licenses.map(({ serial }) => serial) })
  for (const { id } of licenses) assert.equal((await licenseRow(id)).registered_at, null)
  const used = await db.selectFrom('pool_keys').selectAll().where('product_id', '=', product.product_id).execute()
  assert.deepEqual(
    used.map((key) => key.license_key_id),
    [null],
  )
})

test('an empty basket, one without details, a viewer and a stranger are refused', async () => {
  const actor = await aMember(db)
  const license = await aLicense(db, await aProduct(db))
  const draft_id = await startDraft(db, actor)
  assert.deepEqual(await completeRegistration(db, actor, { draft_id, revision: 1 }, issuing), {
    ok: false,
    refusal: 'empty',
    serials: [],
  })
  await addSerials(db, actor, { draft_id, text: license.serial })
  const { revision } = await getDraft(db, actor, draft_id)
  const done = await completeRegistration(db, actor, { draft_id, revision }, issuing)
  assert.deepEqual(done, { ok: false, refusal: 'incomplete', serials: [] })
  const viewer = await aMember(db, { organization_id: actor.organization_id, role: 'viewer' })
  const refusedWith = (code: string) => (error: unknown) => error instanceof AppError && error.code === code
  await assert.rejects(completeRegistration(db, viewer, { draft_id, revision }, issuing), refusedWith('forbidden'))
  const stranger = await aMember(db)
  await assert.rejects(completeRegistration(db, stranger, { draft_id, revision }, issuing), refusedWith('not_found'))
})

test('buyer, contacts and whoever ordered are told once each, in their language; keys only where allowed', async () => {
  const product = await aProduct(db, { key_scheme: 'code' })
  for (const keys_in_email of [false, true]) {
    const actor = await aMember(db, { keys_in_email })
    const customer_id = await aCustomer(db, { locale: 'fr' })
    const contact_email = `order${keys_in_email}@example.com`
    const { order_line_id } = await anOrderLine(db, customer_id, { contact_email, contact_name: 'Olivia' })
    const license = await aLicense(db, product, { customer_id, order_line_id })
    const contacts = [contact, { ...contact, email: actor.email! }]
    const before = await db.selectFrom('mails').select('id').execute()
    await mustRegister(actor, [license], { details: { contacts } })
    const mails = await db
      .selectFrom('mails')
      .selectAll()
      .where('id', 'not in', ['00000000-0000-0000-0000-000000000000', ...before.map(({ id }) => id)])
      .orderBy('id')
      .execute()
    assert.deepEqual(
      mails.map((mail) => [mail.template, mail.to_address, mail.locale]),
      [
        ['registration.buyer', actor.email, 'en'],
        ['registration.contact', contact.email, 'en'],
        ['registration.order_contact', contact_email, 'fr'],
      ],
    )
    const [key] = await keysOf(license.id)
    for (const mail of mails) {
      assert.ok(mail.text.includes(license.serial))
      assert.equal(mail.text.includes(key!.key_text!), keys_in_email)
    }
  }
})

test('an order contact that is no e-mail address does not stand in the way', async () => {
  const actor = await aMember(db)
  const customer_id = await aCustomer(db)
  const { order_line_id } = await anOrderLine(db, customer_id, { contact_email: 'purchasing, 2nd floor' })
  await mustRegister(actor, [await aLicense(db, await aProduct(db), { customer_id, order_line_id })])
})

test('a new install-at address is stored for the organization with the registration', async () => {
  const actor = await aMember(db)
  const license = await aLicense(db, await aProduct(db))
  const address = {
    company: 'ACME',
    street: 'Rua Ação 1',
    street2: null,
    city: 'São Paulo',
    region: 'SP',
    postal_code: '01000-000',
    country: 'BR',
  }
  await mustRegister(actor, [license], { details: { address } })
  const { address_id } = await licenseRow(license.id)
  const stored = await db.selectFrom('addresses').selectAll().where('id', '=', address_id!).executeTakeFirstOrThrow()
  assert.deepEqual([stored.city, stored.organization_id], ['São Paulo', actor.organization_id])
})
