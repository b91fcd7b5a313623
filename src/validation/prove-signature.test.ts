import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshDatabase } from '../../test/database.ts'
import { aDeployedLicense } from '../../test/deploying.ts'
import { anIssuing } from '../../test/issuing.ts'
import { aMember } from '../../test/licensing.ts'
import type { Db } from '../platform/db/index.ts'
import { signatureProver } from './prove-signature.ts'

async function aSignedKey(db: Db) {
  const actor = await aMember(db)
  const { id } = await aDeployedLicense(db, actor, await anIssuing(db), { key_scheme: 'signed', hosts: {} })
  const query = db.selectFrom('license_keys').select(['id', 'key_text']).where('license_id', '=', id)
  return query.executeTakeFirstOrThrow()
}

test('a signing key that another node made is learnt, and strangers make nobody ask for it all the time', async (t) => {
  const { db } = await freshDatabase(t)
  let clock = 0
  const prove = signatureProver(db, () => clock)
  const stranger = `K1.${Buffer.from('{"kid":"stranger"}').toString('base64url')}.AAAA`
  assert.deepEqual(await prove(stranger), { refusal: 'unknown_key' })

  const key = await aSignedKey(db)
  clock = 9_000
  assert.deepEqual(await prove(key.key_text!), { refusal: 'unknown_key' })
  clock = 11_000
  assert.deepEqual(await prove(key.key_text!), { jti: key.id })
  assert.deepEqual(await prove(stranger), { refusal: 'unknown_key' })
})
