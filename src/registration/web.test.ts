import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { before, test } from 'node:test'
import { crc32 } from 'node:zlib'
import yauzl from 'yauzl'
import { verify } from '../../test/issuing.ts'
import { aCustomer, aLicense, anOrderLine, aProduct, type SomeLicense, type SomeProduct } from '../../test/licensing.ts'
import { anAccount, openPortal, type Portal, signedIn } from '../../test/portal.ts'
import { fieldOf, Visitor } from '../../test/visitor.ts'
import type { Role } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { runDueJobs } from '../platform/jobs/index.ts'
import { sheetRow, xlsxStream } from '../platform/tables/index.ts'
import { urls } from '../urls.ts'
import { completeDraft } from './submit-registration.ts'

const { registration } = urls
let portal: Portal
let db: Db
let product: SomeProduct

before(async (t) => {
  portal = await openPortal(t as never, { KEY_ENCRYPTION_KEY: randomBytes(32).toString('base64') })
  db = portal.db
  product = await aProduct(db)
})

let count = 0

/** Somebody signed in, administrator of a new organization unless told otherwise. */
async function aVisitor(role: Role = 'manager', organization_id?: string) {
  const email = `visitor${++count}@example.com`
  const account = await anAccount(portal, email, { company: `Company ${count}` })
  if (organization_id) {
    await db.updateTable('memberships').set({ organization_id }).where('user_id', '=', account.user_id).execute()
  }
  await db.updateTable('memberships').set({ role }).where('user_id', '=', account.user_id).execute()
  const visitor = await signedIn(portal, email, { 'x-forwarded-for': `10.0.${count >> 8}.${count & 255}` })
  return Object.assign(visitor, {
    email,
    user_id: account.user_id,
    organization_id: organization_id ?? account.organization_id,
  })
}
type Someone = Awaited<ReturnType<typeof aVisitor>>

/** Enters serial numbers on the first page. @returns the draft's id. */
async function enter(visitor: Visitor, ...serials: string[]): Promise<string> {
  const answer = await visitor.post(registration.drafts.to(), { serials: serials.join('\n') })
  assert.equal(answer.status, 303, answer.html)
  return answer.location!.split('/').at(-2)!
}

const details = {
  registered_to: 'ACME',
  address: 'none',
  'contacts.0.name': 'Tess',
  'contacts.0.email': 'tess@example.com',
}

/** Fills the second step. */
async function fillIn(visitor: Visitor, draft: string, more: Record<string, string> = {}) {
  const page = await visitor.get(registration.details.to({ draft }))
  const revision = fieldOf(page.html, 'revision')
  return visitor.post(registration.details.to({ draft }), { ...details, revision, ...more })
}

async function complete(visitor: Visitor, draft: string) {
  const page = await visitor.get(registration.verify.to({ draft }))
  assert.equal(page.status, 200)
  const revision = fieldOf(page.html, 'revision')
  return visitor.post(registration.complete.to({ draft }), { revision })
}

/** The whole wizard. @returns the registration's id. */
async function registerAll(visitor: Visitor, licenses: SomeLicense[]): Promise<string> {
  const draft = await enter(visitor, ...licenses.map(({ serial }) => serial))
  await fillIn(visitor, draft)
  const answer = await complete(visitor, draft)
  assert.equal(answer.status, 303)
  assert.match(answer.location!, /registrations/)
  return answer.location!.split('/').at(-1)!
}

async function bytesOf(visitor: Visitor, path: string): Promise<{ status: number; headers: Headers; bytes: Buffer }> {
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const response = await portal.app.request(`http://localhost${path}`, { headers: { ...visitor.headers, cookie } })
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) }
}

async function upload(visitor: Visitor, path: string, file: File) {
  const body = new FormData()
  body.set('serials', '')
  body.set('file', file)
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const headers = { ...visitor.headers, cookie, origin: 'http://localhost' }
  return portal.app.request(`http://localhost${path}`, { method: 'POST', headers, body })
}

