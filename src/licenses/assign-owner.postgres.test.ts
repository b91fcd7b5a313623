/** Races on real connections. Seen red with the lock of assign-owner.ts deleted. */
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { freshPostgres } from '../../test/database.ts'
import { aLicense, aMember } from '../../test/licenses.ts'
import { anOperator } from '../../test/requests.ts'
import type { Db } from '../platform/db/index.ts'
import { assignOwner } from './assign-owner.ts'

let db: Db

before(async (t) => {
  db = (await freshPostgres(t as never)).db
})

test('of eight who assign the same licenses, in any order, to different organizations, one does for each license', async () => {
  const ann = await aMember(db)
  const robin = await anOperator(db)
  const ids: string[] = []
  for (let n = 0; n < 20; n++) ids.push((await aLicense(db, ann)).id)
  const others = await Promise.all(Array.from({ length: 8 }, () => aMember(db)))
  const results = await Promise.all(
    others.map(({ organization_id: to }, n) => {
      const license_ids = n % 2 === 0 ? ids : ids.toReversed()
      const change = { license_ids, from: ann.organization_id, to, keys: 'stay' as const }
      return db.transaction().execute((trx) => assignOwner(trx, robin, change))
    }),
  )
  const winner = results.findIndex(({ assigned }) => assigned.length > 0)
  assert.equal(results[winner]?.assigned.length, ids.length)
  assert.equal(results.flatMap(({ assigned }) => assigned).length, ids.length)
  const owners = await db.selectFrom('licenses').select('owner_id').distinct().where('id', 'in', ids).execute()
  assert.deepEqual(owners, [{ owner_id: others[winner]!.organization_id }])
  const lines = await db.selectFrom('events').select('id').where('action', '=', 'license.received').execute()
  assert.equal(lines.length, ids.length)
})
