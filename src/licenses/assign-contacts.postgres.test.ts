/** Races on real connections. Seen red (contacts lost) with `.forNoKeyUpdate()` deleted from `lockOwnLicenses`. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshPostgres } from '../../test/database.ts'
import { aLicense, aMember } from '../../test/licenses.ts'
import { assignContacts } from './assign-contacts.ts'

const config = { base_url: 'https://portal.example', support_email: 'help@portal.example' }

test('colleagues who add a contact each to the same licenses, in any order, lose none', async (t) => {
  const { db } = await freshPostgres(t)
  const me = await aMember(db)
  const ids = [await aLicense(db, me), await aLicense(db, me), await aLicense(db, me)].map(({ id }) => id)
  const people = Array.from({ length: 10 }, (_, n) => ({ name: `p${n}`, email: `p${n}@acme.example`, phone: null }))
  await Promise.all(
    people.map((contact, n) => {
      const license_ids = n % 2 === 0 ? ids : ids.toReversed()
      return assignContacts(db, me, { license_ids, contacts: [contact], mode: 'add' }, config)
    }),
  )
  const rows = await db.selectFrom('licenses').select(['contacts', 'revision']).execute()
  for (const { contacts, revision } of rows) {
    assert.equal((contacts as unknown[]).length, people.length)
    assert.equal(revision, 1 + people.length)
  }
})