test('a purchase is registered step by step, and its key is on the last page', async () => {
  const visitor = await aVisitor()
  const license = await aLicense(db, product, { quantity: 25 })
  const start = await visitor.get(registration.start.to())
  assert.match(start.html, /<h1[^>]*>New Purchase</)

  const draft = await enter(visitor, license.serial)
  const list = await visitor.get(registration.serials.to({ draft }))
  assert.match(list.html, new RegExp(license.serial))
  assert.match(list.html, /Ready to register/)
  assert.match(list.html, />25</)

  const filled = await fillIn(visitor, draft)
  assert.deepEqual([filled.status, filled.location], [303, registration.verify.to({ draft })])
  const verification = await visitor.get(registration.verify.to({ draft }))
  assert.match(verification.html, /<h1[^>]*>License Registration Verification</)
  for (const text of ['ACME', 'tess@example.com', license.serial]) assert.ok(verification.html.includes(text), text)

  const done = await complete(visitor, draft)
  const confirmation = await visitor.get(done.location!)
  assert.equal(confirmation.status, 200)
  assert.match(confirmation.html, /<h1[^>]*>License Key Confirmation</)
  assert.match(confirmation.html, new RegExp(`${license.serial}\\.slf`))
})

test('pressing Complete Registration twice, going back and opening old steps lead to the same confirmation', async () => {
  const visitor = await aVisitor()
  const draft = await enter(visitor, (await aLicense(db, product)).serial)
  await fillIn(visitor, draft)
  const page = await visitor.get(registration.verify.to({ draft }))
  const revision = fieldOf(page.html, 'revision')
  const press = () => visitor.post(registration.complete.to({ draft }), { revision })
  const [first, second] = await Promise.all([press(), press()])
  const third = await press()
  assert.match(first.location!, /registrations/)
  assert.deepEqual([second.location, third.location], [first.location, first.location])
  for (const step of [registration.serials, registration.details, registration.verify, registration.progress]) {
    assert.equal((await visitor.get(step.to({ draft }))).location, first.location)
  }
  assert.equal(
    (await visitor.post(registration.serials.to({ draft }), { serials: 'M1234567' })).location,
    first.location,
  )
})

test('every refusal has its text and its way out', async () => {
  const [visitor, other] = [await aVisitor(), await aVisitor()]
  const [mine, theirs, revoked, cancelled] = [
    await aLicense(db, product),
    await aLicense(db, product),
    await aLicense(db, product),
    await (async () => {
      const customer_id = await aCustomer(db)
      const { order_line_id } = await anOrderLine(db, customer_id, { cancelled_at: new Date() })
      return aLicense(db, product, { customer_id, order_line_id })
    })(),
  ]
  await registerAll(visitor, [mine])
  await registerAll(other, [theirs])
  await db.updateTable('licenses').set({ revoked_at: new Date() }).where('id', '=', revoked.id).execute()
  const alone = await aLicense(db, await aProduct(db, { register_alone: true }))
  const printed = await aLicense(db, await aProduct(db, { key_scheme: 'printed' }), { printed_key: 'K-1' })
  const all = [mine, theirs, revoked, cancelled, alone, printed].map(({ serial }) => serial)
  const draft = await enter(visitor, ...all, 'M9999999999')
  const { html } = await visitor.get(registration.serials.to({ draft }))
  for (const text of [
    'Already yours',
    urls.licenses.show.to({ serial: mine.serial }),
    'Registered elsewhere',
    'Ask whoever bought it to share',
    'Revoked',
    'Order cancelled',
    'Must be registered alone',
    'Move to a basket of its own',
    'Key on the certificate',
    'Not found',
    'capital and small letters differ',
    portal.config.support_email,
  ]) {
    assert.ok(html.includes(text), text)
  }
  assert.ok(!html.includes('Company 2'), 'the other organization is not named')
  const next = await visitor.get(registration.details.to({ draft }))
  assert.equal(next.location, registration.serials.to({ draft }, { problem: 'refused_serials' }))
})

