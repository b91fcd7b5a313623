import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { aDeployedLicense } from '../../test/deploying.ts'
import { aCustomer, aField, aLicense } from '../../test/licenses.ts'
import { anAccount, anUnconfirmedAccount, openPortal, signedIn } from '../../test/portal.ts'
import { fieldOf, type Visitor } from '../../test/visitor.ts'
import { findMemberByEmail } from '../accounts/index.ts'
import { activeSigner } from '../keys/index.ts'
import { uuidv7 } from '../platform/ids.ts'
import { openRequest, type Person } from '../requests/index.ts'
import { urls } from '../urls.ts'

const show = (serial: string) => urls.licenses.show.to({ serial })

/** Ann administrates Acme, which owns licenses of two numbers; Bo administrates Partner. */
async function annAndBo(t: Parameters<typeof openPortal>[0]) {
  const portal = await openPortal(t, { KEY_ENCRYPTION_KEY: Buffer.alloc(32, 5).toString('base64') })
  const { db } = portal
  const { organization_id: acme } = await anAccount(portal, 'ann@acme.example', { company: 'Acme' })
  await anAccount(portal, 'bo@partner.example', { company: 'Partner', given_name: 'Bo' })
  const owner = (await findMemberByEmail(db, 'ann@acme.example', new Date()))!
  const issuing = { config: portal.config, signer: await activeSigner(db, portal.config) }
  const { serial } = await aDeployedLicense(db, owner, issuing)
  const other = await aLicense(db, owner, { customer_id: await aCustomer(db, 'C-OTHER') })
  const { rows } = await sql<{ number: string }>`
    select c.number from licenses l join customers c on c.id = l.customer_id where serial = ${serial}`.execute(db)
  const [ann, bo] = [await signedIn(portal, 'ann@acme.example'), await signedIn(portal, 'bo@partner.example')]
  return { portal, db, acme, ann, bo, serial, other: other.serial, number: rows[0]!.number }
}

type Given = Record<string, string | string[]>
const delegate = async (ann: Visitor, given: Given) => {
  const answer = await ann.post(urls.delegation.create.to(), { email: 'bo@partner.example', level: 'full', ...given })
  assert.equal(answer.status, 303, answer.html.slice(0, 200))
}
const act = (bo: Visitor, customer: string) => bo.post(urls.partner.act.to(), { customer })

test('a customer delegates numbers; the partner finds them in its catalog and on its dashboard, and nothing else', async (t) => {
  const { db, ann, bo, serial, other, number } = await annAndBo(t)
  await delegate(ann, { customers: [number] })
  const catalog = await bo.get(urls.licenses.catalog.to({ source: 'delegated' }))
  assert.ok(catalog.html.includes(serial) && !catalog.html.includes(other))
  assert.equal((await bo.get(show(other))).status, 404)
  assert.match((await bo.get(urls.partner.customers.to())).html, /Acme/)
  const mail = await db
    .selectFrom('mails')
    .select('subject')
    .where('template', '=', 'delegation-granted')
    .executeTakeFirst()
  assert.match(mail!.subject, /Acme lets you act for it/)
})

