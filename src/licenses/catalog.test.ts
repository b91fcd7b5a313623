import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshDatabase } from '../../test/database.ts'
import { aCustomer, aKey, aLicense, aMember, aProduct, now, today } from '../../test/licenses.ts'
import type { Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { listCatalog, listProductsInCatalog } from './catalog.ts'
import { dayAfter, type LicenseStatus } from './rules.ts'
import { catalogQuerySchema } from './schemas.ts'

test('the catalog lists the licenses of the own organization, newest registration first', async (t) => {
  const { db } = await freshDatabase(t)
  const [me, stranger] = [await aMember(db), await aMember(db)]
  await aLicense(db, me, { serial: 'M0000000002', registered_at: new Date('2026-06-02') })
  await aLicense(db, me, { serial: 'M0000000003', registered_at: new Date('2026-06-03') })
  await aLicense(db, me, { serial: 'M0000000001', registered_at: new Date('2026-06-01') })
  await aLicense(db, stranger, { serial: 'M9999999999' })
  await aLicense(db, null, { serial: 'M8888888888' })

  const page = await listCatalog(db, me, query({}))
  assert.deepEqual(
    page.rows.map(({ serial }) => serial),
    ['M0000000003', 'M0000000002', 'M0000000001'],
  )
  assert.deepEqual(page.total, { count: 3, exact: true })
  assert.equal(page.next, undefined)
})

test('every sort, in both directions, pages through all licenses once and in order', async (t) => {
  const { db } = await freshDatabase(t)
  const me = await aMember(db)
  await manyLicenses(db, me, 120)
  const sorted = {
    newest: (a: Row, b: Row) => order(a.registered_on!, b.registered_on!),
    serial: (a: Row, b: Row) => order(a.serial, b.serial),
    end: (a: Row, b: Row) => order(a.ends_on ?? 'infinity', b.ends_on ?? 'infinity'),
    product: (a: Row, b: Row) => order(a.product_name.toLowerCase(), b.product_name.toLowerCase()),
    customer: (a: Row, b: Row) => order(a.customer_name.toLowerCase(), b.customer_name.toLowerCase()),
  }
  for (const [sort, compare] of Object.entries(sorted)) {
    for (const direction of ['up', 'down']) {
      const rows = await allPages(db, me, { sort, direction })
      assert.equal(new Set(rows.map(({ id }) => id)).size, 120, `${sort} ${direction}: each once`)
      const wrong = rows.findIndex((row, n) => n > 0 && compare(rows[n - 1]!, row) * (direction === 'up' ? 1 : -1) > 0)
      assert.equal(wrong, -1, `${sort} ${direction}: row ${wrong} stands before its predecessor`)
    }
  }
})

test('the search box finds a license by whatever names it', async (t) => {
  const { db } = await freshDatabase(t)
  const me = await aMember(db)
  const product = await aProduct(db, { code: 'VAULT-1', name: 'Mail Vault 100%' })
  const customer_id = await aCustomer(db, 'C4711')
  const order = { number: 'ORD-77', purchase_order: "PO'77", certificate_number: 'CERT-9' }
  const wanted = await aLicense(
    db,
    me,
    { serial: 'AbcDEF0123456', product_version_id: product, customer_id, quantity: 5, printed_key: 'PRINTED-1' },
    order,
  )
  await aKey(db, wanted.id, { key_text: 'ABCDE-FGHJK-MNPRS-TVWXY-Z2345' })
  await aKey(db, wanted.id, { scheme: 'signed', key_text: 'K1.eyJhIjoxfQ.c2ln' })
  await aKey(db, wanted.id, { scheme: 'file_host', host_type: 'hostname', host_id: 'db-01.acme.example' })
  await aKey(db, wanted.id, { scheme: 'file_host', host_type: 'mac', host_id: '00:1a:2b:3c:4d:5e' })
  await aLicense(db, me, { serial: 'XX99999999999' })

  const texts = [
    'AbcDEF0123456',
    'abcdef',
    'ABC-DEF-OI23',
    'ABCDE-FGHJK-MNPRS-TVWXY-Z2345',
    'abcdefghjkmnprstvwxyz2345',
  ]
  texts.push(
    'K1.eyJhIjoxfQ.c2ln',
    'db-01.ACME.example',
    '00-1A-2B-3C-4D-5E',
    '001a.2b3c.4d5e',
    'ord-77',
    "po'77",
    'CERT-9',
    'c4711',
    'vault',
    '100%',
    'printed-1',
  )
  for (const q of texts) {
    assert.deepEqual(await serials(db, me, { q }), ['AbcDEF0123456'], q)
    assert.deepEqual(await serials(db, await aMember(db), { q }), [], `${q}, by a stranger`)
  }
})

test('nothing of what a person may type into the search box fails, or finds by accident', async (t) => {
  const { db } = await freshDatabase(t)
  const me = await aMember(db)
  await aLicense(db, me, {})
  const typed = [
    "'",
    '"',
    "';--",
    '%',
    '_',
    '\\',
    '%%%',
    '😀',
    '\0',
    'a\0b',
    '\ud800',
    '-',
    '---',
    '{}',
    'K1.',
    'x'.repeat(10_240),
  ]
  for (const q of typed) {
    const found = await serials(db, me, { q })
    assert.equal(found.length, q === '\0' ? 1 : 0, JSON.stringify(q.slice(0, 20)))
  }
})

test('filters narrow the catalog by status, product and kind, alone and together', async (t) => {
  const { db } = await freshDatabase(t)
  const me = await aMember(db)
  const [vault, agent] = [await aProduct(db, { code: 'VAULT' }), await aProduct(db, { code: 'AGENT' })]
  const days: Record<string, Parameters<typeof aLicense>[2]> = {
    active: { product_version_id: vault },
    planned: { starts_on: dayAfter(today, 1), ends_on: dayAfter(today, 400) },
    start_planning: { ends_on: dayAfter(today, 30) },
    expiring: { ends_on: today, kind: 'subscription', product_version_id: agent },
    grace: { ends_on: dayAfter(today, -3), grace_days: 3 },
    expired: { ends_on: dayAfter(today, -4), grace_days: 3 },
    superseded: { superseded_at: now },
    revoked: { revoked_at: now, superseded_at: now },
  }
  for (const [status, license] of Object.entries(days))
    await aLicense(db, me, { serial: `S${status.replace('_', '-')}`, ...license })

  for (const status of Object.keys(days) as LicenseStatus[]) {
    const { rows, total } = await listCatalog(db, me, query({ status }))
    assert.deepEqual(
      rows.map((row) => [row.serial, row.status]),
      [[`S${status.replace('_', '-')}`, status]],
    )
    assert.equal(total.count, 1)
  }
  assert.deepEqual(await serials(db, me, { product: 'AGENT' }), ['Sexpiring'])
  assert.deepEqual(await serials(db, me, { product: 'NO-SUCH' }), [])
  assert.deepEqual(await serials(db, me, { kind: 'subscription', status: 'expiring', q: 'sexp' }), ['Sexpiring'])
  assert.deepEqual(await serials(db, me, { kind: 'subscription', status: 'active' }), [])
  assert.deepEqual(
    (await listProductsInCatalog(db, me)).map(({ code }) => code).filter((code) => !code.startsWith('P-')),
    ['AGENT', 'VAULT'],
  )
})

test("the day of a status is the reader's: the same license is expiring in Honolulu and over in Auckland", async (t) => {
  const { db } = await freshDatabase(t)
  const me = await aMember(db)
  await aLicense(db, me, { serial: 'M0000000001', ends_on: '2026-06-15' })
  const statusOn = async (today: string) => (await listCatalog(db, { ...me, today }, query({}))).rows[0]?.status
  assert.equal(await statusOn('2026-06-15'), 'expiring')
  assert.equal(await statusOn('2026-06-16'), 'expired')
})

test('a cursor that was forged, damaged or made for another order begins at the first page', async (t) => {
  const { db } = await freshDatabase(t)
  const me = await aMember(db)
  await aLicense(db, me, { serial: 'M0000000001' })
  const id = '00000000-0000-7000-8000-000000000000'
  const forged = [
    ['newest', 'down', 'garbage', id],
    ['newest', 'down', '2026-13-01 00:00:00+00', id],
    ['newest', 'down', '0000-01-01 00:00:00+00', id],
    ['serial', 'up', 'A', id],
    ['newest', 'down', '2026-01-01 00:00:00+00', 'no-uuid'],
    ['newest', 'down'],
    {},
  ].map((cursor) => Buffer.from(JSON.stringify(cursor)).toString('base64url'))
  for (const after of ['%', '\0', 'e30', ...forged]) {
    assert.deepEqual(await serials(db, me, { after }), ['M0000000001'], after)
  }
  const days = ['garbage', '2026-02-30', '0000-01-01', 'infinitely'].map((day) => ['end', 'up', day, id])
  for (const cursor of days) {
    const after = Buffer.from(JSON.stringify(cursor)).toString('base64url')
    assert.deepEqual(await serials(db, me, { sort: 'end', after }), ['M0000000001'], cursor.join())
  }
})

type Row = Awaited<ReturnType<typeof listCatalog>>['rows'][number]

function query(given: Record<string, string>) {
  return catalogQuerySchema.parse(given)
}

async function serials(db: Db, actor: Member, given: Record<string, string>): Promise<string[]> {
  return (await listCatalog(db, actor, query(given))).rows.map(({ serial }) => serial)
}

async function allPages(db: Db, actor: Member, given: Record<string, string>): Promise<Row[]> {
  const first = await listCatalog(db, actor, query(given))
  const rows = [...first.rows]
  for (let next = first.next; next; ) {
    const page = await listCatalog(db, actor, query({ ...given, after: next }))
    rows.push(...page.rows)
    next = page.next
  }
  return rows
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Alike in many ways, so that every sort has ties across the edges of pages. */
async function manyLicenses(db: Db, owner: Member, count: number) {
  const names = ['Vault', 'agent', 'Backup']
  const versions = await Promise.all(names.map((name) => aProduct(db, { name })))
  const customers = await Promise.all(['C1', 'C2', 'C3', 'C4'].map((number) => aCustomer(db, number)))
  for (let n = 0; n < count; n++) {
    await aLicense(db, owner, {
      product_version_id: versions[n % 3]!,
      customer_id: customers[n % 4]!,
      ends_on: n % 5 === 0 ? null : dayAfter(today, (n % 7) - 3),
      registered_at: new Date(now.getTime() - (n % 10) * 86_400_000),
    })
  }
}
