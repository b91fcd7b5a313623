/** R5: sixteen organizations press Complete Registration for one serial number at once, on one node and on two. */
import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { openDatabase } from '../../src/platform/db/index.ts'
import { completeRegistration } from '../../src/registration/complete-registration.ts'
import { freshPostgres } from '../database.ts'
import { anIssuing } from '../issuing.ts'
import { aLicense, aMember, aProduct, fillPool, type SomeLicense } from '../licensing.ts'
import { aVerifiedDraft } from '../registering.ts'
import type { Scope } from './place.ts'

export type RaceReport = { rounds: number; contenders: number; winners: number; refused: number }

const contenders = 16

/**
 * Half of the contenders use another pool of connections, as another node would. In odd rounds they want the last key
 * of a pool instead of the same license.
 */
export async function trialOfRaces(t: Scope, rounds: number): Promise<RaceReport> {
  const { db, databaseUrl } = await freshPostgres(t)
  const other = await openDatabase({ databaseUrl, dataDir: '', poolSize: 20 })
  t.after(() => other.close())
  const issuing = await anIssuing(db)
  const product = await aProduct(db, { key_scheme: 'code' })
  const members = await Promise.all(Array.from({ length: contenders }, () => aMember(db)))
  let winners = 0
  let refused = 0
  for (let round = 0; round < rounds; round++) {
    const wanted = round % 2 === 0 ? await oneLicense() : await lastKey()
    const drafts = await Promise.all(
      members.map((member, n) => aVerifiedDraft(db, member, [wanted.licenses[n % wanted.licenses.length]!.serial])),
    )
    const results = await Promise.all(
      members.map((member, n) => completeRegistration(n % 2 ? other.db : db, member, drafts[n]!, issuing)),
    )
    const won = results.filter((result) => result.ok).length
    assert.equal(won, 1, `round ${round}: ${won} winners`)
    assert.ok(results.every((result) => result.ok || wanted.refusals.includes(result.refusal)))
    winners += won
    refused += contenders - won
    await assertOneKey(wanted.licenses)
  }
  return { rounds, contenders, winners, refused }

  async function oneLicense() {
    return { licenses: [await aLicense(db, product)], refusals: ['refused_serials', 'taken'] }
  }

  async function lastKey() {
    const pooled = await aProduct(db, { key_scheme: 'pool' })
    await fillPool(db, pooled, 1)
    const licenses = await Promise.all(members.map(() => aLicense(db, pooled)))
    return { licenses, refusals: ['pool_empty'] }
  }

  async function assertOneKey(licenses: SomeLicense[]) {
    const { rows } = await sql<{ keys: number; owned: number; told: number }>`
      select count(k.id) as keys, count(l.owner_id) as owned,
        (select count(*) from events e where e.license_id = any(${licenses.map(({ id }) => id)}::uuid[])) as told
      from licenses l left join license_keys k on k.license_id = l.id
      where l.id = any(${licenses.map(({ id }) => id)}::uuid[])`.execute(db)
    assert.deepEqual(rows[0], { keys: 1, owned: 1, told: 1 })
  }
}