test('a serial number of somebody else shows neither product nor quantity', async () => {
  const [visitor, other] = [await aVisitor(), await aVisitor()]
  const secret = await aProduct(db)
  const theirs = await aLicense(db, secret, { quantity: 4711 })
  await registerAll(other, [theirs])
  const draft = await enter(visitor, theirs.serial)
  const { html } = await visitor.get(registration.serials.to({ draft }))
  assert.ok(html.includes('Registered elsewhere'))
  for (const told of [secret.code, '4,711']) assert.ok(!html.includes(told), told)
})

test('an unknown serial number in the other case is suggested and can be used instead', async () => {
  const visitor = await aVisitor()
  const [first, second] = await (async () => {
    const customer_id = await aCustomer(db)
    return [await aLicense(db, product, { customer_id }), await aLicense(db, product, { customer_id })]
  })()
  await registerAll(visitor, [first!])
  const draft = await enter(visitor, second!.serial.toLowerCase())
  const page = await visitor.get(registration.serials.to({ draft }))
  assert.ok(page.html.includes(`Did you mean ${second!.serial}?`))
  await visitor.post(registration.removeSerial.to({ draft }), {
    serial: second!.serial.toLowerCase(),
    instead: second!.serial,
  })
  const mended = await visitor.get(registration.serials.to({ draft }))
  assert.ok(!mended.html.includes('Not found'))
  assert.ok(mended.html.includes('Ready to register'))
})

test('serial numbers come from CSV and XLSX files as well; other files are refused with what was typed kept', async () => {
  const visitor = await aVisitor()
  const licenses = [await aLicense(db, product), await aLicense(db, product)]
  const serials = licenses.map(({ serial }) => serial)
  const csv = `Product;Serial number\r\n"Atlas 2026 edition";${serials.join('\r\nAtlas 2026-01-01;')}\r\n`
  const draft = await enter(visitor, (await aLicense(db, product)).serial)
  const path = registration.serials.to({ draft })
  assert.equal((await upload(visitor, path, new File([csv], 'list.csv'))).status, 303)
  const listed = await visitor.get(path)
  for (const serial of serials) assert.ok(listed.html.includes(serial))
  assert.ok(!listed.html.includes('2026-01-01'))

  const other = await aLicense(db, product)
  const parts: Uint8Array[] = []
  const rows = async function* () {
    yield sheetRow(['Numéro de série'])
    yield sheetRow([other.serial])
  }
  for await (const part of xlsxStream(rows())) parts.push(part as Uint8Array)
  assert.equal((await upload(visitor, path, new File(parts as BlobPart[], 'list.xlsx'))).status, 303)
  assert.ok((await visitor.get(path)).html.includes(other.serial))

  const refused = await upload(visitor, path, new File([Buffer.from('PK\u0003\u0004 not a workbook')], 'x.xlsx'))
  assert.equal(refused.status, 422)
  assert.match(await refused.text(), /This file cannot be read/)
})

test('a row of very many cells is read like any other', async () => {
  const visitor = await aVisitor()
  const { serial } = await aLicense(db, product)
  const wide = new File([`${'x,'.repeat(300_000)}${serial}\n`], 'wide.csv')
  assert.equal((await upload(visitor, registration.drafts.to(), wide)).status, 303)
})

test('an empty form and one without serial numbers come back with 422, and nothing is kept', async () => {
  const visitor = await aVisitor()
  for (const [serials, text] of [
    ['', 'Type or paste a serial number'],
    ['abc ?', 'No serial number was found'],
  ] as const) {
    const answer = await visitor.post(registration.drafts.to(), { serials })
    assert.equal(answer.status, 422)
    assert.ok(answer.html.includes(text))
    assert.ok(answer.html.includes('kp-errors'))
  }
  assert.ok(!(await visitor.get(registration.start.to())).html.includes('Baskets you can resume'))
})

