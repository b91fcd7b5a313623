import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { sql } from 'kysely'
import { aKey, aLicense, aProduct, memberOf, now } from '../../test/licenses.ts'
import { anAccount, openPortal, type Portal, password, signedIn } from '../../test/portal.ts'
import type { Visitor } from '../../test/visitor.ts'
import { createColleague } from '../accounts/index.ts'
import { addField, setFieldValues } from '../fields/index.ts'
import { type Member, type Role, systemActor } from '../platform/actor.ts'
import { hashPassword } from '../platform/auth/index.ts'
import { readTable } from '../platform/tables/index.ts'
import { urls } from '../urls.ts'
import { openExport } from './export-catalog.ts'
import { catalogQuerySchema } from './schemas.ts'

let portal: Portal
let count = 0

before(async (t) => {
  // On a server an export has a connection of its own, for its one moment; the embedded engine has but one.
  portal = await openPortal(t as never)
})

type Team = { actor: Member; visitor: Visitor }

async function aTeam(): Promise<Team> {
  const account = await anAccount(portal, `owner${++count}@export.example`)
  return { actor: memberOf(account), visitor: await signedIn(portal, account.email) }
}

async function aColleague({ actor }: Team, role: Role): Promise<Visitor> {
  const email = `${role}${++count}@export.example`
  const person = { given_name: 'A', family_name: 'B', phone: null, locale: 'en', time_zone: 'UTC' } as const
  const login = { password_hash: await hashPassword(password), organization_id: actor.organization_id, role }
  await createColleague(portal.db, systemActor('test'), { ...person, ...login, email })
  return signedIn(portal, email)
}

const address = (format: string, question: Record<string, string> = {}) => urls.licenses.export.to({ format }, question)

async function asJson(visitor: Visitor, question?: Record<string, string>): Promise<Record<string, unknown>[]> {
  return JSON.parse((await visitor.get(address('json', question))).html)
}

async function rowsOf(bytes: Uint8Array): Promise<string[][]> {
  const rows: string[][] = []
  for await (const part of readTable({ bytes })) rows.push(...part.map(({ cells }) => cells))
  return rows
}

