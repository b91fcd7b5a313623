import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { freshDatabase } from '../../test/database.ts'
import { aLicense, aMember } from '../../test/licenses.ts'
import { anOperator, requestConfig } from '../../test/requests.ts'
import { addAddress } from '../customers/index.ts'
import type { Member, Role } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import { decideRequest } from '../requests/index.ts'
import { addressRequest } from './address-request.ts'
import { moveAddress } from './move-address.ts'
import { requestAddress } from './request-address.ts'

const config = requestConfig()
const address = {
  ...{ company: 'Acme', street: 'High Street 1', street2: null, city: 'Leeds' },
  ...{ region: null, postal_code: 'LS1 4DY', country: 'GB' },
}
const refusedAs = (code: string) => (error: unknown) => error instanceof AppError && error.code === code

const anAddress = (db: Db, member: Member, city = 'Leeds') =>
  db.transaction().execute((trx) => addAddress(trx, member, { ...address, city }))
const licenseOf = (db: Db, id: string) =>
  db.selectFrom('licenses').select(['address_id', 'revision']).where('id', '=', id).executeTakeFirstOrThrow()
const moves = (db: Db) =>
  db.selectFrom('events').select(['license_id', 'details']).where('action', '=', 'license.address_changed').execute()

test('licenses move together, each with where it was and where it is; those there already stay as they are', async (t) => {
  const { db } = await freshDatabase(t)
  const ann = await aMember(db)
  const [leeds, york] = [await anAddress(db, ann), await anAddress(db, ann, 'York')]
  const [one, two, there] = [
    await aLicense(db, ann, { address_id: leeds }),
    await aLicense(db, ann),
    await aLicense(db, ann, { address_id: york }),
  ]
  const license_ids = [one.id, two.id, there.id, one.id]
  const outcome = { changed: [one.id, two.id], unchanged: 1, refused: [] }
  assert.deepEqual(await moveAddress(db, ann, { license_ids, address_id: york, dry_run: true }), outcome)
  assert.equal((await licenseOf(db, one.id)).address_id, leeds, 'a dry run changes nothing')
  assert.deepEqual(await moves(db), [])

  assert.deepEqual(await moveAddress(db, ann, { license_ids, address_id: york }), outcome)
  assert.deepEqual(await licenseOf(db, one.id), { address_id: york, revision: 2 })
  assert.deepEqual(await licenseOf(db, there.id), { address_id: york, revision: 1 })
  const after = { ...address, city: 'York' }
  assert.deepEqual(
    new Map((await moves(db)).map(({ license_id, details }) => [license_id, details])),
    new Map([
      [one.id, { address: { before: address, after } }],
      [two.id, { address: { before: null, after } }],
    ]),
  )
})

test('each license is refused for itself: of others, changed since, revoked, replaced', async (t) => {
  const { db } = await freshDatabase(t)
  const [ann, eve] = [await aMember(db), await aMember(db)]
  const address_id = await anAddress(db, ann)
  const at = new Date()
  const [mine, changed, revoked, replaced, foreign, nobodys] = [
    await aLicense(db, ann),
    await aLicense(db, ann),
    await aLicense(db, ann, { revoked_at: at, revoked_reason: 'x' }),
    await aLicense(db, ann, { superseded_at: at }),
    await aLicense(db, eve),
    await aLicense(db, null),
  ]
  const unknown = '01900000-0000-7000-8000-000000000000'
  const license_ids = [mine, changed, revoked, replaced, foreign, nobodys].map(({ id }) => id)
  const moved = await moveAddress(db, ann, {
    license_ids: [...license_ids, unknown],
    address_id,
    revisions: { [mine.id]: 1, [changed.id]: 7 },
  })
  assert.deepEqual(moved.changed, [mine.id])
  assert.deepEqual(
    moved.refused.map(({ refusal }) => refusal),
    ['changed', 'revoked', 'superseded', 'not_found', 'not_found', 'not_found'],
  )
})

test('an address of others answers like one that does not exist; viewers and downloaders move nothing', async (t) => {
  const { db } = await freshDatabase(t)
  const [ann, eve] = [await aMember(db), await aMember(db)]
  const license_ids = [(await aLicense(db, ann)).id]
  const theirs = await anAddress(db, eve)
  for (const address_id of [theirs, '01900000-0000-7000-8000-000000000000', "'", '']) {
    await assert.rejects(moveAddress(db, ann, { license_ids, address_id }), refusedAs('not_found'))
  }
  const address_id = await anAddress(db, ann)
  for (const role of ['viewer', 'downloader'] as Role[]) {
    const colleague = await aMember(db, role, ann)
    await assert.rejects(moveAddress(db, colleague, { license_ids, address_id }), refusedAs('forbidden'))
  }
  const administrator = await aMember(db, 'administrator', ann)
  assert.equal((await moveAddress(db, administrator, { license_ids, address_id })).changed.length, 1)
})