test('a megabyte in a field is refused, not stored and not answered with an error of ours', async () => {
  const visitor = await aVisitor()
  const draft = await enter(visitor, (await aLicense(db, product)).serial)
  const long = 'x'.repeat(900_000)
  const answer = await fillIn(visitor, draft, { registered_to: long, 'contacts.0.name': 'y'.repeat(1000) })
  assert.equal(answer.status, 422)
  assert.match(answer.html, /Use at most 200 characters/)
  const larger = await fillIn(visitor, draft, { registered_to: 'x'.repeat(1_100_000) })
  assert.equal(larger.status, 413)
})

test('the Registration step keeps everything typed and names each field that is wrong', async () => {
  const visitor = await aVisitor()
  const node = await aProduct(db, { key_scheme: 'file_host' })
  const draft = await enter(visitor, (await aLicense(db, node, { quantity: 5 })).serial)
  const host = `hosts.${node.product_id}.0`
  const answer = await fillIn(visitor, draft, {
    registered_to: ' ',
    'contacts.0.email': 'nobody',
    address: 'new',
    'new.city': 'Łódź',
    [`${host}.type`]: 'mac',
    [`${host}.id`]: 'zz:zz',
    [`${host}.quantity`]: 'many',
  })
  assert.equal(answer.status, 422)
  for (const text of ['nobody', 'Łódź', 'zz:zz', 'many']) assert.ok(answer.html.includes(`value="${text}"`), text)
  for (const text of [
    'Fill in this field',
    'Enter an e-mail address',
    '12 hexadecimal digits',
    'Enter a whole number',
  ]) {
    assert.ok(answer.html.includes(text), text)
  }
})

test('one more host is one button away, and hosts that need too much lead back to the step', async () => {
  const visitor = await aVisitor()
  const node = await aProduct(db, { key_scheme: 'file_host' })
  const license = await aLicense(db, node, { quantity: 5 })
  const draft = await enter(visitor, license.serial)
  const prefix = `hosts.${node.product_id}`
  const first = { [`${prefix}.0.type`]: 'hostname', [`${prefix}.0.id`]: 'alpha', [`${prefix}.0.quantity`]: '3' }
  const more = await fillIn(visitor, draft, { ...first, more: `${prefix}.1.id` })
  assert.equal(more.status, 200)
  assert.ok(more.html.includes(`name="${prefix}.1.id"`))
  assert.ok(more.html.includes('value="alpha"'))

  const second = { [`${prefix}.1.type`]: 'hostname', [`${prefix}.1.id`]: 'beta', [`${prefix}.1.quantity`]: '3' }
  await fillIn(visitor, draft, { ...first, ...second })
  const back = await visitor.get(registration.verify.to({ draft }))
  assert.equal(back.location, registration.details.to({ draft }, { problem: 'incomplete' }))
  assert.ok((await visitor.get(back.location!)).html.includes('need more than this license covers (5)'))

  await fillIn(visitor, draft, { ...first, ...second, [`${prefix}.1.quantity`]: '2' })
  const done = await complete(visitor, draft)
  const { html } = await visitor.get(done.location!)
  assert.ok(html.includes('alpha') && html.includes('beta'))
})

test('what a draft could not be read with again is refused, and the draft stays as it was', async () => {
  const visitor = await aVisitor()
  const fields_schema = { type: 'object', properties: { site: { type: 'string' } } }
  const bound = await aProduct(db, { key_scheme: 'file_host', host_types: ['hostname'], fields_schema })
  const draft = await enter(visitor, (await aLicense(db, bound, { quantity: 100 })).serial)
  const rows = (count: number, row: (n: number) => Record<string, string>) =>
    Object.assign({}, ...Array.from({ length: count }, (_, n) => row(n))) as Record<string, string>
  const host = (n: number) => ({
    [`hosts.${bound.product_id}.${n}.id`]: `node-${n}`,
    [`hosts.${bound.product_id}.${n}.quantity`]: '1',
  })
  const contact = (n: number) => ({ [`contacts.${n}.name`]: 'Tess', [`contacts.${n}.email`]: `t${n}@example.com` })

  const hosts = await fillIn(visitor, draft, rows(51, host))
  assert.equal(hosts.status, 422)
  assert.match(hosts.html, /at most 50 hosts/)
  assert.ok(!hosts.html.includes('Add a host'))
  const long = await fillIn(visitor, draft, { ...rows(1, host), [`fields.${bound.product_id}.site`]: 'x'.repeat(2001) })
  assert.equal(long.status, 422)
  assert.match(long.html, /at most 2,000 characters/)
  assert.equal((await fillIn(visitor, draft, { ...rows(1, host), ...rows(11, contact) })).status, 422)
  assert.equal((await fillIn(visitor, draft, { ...rows(1, host), address: 'no uuid' })).status, 422)
  assert.equal((await fillIn(visitor, draft, rows(50, host))).status, 303)
  assert.equal((await visitor.get(registration.verify.to({ draft }))).status, 200)
})