test('acting for a customer: pages about licenses are as for the customer, each action names both, all others stay closed', async (t) => {
  const { db, acme, ann, bo, serial, other, number } = await annAndBo(t)
  await delegate(ann, { customers: [number] })
  assert.equal((await act(bo, acme)).status, 303)
  const catalog = await bo.get(urls.licenses.catalog.to())
  assert.match(catalog.html, /You act for Acme\./)
  assert.ok(catalog.html.includes(serial) && !catalog.html.includes(other))
  assert.equal((await bo.get(show(other))).status, 404, 'beyond the numbers, also as the customer')
  const form = await bo.get(urls.deployments.reissue.to({ serial }))
  const done = await bo.post(urls.deployments.reissue.to({ serial }), { revision: fieldOf(form.html, 'revision') })
  assert.equal(done.status, 303)
  assert.match((await ann.get(show(serial))).html, /by Bo Miller of Partner, on behalf of Acme/)
  assert.equal((await bo.post(urls.deployments.return.to({ serial }), { revision: '9', serial })).status, 422)

  const members = await bo.get(urls.organizations.members.to())
  assert.ok(!members.html.includes('ann@acme.example') && members.html.includes('bo@partner.example'))
  assert.match(members.html, /here you are yourself/)
  const { user_id } = (await findMemberByEmail(db, 'ann@acme.example', new Date()))!
  const removal = await bo.post(urls.organizations.remove.to({ member: user_id }), { sure: 'on' })
  assert.equal(removal.status, 404, 'nobody removes the administrator of a customer')
  const share = await bo.post(urls.sharing.create.to(), {
    email: 'x@y.example',
    scope: 'licenses',
    serials: serial,
    level: 'view',
  })
  assert.equal(share.status, 422, 'nor shares its licenses')
  assert.equal((await bo.get(urls.transfers.ownership.to({ serial }))).status, 404)
  assert.ok(
    !(await bo.get(urls.registration.start.to())).html.includes('You act for Acme.'),
    'purchases need all numbers',
  )

  assert.equal((await bo.post(urls.partner.stop.to())).status, 303)
  assert.ok(!(await bo.get(urls.licenses.catalog.to())).html.includes('You act for'))
})

test('what a partner asked for its customer it may follow while the customer lets it, and nothing else of the customer', async (t) => {
  const { portal, acme, ann, bo, number } = await annAndBo(t)
  const { db, config } = portal
  await delegate(ann, { customers: [number] })
  const person = async (email: string) => (await findMemberByEmail(db, email, new Date()))!
  const ask = (by: Person) =>
    db.transaction().execute((trx) => {
      return openRequest(
        trx,
        by,
        { kind: 'other', organization_id: acme, details: { description: 'Why?', serials: [] } },
        config,
      )
    })
  const [own, others] = [await ask(await person('bo@partner.example')), await ask(await person('ann@acme.example'))]
  const status = async (visitor: Visitor, { number: request }: { number: string }) =>
    (await visitor.get(urls.requests.show.to({ request }))).status
  assert.deepEqual([await status(bo, own), await status(bo, others), await status(ann, own)], [200, 404, 200])
  await sql`update license_grants set ends_on = current_date, ends_at = now() - interval '1 minute'`.execute(db)
  assert.equal(await status(bo, own), 404, 'before a job has noted it')
})

test('with everything delegated a partner registers purchases for its customer', async (t) => {
  const { acme, ann, bo, number } = await annAndBo(t)
  await delegate(ann, { customers: [number, 'C-OTHER'], new_numbers: 'on' })
  await act(bo, acme)
  assert.match((await bo.get(urls.registration.start.to())).html, /You act for Acme\./)
})

test('everything to be seen and one number to be managed is no right to register purchases', async (t) => {
  const { acme, ann, bo, number } = await annAndBo(t)
  await delegate(ann, { customers: [number, 'C-OTHER'], new_numbers: 'on', level: 'view' })
  await delegate(ann, { customers: [number] })
  await act(bo, acme)
  assert.ok(!(await bo.get(urls.registration.start.to())).html.includes('You act for Acme.'))
})

test('a partner shares nothing by a tag: those by which its customer shares stay as they are', async (t) => {
  const { portal, acme, ann, bo, serial, other, number } = await annAndBo(t)
  await anAccount(portal, 'cy@third.example', { company: 'Third' })
  const cy = await signedIn(portal, 'cy@third.example')
  await ann.post(urls.licenses.tags.to({ serial: other }), { add: 'lab' })
  const share = { email: 'cy@third.example', scope: 'tag', tag: 'lab', level: 'full' }
  assert.equal((await ann.post(urls.sharing.create.to(), share)).status, 303)
  await delegate(ann, { customers: [number] })
  await act(bo, acme)
  const tagged = await bo.post(urls.licenses.tags.to({ serial }), { add: 'Lab' })
  assert.equal((await cy.get(show(serial))).status, 404)
  assert.equal(tagged.status, 422)
  assert.match(tagged.html, /By the tag “lab” Acme shares licenses/)
  assert.equal((await bo.post(urls.licenses.tags.to({ serial }), { add: 'ours' })).status, 303)
  assert.equal((await cy.get(show(other))).status, 200)
})

