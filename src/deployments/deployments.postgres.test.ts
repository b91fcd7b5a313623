/** Races on real connections. Each was seen red with the comparison of revisions, or the lock before it, deleted. */
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { sql } from 'kysely'
import { freshPostgres } from '../../test/database.ts'
import { aDeployedLicense, deployed } from '../../test/deploying.ts'
import { anIssuing } from '../../test/issuing.ts'
import { aMember } from '../../test/licensing.ts'
import type { Member } from '../platform/actor.ts'
import type { Db } from '../platform/db/index.ts'
import { AppError } from '../platform/errors.ts'
import type { Issuing } from '../registration/index.ts'
import { deployLicense } from './deploy-license.ts'
import { getDeployment } from './queries.ts'
import { rehostLicense } from './rehost-license.ts'
import { reissueKeys } from './reissue-keys.ts'
import { returnLicense } from './return-license.ts'
import { settleTemporaryKeys } from './settle-temporary-keys.ts'
import { splitLicense } from './split-license.ts'

let db: Db
let issuing: Issuing
let actor: Member
const contenders = 16

before(async (t) => {
  db = (await freshPostgres(t as never)).db
  issuing = await anIssuing(db)
  actor = await aMember(db)
})

type Outcome = { ok: boolean; refusal?: string }
const isStale = (error: unknown) => error instanceof AppError && error.code === 'stale'
const host = (id: string) => ({ type: 'hostname', id })

/** Until a license was as the caller's page showed it, or no more: what a person does who is told that it changed. */
async function persist(attempt: () => Promise<Outcome>): Promise<Outcome> {
  for (;;) {
    const result = await attempt()
    if (result.ok || result.refusal !== 'changed') return result
  }
}

/** Moves the whole of the first key of a license to a host, from the state that is read first. */
async function move(serial: string, to: string, reason: string | null = null, quantity: number | null = null) {
  const { revision, keys } = await getDeployment(db, actor, serial)
  const key = keys.find(({ temporary }) => !temporary)?.id ?? ''
  return rehostLicense(db, actor, { serial, revision, key, host: host(to), quantity, reason }, issuing)
}

function tally(results: Outcome[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { ok, refusal } of results) counts[ok ? 'ok' : refusal!] = (counts[ok ? 'ok' : refusal!] ?? 0) + 1
  return counts
}

async function countMoves(license_id: string, counted: boolean): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from rehosts where license_id = ${license_id} and counted = ${counted}`.execute(db)
  return rows[0]!.count
}

async function countKeys(license_id: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from license_keys where license_id = ${license_id}`.execute(db)
  return rows[0]!.count
}

for (let round = 1; round <= 3; round++) {
  test(`of sixteen moves of one page exactly one is done, the others are told (round ${round})`, async () => {
    const { id, serial } = await aDeployedLicense(db, actor, issuing, { allowance: 5 })
    const { revision, keys } = await getDeployment(db, actor, serial)
    const page = { serial, revision, key: keys[0]!.id, quantity: null, reason: null }
    const press = (n: number) => rehostLicense(db, actor, { ...page, host: host(`host-${n}`) }, issuing)
    const results = await Promise.all(Array.from({ length: contenders }, (_, n) => press(n)))
    assert.deepEqual(tally(results), { ok: 1, changed: 15 })
    assert.equal((await deployed(db, serial)).length, 1)
    assert.deepEqual([await countMoves(id, true), await countKeys(id)], [1, 2])
  })
}

test('with one move left, sixteen who keep trying use exactly that one, and the others are asked why', async () => {
  const { id, serial } = await aDeployedLicense(db, actor, issuing, { allowance: 1 })
  const tries = Array.from({ length: contenders }, (_, n) => persist(() => move(serial, `host-${n}`)))
  assert.deepEqual(tally(await Promise.all(tries)), { ok: 1, reason_missing: 15 })
  assert.equal(await countMoves(id, true), 1)
})