test('hosts can be changed for one license, and set back to what holds for all', async () => {
  const visitor = await aVisitor()
  const node = await aProduct(db, { key_scheme: 'file_host' })
  const licenses = [await aLicense(db, node), await aLicense(db, node)]
  const draft = await enter(visitor, ...licenses.map(({ serial }) => serial))
  const prefix = `hosts.${node.product_id}.0`
  await fillIn(visitor, draft, { [`${prefix}.type`]: 'hostname', [`${prefix}.id`]: 'alpha' })
  const path = registration.license.to({ draft, serial: licenses[0]!.serial })
  const save = async (fields: Record<string, string>) => {
    const revision = fieldOf((await visitor.get(path)).html, 'revision')
    return visitor.post(path, { revision, ...fields })
  }
  assert.equal((await save({ [`${prefix}.type`]: 'hostname', [`${prefix}.id`]: 'not a host!' })).status, 422)
  assert.equal((await save({ [`${prefix}.type`]: 'hostname', [`${prefix}.id`]: 'gamma' })).status, 303)
  const verification = () => visitor.get(registration.verify.to({ draft }))
  assert.ok((await verification()).html.includes('gamma × 10'))
  assert.equal((await save({ reset: 'on' })).status, 303)
  assert.ok(!(await verification()).html.includes('gamma'))
})

test('maintenance shows the license it is proposed for; another can be named, a foreign one cannot', async () => {
  const visitor = await aVisitor()
  const customer_id = await aCustomer(db)
  const owned = [await aLicense(db, product, { customer_id }), await aLicense(db, product, { customer_id })]
  await registerAll(visitor, owned)
  const covers = await aProduct(db, { kind: 'maintenance', key_scheme: 'none', covers_product_id: product.product_id })
  const renewal = await aLicense(db, covers, { customer_id, ends_on: '2028-01-31' })
  const foreign = await aLicense(db, product)
  const draft = await enter(visitor, renewal.serial)
  const page = await visitor.get(registration.details.to({ draft }))
  assert.ok(page.html.includes(`covers ${owned[0]!.serial}`))
  const path = registration.license.to({ draft, serial: renewal.serial })
  const name = async (relates_to: string) => {
    const revision = fieldOf((await visitor.get(path)).html, 'revision')
    return visitor.post(path, { revision, relates_to })
  }
  const refused = await name(foreign.serial)
  assert.equal(refused.status, 422)
  assert.match(refused.html, /Your organization has no such license/)
  assert.equal((await name(owned[1]!.serial.toLowerCase())).status, 303)
  assert.ok((await visitor.get(registration.details.to({ draft }))).html.includes(`covers ${owned[1]!.serial}`))
})

test('two tabs: the later form is told that the basket changed, with everything it typed', async () => {
  const visitor = await aVisitor()
  const draft = await enter(visitor, (await aLicense(db, product)).serial)
  const stale = fieldOf((await visitor.get(registration.details.to({ draft }))).html, 'revision')
  await fillIn(visitor, draft)
  const answer = await visitor.post(registration.details.to({ draft }), {
    ...details,
    revision: stale,
    registered_to: 'Typed here',
  })
  assert.equal(answer.status, 422)
  assert.ok(answer.html.includes('changed in another tab'))
  assert.ok(answer.html.includes('value="Typed here"'))
  const again = await visitor.post(registration.details.to({ draft }), {
    ...details,
    revision: fieldOf(answer.html, 'revision'),
    registered_to: 'Typed here',
  })
  assert.equal(again.status, 303)
})

