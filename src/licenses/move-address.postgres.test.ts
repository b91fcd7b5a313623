/** Races on real connections. Each was seen red with its lock deleted. */
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { freshPostgres } from '../../test/database.ts'
import { aLicense, aMember } from '../../test/licenses.ts'
import { requestConfig } from '../../test/requests.ts'
import { addAddress } from '../customers/index.ts'
import type { Db } from '../platform/db/index.ts'
import { moveAddress } from './move-address.ts'
import { requestAddress } from './request-address.ts'

let db: Db
const address = {
  ...{ company: 'Acme', street: 'High Street 1', street2: null, city: 'Leeds' },
  ...{ region: null, postal_code: null, country: 'GB' },
}

before(async (t) => {
  db = (await freshPostgres(t as never)).db
})

test('pressing Submit eight times at once opens one request', async () => {
  const ann = await aMember(db)
  const { id, serial } = await aLicense(db, ann)
  const press = () => requestAddress(db, ann, { serial, address }, requestConfig())
  const results = await Promise.all(Array.from({ length: 8 }, press))
  assert.equal(results.filter(({ ok }) => ok).length, 1)
  const open = await db.selectFrom('service_requests').select('number').where('license_id', '=', id).execute()
  assert.equal(open.length, 1)
  for (const result of results) assert.ok('request' in result && result.request === open[0]!.number)
})

test('of eight colleagues who move a license as their page showed it, one does; the others are told it changed', async () => {
  const ann = await aMember(db)
  const { id } = await aLicense(db, ann)
  const addresses = await Promise.all(
    Array.from({ length: 8 }, () => db.transaction().execute((trx) => addAddress(trx, ann, address))),
  )
  const results = await Promise.all(
    addresses.map((address_id) => moveAddress(db, ann, { license_ids: [id], address_id, revisions: { [id]: 1 } })),
  )
  assert.equal(results.filter(({ changed }) => changed.length === 1).length, 1)
  assert.equal(results.filter(({ refused }) => refused[0]?.refusal === 'changed').length, 7)
  const { revision } = await db.selectFrom('licenses').select('revision').where('id', '=', id).executeTakeFirstOrThrow()
  assert.equal(revision, 2)
})
