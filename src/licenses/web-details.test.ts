/** License Key Details, comments, contacts and certificate as each role and a stranger meet them. */
import assert from 'node:assert/strict'
import { before, type TestContext, test } from 'node:test'
import { aField, aKey, aLicense, aProduct, aValue, memberOf } from '../../test/licenses.ts'
import { anAccount, openPortal, type Portal, signedIn } from '../../test/portal.ts'
import type { Visitor } from '../../test/visitor.ts'
import { buildAssets } from '../../tools/vendor-assets.ts'
import type { Role } from '../platform/actor.ts'
import { uuidv7 } from '../platform/ids.ts'
import { urls } from '../urls.ts'

before(async () => {
  await buildAssets()
})

const serial = 'M0123456789'
const printed = 'PRNTD-KEYKE-YKEYK'
const [details, comments, contacts, certificate] = [
  urls.licenses.show.to({ serial }),
  urls.licenses.comments.to({ serial }),
  urls.licenses.contacts.to({ serial }),
  urls.licenses.certificate.to({ serial }),
]

/** A license with colleagues of each role around it, and a stranger. */
async function anOffice(t: TestContext) {
  const portal = await openPortal(t)
  const account = await anAccount(portal, 'administrator@acme.example')
  const me = memberOf(account, 'administrator')
  const product_version_id = await aProduct(portal.db, { code: 'VAULT', name: 'Mail Vault' })
  const given = { serial, product_version_id, quantity: 3, printed_key: printed, contacts: '[]' }
  const license = await aLicense(portal.db, me, given)
  await aKey(portal.db, license.id, { key_text: 'FFFFF-GGGGG-HHHHH', quantity: 2 })
  const visitors = new Map<string, Visitor>([['administrator', await signedIn(portal, account.email)]])
  for (const role of ['viewer', 'downloader', 'manager'] as const) visitors.set(role, await colleague(portal, me, role))
  await anAccount(portal, 'stranger@other.example', { company: 'Other' })
  visitors.set('stranger', await signedIn(portal, 'stranger@other.example'))
  return { ...portal, me, license, as: (name: string) => visitors.get(name)! }
}

async function colleague(portal: Portal, { organization_id }: { organization_id: string }, role: Role, name = role) {
  const email = `${name}@acme.example`
  const { user_id } = await anAccount(portal, email, { given_name: name as string })
  await portal.db.deleteFrom('memberships').where('user_id', '=', user_id).execute()
  const membership = { organization_id, user_id, role, created_at: new Date() }
  await portal.db.insertInto('memberships').values(membership).execute()
  return signedIn(portal, email)
}