test('acting for a customer tells no people and places of numbers that are not delegated', async (t) => {
  const { db, acme, ann, bo, serial, other, number } = await annAndBo(t)
  const contact = (name: string) => JSON.stringify([{ name, email: `${name}@acme.example`, phone: null }])
  await sql`update licenses set contacts = ${contact('near')}::jsonb where serial = ${serial}`.execute(db)
  await sql`update licenses set contacts = ${contact('far')}::jsonb where serial = ${other}`.execute(db)
  const second = await aLicense(db, (await findMemberByEmail(db, 'ann@acme.example', new Date()))!, {
    customer_id: (await db.selectFrom('customers').select('id').where('number', '=', number).executeTakeFirstOrThrow())
      .id,
  })
  await sql`
    insert into addresses (id, customer_id, organization_id, company, street, city, country, created_at)
    select gen_random_uuid(), c.id, null, 'Site of ' || c.number, 'Main Street 1', 'Town', 'FR', now() from customers c
  `.execute(db)
  await sql`insert into customer_associations (organization_id, customer_id, created_at, proven_by, proof)
    select ${acme}::uuid, id, now(), 'operator', '' from customers on conflict do nothing`.execute(db)
  await delegate(ann, { customers: [number] })
  await act(bo, acme)
  const contacts = (await bo.get(urls.licenses.contacts.to({ serial: second.serial }))).html
  assert.ok(contacts.includes('near@acme.example') && !contacts.includes('far@acme.example'))
  assert.ok(!contacts.includes('ann@acme.example'), 'members are named by the customer alone')
  const places = (await bo.get(urls.licenses.address.to({ serial }))).html
  assert.ok(places.includes(`Site of ${number}`) && !places.includes('Site of C-OTHER'))
})

test('acting for a customer shows the fields that it shares, and changes what it keeps on licenses given in full alone', async (t) => {
  const { db, acme, ann, bo, serial, other, number } = await annAndBo(t)
  const owner = (await findMemberByEmail(db, 'ann@acme.example', new Date()))!
  const [site, price] = [await aField(db, owner, { name: 'Site' }), await aField(db, owner, { name: 'Price' })]
  await sql`update user_defined_fields set shared = (name = 'Site'), searchable = true, in_catalog = true`.execute(db)
  const fill = async (visitor: Visitor, to: string, values: Given) => {
    const address = urls.fields.ofLicense.to({ serial: to })
    const { html } = await visitor.get(address)
    return visitor.post(address, { was: fieldOf(html, 'was'), ...values })
  }
  for (const one of [serial, other]) {
    assert.equal((await fill(ann, one, { [`field.${site}`]: 'Lyon', [`field.${price}`]: '900' })).status, 303)
  }
  await delegate(ann, { customers: [number] })
  await delegate(ann, { customers: ['C-OTHER'], level: 'view' })
  await act(bo, acme)
  const pages = [show(serial), urls.fields.ofLicense.to({ serial }), urls.licenses.catalog.to()]
  for (const page of [...pages, urls.licenses.columns.to(), urls.licenses.export.to({ format: 'json' })]) {
    const { html } = await bo.get(page)
    assert.ok(!html.includes('Price') && !/\b900\b/.test(html), page)
  }
  assert.match((await bo.get(show(serial))).html, /Lyon/)
  const found = await bo.get(urls.licenses.catalog.to({ q: '900' }))
  assert.ok(!found.html.includes(show(serial)), 'nor is anything found by them')
  const form = (await bo.get(urls.fields.ofLicense.to({ serial }))).html
  assert.equal(form.split(`name="field.${site}"`).length, 2, 'each once')
  assert.equal((await fill(bo, serial, { [`field.${site}`]: 'Porto' })).status, 303)
  const typed = { was: '{}', [`field.${site}`]: 'Porto', [`field.${price}`]: '1' }
  await bo.post(urls.fields.ofLicense.to({ serial: other }), typed)
  assert.equal((await bo.post(urls.licenses.tags.to({ serial: other }), { add: 'ours' })).status, 404)
  const { rows } = await sql<{
    value: string
  }>`select value from license_field_values v join licenses l on l.id = v.license_id
    where l.serial = ${other} order by value`.execute(db)
  assert.deepEqual(
    rows.map(({ value }) => value),
    ['900', 'Lyon'],
  )
})

