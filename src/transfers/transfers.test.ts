import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { freshDatabase } from '../../test/database.ts'
import { aDeployedLicense, deployed } from '../../test/deploying.ts'
import { anIssuing } from '../../test/issuing.ts'
import { aField, aMember, aValue } from '../../test/licenses.ts'
import { anOpenRequest, requestConfig } from '../../test/requests.ts'
import { addComment, getLicense } from '../licenses/index.ts'
import type { Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { uuidv7 } from '../platform/ids.ts'
import { acceptTransfer, endOffer } from './answer-transfer.ts'
import { expireOffers } from './jobs.ts'
import { offerTransfer } from './offer-transfer.ts'
import { getTransfer } from './queries.ts'
import type { Offer } from './schemas.ts'
import { undoTransfer } from './undo-transfer.ts'

const config = requestConfig()
const plain: Offer = { email: '', serials: '', quantity: null, with_comments: false, with_fields: false, message: '' }

/** Acme owns a license of ten on one host, seven of them deployed; Beta is who it is offered to. */
async function twoSides(t: Parameters<typeof freshDatabase>[0]) {
  const { db } = await freshDatabase(t)
  const now = new Date()
  const [from, to] = [
    { ...(await aMember(db)), now },
    { ...(await aMember(db)), now },
  ]
  const issuing = await anIssuing(db)
  const license = await aDeployedLicense(db, from, issuing, { hosts: { 'old-host': 7 } })
  const offer = async (given: Partial<Offer> = {}, actor: Member = from) => {
    const offered = await offerTransfer(
      db,
      actor,
      { ...plain, email: to.email!, serials: license.serial, ...given },
      config,
    )
    return offered
  }
  const anOffer = async (given: Partial<Offer> = {}) => {
    const offered = await offer(given)
    assert.ok(offered.ok, JSON.stringify(offered))
    return offered.transfer_id
  }
  const accept = (transfer_id: string, actor: Member = to) => acceptTransfer(db, actor, { transfer_id }, issuing)
  return { db, from, to, issuing, serial: license.serial, offer, anOffer, accept }
}

const owns = async (db: Db, actor: Member, serial: string) =>
  (await getLicense(db, actor, serial).catch(() => undefined))?.own ?? false

const notFound = (error: unknown) => error instanceof AppError && error.code === 'not_found'

test('an accepted license has another owner, with its keys and without the people of the first', async (t) => {
  const { db, from, to, serial, anOffer, accept } = await twoSides(t)
  await sql`update licenses set contacts = '[{"name": "Ada", "email": "ada@acme.example", "phone": null}]'`.execute(db)
  const before = await deployed(db, serial)
  const transfer_id = await anOffer()
  assert.equal(await owns(db, from, serial), true, 'nothing moves before')
  assert.deepEqual(await accept(transfer_id), { ok: true })
  assert.deepEqual([await owns(db, from, serial), await owns(db, to, serial)], [false, true])
  assert.deepEqual(await deployed(db, serial), before)
  const license = await getLicense(db, to, serial)
  assert.deepEqual([license.contacts, license.registration_id, license.registered_by], [[], null, null])
  const { rows } = await sql<{ action: string; organization_id: string }>`
    select action, organization_id from events where license_id = ${license.id} and action like 'license.%'
      and action in ('license.transferred', 'license.received') order by action`.execute(db)
  assert.deepEqual(
    rows.map(({ action, organization_id }) => [action, organization_id]),
    [
      ['license.received', to.organization_id],
      ['license.transferred', from.organization_id],
    ],
  )
})

test('a part becomes a license of its own; what is left stays where it was', async (t) => {
  const { db, from, to, serial, anOffer, accept } = await twoSides(t)
  const transfer_id = await anOffer({ quantity: 3 })
  assert.deepEqual(await accept(transfer_id), { ok: true })
  const left = await getLicense(db, from, serial)
  assert.deepEqual([left.quantity, await deployed(db, serial)], [7, ['old-host 7']])
  const gone = await getTransfer(db, to, transfer_id)
  const part = await getLicense(db, to, gone.serial!)
  assert.deepEqual([part.quantity, part.own], [3, true])
  assert.equal(await owns(db, to, serial), false)
})

test('a part that is deployed meanwhile cannot go', async (t) => {
  const { db, serial, anOffer, accept, to } = await twoSides(t)
  const transfer_id = await anOffer({ quantity: 4 })
  assert.deepEqual(await accept(transfer_id), { ok: false, refusal: 'void' })
  assert.equal(await owns(db, to, serial), false)
})

test('comments and values of fields go along when the offer says so, and never else', async (t) => {
  for (const along of [true, false]) {
    const { db, from, to, serial, anOffer, accept } = await twoSides(t)
    const { id } = await getLicense(db, from, serial)
    await addComment(db, from, { license_id: id, comment_id: uuidv7(), body: 'Ours' })
    await aValue(db, id, await aField(db, from, { name: 'Site' }), 'Lyon')
    await aValue(db, id, await aField(db, from, { name: 'Price' }), '900')
    const site = await aField(db, to, { name: 'site' })
    await accept(await anOffer({ with_comments: along, with_fields: along }))
    const comments = await db
      .selectFrom('license_comments')
      .select('body')
      .where('organization_id', '=', to.organization_id)
      .execute()
    const values = await db
      .selectFrom('license_field_values')
      .select(['field_id', 'value'])
      .where('organization_id', '=', to.organization_id)
      .execute()
    assert.deepEqual(comments, along ? [{ body: 'Ours' }] : [])
    assert.deepEqual(values, along ? [{ field_id: site, value: 'Lyon' }] : [])
  }
})

test('either side undoes within seven days; then, or after the license went on, nobody does', async (t) => {
  for (const side of ['from', 'to'] as const) {
    const { db, from, to, serial, anOffer, accept, ...sides } = await twoSides(t)
    const transfer_id = await anOffer()
    await accept(transfer_id)
    const actor = side === 'from' ? from : to
    const late = { ...actor, now: new Date(actor.now.getTime() + 7 * 86_400_000 + 1) }
    assert.deepEqual(await undoTransfer(db, late, { transfer_id }, config), { ok: false, refusal: 'over' })
    assert.deepEqual(await undoTransfer(db, actor, { transfer_id }, config), { ok: true })
    assert.deepEqual([await owns(db, from, serial), await owns(db, to, serial)], [true, false])
    assert.deepEqual(await undoTransfer(db, actor, { transfer_id }, config), { ok: false, refusal: 'over' })
    const again = await anOffer()
    await accept(again)
    await sql`update licenses set superseded_at = now() where serial = ${serial}`.execute(db)
    const refused = await undoTransfer(db, actor, { transfer_id: again }, config)
    assert.deepEqual(refused, { ok: false, refusal: 'moved_on' })
    assert.ok(sides.issuing)
  }
})

test('what stands in the way is told before an offer, and makes a standing one void', async (t) => {
  const { db, from, serial, offer, anOffer, accept } = await twoSides(t)
  const { id } = await getLicense(db, from, serial)
  assert.deepEqual(await offer({ quantity: 10 }), { ok: false, refusal: 'quantity', serial })
  assert.deepEqual(await offer({ serials: `${serial} M0000000000` }), { ok: false, refusal: 'unknown_serial' })
  assert.deepEqual(await offer({ email: from.email! }), { ok: false, refusal: 'colleague' })
  const transfer_id = await anOffer()
  assert.deepEqual(await offer(), { ok: false, refusal: 'offered' })
  await anOpenRequest(db, from, { license_id: id })
  assert.deepEqual(await accept(transfer_id), { ok: false, refusal: 'void' })
  await endOffer(db, from, { transfer_id, as: 'withdrawn' }, config)
  assert.deepEqual(await offer(), { ok: false, refusal: 'request_open', serial })
})

test('a license that is upgraded while it is offered does not go', async (t) => {
  const { db, serial, anOffer, accept } = await twoSides(t)
  const transfer_id = await anOffer()
  await sql`update licenses set superseded_at = now() where serial = ${serial}`.execute(db)
  assert.deepEqual(await accept(transfer_id), { ok: false, refusal: 'void' })
})

test('a license whose old keys still work beside an upgrade’s neither goes nor comes back: the other side would be left with nothing', async (t) => {
  const { db, to, serial, offer, anOffer, accept } = await twoSides(t)
  const upgraded = (quantity: number) =>
    sql`update licenses set upgraded_quantity = ${quantity} where serial = ${serial}`.execute(db)
  await upgraded(4)
  assert.deepEqual(await offer(), { ok: false, refusal: 'upgrading', serial })
  await upgraded(0)
  const transfer_id = await anOffer()
  await upgraded(10)
  assert.deepEqual(await accept(transfer_id), { ok: false, refusal: 'void' })
  await upgraded(0)
  assert.deepEqual(await accept(transfer_id), { ok: true })
  await upgraded(10)
  assert.deepEqual(await undoTransfer(db, to, { transfer_id }, config), { ok: false, refusal: 'moved_on' })
})

test('only the side asked accepts and declines, only the other withdraws; strangers find nothing', async (t) => {
  const { db, from, to, anOffer, accept } = await twoSides(t)
  const stranger = { ...(await aMember(db)), now: new Date() }
  const transfer_id = await anOffer()
  await assert.rejects(accept(transfer_id, from), notFound)
  await assert.rejects(accept(transfer_id, stranger), notFound)
  await assert.rejects(endOffer(db, to, { transfer_id, as: 'withdrawn' }, config), notFound)
  await assert.rejects(endOffer(db, from, { transfer_id, as: 'declined' }, config), notFound)
  await assert.rejects(undoTransfer(db, stranger, { transfer_id }, config), notFound)
  await assert.rejects(accept(transfer_id, await aMember(db, 'downloader', to)), /forbidden/)
  assert.deepEqual(await endOffer(db, to, { transfer_id, as: 'declined' }, config), { ok: true })
  assert.deepEqual(await accept(transfer_id), { ok: false, refusal: 'decided' })
})

test('an offer that nobody answers ends after thirty days, before a job has noted it', async (t) => {
  const { db, to, anOffer, accept } = await twoSides(t)
  const transfer_id = await anOffer()
  const late = new Date(to.now.getTime() + 30 * 86_400_000 + 1)
  assert.deepEqual(await accept(transfer_id, { ...to, now: late }), { ok: false, refusal: 'decided' })
  assert.deepEqual([await expireOffers(db, late), await expireOffers(db, late)], [1, 0])
})