test('a license is exported with its facts, fields, tags, hosts and keys', async () => {
  const team = await aTeam()
  const { actor, visitor } = team
  const { db } = portal
  const product_version_id = await aProduct(db, { code: 'MAIL-1', name: 'Mail Server', version: '4.2' })
  const contacts = JSON.stringify([{ name: 'Tess', email: 'tess@acme.example', phone: '+33 1' }])
  const license = await aLicense(
    db,
    actor,
    { product_version_id, quantity: 5, ends_on: '2030-12-31', kind: 'subscription', contacts, registered_to: 'Acme' },
    { number: 'ORD-EXPORT-1', purchase_order: 'PO 7' },
  )
  await aKey(db, license.id, { key_text: 'AAAAA-BBBBB', quantity: 2 })
  await aKey(db, license.id, { key_text: 'CCCCC-DDDDD', host_type: 'hostname', host_id: 'db1' })
  await aKey(db, license.id, { key_text: 'OLD-ONE', revoked_at: now, revoked_reason: 'lost' })
  await sql`insert into license_tags (organization_id, license_id, tag, created_at)
    values (${actor.organization_id}, ${license.id}, 'paris', ${now}), (${actor.organization_id}, ${license.id}, 'lab', ${now})`.execute(
    db,
  )
  const ids: string[] = []
  for (const [name, type] of [
    ['Cost', 'number'],
    ['Active', 'yes_no'],
    ['Due', 'date'],
    ['Empty', 'text'],
  ] as const) {
    const added = await addField(db, actor, { name, type, choices: [], flags: [] })
    if (added.ok) ids.push(added.field_id)
  }
  const values = { [ids[0]!]: '1234.5', [ids[1]!]: 'false', [ids[2]!]: '2027-01-31' }
  await setFieldValues(db, actor, { license_ids: [license.id], values })

  const [row] = await asJson(visitor)
  const { keys, ...facts } = row!
  assert.deepEqual(
    {
      serial: facts.serial,
      status: facts.status,
      product: [facts.product_code, facts.product, facts.version, facts.kind],
      counted: [facts.quantity, facts.meter],
      dates: [facts.starts_on, facts.ends_on, facts.registered_on],
      order: [facts.order_number, facts.purchase_order],
      contacts: facts.contacts,
      tags: facts.tags,
      fields: facts.fields,
    },
    {
      serial: license.serial,
      status: 'active',
      product: ['MAIL-1', 'Mail Server', '4.2', 'subscription'],
      counted: [5, 'device'],
      dates: [null, '2030-12-31', '2026-06-15'],
      order: ['ORD-EXPORT-1', 'PO 7'],
      contacts: JSON.parse(contacts),
      tags: ['lab', 'paris'],
      fields: { Cost: 1234.5, Active: false, Due: '2027-01-31' },
    },
  )
  const texts = (keys as { key_text: string; host_id: string | null }[]).map((key) => [key.key_text, key.host_id])
  assert.deepEqual(texts, [
    ['AAAAA-BBBBB', null],
    ['CCCCC-DDDDD', 'db1'],
  ])

  const csv = await portalBytes(visitor, 'csv')
  assert.deepEqual([...csv.subarray(0, 3)], [0xef, 0xbb, 0xbf])
  for (const bytes of [csv, await portalBytes(visitor, 'xlsx')]) {
    const [head, line] = await rowsOf(bytes)
    const cells = Object.fromEntries(head!.map((column, n) => [column, line![n]]))
    assert.equal(cells['Serial number'], license.serial)
    assert.equal(cells.Status, 'Active')
    assert.equal(cells['Counted by'], 'Device')
    assert.equal(cells.Cost, '1234.5')
    assert.equal(cells.Active, 'no')
    assert.equal(cells.Tags, 'lab, paris')
    assert.equal(cells.Hosts, 'db1')
    assert.equal(cells['License keys'], 'AAAAA-BBBBB\nCCCCC-DDDDD')
    assert.equal(cells['Technical support contacts'], 'Tess <tess@acme.example> +33 1')
  }
})

async function portalBytes(visitor: Visitor, format: string): Promise<Uint8Array> {
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const answer = await portal.app.request(`http://localhost${address(format)}`, { headers: { cookie } })
  assert.equal(answer.status, 200)
  return new Uint8Array(await answer.arrayBuffer())
}

test('keys go to downloaders and higher only, and never into a bill of materials', async () => {
  const team = await aTeam()
  const license = await aLicense(portal.db, team.actor)
  await aKey(portal.db, license.id, { key_text: 'SECRET-KEY' })
  for (const role of ['viewer', 'downloader', 'manager'] as const) {
    const visitor = await aColleague(team, role)
    for (const format of ['csv', 'json', 'cyclonedx']) {
      const { status, html } = await visitor.get(address(format))
      assert.equal(status, 200)
      assert.ok(html.includes(license.serial), `${role} ${format}`)
      assert.equal(html.includes('SECRET-KEY'), role !== 'viewer' && format !== 'cyclonedx', `${role} ${format}`)
    }
  }
  const { visitor: stranger } = await aTeam()
  for (const format of ['csv', 'json', 'cyclonedx']) {
    assert.ok(!(await stranger.get(address(format))).html.includes(license.serial))
  }
  for (const format of ['pdf', 'CSV', '..', '%00']) assert.equal((await stranger.get(address(format))).status, 404)
})

