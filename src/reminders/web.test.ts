import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aLicense, aProduct, memberOf } from '../../test/licenses.ts'
import { anAccount, openPortal, signedIn } from '../../test/portal.ts'
import { Visitor } from '../../test/visitor.ts'
import { wantsEmail } from './preferences.ts'
import { unsubscribeAddress } from './unsubscribe-link.ts'

type Scope = Parameters<typeof openPortal>[0]

async function ann(t: Scope, locale: 'en' | 'fr' = 'en') {
  const portal = await openPortal(t)
  const account = await anAccount(portal, 'ann@acme.example', { company: 'Acme, Inc.', locale })
  return { portal, account, visitor: await signedIn(portal, account.email), anybody: new Visitor(portal.app) }
}

/** The address that the page after making one shows. */
async function makeCalendar(visitor: Visitor): Promise<string> {
  const made = await visitor.post('/account/notifications/calendar', { do: 'make' })
  assert.equal(made.status, 303)
  const page = await visitor.get(made.location!)
  return /http:\/\/localhost(\/calendar\/[\w-]+\.ics)/.exec(page.html)![1]!
}

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
const unfold = (ics: string) => ics.replaceAll('\r\n ', '')

test('topics are chosen, kept, and asked by other modules; security cannot be declined', async (t) => {
  const { portal, account, visitor } = await ann(t)
  const wants = (topic: 'license_end' | 'service_requests' | 'security') =>
    wantsEmail(portal.db, [account.user_id], topic).then((ids) => ids.has(account.user_id))
  assert.equal(await wants('license_end'), true, 'unless they said no')
  const saved = await visitor.post('/account/notifications', { topics: ['service_requests'] })
  assert.deepEqual([saved.status, saved.location], [303, '/account/notifications'])
  assert.deepEqual([await wants('license_end'), await wants('service_requests')], [false, true])
  assert.equal((await visitor.post('/account/notifications')).status, 303, 'none at all')
  assert.deepEqual([await wants('service_requests'), await wants('security')], [false, true])
  const page = (await visitor.get('/account/notifications')).html
  assert.match(page, /value="security" checked="" [^>]*disabled/)
  assert.doesNotMatch(page, /value="license_end" checked/)
  assert.equal((await visitor.post('/account/notifications', { topics: ['everything'] })).status, 422)
  assert.match((await new Visitor(portal.app).get('/account/notifications')).location!, /^\/login/)
})

test('a mail program unsubscribes with one click, a person after a look; nobody for somebody else', async (t) => {
  const { portal, account, anybody } = await ann(t)
  const address = unsubscribeAddress(portal.config, { user_id: account.user_id }, ['license_end'], new Date())
  const path = address.replace('http://localhost', '')
  assert.equal((await anybody.get(path)).status, 200)
  assert.ok((await wantsEmail(portal.db, [account.user_id], 'license_end')).size > 0, 'looking changes nothing')
  const oneClick = await portal.app.request(address, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'List-Unsubscribe=One-Click',
  })
  assert.equal(oneClick.status, 303)
  assert.equal((await wantsEmail(portal.db, [account.user_id], 'license_end')).size, 0)
  assert.equal((await wantsEmail(portal.db, [account.user_id], 'maintenance_end')).size, 1, 'that topic only')
  const done = await anybody.get(oneClick.headers.get('location')!)
  assert.ok(done.status === 200 && done.html.includes('/account/notifications'))
  assert.equal((await anybody.post(path)).status, 303, 'a second time')
  for (const token of ['', 'x', path.split('token=')[1]!.slice(0, -3)]) {
    assert.equal((await anybody.post(`/notifications/unsubscribe?token=${token}`)).status, 403)
    assert.equal((await anybody.get(`/notifications/unsubscribe?token=${token}`)).status, 410)
  }
  const contact = unsubscribeAddress(portal.config, { email: 'tia@tech.example' }, ['license_end'], new Date())
  assert.equal((await anybody.post(contact.replace('http://localhost', ''))).status, 303)
  assert.equal((await portal.db.selectFrom('notification_opt_outs').select('email').execute()).length, 1)
})