test('a delegation that the customer ends counts no more at the next request, in the middle of a form, too', async (t) => {
  const { db, acme, ann, bo, serial, number } = await annAndBo(t)
  await delegate(ann, { customers: [number] })
  await act(bo, acme)
  const form = await bo.get(urls.deployments.reissue.to({ serial }))
  const { id: delegation } = await db.selectFrom('license_grants').select('id').executeTakeFirstOrThrow()
  assert.match((await ann.get(urls.delegation.end.to({ delegation }))).html, /End delegation/)
  assert.equal((await ann.post(urls.delegation.end.to({ delegation }))).status, 303)
  const late = await bo.post(urls.deployments.reissue.to({ serial }), { revision: fieldOf(form.html, 'revision') })
  assert.equal(late.status, 404)
  assert.ok(!(await bo.get(urls.licenses.catalog.to())).html.includes('You act for'))
  assert.equal((await act(bo, acme)).status, 404)
})

test('comments, tags and saved searches are the customer’s own: a partner sees those of licenses given in full alone', async (t) => {
  const { db, acme, ann, bo, serial, other, number } = await annAndBo(t)
  for (const one of [serial, other]) {
    const comment = { comment_id: uuidv7(), body: `Remark on ${one}` }
    assert.equal((await ann.post(urls.licenses.comments.to({ serial: one }), comment)).status, 303)
    assert.equal((await ann.post(urls.licenses.tags.to({ serial: one }), { add: `Tag-${one}` })).status, 303)
  }
  const search = { name: 'Private search', query: '', for_all: 'on' }
  assert.equal((await ann.post(urls.licenses.searches.to(), search)).status, 303)
  await delegate(ann, { customers: [number] })
  await delegate(ann, { customers: ['C-OTHER'], level: 'view' })
  await act(bo, acme)
  assert.match((await bo.get(show(serial))).html, new RegExp(`Remark on ${serial}[^]*Tag-${serial}`))
  const comments = await bo.get(urls.licenses.comments.to({ serial: other }))
  assert.equal(comments.status, 404)
  const comment = { comment_id: uuidv7(), body: 'Ours' }
  assert.equal((await bo.post(urls.licenses.comments.to({ serial: other }), comment)).status, 404)
  await bo.post(urls.licenses.columns.to(), { columns: ['serial', 'tags'] })
  const lists = [urls.licenses.catalog.to(), urls.licenses.export.to({ format: 'json' })]
  for (const page of [show(other), ...lists, urls.licenses.export.to({ format: 'csv' })]) {
    const { html } = await bo.get(page)
    assert.ok(!html.includes(`Remark on ${other}`) && !html.includes(`Tag-${other}`), page)
    assert.ok(!html.includes('Private search'), page)
  }
  for (const question of [{ q: `Tag-${other}` }, { tag: `Tag-${other}` }]) {
    assert.ok(!(await bo.get(urls.licenses.catalog.to(question))).html.includes(show(other)), 'nor found by them')
  }
  assert.ok((await bo.get(urls.licenses.catalog.to({ tag: `Tag-${serial}` }))).html.includes(show(serial)))
  const { rows } = await sql`select from license_comments where body = 'Ours'`.execute(db)
  assert.equal(rows.length, 0)
})

test('a level limits a partner as it limits anybody; a role in the own organization, too', async (t) => {
  const { db, acme, ann, bo, serial, number } = await annAndBo(t)
  await delegate(ann, { customers: [number], level: 'view' })
  await act(bo, acme)
  assert.equal((await bo.get(show(serial))).status, 200)
  assert.equal((await bo.post(urls.deployments.reissue.to({ serial }), { revision: '1' })).status, 403)
  const key = await db.selectFrom('license_keys').select('id').executeTakeFirstOrThrow()
  assert.equal((await bo.get(urls.licenses.file.to({ serial, key: key.id }))).status, 403)
  assert.equal((await bo.get(urls.licenses.export.to({ format: 'json' }))).status, 200)
})