test('moving a thousand licenses takes as many statements as moving two', async (t) => {
  const database = await freshDatabase(t)
  const { db } = database
  const ann = await aMember(db)
  const address_id = await anAddress(db, ann)
  const first = await aLicense(db, ann)
  await sql`
    insert into licenses (id, serial, product_version_id, kind, meter, quantity, customer_id, owner_id, registered_at,
      registration_id, created_at)
    select gen_random_uuid(), 'BULK' || n, product_version_id, kind, meter, quantity, customer_id, owner_id,
      registered_at, registration_id, created_at
    from licenses, generate_series(100, 1099) n where id = ${first.id}`.execute(db)
  const ids = (await db.selectFrom('licenses').select('id').execute()).map(({ id }) => id)
  const counting = async (license_ids: string[]) => {
    let statements = 0
    const watched = db.withPlugin({
      transformQuery({ node }) {
        statements += 1
        return node
      },
      transformResult: async ({ result }) => result,
    })
    await moveAddress(watched, ann, { license_ids, address_id })
    return statements
  }
  const two = await counting(ids.slice(0, 2))
  assert.ok(two > 3, 'statements are counted')
  assert.equal(await counting(ids.slice(2)), two)
  assert.equal((await moves(db)).length, 1001)
})

test('an accepted request adds the address and moves the license, told to the asker at each step', async (t) => {
  const { db } = await freshDatabase(t)
  const ann = await aMember(db)
  const { id, serial } = await aLicense(db, ann)
  const asked = await requestAddress(db, ann, { serial, address }, config)
  assert.ok(asked.ok)
  const again = await requestAddress(db, ann, { serial, address }, config)
  assert.deepEqual(again, { ok: false, refusal: 'open', request: asked.request })

  const decision = { number: asked.request, decision: 'accept' as const, reason: null }
  assert.deepEqual(await decideRequest({ config, db }, await anOperator(db), decision, [addressRequest]), { ok: true })
  const { address_id, revision } = await licenseOf(db, id)
  assert.equal(revision, 2)
  const added = await db.selectFrom('addresses').selectAll().where('id', '=', address_id).executeTakeFirst()
  assert.deepEqual([added?.organization_id, added?.city, added?.customer_id], [ann.organization_id, 'Leeds', null])
  const [event] = await db.selectFrom('events').selectAll().where('action', '=', 'license.address_changed').execute()
  assert.deepEqual([event?.organization_id, event?.actor_kind], [ann.organization_id, 'operator'])
  const mails = await db
    .selectFrom('mails')
    .select('template')
    .where('to_address', '=', ann.email!)
    .orderBy('id')
    .execute()
  assert.deepEqual(
    mails.map(({ template }) => template),
    ['request.received', 'request.accepted'],
  )
})

test('a refused request adds no address; one for a license that was given back or revoked cannot be accepted', async (t) => {
  const { db } = await freshDatabase(t)
  const ann = await aMember(db)
  const robin = await anOperator(db)
  const open = async () => {
    const { id, serial } = await aLicense(db, ann)
    const asked = await requestAddress(db, ann, { serial, address }, config)
    assert.ok(asked.ok)
    return { id, number: asked.request }
  }
  const decide = (number: string, decision: 'accept' | 'refuse') =>
    decideRequest({ config, db }, robin, { number, decision, reason: 'No such street.' }, [addressRequest])
  assert.deepEqual(await decide((await open()).number, 'refuse'), { ok: true })

  const given = await open()
  const back = { owner_id: null, registered_at: null, registration_id: null }
  await db.updateTable('licenses').set(back).where('id', '=', given.id).execute()
  const gone = { ok: false, refusal: 'impossible', text: 'licenses.address.request.gone' }
  assert.deepEqual(await decide(given.number, 'accept'), gone)

  const revoked = await open()
  await db.updateTable('licenses').set({ revoked_at: robin.now }).where('id', '=', revoked.id).execute()
  const ended = { ok: false, refusal: 'impossible', text: 'licenses.address.request.ended' }
  assert.deepEqual(await decide(revoked.number, 'accept'), ended)
  assert.deepEqual(await db.selectFrom('addresses').select('id').execute(), [])
})

test('an address is asked for by managers, for an own license that counts', async (t) => {
  const { db } = await freshDatabase(t)
  const [ann, eve] = [await aMember(db), await aMember(db)]
  const { serial } = await aLicense(db, ann)
  const ask = (actor: Member, of = serial) => requestAddress(db, actor, { serial: of, address }, config)
  await assert.rejects(ask(eve), refusedAs('not_found'))
  await assert.rejects(ask(ann, 'UNKNOWN1'), refusedAs('not_found'))
  await assert.rejects(ask(await aMember(db, 'downloader', ann)), refusedAs('forbidden'))
  const revoked = await aLicense(db, ann, { revoked_at: new Date(), revoked_reason: 'x' })
  assert.deepEqual(await ask(ann, revoked.serial), { ok: false, refusal: 'revoked' })
})