test('a calendar shows what ends, by day and product, and not what is over or told elsewhere', async (t) => {
  const { portal, account, visitor, anybody } = await ann(t, 'fr')
  const { db } = portal
  const owner = memberOf(account)
  const version = await aProduct(db, { name: 'Sauvegarde; "Größe", 漢字' })
  const license = (given: Parameters<typeof aLicense>[2]) =>
    aLicense(db, owner, { product_version_id: version, ...given })
  const [soon, later] = [inDays(10), inDays(400)]
  await license({ ends_on: soon, serial: 'KP-SECRET-SERIAL' })
  await license({ ends_on: soon })
  await license({ maintenance_until: later })
  await license({ ends_on: inDays(-2) })
  await license({ ends_on: inDays(900) })
  await license({ ends_on: soon, revoked_at: new Date(), revoked_reason: 'x' })
  const eve = await anAccount(portal, 'eve@evil.example')
  await aLicense(db, memberOf(eve), { ends_on: soon, product_version_id: version })

  const address = await makeCalendar(visitor)
  const stored = JSON.stringify(await db.selectFrom('calendar_feeds').selectAll().execute())
  assert.ok(!stored.includes(address.slice(10, -4)), 'the secret is not kept')
  const answer = await anybody.get(address)
  assert.deepEqual([answer.status, answer.headers.get('content-type')], [200, 'text/calendar; charset=utf-8'])
  const ics = unfold(answer.html)
  assert.equal(ics.split('BEGIN:VEVENT').length - 1, 2)
  const compact = (day: string) => day.replaceAll('-', '')
  assert.ok(ics.includes(`DTSTART;VALUE=DATE:${compact(soon)}`) && ics.includes(`DTSTART;VALUE=DATE:${compact(later)}`))
  assert.match(ics, /SUMMARY;LANGUAGE=fr:Sauvegarde\\; "Größe"\\, 漢字\u00a0: fin de 2 licences/)
  assert.match(ics, /X-WR-CALNAME:Licences de Acme\\, Inc\./)
  assert.ok(!ics.includes('KP-SECRET-SERIAL'), 'a serial number proves a purchase')
  for (const line of answer.html.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75)
})

test('a calendar that did not change says so, and keeps its entries the same', async (t) => {
  const { portal, account, visitor, anybody } = await ann(t)
  await aLicense(portal.db, memberOf(account), { ends_on: inDays(10) })
  const address = await makeCalendar(visitor)
  const first = await anybody.get(address)
  const again = await anybody.get(address)
  assert.equal(again.html, first.html)
  const { etag, modified } = { etag: first.headers.get('etag')!, modified: first.headers.get('last-modified')! }
  const asked = (headers: Record<string, string>) => new Visitor(portal.app, headers).get(address)
  assert.equal((await asked({ 'if-none-match': etag })).status, 304)
  assert.equal((await asked({ 'if-none-match': `"other", W/${etag}` })).status, 304)
  assert.equal((await asked({ 'if-modified-since': modified })).status, 304)
  assert.equal((await asked({ 'if-none-match': '"other"', 'if-modified-since': modified })).status, 200)
  await aLicense(portal.db, memberOf(account), { ends_on: inDays(20) })
  const changed = await asked({ 'if-none-match': etag })
  assert.equal(changed.status, 200)
  const uids = (ics: string) => [...ics.matchAll(/^UID:.*$/gm)].map(([uid]) => uid)
  assert.ok(uids(changed.html).includes(uids(first.html)[0]!), 'the same entry keeps its UID')
})

test('a calendar address ends when it is replaced or revoked, and with the membership', async (t) => {
  const { portal, account, visitor, anybody } = await ann(t)
  const status = async (address: string) => (await anybody.get(address)).status
  const first = await makeCalendar(visitor)
  const second = await makeCalendar(visitor)
  assert.deepEqual([await status(first), await status(second)], [404, 200])
  assert.equal((await visitor.post('/account/notifications/calendar', { do: 'revoke' })).status, 303)
  assert.equal(await status(second), 404)
  assert.equal((await visitor.post('/account/notifications/calendar', { do: 'revoke' })).status, 404)
  const third = await makeCalendar(visitor)
  assert.equal(await status(third), 200)
  await portal.db.deleteFrom('memberships').where('user_id', '=', account.user_id).execute()
  assert.equal(await status(third), 404)
  for (const name of ['x.ics', '%00.ics', `${'a'.repeat(32)}.ics`, third.slice(10, -4)]) {
    assert.equal(await status(`/calendar/${name}`), 404)
  }
})

test('the new address is shown to its maker only', async (t) => {
  const { portal, visitor } = await ann(t)
  const made = await visitor.post('/account/notifications/calendar', { do: 'make' })
  await anAccount(portal, 'eve@evil.example')
  const eve = await signedIn(portal, 'eve@evil.example')
  assert.ok((await visitor.get(made.location!)).html.includes('.ics'))
  assert.ok(!(await eve.get(made.location!)).html.includes('.ics'))
  assert.ok(!(await visitor.get('/account/notifications')).html.includes('.ics'))
})

test('reading a calendar, and guessing at one, is throttled', async (t) => {
  const { visitor, anybody } = await ann(t)
  const address = await makeCalendar(visitor)
  const read = async (path: string) => (await anybody.get(path)).status
  const statuses = async (path: string) => {
    const seen = new Set<number>()
    for (let n = 0; n < 61; n++) seen.add(await read(path))
    return [...seen]
  }
  assert.deepEqual(await statuses(`/calendar/${'b'.repeat(32)}.ics`), [404, 429])
  assert.deepEqual(await statuses(address), [200, 429])
})
