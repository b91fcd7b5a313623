import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshDatabase } from '../../test/database.ts'
import { aKey, aLicense, aMember } from '../../test/licenses.ts'
import { anOperator, requestConfig } from '../../test/requests.ts'
import type { Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { uuidv7 } from '../platform/ids.ts'
import { requestKinds } from '../request-kinds.ts'
import { decideRequest } from '../requests/index.ts'
import { askContractChange } from './ask.ts'
import type { AskContractChange } from './schemas.ts'

const base = requestConfig()
const config = { ...base, key_encryption_key: 'x'.repeat(43) }

function change(from: Member, to: { email: string | null }, given: Partial<AskContractChange>): AskContractChange {
  return {
    ...{ type: 'contract_change', request_id: uuidv7(), from: from.email!, to: to.email!, serials: [] },
    ...{ customer_numbers: [], keys: 'stay', description: 'We sold it.' },
    ...given,
  }
}

async function ask(db: Db, actor: Member, given: AskContractChange): Promise<string> {
  const asked = await askContractChange({ db, config }, { ...actor, now: new Date() }, given)
  assert.ok(asked.ok, JSON.stringify(asked))
  return asked.request
}

async function process(db: Db, number: string, chosen: Record<string, string> = {}) {
  const robin = await anOperator(db)
  return decideRequest({ db, config }, robin, { number, decision: 'accept', reason: null, chosen }, requestKinds)
}

const ownerOf = async (db: Db, serial: string) =>
  (await db.selectFrom('licenses').select('owner_id').where('serial', '=', serial).executeTakeFirstOrThrow()).owner_id
const mailsOf = async (db: Db, template: string) =>
  (await db.selectFrom('mails').select('to_address').where('template', '=', template).execute()).map(
    ({ to_address }) => to_address,
  )

test('processing makes the other organization the owner in one step; both sides and whoever asked are told', async (t) => {
  const { db } = await freshDatabase(t)
  const [ann, bob] = [await aMember(db), await aMember(db)]
  const boss = await aMember(db, 'administrator', bob)
  const one = await aLicense(db, ann)
  const two = await aLicense(db, ann)
  await aKey(db, two.id)
  const { number: customer } = await db
    .selectFrom('customers')
    .select('number')
    .where('id', '=', two.customer_id)
    .executeTakeFirstOrThrow()
  const ended = await aLicense(db, ann, { customer_id: two.customer_id, superseded_at: new Date() })
  const number = await ask(
    db,
    ann,
    change(ann, bob, { serials: [one.serial], customer_numbers: [customer], keys: 'end' }),
  )
  assert.deepEqual(await process(db, number), { ok: true })
  assert.deepEqual(
    [await ownerOf(db, one.serial), await ownerOf(db, two.serial), await ownerOf(db, ended.serial)],
    [bob.organization_id, bob.organization_id, ann.organization_id],
  )
  assert.deepEqual(await mailsOf(db, 'request.accepted'), [ann.email])
  assert.deepEqual((await mailsOf(db, 'service.licenses_received')).sort(), [bob.email, boss.email].sort())
  const [told] = await db.selectFrom('mails').select('text').where('template', '=', 'request.accepted').execute()
  assert.match(told!.text, /verified/)
  const [line] = await db
    .selectFrom('events')
    .select('details')
    .where('action', '=', 'license.received')
    .where('license_id', '=', one.id)
    .execute()
  assert.deepEqual(line?.details, { serial: one.serial, request: number })
})

test('the side that gives is told when the other one asked', async (t) => {
  const { db } = await freshDatabase(t)
  const [ann, bob] = [await aMember(db, 'administrator'), await aMember(db)]
  const { serial } = await aLicense(db, ann)
  const number = await ask(db, bob, change(ann, bob, { serials: [serial] }))
  assert.deepEqual(await process(db, number), { ok: true })
  assert.deepEqual(await mailsOf(db, 'service.licenses_given'), [ann.email])
  assert.deepEqual(await mailsOf(db, 'service.licenses_received'), [])
})

test('what cannot be done whole is not done: the operator reads why, the request stays open', async (t) => {
  const { db } = await freshDatabase(t)
  const [ann, bob, eve] = [await aMember(db), await aMember(db), await aMember(db)]
  const colleague = await aMember(db, 'manager', ann)
  const good = await aLicense(db, ann)
  const revoked = await aLicense(db, ann, { revoked_at: new Date() })
  const foreign = await aLicense(db, eve)
  const nobody = { email: 'nobody@else.example' }
  const texts = async (given: AskContractChange, chosen?: Record<string, string>) => {
    const decided = await process(db, await ask(db, eve, given), chosen)
    assert.ok(!decided.ok && decided.refusal === 'impossible')
    return [decided.text, ...Object.values(decided.values ?? {})]
  }
  const impossible = 'service.contract.impossible'
  const both = [good.serial, revoked.serial]
  assert.deepEqual(await texts(change(ann, bob, { serials: both })), [impossible, revoked.serial])
  assert.deepEqual(await texts(change(ann, bob, { serials: [good.serial, 'NOSUCH1'] })), [impossible, 'NOSUCH1'])
  assert.deepEqual(await texts(change(ann, bob, { serials: [foreign.serial] })), [impossible, foreign.serial])
  assert.deepEqual(await texts(change(ann, bob, { customer_numbers: ['C-0'] })), ['service.contract.none'])
  assert.deepEqual(await texts(change(ann, nobody, { serials: [good.serial] })), ['service.contract.choose_to'])
  assert.deepEqual(await texts(change(ann, colleague, { serials: [good.serial] })), ['service.contract.same'])
  const chosen = { to: eve.organization_id }
  assert.deepEqual(await texts(change(ann, bob, { serials: [good.serial] }), chosen), ['service.contract.choose_to'])
  assert.equal(await ownerOf(db, good.serial), ann.organization_id)
  assert.deepEqual(await mailsOf(db, 'request.accepted'), [])
})

test('of a user name with several organizations the operator chooses one', async (t) => {
  const { db } = await freshDatabase(t)
  const [ann, bob, other] = [await aMember(db), await aMember(db), await aMember(db)]
  const { organization_id } = other
  const second = { organization_id, user_id: bob.user_id, role: 'viewer' as const, created_at: new Date() }
  await db.insertInto('memberships').values(second).execute()
  const { serial } = await aLicense(db, ann)
  const number = await ask(db, ann, change(ann, bob, { serials: [serial] }))
  const unchosen = await process(db, number)
  assert.ok(!unchosen.ok && unchosen.refusal === 'impossible' && unchosen.text === 'service.contract.choose_to')
  assert.deepEqual(await process(db, number, { to: organization_id }), { ok: true })
  assert.equal(await ownerOf(db, serial), organization_id)
})

test('only managers ask; of one’s own licenses it is said at once when they are none; pressing twice asks once', async (t) => {
  const { db } = await freshDatabase(t)
  const [ann, bob] = [await aMember(db), await aMember(db)]
  const { serial } = await aLicense(db, bob)
  const given = change(ann, bob, { serials: [serial, 'NOSUCH1'] })
  const asked = await askContractChange({ db, config }, ann, given)
  assert.deepEqual(asked, { ok: false, refusal: 'not_own', serials: [serial, 'NOSUCH1'] })
  for (const role of ['viewer', 'downloader'] as const) {
    await assert.rejects(askContractChange({ db, config }, { ...ann, role }, given), { code: 'forbidden' })
  }
  const twice = change(bob, { email: 'anybody@else.example' }, { serials: [serial] })
  assert.equal(await ask(db, bob, twice), await ask(db, bob, twice))
  await assert.rejects(ask(db, ann, { ...twice, from: ann.email!, serials: [], customer_numbers: ['1'] }), {
    code: 'invalid',
  })
  assert.equal((await db.selectFrom('service_requests').select('id').execute()).length, 1)
})