test('a serial number that another license names is told only to who sees that license', async () => {
  const { actor, visitor } = await aTeam()
  const { actor: other } = await aTeam()
  const { db } = portal
  const [own, foreign, unowned] = [await aLicense(db, actor), await aLicense(db, other), await aLicense(db, null)]
  await aLicense(db, actor, { serial: 'REL-FOREIGN', covers_license_id: foreign.id, renews_license_id: unowned.id })
  await aLicense(db, actor, { serial: 'REL-OWN', covers_license_id: own.id })
  const rows = new Map((await asJson(visitor)).map(({ serial, covers, renews }) => [serial, [covers, renews]]))
  assert.deepEqual(rows.get('REL-FOREIGN'), [null, null])
  assert.deepEqual(rows.get('REL-OWN'), [own.serial, null])
})

test('the catalog offers its result in every format, with the question and order of the page', async () => {
  const team = await aTeam()
  await aLicense(portal.db, team.actor)
  const question = { kind: 'product', sort: 'serial', direction: 'down' }
  const { html } = await team.visitor.get(urls.licenses.catalog.to(question))
  for (const format of ['csv', 'xlsx', 'json', 'cyclonedx']) {
    assert.ok(html.includes(`href="${address(format, question).replaceAll('&', '&amp;')}"`), format)
  }
  assert.match(html, /with their keys/)
  const viewer = await aColleague(team, 'viewer')
  assert.match((await viewer.get(urls.licenses.catalog.to())).html, /without keys/)
})

test('an export finds what the page finds with the same question, in the same order', async () => {
  const { actor, visitor } = await aTeam()
  const product_version_id = await aProduct(portal.db, { code: `ONLY-${++count}` })
  const mine = [await aLicense(portal.db, actor, { product_version_id }), await aLicense(portal.db, actor)]
  mine.push(await aLicense(portal.db, actor, { product_version_id }))
  const serials = async (question: Record<string, string>) => (await asJson(visitor, question)).map((row) => row.serial)
  const sorted = mine.map(({ serial }) => serial).sort()
  assert.deepEqual(await serials({ sort: 'serial' }), sorted)
  assert.deepEqual(await serials({ sort: 'serial', direction: 'down' }), sorted.toReversed())
  assert.deepEqual((await serials({ product: `ONLY-${count}` })).sort(), [mine[0]!.serial, mine[2]!.serial].sort())
  assert.deepEqual(await serials({ q: mine[1]!.serial.toLowerCase() }), [mine[1]!.serial])
  assert.deepEqual(await serials({ q: '\0%\'"😀'.repeat(2000) }), [])
  assert.deepEqual(await serials({ status: 'revoked' }), [])
})

test('formulas are disarmed in spreadsheets, and nothing breaks the other formats', async () => {
  const { actor, visitor } = await aTeam()
  const hostile = "=cmd|' /C calc'!A0,\"</x>\n;😀"
  await aLicense(portal.db, actor, { registered_to: hostile }, { purchase_order: '@SUM(1+1)', reseller: '+1\u0001' })
  await addField(portal.db, actor, { name: '=HYPERLINK("x")', type: 'text', choices: [], flags: [] })
  const csv = (await visitor.get(address('csv'))).html
  assert.ok(csv.includes(`"'${hostile.replaceAll('"', '""')}"`))
  assert.ok(csv.includes(",'@SUM(1+1),"))
  assert.ok(csv.includes(`"'=HYPERLINK(""x"")"`))
  const [head, line] = await rowsOf(await portalBytes(visitor, 'xlsx'))
  assert.equal(line![head!.indexOf('Registered to')], hostile)
  assert.equal((await asJson(visitor))[0]!.registered_to, hostile)
})

test('questions at the edge of what there is are answered: the last day, a text cut within a character', async () => {
  const { actor, visitor } = await aTeam()
  const { serial } = await aLicense(portal.db, actor)
  const serials = async (question: Record<string, string>) => (await asJson(visitor, question)).map((row) => row.serial)
  assert.deepEqual(await serials({ registered_to: '9999-12-31' }), [serial])
  assert.deepEqual(await serials({ registered_from: '9999-12-31' }), [])
  assert.deepEqual(await serials({ tag: `${'x'.repeat(199)}😀` }), [])
  assert.deepEqual(await serials({ q: `${'x'.repeat(8000)}😀` }), [])
})