const comment = (body: string, comment_id = uuidv7()) => ({ body, comment_id })
const bodiesIn = (html: string) =>
  [...html.matchAll(/kp-comment-body" dir="auto">\s*([\s\S]*?)\s*<\/p>/g)].map(([, body]) => body!)

test('each role meets its options, comments and contacts; a stranger meets nothing, by page or by POST', async (t) => {
  const { as } = await anOffice(t)
  for (const role of ['viewer', 'downloader', 'manager', 'administrator']) {
    const manages = role === 'manager' || role === 'administrator'
    const page = await as(role).get(details)
    assert.equal(page.html.includes(`href="${contacts}"`), manages, role)
    assert.equal(page.html.includes('Needs the role “manager”'), !manages, role)
    assert.ok(page.html.includes(`href="${certificate}"`), role)
    assert.equal((await as(role).get(comments)).status, 200)
    assert.equal((await as(role).get(contacts)).status, manages ? 200 : 403, role)
    assert.equal((await as(role).post(comments, comment('Hello'))).status, manages ? 303 : 403, role)
    assert.equal((await as(role).post(contacts, { was: '[]' })).status, manages ? 303 : 403, role)
  }
  for (const path of [details, comments, contacts, certificate])
    assert.equal((await as('stranger').get(path)).status, 404)
  for (const path of [comments, contacts]) assert.equal((await as('stranger').post(path, comment('x'))).status, 404)
})

test('a comment is shown as it was typed: lines, signs and addresses as text, to colleagues only', async (t) => {
  const { as, license, db } = await anOffice(t)
  const typed = '  <script>alert(1)</script> =1+1\nhttps://evil.example \u202egnp {{7*7}} 100% \'"\r\n👨‍👩‍👧  '
  assert.equal((await as('manager').post(comments, comment(typed))).status, 303)
  const { html } = await as('viewer').get(comments)
  const [body] = bodiesIn(html)
  assert.ok(body!.startsWith('&lt;script&gt;alert(1)&lt;/script&gt; =1+1\nhttps://evil.example'), body)
  assert.ok(!html.includes('href="https://evil'))
  assert.ok((await as('viewer').get(details)).html.includes('&lt;script&gt;alert(1)'))
  assert.match((await as('viewer').get(details)).html, /Comment added/)

  const { organization_id } = await db
    .selectFrom('organizations')
    .select('id as organization_id')
    .where('name', '=', 'Other')
    .executeTakeFirstOrThrow()
  await db.deleteFrom('license_keys').execute()
  await db.updateTable('licenses').set({ owner_id: organization_id }).where('id', '=', license.id).execute()
  const foreign = await as('stranger').get(comments)
  assert.equal(foreign.status, 200, 'the license changed hands')
  assert.deepEqual(bodiesIn(foreign.html), [])
  assert.ok(!(await as('stranger').get(details)).html.includes('Comment added'))
})

test('a comment has up to 5,000 characters as a reader counts them; a longer one comes back as typed', async (t) => {
  const { as } = await anOffice(t)
  const family = '👨‍👩‍👧'
  assert.equal((await as('manager').post(comments, comment('é'.repeat(5_000)))).status, 303)
  assert.equal((await as('manager').post(comments, comment(family.repeat(3_000)))).status, 303)
  for (const long of ['é'.repeat(5_001), family.repeat(5_000), `a${'\u0301'.repeat(30_000)}`]) {
    const answer = await as('manager').post(comments, comment(long))
    assert.equal(answer.status, 422)
    assert.ok(answer.html.includes(long.slice(0, 200)) && answer.html.includes('Shorten the comment'))
  }
  for (const empty of ['', '  \n ', '\0']) {
    const answer = await as('manager').post(comments, comment(empty))
    assert.equal(answer.status, 422)
    assert.match(answer.html, /Write something/)
  }
  assert.equal((await as('manager').post(comments, { body: 'no id' })).status, 422)
  assert.equal(bodiesIn((await as('viewer').get(comments)).html).length, 2)
})

test('a value that was taken off the choices is marked; numbers stand as they were typed', async (t) => {
  const { db, me, license, as } = await anOffice(t)
  const choice = await aField(db, me, { type: 'choice', choices: ['Red', 'Green'] })
  const number = await aField(db, me, { type: 'number', in_catalog: true })
  await aValue(db, license.id, choice, 'Blue')
  await aValue(db, license.id, number, '4711.5')
  const { html } = await as('viewer').get(details)
  assert.match(html, /Blue \(no longer a choice\)/)
  assert.match(html, />4711\.5</)
  assert.match((await as('viewer').get(urls.licenses.catalog.to())).html, />4711\.5</)
  await db
    .updateTable('user_defined_fields')
    .set({ choices: ['Red', 'Blue'] })
    .where('id', '=', choice)
    .execute()
  assert.doesNotMatch((await as('viewer').get(details)).html, /no longer a choice/)
})

test('the same form sent twice adds one comment', async (t) => {
  const { as } = await anOffice(t)
  const { html } = await as('manager').get(comments)
  const [, comment_id] = /name="comment_id" value="([^"]+)"/.exec(html)!
  for (let n = 0; n < 2; n++)
    assert.equal((await as('manager').post(comments, comment('Once', comment_id!))).status, 303)
  const page = await as('viewer').get(comments)
  assert.deepEqual(bodiesIn(page.html), ['Once'])
  assert.equal((await as('viewer').get(details)).html.split('Comment added').length, 2)
})