test('a partner asks, the customer’s administrator consents; whether there is an account is not told', async (t) => {
  const { portal, db, ann, bo, serial, number } = await annAndBo(t)
  for (const email of ['ann@acme.example', 'new@gamma.example']) {
    const asked = await bo.post(urls.partner.invite.to(), { email, level: 'download', message: 'We sold it.' })
    assert.deepEqual([asked.status, asked.location], [303, urls.partner.customers.to()])
  }
  const again = await bo.post(urls.partner.invite.to(), { email: 'ann@acme.example', level: 'view' })
  assert.equal(again.status, 422)
  assert.match((await ann.get(urls.home.to())).html, /channel partner asks to act for you/)
  const page = (await ann.get(urls.delegation.list.to())).html
  assert.match(page, /Partner asks to act for you/)
  const asking = /asking=([0-9a-f-]{36})/.exec(page)![1]!
  assert.equal((await bo.get(urls.delegation.create.to({ asking }))).status, 404, 'nobody consents for the customer')
  const consent = await ann.post(urls.delegation.create.to({ asking }), {
    ...{ email: 'somebody@else.example', customers: [number], level: 'download' },
  })
  assert.equal(consent.status, 303)
  assert.equal((await bo.get(show(serial))).status, 200, 'whoever asked gets it, whatever the form says')

  await anUnconfirmedAccount(portal, 'new@gamma.example', { company: 'Gamma' })
  await sql`update auth."user" set "emailVerified" = true where email = 'new@gamma.example'`.execute(db)
  const cy = await signedIn(portal, 'new@gamma.example')
  const theirs = (await cy.get(urls.delegation.list.to())).html
  assert.match(theirs, /Partner asks to act for you/)
  const refusal = /\/asking\/([0-9a-f-]{36})\/refusal/.exec(theirs)![1]!
  assert.equal((await cy.post(urls.delegation.refuse.to({ asking: refusal }))).status, 303)
  assert.ok(!(await cy.get(urls.delegation.list.to())).html.includes('asks to act'))
})

test('keys are handed over with proof: in the history of the customer, and off the partner’s list', async (t) => {
  const { db, acme, ann, bo, serial, number } = await annAndBo(t)
  await delegate(ann, { customers: [number], level: 'download' })
  const page = await bo.get(urls.partner.handOver.to({ owner: acme }))
  assert.ok(page.html.includes(serial))
  assert.equal(fieldOf(page.html, 'to_email'), 'ann@acme.example')
  const nothing = await bo.post(urls.partner.handOver.to({ owner: acme }), { to_email: 'ann@acme.example' })
  assert.equal(nothing.status, 422)
  const handing = { to_email: 'ann@acme.example', license: serial }
  assert.equal((await bo.post(urls.partner.handOver.to({ owner: acme }), handing)).status, 303)
  const mail = await db
    .selectFrom('mails')
    .selectAll()
    .where('template', '=', 'keys-handed-over')
    .executeTakeFirstOrThrow()
  assert.ok(mail.text.includes(serial))
  assert.match((await ann.get(show(serial))).html, /1 key handed over to ann@acme\.example/)
  assert.match((await bo.get(urls.partner.handOver.to({ owner: acme }))).html, /All keys are handed over/)
  const foreign = await ann.post(urls.partner.handOver.to({ owner: acme }), handing)
  assert.equal(foreign.status, 404)
})

test('keys stand in a mail of a partner only if the customer allows that', async (t) => {
  for (const allowed of [false, true]) {
    const { db, acme, ann, bo, serial, number } = await annAndBo(t)
    await sql`update organizations set keys_in_email = ${allowed} where id = ${acme}`.execute(db)
    await sql`update license_keys set scheme = 'code', key_text = 'AAAAA-BBBBB', file_name = null, file_content = null,
      host_id = null, host_type = null`.execute(db)
    await delegate(ann, { customers: [number], level: 'download' })
    await bo.post(urls.partner.handOver.to({ owner: acme }), { to_email: 'it@acme.example', license: serial })
    const mail = await db
      .selectFrom('mails')
      .select('text')
      .where('template', '=', 'keys-handed-over')
      .executeTakeFirstOrThrow()
    assert.equal(mail.text.includes('AAAAA-BBBBB'), allowed)
  }
})
