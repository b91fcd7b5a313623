import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aKey, aLicense, aProduct, memberOf } from '../../test/licenses.ts'
import { anAccount, openPortal, type Portal, signedIn } from '../../test/portal.ts'
import type { Role } from '../platform/actor.ts'
import { uuidv7 } from '../platform/ids.ts'
import { urls } from '../urls.ts'

const catalog = urls.licenses.catalog.to()

test('GET /licenses, /licenses/:serial and the file send an anonymous caller to the login page', async (t) => {
  const { app, db } = await openPortal(t)
  const { path, file } = await aLicensedPortal({ db })
  for (const address of [catalog, path, file]) {
    const answer = await app.request(address, { headers: { accept: 'text/html' } })
    assert.equal(answer.status, 303, address)
    assert.match(answer.headers.get('location') ?? '', /^\/login\?next=/)
    assert.equal((await app.request(address, { headers: { accept: 'application/json' } })).status, 401)
  }
})

test('a stranger finds an empty catalog, and for a serial number of others what one that does not exist answers', async (t) => {
  const portal = await openPortal(t)
  const { path, file, serial } = await aLicensedPortal(portal)
  await anAccount(portal, 'stranger@other.example', { company: 'Other' })
  const stranger = await signedIn(portal, 'stranger@other.example')

  const list = await stranger.get(catalog)
  assert.equal(list.status, 200)
  assert.match(list.html, /No license yet/)
  assert.match(list.html, new RegExp(`href="${urls.registration.start.to()}"`))
  const [foreign, missing] = [
    await stranger.get(path),
    await stranger.get(urls.licenses.show.to({ serial: 'M9999999999' })),
  ]
  assert.equal(foreign.status, 404)
  assert.equal(withoutPath(foreign.html, serial), withoutPath(missing.html, 'M9999999999'))
  assert.equal((await stranger.get(file)).status, 404)
  assert.equal((await stranger.get(`${catalog}?q=${serial}`)).html.includes(`href="${path}"`), false)
})

test('every role sees catalog and details; keys and files are for downloaders and higher, with the reason for viewers', async (t) => {
  const portal = await openPortal(t)
  const { path, file, serial, key, organization_id } = await aLicensedPortal(portal)
  for (const role of ['viewer', 'downloader', 'manager', 'administrator'] as const) {
    const visitor = await colleague(portal, organization_id, role)
    const [list, details, download] = [await visitor.get(catalog), await visitor.get(path), await visitor.get(file)]
    const mayTake = role !== 'viewer'
    assert.ok(list.html.includes(serial), role)
    const mayRegister = role === 'manager' || role === 'administrator'
    assert.equal(list.html.includes(`btn btn-primary" href="${urls.registration.start.to()}"`), mayRegister, role)
    assert.equal(details.status, 200, role)
    assert.equal(details.html.includes(key), mayTake, role)
    assert.equal(details.html.includes(file), mayTake, role)
    assert.equal(details.html.includes('Taking keys and files needs the role'), !mayTake, role)
    assert.equal(download.status, mayTake ? 200 : 403, role)
  }
})

test('GET …/file answers the bytes as issued, under a name that no browser misreads', async (t) => {
  const portal = await openPortal(t)
  const { id, serial, email } = await aLicensedPortal(portal)
  const content = '{\r\n  "payload": "é😀"\n}\n'
  const file_name = 'Größe "x"; a=b.slf'
  const key = await aKey(portal.db, id, { scheme: 'file', file_name, file_content: content })
  const visitor = await signedIn(portal, email)
  const { status, html, headers } = await visitor.get(urls.licenses.file.to({ serial, key }))
  assert.equal(status, 200)
  assert.equal(html, content)
  assert.equal(headers.get('content-type'), 'application/vnd.keyport.slf+json')
  assert.equal(
    headers.get('content-disposition'),
    `attachment; filename="Gr__e__x___a_b.slf"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%22x%22%3B%20a%3Db.slf`,
  )
  assert.match(headers.get('cache-control') ?? '', /private/)
  for (const wrong of [uuidv7(), 'x', "'", '%00', '😀', 'a'.repeat(10_240)]) {
    const address = urls.licenses.file.to({ serial, key: wrong === '%00' ? '\0' : wrong })
    assert.equal((await visitor.get(address)).status, 404, wrong.slice(0, 20))
  }
})

