import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { aDeployedLicense } from '../../test/deploying.ts'
import { anAccount, openPortal, signedIn } from '../../test/portal.ts'
import { findMemberByEmail } from '../accounts/index.ts'
import { activeSigner } from '../keys/index.ts'
import { urls } from '../urls.ts'

const show = (serial: string) => urls.licenses.show.to({ serial })

async function annAndBo(t: Parameters<typeof openPortal>[0]) {
  const portal = await openPortal(t, { KEY_ENCRYPTION_KEY: Buffer.alloc(32, 5).toString('base64') })
  await anAccount(portal, 'ann@acme.example', { company: 'Acme' })
  await anAccount(portal, 'bo@beta.example', { company: 'Beta', given_name: 'Bo', locale: 'fr' })
  const owner = await findMemberByEmail(portal.db, 'ann@acme.example', new Date())
  const issuing = { config: portal.config, signer: await activeSigner(portal.db, portal.config) }
  const { serial } = await aDeployedLicense(portal.db, owner!, issuing)
  const [ann, bo] = [await signedIn(portal, 'ann@acme.example'), await signedIn(portal, 'bo@beta.example')]
  return { portal, ann, bo, serial }
}

test('offer, see what happens, accept, undo: by pages alone, each side in its language', async (t) => {
  const { portal, ann, bo, serial } = await annAndBo(t)
  const ownership = await ann.get(urls.transfers.ownership.to({ serial }))
  assert.match(ownership.html, /Request License Ownership Transfer/)
  assert.match(ownership.html, /not about who placed the order/)
  const form = await ann.get(urls.transfers.offer.to({ license: serial }))
  assert.ok(form.html.includes(serial))
  const nothing = await ann.post(urls.transfers.offer.to(), { email: 'bo@beta.example', serials: 'M0000000000' })
  assert.equal(nothing.status, 422)
  const offered = await ann.post(urls.transfers.offer.to(), {
    email: 'bo@beta.example',
    serials: serial,
    message: '<b>Yours</b>',
  })
  assert.equal(offered.status, 303)
  const transfer = offered.location!
  assert.equal((await bo.get(show(serial))).status, 404, 'nothing is seen of the license before')

  const mail = await portal.db
    .selectFrom('mails')
    .select(['subject', 'text'])
    .where('template', '=', 'transfer-offered')
    .executeTakeFirstOrThrow()
  assert.match(mail.subject, /Acme vous propose des licences/)
  assert.ok(mail.text.includes(transfer))
  const offer = await bo.get(transfer)
  assert.match(offer.html, /Votre organisation possède désormais les licences/)
  assert.match(offer.html, /&lt;b&gt;Yours/)
  assert.equal((await ann.post(transfer, { do: 'accept' })).status, 404, 'nobody accepts the own offer')
  assert.equal((await bo.post(transfer, { do: 'accept' })).status, 303)
  assert.equal((await ann.get(show(serial))).status, 404)
  assert.ok(
    !(await ann.get(transfer)).html.includes('>Keys in force<'),
    'what becomes of it is the new owner’s business',
  )
  assert.match((await bo.get(transfer)).html, />Clés en vigueur</)
  assert.match((await bo.get(show(serial))).html, /Reçue de Acme/)
  assert.equal((await bo.post(transfer, { do: 'decline' })).status, 422)
  assert.equal((await ann.post(transfer, { do: 'undo' })).status, 303)
  assert.match((await ann.get(show(serial))).html, /Transfer undone/)
  assert.equal((await bo.get(show(serial))).status, 404)
})

test('who may look but not manage sees an offer without buttons; whoever has a license shared offers nothing', async (t) => {
  const { portal, ann, bo, serial } = await annAndBo(t)
  const share = { email: 'bo@beta.example', scope: 'licenses', serials: serial, level: 'full' }
  assert.equal((await ann.post(urls.sharing.create.to(), share)).status, 303)
  assert.equal((await bo.get(urls.transfers.ownership.to({ serial }))).status, 404)
  const own = await bo.post(urls.transfers.offer.to(), { email: 'cy@gamma.example', serials: serial })
  assert.equal(own.status, 422)
  const { location } = await ann.post(urls.transfers.offer.to(), { email: 'bo@beta.example', serials: serial })
  await sql`update memberships set role = 'viewer' where user_id = (
    select id from auth."user" where email = 'bo@beta.example')`.execute(portal.db)
  const page = await bo.get(location!)
  assert.ok(!page.html.includes('value="accept"'))
  assert.match(page.html, /Les gestionnaires et administrateurs de votre organisation peuvent répondre/)
  assert.equal((await bo.post(location!, { do: 'accept' })).status, 403)
})
