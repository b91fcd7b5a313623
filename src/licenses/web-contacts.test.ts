/** What hostile forms send to the page of technical contacts. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aLicense, memberOf } from '../../test/licenses.ts'
import { anAccount, openPortal, signedIn } from '../../test/portal.ts'
import { urls } from '../urls.ts'

test('a chosen contact may spell what the database does not keep', async (t) => {
  const portal = await openPortal(t)
  const account = await anAccount(portal, 'ann@acme.example')
  const { id, serial } = await aLicense(portal.db, memberOf(account))
  const ann = await signedIn(portal, account.email)
  const known = '{"name":"A\\u0000\\ud800B","email":"odd@acme.example","phone":"\\u0000"}'
  const saved = await ann.post(urls.licenses.contacts.to({ serial }), { was: '[]', known })
  assert.equal(saved.status, 303)
  const license = portal.db.selectFrom('licenses').select('contacts').where('id', '=', id)
  assert.deepEqual((await license.executeTakeFirstOrThrow()).contacts, [
    { name: 'A\ufffdB', email: 'odd@acme.example', phone: null },
  ])
})