test('GET /licenses answers a page to whatever stands in the search box or the address', async (t) => {
  const portal = await openPortal(t)
  const { email, serial } = await aLicensedPortal(portal)
  const visitor = await signedIn(portal, email)
  const questions = [
    "'",
    '"><script>alert(1)</script>',
    '%',
    '\\',
    '😀',
    '\0',
    '\u202E',
    'x'.repeat(10_240),
    "' or 1=1 --",
  ]
  for (const q of questions) {
    const { status, html } = await visitor.get(urls.licenses.catalog.to({ q }))
    assert.equal(status, 200, q.slice(0, 20))
    assert.ok(!html.includes('<script>alert'), 'typed text is shown as text')
    assert.equal(html.includes(`>${serial}<`), q === '\0', q.slice(0, 20))
  }
  const odd = '?q=%E0%A4%A&status=nonsense&kind=&sort=up&direction=sideways&after=%25%00&product=%00&count=some&q=2'
  const answer = await visitor.get(`${catalog}${odd}`)
  assert.equal(answer.status, 200)
  assert.equal((await visitor.get(urls.licenses.show.to({ serial }, { before: "'--" }))).status, 200)
})

test('a search keeps what was typed, names its filters, and each can be removed', async (t) => {
  const portal = await openPortal(t)
  const { email, serial } = await aLicensedPortal(portal)
  const visitor = await signedIn(portal, email)
  const { html } = await visitor.get(`${catalog}?q=${serial.toLowerCase()}&status=active&kind=product&product=VAULT`)
  assert.match(html, new RegExp(`name="q"[^>]*value="${serial.toLowerCase()}"`))
  assert.match(html, /<option value="active" selected/)
  const without = urls.licenses.catalog.to({ q: serial.toLowerCase(), product: 'VAULT', kind: 'product' })
  assert.ok(html.includes(`href="${without.replaceAll('&', '&amp;')}"`), 'the chip of the status leads to the rest')
  assert.match(html, /Mail Vault/)
  assert.match(html, /One license/)
  const nothing = await visitor.get(`${catalog}?q=${serial}&status=revoked`)
  assert.match(nothing.html, /Nothing matches/)
})

test('what others typed into a license is shown as text', async (t) => {
  const portal = await openPortal(t)
  const { email, member } = await aLicensedPortal(portal)
  const nasty = '<img src=x onerror=alert(1)> {{7*7}} =cmd() \u202Egnp'
  const contacts = JSON.stringify([{ name: nasty, email: 'a@b.example', phone: nasty }])
  const fields = JSON.stringify({ [nasty]: nasty })
  const given = { registered_to: nasty, contacts, fields, revoked_at: new Date(), revoked_reason: nasty }
  const { serial } = await aLicense(portal.db, member, given, { purchase_order: nasty, reseller: nasty })
  const visitor = await signedIn(portal, email)
  const { status, html } = await visitor.get(urls.licenses.show.to({ serial }))
  assert.equal(status, 200)
  assert.ok(!html.includes('<img src=x'))
  assert.ok(html.split('&lt;img src=x').length > 6)
})

test('the catalog speaks French and Portuguese, dates included', async (t) => {
  const portal = await openPortal(t)
  const { email, path } = await aLicensedPortal(portal)
  const visitor = await signedIn(portal, email)
  for (const [locale, words] of Object.entries({ fr: 'Catalogue des licences', 'pt-BR': 'Catálogo de licenças' })) {
    await visitor.post(urls.preferences.locale.to(), { locale, back: catalog })
    assert.ok((await visitor.get(catalog)).html.includes(words))
    assert.ok((await visitor.get(path)).html.includes(`<html lang="${locale}"`))
  }
})

/** An account with one license that has a code and a file. */
async function aLicensedPortal({ db }: Pick<Portal, 'db'>) {
  const email = `owner-${uuidv7()}@acme.example`
  const account = await anAccount({ db }, email)
  const member = memberOf(account, 'administrator')
  const product_version_id = await aVault(db)
  const { id, serial } = await aLicense(db, member, { serial: 'AbcDEF0123456', product_version_id, quantity: 3 })
  const key = 'FFFFF-GGGGG-HHHHH-JJJJJ-KKKKK'
  await aKey(db, id, { key_text: key })
  const file = await aKey(db, id, { scheme: 'file', file_name: 'vault.slf', file_content: '{}' })
  return {
    ...{ id, serial, key, email, member, organization_id: member.organization_id },
    path: urls.licenses.show.to({ serial }),
    file: urls.licenses.file.to({ serial, key: file }),
  }
}

function aVault(db: Portal['db']) {
  return aProduct(db, { code: 'VAULT', name: 'Mail Vault' })
}

async function colleague(portal: Portal, organization_id: string, role: Role) {
  const email = `${role}@acme.example`
  const { user_id } = await anAccount(portal, email)
  await portal.db.deleteFrom('memberships').where('user_id', '=', user_id).execute()
  const membership = { organization_id, user_id, role, created_at: new Date() }
  await portal.db.insertInto('memberships').values(membership).execute()
  return signedIn(portal, email)
}

/** Pages differ in their own address and the request's number only. */
function withoutPath(html: string, serial: string) {
  return html.replaceAll(serial, '…')
}