test('a comment is removed by its author or an administrator, leaves a line of history, and can be brought back', async (t) => {
  const { as, me, ...portal } = await anOffice(t)
  const other = await colleague(portal, me, 'manager', 'other' as Role)
  await as('manager').post(comments, comment('Mine'))
  const { html } = await as('manager').get(comments)
  const [, id] = /id="comment-([^"]+)"/.exec(html)!
  const [remove, restore] = [
    urls.licenses.removeComment.to({ serial, comment: id! }),
    urls.licenses.restoreComment.to({ serial, comment: id! }),
  ]
  assert.ok(html.includes(remove))
  assert.ok(!(await other.get(comments)).html.includes(remove))
  for (const [who, status] of [
    ['viewer', 403],
    ['downloader', 403],
    ['stranger', 404],
  ] as const) {
    assert.equal((await as(who).post(remove, {})).status, status, who)
  }
  assert.equal((await other.post(remove, {})).status, 403)
  for (const wrong of [uuidv7(), "'", '%00']) {
    const path = `${comments}/${wrong === "'" ? '%27' : wrong}/removal`
    assert.equal((await as('administrator').post(path, {})).status, 404, wrong)
  }
  for (const who of ['manager', 'administrator', 'manager']) {
    const removed = await as(who).post(remove, {})
    assert.equal(removed.status, 303)
    const page = await as(who).get(removed.headers.get('location')!)
    assert.deepEqual(bodiesIn(page.html), [])
    assert.ok(page.html.includes(`action="${restore}"`))
  }
  assert.equal((await as('manager').get(details)).html.split('Comment removed').length, 2, 'one line, however often')
  assert.equal((await other.post(restore, {})).status, 403)
  assert.equal((await as('administrator').post(restore, {})).status, 303)
  assert.deepEqual(bodiesIn((await as('viewer').get(comments)).html), ['Mine'])
  assert.match((await as('viewer').get(details)).html, /brought back/)
})

test('comments are shown the newest first, twenty at a time', async (t) => {
  const { as, license, me, db } = await anOffice(t)
  const rows = Array.from({ length: 45 }, (_, n) => ({
    ...{ id: uuidv7(), license_id: license.id, organization_id: me.organization_id, user_id: me.user_id },
    ...{ body: `no ${n}`, created_at: new Date(1_800_000_000_000 + Math.floor(n / 3) * 1000) },
  }))
  await db.insertInto('license_comments').values(rows).execute()
  const seen: string[] = []
  let path: string | undefined = comments
  while (path) {
    const { html } = await as('viewer').get(path)
    seen.push(...bodiesIn(html))
    path = /href="([^"]*before=[^"]*)#comments"/.exec(html)?.[1]?.replaceAll('&amp;', '&')
  }
  assert.deepEqual(seen, rows.map(({ body }) => body).toReversed())
  assert.equal((await as('viewer').get(`${comments}?before=%27--`)).status, 200)
})

test('contacts typed and chosen are saved together; what is wrong comes back beside its field', async (t) => {
  const { as } = await anOffice(t)
  const page = await as('manager').get(contacts)
  assert.ok(page.html.includes('administrator@acme.example'), 'colleagues are offered')
  const chosen = JSON.stringify({ name: 'Colleague', email: 'administrator@acme.example', phone: null })
  const typed = { 'contacts.0.name': 'Zoé <b>', 'contacts.0.email': 'ZOE@else.example', 'contacts.0.phone': '+33 1' }
  const wrong = await as('manager').post(contacts, {
    was: '[]',
    ...typed,
    'contacts.1.name': 'No address',
    known: chosen,
  })
  assert.equal(wrong.status, 422)
  for (const kept of ['Zoé &lt;b&gt;', 'ZOE@else.example', 'No address']) assert.ok(wrong.html.includes(kept), kept)
  assert.match(wrong.html, /href="#field-contacts-1-email"/)

  const more = await as('manager').post(contacts, { was: '[]', ...typed, more: '1' })
  assert.equal(more.status, 200)
  assert.ok(more.html.includes('name="contacts.1.name"') && more.html.includes('ZOE@else.example'))

  assert.equal(
    (await as('manager').post(contacts, { was: '[]', ...typed, known: [chosen, '{"x":1}', 'x'] })).status,
    303,
  )
  const { html } = await as('viewer').get(details)
  for (const shown of [
    'mailto:zoe@else.example',
    'mailto:administrator@acme.example',
    'Contacts: nothing → Zoé &lt;b&gt;, Colleague',
  ]) {
    assert.ok(html.includes(shown), shown)
  }
})

