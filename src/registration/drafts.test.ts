import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { freshDatabase } from '../../test/database.ts'
import { aCustomer, aLicense, aMember, anOrderLine, aProduct, type SomeProduct } from '../../test/licensing.ts'
import { suggestSerials, unknownSerials } from '../licenses/index.ts'
import type { Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { addSerials } from './add-serials.ts'
import { discardDraft, purgeDrafts } from './discard-draft.ts'
import { getDraft, listOpenDrafts } from './queries.ts'
import { readPlan } from './read-plan.ts'
import { removeRefusedSerials, removeSerials, separateSerial } from './remove-serials.ts'
import { saveDetails } from './save-details.ts'
import { detailsSchema, mostSerials } from './schemas.ts'
import { startDraft } from './start-draft.ts'

let db: Db
let product: SomeProduct
let actor: Member

before(async (t) => {
  db = (await freshDatabase(t as never)).db
  product = await aProduct(db)
  actor = await aMember(db)
})

const details = detailsSchema.parse({ registered_to: 'ACME', contacts: [{ name: 'A', email: 'a@example.com' }] })
const refusedWith = (code: string) => (error: unknown) => error instanceof AppError && error.code === code

async function aDraft(...serials: string[]): Promise<string> {
  const draft_id = await startDraft(db, actor)
  if (serials.length > 0) await addSerials(db, actor, { draft_id, text: serials.join(' ') })
  return draft_id
}

async function outcomes(draft_id: string, as = actor): Promise<string[]> {
  const plan = await readPlan(db, as, await getDraft(db, as, draft_id))
  return plan.rows.map((row) => `${row.serial} ${row.outcome}`)
}

test('serial numbers are listed in the order of entry, each with its present outcome', async () => {
  const { serial } = await aLicense(db, product)
  const draft_id = await aDraft('M0000000001', serial)
  assert.deepEqual(await outcomes(draft_id), ['M0000000001 not_found', `${serial} ready`])
})

test('an order cancelled later shows in a draft that waits', async () => {
  const customer_id = await aCustomer(db)
  const { order_id, order_line_id } = await anOrderLine(db, customer_id)
  const { serial } = await aLicense(db, product, { customer_id, order_line_id })
  const draft_id = await aDraft(serial)
  await db.updateTable('orders').set({ cancelled_at: new Date() }).where('id', '=', order_id).execute()
  assert.deepEqual(await outcomes(draft_id), [`${serial} order_cancelled`])
})

test('a serial number that is in the list already is told, and not added again', async () => {
  const { serial } = await aLicense(db, product)
  const draft_id = await aDraft(serial)
  const again = await addSerials(db, actor, { draft_id, text: serial })
  assert.deepEqual(again, { ok: true, added: 0, repeated: [serial], words: 0 })
})

test('words between pasted serial numbers are left out, typed alone they are looked up', async () => {
  const { serial } = await aLicense(db, product)
  const draft_id = await aDraft()
  const pasted = await addSerials(db, actor, { draft_id, text: `Serial number: ${serial} (licenses)` })
  assert.deepEqual(pasted, { ok: true, added: 1, repeated: [], words: 3 })
  assert.deepEqual(await addSerials(db, actor, { draft_id, text: 'LETTERS' }), {
    ok: true,
    added: 1,
    repeated: [],
    words: 0,
  })
})

test('more serial numbers than a basket holds are refused, and none of them added', async () => {
  const draft_id = await aDraft()
  const many = Array.from({ length: mostSerials + 1 }, (_, n) => `M${n + 1_000_000_000}`).join('\n')
  assert.deepEqual(await addSerials(db, actor, { draft_id, text: many }), { ok: false, refusal: 'too_many' })
  assert.deepEqual(await outcomes(draft_id), [])
})

test('trying serial numbers out is throttled per user, whatever the draft', async () => {
  const guesser = await aMember(db)
  const guess = async (count: number, from: number) => {
    const draft_id = await startDraft(db, guesser)
    const text = Array.from({ length: count }, (_, n) => `G${from + n}`).join(' ')
    return addSerials(db, guesser, { draft_id, text })
  }
  const capacity = unknownSerials.capacity
  assert.equal((await guess(capacity, 100_000)).ok, true)
  assert.deepEqual(await guess(1, 200_000), { ok: false, refusal: 'too_many_unknown' })
  const { serial } = await aLicense(db, product)
  const known = await addSerials(db, guesser, { draft_id: await startDraft(db, guesser), text: serial })
  assert.equal(known.ok, true)
})

test('look-alikes are suggested only for licenses that the reader may already see', async () => {
  const mine = await aMember(db)
  const seen = await aLicense(db, product, { serial: 'M0O1I-90001' })
  await aLicense(db, product, { serial: 'M0O1I-90002' })
  await db
    .insertInto('customer_associations')
    .values({
      organization_id: mine.organization_id,
      customer_id: seen.customer_id,
      proven_by: 'order',
      proof: 'O1',
      created_at: new Date(),
    })
    .execute()
  const suggested = await suggestSerials(db, mine, ['m001190001', 'm001190002', 'nothing'])
  assert.deepEqual([...suggested], [['m001190001', 'M0O1I-90001']])
  assert.deepEqual([...(await suggestSerials(db, actor, ['m001190001']))], [])
})

test('a license that must be registered alone moves into a basket of its own', async () => {
  const alone = await aProduct(db, { register_alone: true })
  const [one, other] = [await aLicense(db, alone), await aLicense(db, product)]
  const draft_id = await aDraft(one.serial, other.serial)
  assert.deepEqual(await outcomes(draft_id), [`${one.serial} alone`, `${other.serial} ready`])
  const own_id = await separateSerial(db, actor, { draft_id, serial: one.serial })
  assert.deepEqual(await outcomes(draft_id), [`${other.serial} ready`])
  assert.deepEqual(await outcomes(own_id), [`${one.serial} ready`])
})

test('separating a serial number that the draft does not have makes no second draft', async () => {
  const draft_id = await aDraft()
  const before = (await listOpenDrafts(db, actor, 1000)).length
  await assert.rejects(separateSerial(db, actor, { draft_id, serial: 'M5555555555' }), refusedWith('not_found'))
  assert.equal((await listOpenDrafts(db, actor, 1000)).length, before)
})

test('serial numbers are removed one by one, or all that cannot be registered', async () => {
  const licenses = [await aLicense(db, product), await aLicense(db, product)]
  const draft_id = await aDraft(licenses[0]!.serial, 'M7777777771', 'M7777777772', licenses[1]!.serial)
  assert.equal(await removeSerials(db, actor, { draft_id, serials: [licenses[0]!.serial, 'M1'] }), 1)
  assert.equal(await removeRefusedSerials(db, actor, draft_id), 2)
  assert.deepEqual(await outcomes(draft_id), [`${licenses[1]!.serial} ready`])
})

test('a form shown before a change elsewhere is told so and changes nothing', async () => {
  const draft_id = await aDraft()
  const { revision } = await getDraft(db, actor, draft_id)
  assert.deepEqual(await saveDetails(db, actor, { draft_id, revision, details }), { ok: true })
  const stale = { draft_id, revision, details: { ...details, registered_to: 'Other' } }
  assert.deepEqual(await saveDetails(db, actor, stale), { ok: false, refusal: 'stale' })
  assert.equal((await getDraft(db, actor, draft_id)).details.registered_to, 'ACME')
})

test('an address of another organization is not accepted', async () => {
  const draft_id = await aDraft()
  const { revision } = await getDraft(db, actor, draft_id)
  const address = { id: '01900000-0000-7000-8000-000000000000' }
  const saved = await saveDetails(db, actor, { draft_id, revision, details: { ...details, address } })
  assert.deepEqual(saved, { ok: false, refusal: 'address_unknown' })
})

test('any manager of the organization goes on with a draft; nobody else sees it', async () => {
  const draft_id = await aDraft()
  const colleague = await aMember(db, { organization_id: actor.organization_id })
  assert.equal((await getDraft(db, colleague, draft_id)).id, draft_id)
  assert.ok((await listOpenDrafts(db, colleague, 1000)).some((draft) => draft.id === draft_id))
  const stranger = await aMember(db)
  assert.deepEqual(await listOpenDrafts(db, stranger), [])
  await assert.rejects(getDraft(db, stranger, draft_id), refusedWith('not_found'))
  await assert.rejects(addSerials(db, stranger, { draft_id, text: 'M0000000009' }), refusedWith('not_found'))
  await assert.rejects(discardDraft(db, stranger, draft_id), refusedWith('not_found'))
  const viewer = await aMember(db, { organization_id: actor.organization_id, role: 'viewer' })
  await assert.rejects(startDraft(db, viewer), refusedWith('forbidden'))
})

test('a discarded draft is gone, and so is one that nobody touched for too long', async () => {
  const [discarded, old] = [await aDraft(), await aDraft()]
  await discardDraft(db, actor, discarded)
  await db.updateTable('registration_drafts').set({ updated_at: '2020-01-01' }).where('id', '=', old).execute()
  for (const draft_id of [discarded, old]) {
    await assert.rejects(getDraft(db, actor, draft_id), refusedWith('gone'))
    await assert.rejects(addSerials(db, actor, { draft_id, text: 'M0000000009' }), refusedWith('gone'))
  }
  await purgeDrafts(db, new Date())
  await assert.rejects(getDraft(db, actor, old), refusedWith('not_found'))
})