test('many licenses come whole, each once', async () => {
  const { actor, visitor } = await aTeam()
  const { id } = await aLicense(portal.db, actor)
  await sql`insert into licenses (id, serial, product_version_id, kind, meter, quantity, customer_id, owner_id,
      registration_id, registered_at, created_at)
    select gen_random_uuid(), 'EXPORT-' || n, product_version_id, kind, meter, 1, customer_id, owner_id, registration_id,
      registered_at - n % 7 * interval '1 day', created_at from licenses, generate_series(1, 2500) n where id = ${id}`.execute(
    portal.db,
  )
  for (const sort of ['newest', 'serial', 'product']) {
    const serials = (await asJson(visitor, { sort })).map((row) => row.serial)
    assert.equal(serials.length, 2501)
    assert.equal(new Set(serials).size, 2501)
  }
  assert.equal((await rowsOf(await portalBytes(visitor, 'xlsx'))).length, 2502)
})

test('an empty catalog is an empty list in every format', async () => {
  const { visitor } = await aTeam()
  assert.deepEqual(await asJson(visitor), [])
  assert.equal((await rowsOf(await portalBytes(visitor, 'csv'))).length, 1)
  assert.deepEqual(JSON.parse((await visitor.get(address('cyclonedx'))).html).components, [])
})

test('history tells who exported how many licenses, by which question, with keys or not', async () => {
  const team = await aTeam()
  await aLicense(portal.db, team.actor)
  await team.visitor.get(address('csv', { kind: 'product', sort: 'serial' }))
  await (await aColleague(team, 'viewer')).get(address('json'))
  const events = await portal.db
    .selectFrom('events')
    .select(['details', 'license_id'])
    .where('organization_id', '=', team.actor.organization_id)
    .where('action', '=', 'catalog.exported')
    .orderBy('id')
    .execute()
  assert.deepEqual(events, [
    { license_id: null, details: { format: 'csv', licenses: 1, keys: true, question: { kind: 'product' } } },
    { license_id: null, details: { format: 'json', licenses: 1, keys: false, question: {} } },
  ])
})

test('one process runs two exports at a time; who stops reading makes room', async () => {
  const { actor, visitor } = await aTeam()
  const open = () => openExport(portal.services.database, actor, catalogQuerySchema.parse({}), 'csv')
  const [first, second] = [await open(), await open()]
  const refused = await visitor.get(address('csv'))
  assert.equal(refused.status, 429)
  assert.ok(Number(refused.headers.get('retry-after')) > 0)
  await first.close()
  await first.close()
  assert.equal((await visitor.get(address('csv'))).status, 200)
  await second.close()
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  for (const format of ['csv', 'xlsx', 'json', 'xlsx', 'cyclonedx']) {
    const headers = { cookie, 'accept-encoding': 'gzip' }
    const answer = await portal.app.request(`http://localhost${address(format)}`, { headers })
    assert.equal(answer.status, 200, format)
    await answer.body!.cancel()
    const head = await portal.app.request(`http://localhost${address(format)}`, { headers, method: 'HEAD' })
    assert.equal(head.status, 200, format)
  }
  assert.equal((await visitor.get(address('csv'))).status, 200)
})

test('a reader who stands still gives room to others after two minutes', async (t) => {
  const { actor, visitor } = await aTeam()
  await aLicense(portal.db, actor)
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const open = () => openExport(portal.services.database, actor, catalogQuerySchema.parse({}), 'csv')
  const [first] = [await open(), await open()]
  t.mock.timers.tick(120_000)
  t.mock.timers.reset()
  assert.equal((await visitor.get(address('csv'))).status, 200)
  await assert.rejects(first!.rows.next(), /nobody read the export/)
})