test('contacts changed meanwhile are shown, nothing is overwritten; sending what is there already is harmless', async (t) => {
  const { as } = await anOffice(t)
  const [ann, ben] = ['ann', 'ben'].map((name) => ({
    'contacts.0.name': name,
    'contacts.0.email': `${name}@acme.example`,
    'contacts.0.phone': '',
  }))
  assert.equal((await as('manager').post(contacts, { was: '[]', ...ann })).status, 303)
  assert.equal((await as('manager').post(contacts, { was: '[]', ...ann })).status, 303, 'sent twice')
  const stale = await as('administrator').post(contacts, { was: '[]', ...ben })
  assert.equal(stale.status, 422)
  assert.ok(stale.html.includes('changed meanwhile') && stale.html.includes('ann · ann@acme.example'))
  assert.ok(stale.html.includes('value="ben@acme.example"'), 'what was typed is kept')
  assert.ok((await as('viewer').get(details)).html.includes('mailto:ann@acme.example'))
  const was = /name="was" value="([^"]*)"/.exec(stale.html)![1]!.replaceAll('&quot;', '"')
  assert.equal((await as('administrator').post(contacts, { was, ...ben })).status, 303)
  assert.ok((await as('viewer').get(details)).html.includes('mailto:ben@acme.example'))
})

test('a license that is revoked takes no contacts, and its options say so', async (t) => {
  const { as, license, db } = await anOffice(t)
  await db.updateTable('licenses').set({ revoked_at: new Date() }).where('id', '=', license.id).execute()
  const page = await as('manager').get(details)
  assert.ok(!page.html.includes(`href="${contacts}"`) && page.html.includes('The license is revoked.'))
  assert.match((await as('manager').get(contacts)).html, /The license is revoked/)
  assert.equal((await as('manager').post(contacts, { was: '[]' })).status, 422)
})

test('license information added by serial number: the purchase, no key, and registering as the thing to do', async (t) => {
  const { as, me, db } = await anOffice(t)
  const unowned = await aLicense(db, null, { printed_key: printed, quantity: 4 })
  const { organization_id } = me
  const bookmark = { organization_id, license_id: unowned.id, created_by: me.user_id, created_at: new Date() }
  await db.insertInto('license_bookmarks').values(bookmark).execute()
  const path = urls.licenses.show.to({ serial: unowned.serial })
  const { html, status } = await as('manager').get(path)
  assert.equal(status, 200)
  for (const shown of [
    'Register this license',
    'Nobody has registered it yet',
    'Register the license first.',
    '4 devices',
  ]) {
    assert.ok(html.includes(shown), shown)
  }
  assert.ok(!html.includes(printed))
  assert.ok(!(await as('viewer').get(path)).html.includes('Register this license'))
  assert.equal(
    (await as('manager').post(urls.licenses.comments.to({ serial: unowned.serial }), comment('Soon'))).status,
    303,
  )
  assert.equal(
    (await as('manager').post(urls.licenses.contacts.to({ serial: unowned.serial }), { was: '[]' })).status,
    422,
  )
})

test('the certificate bears the printed key for those who may take keys', async (t) => {
  const { as } = await anOffice(t)
  const [viewer, downloader] = [await as('viewer').get(certificate), await as('downloader').get(certificate)]
  for (const answer of [viewer, downloader]) {
    assert.equal(answer.status, 200)
    assert.equal(answer.headers.get('content-type'), 'application/pdf')
    assert.match(answer.headers.get('content-disposition')!, /filename="M0123456789\.pdf"/)
    assert.match(answer.headers.get('cache-control')!, /private/)
  }
  assert.notEqual(viewer.html, downloader.html)
  assert.equal(downloader.html, (await as('manager').get(certificate)).html)
})