test('with none left, of sixteen who say why exactly one request is opened', async () => {
  const { id, serial } = await aDeployedLicense(db, actor, issuing, { allowance: 0, hosts: { a: 5, b: 5 } })
  const tries = Array.from({ length: contenders }, (_, n) => persist(() => move(serial, `host-${n}`, 'why', 2)))
  assert.deepEqual(tally(await Promise.all(tries)), { ok: 1, request_open: 15 })
  const { rows } = await sql`select from service_requests where license_id = ${id}`.execute(db)
  assert.deepEqual([rows.length, await countMoves(id, true), await countMoves(id, false)], [1, 0, 1])
  assert.equal((await deployed(db, serial)).filter((line) => line.endsWith('temporary')).length, 1)
})

test('a move against a split: each sees the license as the other left it', async () => {
  for (let round = 0; round < 8; round++) {
    const { id, serial } = await aDeployedLicense(db, actor, issuing, { hosts: { a: 6, b: 4 } })
    const { revision, keys } = await getDeployment(db, actor, serial)
    const [a] = keys
    const split = () => splitLicense(db, actor, { serial, revision, key_ids: [a!.id], quantity: 0 }, issuing)
    const page = { serial, revision, key: a!.id, quantity: null, reason: null }
    const moves = () => rehostLicense(db, actor, { ...page, host: host('c') }, issuing)
    const results = await Promise.all([moves(), split()])
    assert.equal(results.filter(({ ok }) => ok).length, 1)
    const { rows } = await sql<{ serial: string; quantity: number }>`
      select serial, quantity from licenses where id = ${id} or split_from_license_id = ${id} order by id`.execute(db)
    assert.equal(
      rows.reduce((sum, { quantity }) => sum + quantity, 0),
      10,
    )
    const all = await Promise.all(rows.map(({ serial }) => deployed(db, serial)))
    assert.equal(all.flat().length, 2)
  }
})

test('a return against a move: a returned license has no key', async () => {
  for (let round = 0; round < 8; round++) {
    const { id, serial } = await aDeployedLicense(db, actor, issuing)
    const { revision } = await getDeployment(db, actor, serial)
    const give = () => returnLicense(db, actor, { serial, revision, typed: serial }, issuing)
    const results = await Promise.allSettled([move(serial, 'c'), give()])
    const done = results.filter((result) => result.status === 'fulfilled' && result.value.ok)
    assert.equal(done.length, 1)
    const row = await db.selectFrom('licenses').select('owner_id').where('id', '=', id).executeTakeFirstOrThrow()
    assert.equal((await deployed(db, serial)).length, row.owner_id ? 1 : 0)
  }
})

test('sixteen further hosts share what is left, and no more', async () => {
  const { serial } = await aDeployedLicense(db, actor, issuing, { hosts: { a: 4 } })
  const deploy = async (n: number) => {
    const { revision } = await getDeployment(db, actor, serial)
    return deployLicense(db, actor, { serial, revision, host: host(`host-${n}`), quantity: 2 }, issuing)
  }
  const tries = Array.from({ length: contenders }, (_, n) => persist(() => deploy(n)))
  assert.deepEqual(tally(await Promise.all(tries)), { ok: 3, all_deployed: 13 })
  assert.equal((await deployed(db, serial)).length, 4)
})

test('a temporary key is extended once, however many look after it', async () => {
  const { id, serial } = await aDeployedLicense(db, actor, issuing, { allowance: 0 })
  assert.ok((await move(serial, 'new', 'why')).ok)
  const late = new Date(actor.now.getTime() + 13 * 86_400_000)
  const nodes = Array.from({ length: 6 }, () => settleTemporaryKeys(db, issuing, late))
  for (const { status, reason } of (await Promise.allSettled(nodes)) as PromiseRejectedResult[]) {
    assert.ok(status !== 'rejected' || (reason as AggregateError).errors.every(isStale))
  }
  assert.deepEqual(await deployed(db, serial), ['new 10 temporary'])
  assert.equal(await countKeys(id), 3)
})

test('sixteen reissues of one page make the keys anew once', async () => {
  const { id, serial } = await aDeployedLicense(db, actor, issuing, { hosts: { a: 4, b: 6 } })
  const { revision } = await getDeployment(db, actor, serial)
  const results = await Promise.all(
    Array.from({ length: 10 }, () => reissueKeys(db, actor, { serial, revision }, issuing)),
  )
  assert.deepEqual(tally(results), { ok: 1, changed: 9 })
  assert.deepEqual([await deployed(db, serial), await countKeys(id)], [['a 4', 'b 6'], 4])
})