test('a basket that changed after it was verified does not complete', async () => {
  const visitor = await aVisitor()
  const draft = await enter(visitor, (await aLicense(db, product)).serial)
  await fillIn(visitor, draft)
  const revision = fieldOf((await visitor.get(registration.verify.to({ draft }))).html, 'revision')
  await visitor.post(registration.serials.to({ draft }), { serials: (await aLicense(db, product)).serial })
  const answer = await visitor.post(registration.complete.to({ draft }), { revision })
  assert.equal(answer.location, registration.verify.to({ draft }, { problem: 'changed' }))
  assert.match((await visitor.get(answer.location!)).html, /Nothing was registered yet/)
})

test('whoever comes second is led to the list, where the serial number says that it is registered elsewhere', async () => {
  const [slow, fast] = [await aVisitor(), await aVisitor()]
  const license = await aLicense(db, product)
  const draft = await enter(slow, license.serial)
  await fillIn(slow, draft)
  const revision = fieldOf((await slow.get(registration.verify.to({ draft }))).html, 'revision')
  await registerAll(fast, [license])
  const answer = await slow.post(registration.complete.to({ draft }), { revision })
  assert.equal(answer.location, registration.serials.to({ draft }, { problem: 'refused_serials' }))
  assert.match((await slow.get(answer.location!)).html, /Registered elsewhere/)
})

test('a license that must be registered alone moves into its own basket, listed on the start page', async () => {
  const visitor = await aVisitor()
  const alone = await aLicense(db, await aProduct(db, { register_alone: true }))
  const draft = await enter(visitor, (await aLicense(db, product)).serial, alone.serial)
  const moved = await visitor.post(registration.separateSerial.to({ draft }), { serial: alone.serial })
  assert.equal(moved.location, registration.serials.to({ draft }))
  assert.ok((await visitor.get(moved.location!)).html.includes('waits in a basket of its own'))
  const start = await visitor.get(registration.start.to())
  assert.ok(start.html.includes(alone.serial))
})

test('a discarded draft is gone; one of another organization is not found; one too old is gone', async () => {
  const [visitor, stranger] = [await aVisitor(), await aVisitor()]
  const [draft, old] = [await enter(visitor, 'M1111111111'), await enter(visitor, 'M1111111112')]
  assert.equal((await visitor.post(registration.discard.to({ draft }))).location, registration.start.to())
  await db.updateTable('registration_drafts').set({ updated_at: '2020-01-01' }).where('id', '=', old).execute()
  for (const gone of [draft, old])
    assert.equal((await visitor.get(registration.serials.to({ draft: gone }))).status, 410)
  for (const foreign of [await enter(visitor, 'M1111111113'), 'nonsense']) {
    assert.equal((await stranger.get(registration.serials.to({ draft: foreign }))).status, 404)
  }
})

const serial = 'M0000000000'
/** Every route of the wizard with what a caller who may not call it gets. */
const routes: {
  method: 'get' | 'post'
  path: (names: { draft: string; registration: string }) => string
  role: Role
}[] = [
  { method: 'get', path: () => registration.start.to(), role: 'manager' },
  { method: 'post', path: () => registration.drafts.to(), role: 'manager' },
  { method: 'get', path: (names) => registration.serials.to(names), role: 'manager' },
  { method: 'post', path: (names) => registration.serials.to(names), role: 'manager' },
  { method: 'post', path: (names) => registration.removeSerial.to(names), role: 'manager' },
  { method: 'post', path: (names) => registration.separateSerial.to(names), role: 'manager' },
  { method: 'get', path: (names) => registration.details.to(names), role: 'manager' },
  { method: 'post', path: (names) => registration.details.to(names), role: 'manager' },
  { method: 'get', path: (names) => registration.license.to({ ...names, serial }), role: 'manager' },
  { method: 'post', path: (names) => registration.license.to({ ...names, serial }), role: 'manager' },
  { method: 'get', path: (names) => registration.verify.to(names), role: 'manager' },
  { method: 'post', path: (names) => registration.complete.to(names), role: 'manager' },
  { method: 'get', path: (names) => registration.progress.to(names), role: 'manager' },
  { method: 'post', path: (names) => registration.progress.to(names), role: 'manager' },
  { method: 'post', path: (names) => registration.discard.to(names), role: 'manager' },
  { method: 'get', path: (names) => registration.confirmation.to(names), role: 'downloader' },
  { method: 'get', path: (names) => registration.files.to(names), role: 'downloader' },
  { method: 'get', path: (names) => registration.csv.to(names), role: 'downloader' },
  { method: 'post', path: (names) => registration.email.to(names), role: 'manager' },
]

test('every route refuses anonymous callers, viewers and other organizations', async () => {
  const owner = await aVisitor()
  const names = {
    registration: await registerAll(owner, [await aLicense(db, product)]),
    draft: await enter(owner, (await aLicense(db, product)).serial),
  }
  const [anonymous, viewer, stranger] = [
    new Visitor(portal.app),
    await aVisitor('viewer', owner.organization_id),
    await aVisitor(),
  ]
  for (const { method, path } of routes) {
    const at = path(names)
    const asked = await anonymous[method](at)
    const isLogin = asked.status === 303 && asked.location!.startsWith(urls.accounts.signIn.to())
    assert.ok(isLogin || asked.status === 401, `anonymous ${method} ${at}: ${asked.status}`)
    assert.equal((await viewer[method](at)).status, 403, `viewer ${method} ${at}`)
    const named = at.includes(names.draft) || at.includes(names.registration)
    if (named) assert.equal((await stranger[method](at)).status, 404, `stranger ${method} ${at}`)
  }
  const downloader = await aVisitor('downloader', owner.organization_id)
  assert.equal((await downloader.get(registration.confirmation.to(names))).status, 200)
})

test('the ZIP holds every license file, each of which verifies', async () => {
  const visitor = await aVisitor()
  const licenses = [await aLicense(db, product), await aLicense(db, product), await aLicense(db, product)]
  const id = await registerAll(visitor, licenses)
  const zip = await bytesOf(visitor, registration.files.to({ registration: id }))
  assert.equal(zip.headers.get('content-type'), 'application/zip')
  assert.match(zip.headers.get('cache-control')!, /no-store/)
  const files = await unzip(zip.bytes)
  assert.deepEqual([...files.keys()].sort(), licenses.map((license) => `${product.code}-${license.serial}.slf`).sort())
  const found = await Promise.all([...files.values()].map((file) => verify(db, file)))
  const serials = found.map((each) => (each.status === 'valid' ? each.license.serial : each.status))
  assert.deepEqual(serials.sort(), licenses.map((license) => license.serial).sort())
})

/** The files of a ZIP as another library reads them, checksums included. */
async function unzip(bytes: Buffer): Promise<Map<string, string>> {
  const zip = await yauzl.fromBufferPromise(bytes)
  const files = new Map<string, string>()
  for await (const entry of zip.eachEntry()) {
    const content = await buffer(await zip.openReadStreamPromise(entry))
    assert.equal(crc32(content), entry.crc32)
    files.set(entry.fileName, content.toString('utf8'))
  }
  return files
}

test('the CSV holds every key, and no cell that a spreadsheet would run', async () => {
  const visitor = await aVisitor()
  const evil = await aProduct(db, { key_scheme: 'printed' })
  const license = await aLicense(db, evil, { printed_key: '=cmd|calc' })
  const id = await registerAll(visitor, [license])
  const csv = await bytesOf(visitor, registration.csv.to({ registration: id }))
  const text = csv.bytes.toString('utf8')
  assert.ok(text.startsWith('\u{feff}Serial number,Product code'))
  assert.ok(text.includes(license.serial))
  assert.ok(text.includes("'=cmd|calc"))
})

test('serial numbers are e-mailed to others; wrong addresses come back with what was typed', async () => {
  const visitor = await aVisitor()
  const id = await registerAll(visitor, [await aLicense(db, product)])
  const path = registration.email.to({ registration: id })
  const wrong = await visitor.post(path, { emails: 'one@example.com, two' })
  assert.equal(wrong.status, 422)
  assert.ok(wrong.html.includes('value="one@example.com, two"'))
  assert.equal((await visitor.post(path, { emails: '' })).status, 422)
  const sent = await visitor.post(path, { emails: 'One@example.com; three@example.com one@example.com' })
  assert.equal(sent.status, 303)
  const mails = await db
    .selectFrom('mails')
    .select('to_address')
    .where('template', '=', 'registration.forward')
    .execute()
  assert.deepEqual(mails.map((mail) => mail.to_address).sort(), ['one@example.com', 'three@example.com'])
})

async function manyLicenses(licenses: number): Promise<string[]> {
  const customer_id = await aCustomer(db)
  const coded = await aProduct(db, { key_scheme: 'code' })
  const made = await Promise.all(Array.from({ length: licenses }, () => aLicense(db, coded, { customer_id })))
  return made.map((license) => license.serial)
}

test('a large basket completes in the background, with a page that shows how far it is', async () => {
  const visitor = await aVisitor()
  const serials = await manyLicenses(230)
  const draft = await enter(visitor, ...serials)
  await fillIn(visitor, draft)
  const submitted = await complete(visitor, draft)
  const progress = registration.progress.to({ draft })
  assert.equal(submitted.location, progress)
  const waiting = await visitor.get(progress)
  assert.match(waiting.html, /<progress/)
  assert.match(waiting.html, /http-equiv="refresh"/)
  assert.equal((await visitor.post(registration.serials.to({ draft }), { serials: 'M1234567' })).location, progress)

  assert.deepEqual(await runDueJobs(portal.services, [completeDraft]), { done: 1, failed: 0 })
  const done = await visitor.get(progress)
  assert.match(done.location!, /registrations/)
  const htmx = await portal.app.request(`http://localhost${progress}`, {
    headers: { 'hx-request': 'true', cookie: [...visitor.cookies].map(([k, v]) => `${k}=${v}`).join('; ') },
  })
  assert.equal(htmx.headers.get('hx-redirect'), done.location)
  const confirmation = await visitor.get(done.location!)
  assert.match(confirmation.html, /230 licenses are/)
  const next = /hx-get="([^"]+)"/.exec(confirmation.html)![1]!.replaceAll('&amp;', '&')
  assert.equal((await visitor.get(next)).status, 200)
})

test('a large basket that cannot complete comes back to its user with the reason', async () => {
  const [visitor, faster] = [await aVisitor(), await aVisitor()]
  const serials = await manyLicenses(205)
  const draft = await enter(visitor, ...serials)
  await fillIn(visitor, draft)
  assert.equal((await complete(visitor, draft)).status, 303)
  const own = await enter(faster, serials[7]!)
  await fillIn(faster, own)
  await complete(faster, own)
  await runDueJobs(portal.services, [completeDraft])
  const back = await visitor.get(registration.progress.to({ draft }))
  assert.equal(back.location, registration.serials.to({ draft }, { problem: 'refused_serials' }))
  const list = await visitor.get(`${back.location!}&show=refused`)
  assert.ok(list.html.includes(serials[7]!) && list.html.includes('Registered elsewhere'))
})

test('French and Portuguese readers get their own words', async () => {
  const visitor = (await aVisitor()) satisfies Someone
  for (const [language, words] of [
    ['fr', 'Nouvel achat'],
    ['pt-BR', 'Nova compra'],
  ] as const) {
    await db.updateTable('auth.user').set({ locale: language }).where('id', '=', visitor.user_id).execute()
    visitor.cookies.delete('keyport_language')
    assert.match((await visitor.get(registration.start.to())).html, new RegExp(`<h1[^>]*>${words}`))
  }
})
